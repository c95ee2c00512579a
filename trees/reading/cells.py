"""The cells of a row of a matrix: ``01?-{01}(12)[0 1]`` and the like, cut into single cells."""

import re
from collections.abc import Mapping

from trees.matrices import INAPPLICABLE, MISSING

CELL = re.compile(r"\{[^}]*\}|\([^)]*\)|\[[^\]]*\]|\w(?:[&/]\w)+|\S")
_SHARE = re.compile(r":\s*[\d.]+")
"""How often a state occurs, as ``STATESFORMAT=FREQUENCY`` has it: ``(0:0.25 1:0.75)``."""
_SPAN = re.compile(r"(\d)\s*~\s*(\d)")


def cut_cells(text: str, *, missing: str = MISSING, gap: str = INAPPLICABLE) -> list[str]:
    """The cells of a row of single symbols.

    Parameters
    ----------
    text : str
        Blanks part nothing. ``{0 1}``, ``{0,1}``, ``{0/1}`` and ``0/1`` become ``{01}``; ``0&1``, and ``[01]`` as TNT writes what occurs side by
        side, ``(01)``; ``(0~2)`` is ``(012)``.
    missing, gap : str
        The signs for what is not known and what cannot apply.
    """
    signs = {missing: MISSING, gap: INAPPLICABLE}
    return [_cell(written, signs) for written in CELL.findall(text)]


def _cell(written: str, signs: Mapping[str, str]) -> str:
    if len(written) == 1:
        return signs.get(written, written)
    if written[0] not in "{([":
        written = f"({written})" if "&" in written else f"{{{written}}}"
    spread = _SPAN.sub(_spread, _SHARE.sub("", written[1:-1]))
    inside = "".join(dict.fromkeys(sign for sign in spread if not sign.isspace() and sign not in ",/&"))
    if not inside or signs.get(inside) == MISSING or any(signs.get(sign) == MISSING for sign in inside):
        return MISSING
    if len(inside) == 1:
        return signs.get(inside, inside)
    return f"{{{inside}}}" if written[0] == "{" else f"({inside})"


def _spread(span: re.Match[str]) -> str:
    return "".join(map(str, range(int(span[1]), int(span[2]) + 1)))
