"""What the file about a whole archive says: title, licence and how to cite it (Ecological Metadata Language, as GBIF writes it)."""

from typing import IO
from xml.etree.ElementTree import Element

from catalogue.exchange.reading.markup import attributes, events, local

_LONGEST = 2_000
"""Characters of a statement; a whole licence may stand there."""


def source_of(stream: IO[bytes]) -> dict[str, str]:
    """Title, licence and citation; what is not stated is left out.

    Raises
    ------
    UnreadableFile
        When it is no well-formed XML, or defines entities.
    """
    found: dict[str, str] = {}
    for _, element in events(stream):
        kind = local(element.tag)
        if kind == "title":
            found.setdefault("title", _words(element))
        elif kind == "citation":
            found.setdefault("citation", _words(element))
        elif kind == "licenseName" or kind == "licenseUrl":
            found.setdefault("license", _words(element))
        elif kind == "intellectualRights":
            found.setdefault("license", _license(element))
    return {name: text for name, text in found.items() if text}


def _license(element: Element) -> str:
    """The address of the licence where it is linked, else the words."""
    links = (attributes(one).get("url", "") for one in element.iter() if local(one.tag) == "ulink")
    return next(filter(None, links), "") or _words(element)


def _words(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())[:_LONGEST]
