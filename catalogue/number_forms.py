"""Catalogue numbers as people write them: on labels, in the names of files, in publications, with and without the museum's letters.

"IVPP V15", "ivpp-v15" and "ＩＶＰＰ Ｖ１５" are one number. "V15" may be it, and "V150" is another one.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

_RUN = re.compile(r"\d+|[^\W\d_]+")
Form: TypeAlias = tuple[str, ...]
"""A number as its runs, however it was written."""
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
    text = written[:_LONGEST]
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def runs(plain_text: str) -> list[Run]:
    """The runs of letters and of digits of a text that was made plain; zeros in front of a number count for nothing."""
    return [Run(_short(found[0]), found.start(), found.end()) for found in _RUN.finditer(plain_text)]


def form(found: Sequence[str]) -> Form:
    """Neighbouring runs with their letters joined: ``("ivppv", "15")`` for "IVPP V 0015" as for "IVPPV15"."""
    parts: list[str] = []
    for run in found:
        if parts and not run.isdecimal() and not parts[-1].isdecimal():
            parts[-1] += run
        else:
            parts.append(run)
    return tuple(parts)


def form_of(written: str) -> Form:
    """The form of a whole text."""
    return form([_short(run) for run in _RUN.findall(plain(written))])


def whole(institution: str, number: str) -> Form:
    """A number with the letters of its museum in front, whether they are a part of the number or stand apart."""
    return both(institution, number)[0]


def both(institution: str, number: str) -> tuple[Form, Form]:
    """A number with the letters of its museum in front, and without; nothing where nothing would be left."""
    stated, museum = form_of(number), _of_museum(institution)
    if not museum:
        return stated, stated
    if len(museum) == 1 and len(museum[0]) > 1 and stated and stated[0].startswith(museum[0]):
        rest = stated[0].removeprefix(museum[0])
        return stated, (rest, *stated[1:]) if rest else stated[1:]
    return form([*museum, *stated]), stated


@lru_cache(maxsize=1024)
def _of_museum(institution: str) -> Form:
    return form_of(institution)


def _short(run: str) -> str:
    return run.lstrip("0") or "0" if run[0] == "0" else run
