"""Which form of an answer a program or browser would rather have, from its ``Accept`` header.

References
----------
Fielding, R., Nottingham, M. and Reschke, J. 2022. HTTP Semantics. RFC 9110, section 12. doi:10.17487/RFC9110
"""

import re
from collections.abc import Sequence

_LONGEST = 2_000
_QUALITY = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


def preferred(accept: str, forms: Sequence[str]) -> str | None:
    """The form to answer in.

    Parameters
    ----------
    accept : str
        The header; blank means that anything will do.
    forms : sequence of str
        Media types that are to be had; among those that are wanted alike the first one is taken.

    Returns
    -------
    str or None
        None when none of them is wanted.
    """
    asked = [_range(text) for text in accept[:_LONGEST].split(",") if text.strip()]
    if not asked:
        return forms[0]
    best = max(forms, key=lambda form: _wanted(form, asked))  # the first of those that are equal
    return best if _wanted(best, asked) else None


def _range(text: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    for parameter in parameters:
        if match := _QUALITY.fullmatch(parameter):
            return name, float(match[1])
    return name, 1.0


def _wanted(form: str, asked: Sequence[tuple[str, float]]) -> float:
    """How much a form is wanted, 0 to 1; what names it most exactly decides."""
    for name in (form, f"{form.partition('/')[0]}/*", "*/*"):
        qualities = [quality for asked_name, quality in asked if asked_name == name]
        if qualities:
            return max(qualities)
    return 0.0
