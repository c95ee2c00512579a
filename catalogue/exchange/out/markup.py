"""Texts as XML may hold them: escaped, and without the few characters that XML 1.0 has no way of writing."""

import re
from collections.abc import Collection
from xml.sax import saxutils

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """The text without characters that no XML may hold."""
    return _UNWRITABLE.sub("", text)


def escape(text: str) -> str:
    """A text between two tags.

    >>> escape("Bien & Young <1938>")
    'Bien &amp; Young &lt;1938&gt;'
    """
    return saxutils.escape(writable(text))


def all_escaped(texts: Collection[str]) -> Collection[str]:
    """The same of many texts; the very same where one look at all of them finds nothing to change."""
    together = "".join(texts)
    plain = together.isprintable() and not any(map(together.__contains__, "&<>"))
    return texts if plain else list(map(escape, texts))


def attribute(text: str) -> str:
    """A text as the value of an attribute, with its quotation marks."""
    return saxutils.quoteattr(writable(text))
