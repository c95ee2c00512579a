"""What programs write beside the nodes of a tree: ``[&age_95%HPD={1.5,2},prob=0.9]`` of BEAST and MrBayes, ``[&&NHX:S=human]``."""

import re
from typing import TypeAlias

Value: TypeAlias = str | float | tuple[str | float, ...]

_NHX = "[&&NHX:"
_PAIR = re.compile(r'([^=,]+)=(\{[^}]*\}|"[^"]*"|[^,]*)')


def read_annotation(comment: str) -> dict[str, Value]:
    """The names and values of an annotation.

    Parameters
    ----------
    comment : str
        With its brackets.

    Returns
    -------
    dict
        Numbers as numbers, ``{…}`` as a tuple, all else as text. Empty for a comment that says nothing of the kind.

    >>> read_annotation("[&age_95%HPD={1.5,2},prob=0.9]")
    {'age_95%HPD': (1.5, 2.0), 'prob': 0.9}
    """
    if comment.startswith(_NHX):
        pairs = [part.partition("=")[::2] for part in comment[len(_NHX) : -1].split(":")]
    else:
        pairs = [(match[1], match[2]) for match in _PAIR.finditer(comment[2:-1])]
    return {name.strip().lstrip("!"): _value(written.strip()) for name, written in pairs if name.strip() and written}


def _value(written: str) -> Value:
    if written.startswith("{") and written.endswith("}"):
        return tuple(_number_or_text(part.strip()) for part in written[1:-1].split(","))
    return _number_or_text(written)


def _number_or_text(written: str) -> str | float:
    try:
        return float(written)
    except ValueError:
        return written.strip('"')
