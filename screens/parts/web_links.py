"""Lines that are an address of the web, made into links. An address amid a text stays text, for anybody may have written it there."""

import re
from html import escape

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)


def linked(text: str) -> str:
    """A text as HTML, in which each line that is an address and nothing else leads there, in a tab of its own.

    >>> linked("http://a.example/b")
    '<a href="http://a.example/b" target="_blank" rel="noopener noreferrer"><u>http://a.example/b</u></a>'
    """
    return "\n".join(map(_line, text.split("\n")))


def _line(text: str) -> str:
    shown = escape(text)
    if not _ADDRESS.fullmatch(text.strip()):
        return shown
    return f'<a href="{shown.strip()}" target="_blank" rel="noopener noreferrer"><u>{shown.strip()}</u></a>'
