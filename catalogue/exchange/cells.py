"""Cells of the CSV files that we write, safe to open in a spreadsheet."""

import re

FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"
"""What a cell that a spreadsheet runs may begin with."""
_FORMULA = re.compile(f"'*[{re.escape(FORMULA_SIGNS)}]")
_NUMBER = re.compile(r"^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$")


def harmless(cell: str) -> str:
    """The cell, or, where a spreadsheet would run it as a formula, the cell behind an apostrophe; numbers stay.

    A cell that has such an apostrophe of its own gets another, so that `as_before` gives back what there was.

    >>> harmless("=cmd|'/c calc'!A1")
    "'=cmd|'/c calc'!A1"
    >>> harmless("-25.1")
    '-25.1'
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.match(cell) else cell


def as_before(cell: str) -> str:
    """A cell without the apostrophe that `harmless` set before it; the way back.

    >>> as_before(harmless("'=1+1"))
    "'=1+1"

    >>> as_before("'=cmd|'/c calc'!A1")
    "=cmd|'/c calc'!A1"
    """
    return cell[1:] if cell[:1] == "'" and harmless(cell[1:]) == cell else cell
