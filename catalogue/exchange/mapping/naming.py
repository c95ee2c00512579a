"""The name of a specimen out of its columns: as written where that can be read, else put together of its parts."""

import re
from functools import lru_cache
from typing import Protocol

from catalogue.exchange.mapping.headings import ABOVE_GENUS
from catalogue.names import UnreadableName, parse_name
from catalogue.taxonomy import taxonomy

_PARTING = re.compile(r"\s*[|;>›→]\s*|\s*,\s+")
_INITIAL = re.compile(r"^[A-Z][a-z]?\.\s*(?=[a-z])")
"""The genus once more, before its species: "L. huenei"."""
_DOUBT = re.compile(r"^(?P<doubt>cf\.?|aff\.?)\s*(?P<rest>.*)$", re.IGNORECASE)

NAME_TARGETS = (
    *("verbatim_identification", "scientific_name", "identification_qualifier"),
    *("genus", "specific_epithet", "infraspecific_epithet", "taxon_rank", "higher_classification", *ABOVE_GENUS),
)
"""All columns that say something of the name."""


class Says(Protocol):
    """A row that can be asked for the text of a target."""

    def text(self, target: str) -> str: ...


def name_of(row: Says) -> tuple[str, list[str]]:
    """The identification of a row, and sentences for the remarks about other names that it gives."""
    written, scientific = _spaced(row.text("verbatim_identification")), _spaced(row.text("scientific_name"))
    if written and readable(written):
        return written, []
    if not scientific and (called := _called(row, written)):
        return called
    if written and not scientific:
        whole = f"{row.text('genus')} {written}"
        return whole if readable(whole) else written, []
    composed = with_doubt(scientific or _from_parts(row), row.text("identification_qualifier"))
    return composed, [_in_the_source(written)] if written else []


def _called(row: Says, written: str) -> tuple[str, list[str]] | None:
    """The taxon that people call so, where a name is written in Chinese: 禄丰龙, or 许氏 and 禄丰龙 in two columns."""
    genus, epithet = row.text("genus"), row.text("specific_epithet")
    if written.isascii() and genus.isascii():
        return None
    for name in (written, f"{epithet}{genus}", genus):
        meant = "" if name.isascii() or readable(name) else taxonomy().called(name)
        if meant:
            return meant, [_in_the_source(name)]
    return None


def _in_the_source(name: str) -> str:
    return f"Identified as “{name}” in the source."


def groups_of(row: Says) -> str:
    """The groups that hold the taxon, widest first, each between bars; blank when none are named."""
    written = row.text("higher_classification")
    groups = _PARTING.split(written) if written else [row.text(rank) for rank in ABOVE_GENUS]
    named = [group.strip() for group in groups if group.strip() and "|" not in group]
    return f"|{'|'.join(named)}|" if named else ""


@lru_cache(maxsize=16_384)
def readable(name: str) -> bool:
    """Whether a name can be read as a scientific one."""
    try:
        parse_name(name)
    except UnreadableName:
        return False
    return True


def _spaced(name: str) -> str:
    """Names with underscores instead of blanks, as programs write them, with blanks."""
    return name.replace("_", " ").strip() if "_" in name else name


def _from_parts(row: Says) -> str:
    parts = [row.text(part) for part in ("genus", "specific_epithet", "infraspecific_epithet")]
    parts[1] = _INITIAL.sub("", parts[1].removeprefix(f"{parts[0]} "))
    if parts[0]:
        return " ".join(filter(None, parts))
    return next((group for rank in reversed(ABOVE_GENUS) if (group := row.text(rank))), "")


@lru_cache(maxsize=16_384)
def with_doubt(name: str, qualifier: str) -> str:
    """A name with the doubt about it where it belongs: "Lufengosaurus cf. huenei"."""
    if not name or not qualifier:
        return name
    doubt = _DOUBT.match(qualifier)
    words = name.split()
    forms = [f"{qualifier} {name}", f"{name} {qualifier}"]
    if doubt and len(words) > 1:
        forms.insert(0, " ".join([words[0], f"{doubt['doubt'].rstrip('.')}.", *words[1:]]))
    if qualifier.strip() == "?":
        forms.insert(0, f"?{name}")
    return next((form for form in forms if readable(form)), name)
