"""Write SVG by hand: elements, attributes and texts, with everything escaped that could be taken for markup."""

import re
from functools import lru_cache
from html import escape

# one class of what is plain, because the search is several times as fast as one for this or that
_SPECIAL = re.compile("[^\u0020!#-%(-;=?-\ud7ff]")
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_WRITTEN = 65536
"""Numbers that are kept: about eight megabytes."""


def number(value: float) -> str:
    """A length for SVG: at most two decimals, no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


class _Written(dict[float, str]):
    """Numbers of pixels with two decimals, each written once: to look one up takes a fifth of the time of writing it again."""

    def __missing__(self, value: float) -> str:
        if len(self) >= _MOST_WRITTEN:
            self.clear()
        self[value] = written = "%.2f" % value  # noqa: UP031 - half the time of the newer way
        return written


written = _Written()


def text(value: object) -> str:
    """Anything as text that XML allows, with markup escaped."""
    written = str(value)
    return escape(_FORBIDDEN.sub("", written), quote=True) if _SPECIAL.search(written) else written


quoted = lru_cache(maxsize=32768)(text)
"""As `text`, for names and keys, which a drawing writes several times over."""


def element(name: str, *content: str, **attributes: object) -> str:
    """One element.

    Parameters
    ----------
    name : str
        Its tag.
    *content : str
        SVG that is already written; escape texts with `text`.
    **attributes : object
        In names, ``_`` stands for ``-`` and one at the end is dropped (``class_``). None leaves the attribute out. Numbers
        are lengths; everything else is escaped.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(content)}</{name}>" if content else f"<{name}{written}/>"


def _value(value: object) -> str:
    return number(value) if isinstance(value, int | float) else text(value)
