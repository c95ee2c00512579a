"""Catalogue numbers as people write them: on labels, in the names of files, in publications, with and without the museum's letters.

"IVPP V15", "ivpp-v15" and "ＩＶＰＰ Ｖ１５" are one number. "V15" may be it, and "V150" is another one.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_RUN = re.compile(r"\d+|[^\W\d_]+")
_LONGEST = 200
"""Characters that are looked at; no number and no name of a file that means one is longer."""


@dataclass(frozen=True)
class Run:
    """A run of letters or of digits, and where it stands in the text that was made plain."""

    text: str
    start: int
    end: int

    @property
    def is_digits(self) -> bool:
        """Whether it is a run of digits."""
        return self.text.isdecimal()


def plain(written: str) -> str:
    """A text in small letters and common digits: full-width forms and their like become what they stand for."""
    return unicodedata.normalize("NFKC", written).casefold()[:_LONGEST]


def runs(plain_text: str) -> list[Run]:
    """The runs of letters and of digits of a text that was made plain; zeros in front of a number count for nothing."""
    return [Run(_short(found[0]), found.start(), found.end()) for found in _RUN.finditer(plain_text)]


def form(found: Sequence[Run]) -> tuple[str, ...]:
    """Neighbouring runs as texts, letters joined: ``("ivppv", "15")`` for "IVPP V 0015" as for "IVPPV15"."""
    parts: list[str] = []
    for run in found:
        if parts and not run.is_digits and not parts[-1].isdecimal():
            parts[-1] += run.text
        else:
            parts.append(run.text)
    return tuple(parts)


def whole(institution: str, number: str) -> tuple[str, ...]:
    """A number with the letters of its museum in front, whether they are a part of the number or stand apart."""
    stated, museum = _form_of(number), _form_of(institution)
    if not museum or _begins_with(stated, museum):
        return stated
    return form(runs(plain(f"{institution} {number}")))


def bare(institution: str, number: str) -> tuple[str, ...]:
    """A number without the letters of its museum; nothing where nothing would be left."""
    stated, museum = _form_of(number), _form_of(institution)
    if not museum or not _begins_with(stated, museum):
        return stated
    rest = stated[0].removeprefix(museum[0])
    return (rest, *stated[1:]) if rest else stated[1:]


def _form_of(written: str) -> tuple[str, ...]:
    return form(runs(plain(written)))


def _begins_with(stated: tuple[str, ...], museum: tuple[str, ...]) -> bool:
    """Whether a number begins with the letters of its museum."""
    return len(museum) == 1 and len(museum[0]) > 1 and bool(stated) and stated[0].startswith(museum[0])


def _short(run: str) -> str:
    return str(int(run)) if run.isdecimal() else run
