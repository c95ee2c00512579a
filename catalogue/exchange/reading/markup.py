"""XML of strangers: read piece by piece, without document types and so without entities, and forgotten as it goes by.

A document type can only stand before the first element. What stands there is looked at first, with the same parser (Expat) that reads the
rest, which then may be the quick one; defusedxml, which reads all of it in Python, took twenty times as long for a workbook.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any, TypeAlias
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.parsers.expat import ExpatError, ParserCreate

from catalogue.exchange.reading.tables import UnreadableFile
from catalogue.exchange.reading.zips import unpacking
from catalogue.messages import message

Event: TypeAlias = tuple[str, Element]

_CHUNK = 2**16
_LONGEST_PROLOG = 2**20
"""Bytes before the first element; more is no honest file."""


def events(stream: IO[bytes], *, starts: bool = False) -> Iterator[Event]:
    """The elements as they end (``end``), and where asked for as they start (``start``). The caller clears what it has read.

    Raises
    ------
    UnreadableFile
        When it is no well-formed XML, or has a document type.
    """
    with unpacking(), stream:
        parser: Any = XMLPullParser(("start", "end") if starts else ("end",))
        try:
            parser.feed(harmless_beginning(stream))
            while chunk := stream.read(_CHUNK):
                yield from parser.read_events()
                parser.feed(chunk)
            parser.close()
            yield from parser.read_events()
        except (ParseError, UnicodeError, LookupError, ValueError) as error:
            raise UnreadableFile(
                message("The XML in this file is damaged or was cut off ({error}).", error=error)
            ) from error


def harmless_beginning(stream: IO[bytes]) -> bytes:
    """What stands before the first element, and somewhat more.

    Raises
    ------
    UnreadableFile
        When it holds a document type.
    """
    begun: list[str] = []
    look = ParserCreate()
    look.StartElementHandler = lambda name, _: begun.append(name)
    look.StartDoctypeDeclHandler = _refused
    prolog = b""
    with unpacking():
        while not begun and len(prolog) < _LONGEST_PROLOG and (chunk := stream.read(_CHUNK)):
            prolog += chunk
            try:
                look.Parse(chunk, False)
            except ExpatError:  # told by the parser that reads it in earnest
                break
    if not begun and len(prolog) >= _LONGEST_PROLOG:
        raise UnreadableFile(message("The XML in this file has no beginning."))
    return prolog


def _refused(*_: object) -> None:
    raise UnreadableFile(
        message("The XML in this file defines entities or a document type, which can do harm. It was not read.")
    )


@lru_cache(maxsize=10_000)
def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return str(name).rpartition("}")[2]


def attributes(element: Element) -> dict[str, str]:
    """The attributes by their names without namespaces."""
    return {local(name): value for name, value in element.attrib.items()}
