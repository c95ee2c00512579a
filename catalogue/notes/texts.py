"""What notes, names of lists and remarks have in common: how long each may be, what a specimen was called, and finding words."""

from collections.abc import Iterable

from catalogue.checking import check_text
from catalogue.messages import CatalogueError, message
from catalogue.people.accounts import now, stamp
from catalogue.records import Specimen
from catalogue.searching.words import words

LONGEST_NAME = 80
"""Characters of the name of a list."""
LONGEST_REMARK = 500
"""Characters of the note beside a specimen on a list."""
LONGEST_NOTE = 10_000
"""Characters of a note."""
_LONGEST_KNOWN_AS = 200
_MOST_WORDS = 50


class UnfitText(CatalogueError):
    """A note, a remark or a name is blank where it may not be, too long, or cannot be shown."""


def this_moment() -> str:
    """When something is kept: ISO 8601 in UTC, to the microsecond, so that no two states of a note share it."""
    return stamp(now())


def fit_note(written: str) -> str:
    """A note as it is kept; blanks around it do not count.

    Raises
    ------
    UnfitText
        When it is blank, longer than `LONGEST_NOTE`, or holds what cannot be shown.
    """
    written = _fit(written, LONGEST_NOTE)
    if not written:
        raise UnfitText(message("Write something first: an empty note is not kept."))
    return written


def fit_remark(written: str) -> str:
    """A remark as it is kept, in one line; it may be blank.

    Raises
    ------
    UnfitText
    """
    return _fit(" ".join(written.split()), LONGEST_REMARK)


def fit_name(written: str) -> str:
    """A name of a list as it is kept.

    Raises
    ------
    UnfitText
    """
    name = _fit(" ".join(written.split()), LONGEST_NAME)
    if not name:
        raise UnfitText(message("Give the list a name, so that you find it again."))
    return name


def _fit(written: str, most: int) -> str:
    written = written.replace("\r\n", "\n").strip()
    if len(written) > most:
        said = message("This text has {count} characters; at most {most} can be kept.", count=len(written), most=most)
        raise UnfitText(said)
    for problem in check_text("", written):
        raise UnfitText(problem.message)
    return written


def known_as(specimen: Specimen) -> str:
    """What a specimen is called in a line; kept with a note or a list, so that it has a name when the record is gone."""
    number = specimen.catalog_number
    if not number.startswith(specimen.institution_code):
        number = f"{specimen.institution_code} {number}"
    called = (number.strip() if specimen.is_own else "", specimen.verbatim_identification)
    return " · ".join(part for part in called if part)[:_LONGEST_KNOWN_AS]


def has_words(asked: str, texts: Iterable[str]) -> bool:
    """Whether all words that are asked for stand in some texts, each at least in its beginning, as in the search of records."""
    wanted = words(asked[:LONGEST_NOTE])[:_MOST_WORDS]
    there = {word for text in texts for word in words(text)}
    return bool(wanted) and all(any(word.startswith(beginning) for word in there) for beginning in wanted)
