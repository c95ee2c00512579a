"""From bytes to rows: what kind of file it is, is told by its content, and each kind has its reader.

`read_table` is the one way in. Every reader ends in the same `Table`, whose rows are read again each time they are asked for, so that a
million of them need no memory; whatever is wrong with a file comes out as `UnreadableFile`, in words. Files come from strangers: what
may be unpacked, how wide and how long a table may be, is bounded in `limits`, and XML is read without entities.
"""

from catalogue.exchange.reading.encodings import ENCODINGS, decode
from catalogue.exchange.reading.opening import read_table
from catalogue.exchange.reading.sources import Content, digest
from catalogue.exchange.reading.tables import Row, Rows, Table, UnreadableFile
from catalogue.exchange.reading.text import DELIMITERS

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "Content",
    "Row",
    "Rows",
    "Table",
    "UnreadableFile",
    "decode",
    "digest",
    "read_table",
]
