"""How wide a text will be, without asking a browser: enough to keep labels apart and inside the picture.

The widths are a little above those of common book faces, so that a text is rather given too much room than too little.
"""

import unicodedata
from functools import lru_cache

_SLIM = frozenset("ijlI.,:;'|!`·")
_NARROW = frozenset('frt()[]{}-/ "*†')
_WIDE = frozenset("mwMW@%—…")


@lru_cache(maxsize=4096)
def em_width(text: str) -> float:
    """Width of a text in units of its size; Chinese, Japanese and Korean letters count one each."""
    return sum(_letter(letter) for letter in text)


def text_width(text: str, size: float) -> float:
    """Width of a text in pixels when set in letters of `size` pixels."""
    return em_width(text) * size


def _letter(letter: str) -> float:
    if letter in _SLIM:
        return 0.34
    if letter in _NARROW:
        return 0.44
    if letter in _WIDE:
        return 1.0
    if letter.isascii():
        return 0.74 if letter.isupper() else 0.62
    if unicodedata.combining(letter):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.76


def fits(text: str, size: float, room: float) -> bool:
    """Whether a text has its place, with a little air on both sides, in `room` pixels."""
    return text_width(text, size) + 0.5 * size <= room
