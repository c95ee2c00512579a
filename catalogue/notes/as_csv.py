"""A person's own list as a CSV file: the public fields of its specimens with the names of Darwin Core, and the notes beside them.

Sites that are withheld are coarser here even for those who may see them: such a file is made to be handed on.
"""

import csv
import io
from collections.abc import Iterator

from sqlalchemy import Connection

from catalogue import finding
from catalogue.exchange.cells import harmless
from catalogue.exchange.out.cells import guarded
from catalogue.exchange.out.found import of_specimens
from catalogue.exchange.out.terms import COLUMNS
from catalogue.notes.lists import Entry, opened
from catalogue.rights import VISITOR, Person

OWN_COLUMNS = ("listPosition", "listNote", "listedAs")
"""What the file says beyond the terms of Darwin Core: the place on the list from 1, the note, and what it was called when listed."""


def written(connection: Connection, who: Person, number: int) -> bytes:
    """The file, UTF-8 with lines that end in CR LF; a removed record has its key and its name only.

    A cell that a spreadsheet would run as a formula is set behind an apostrophe.

    Raises
    ------
    NotAllowed, NoSuchList
    """
    entries = opened(connection, who, number).entries
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*OWN_COLUMNS, *COLUMNS))
    writer.writerows(_rows(connection, entries))
    return text.getvalue().encode()


def _rows(connection: Connection, entries: tuple[Entry, ...]) -> Iterator[tuple[str, ...]]:
    public = finding.get_all(connection, [entry.occurrence_id for entry in entries], who=VISITOR)
    cells = zip(*guarded(of_specimens(public)), strict=True) if public else ()
    by_key = {one.occurrence_id: row for one, row in zip(public, cells, strict=False)}
    for place, entry in enumerate(entries, start=1):
        gone = tuple(harmless(entry.occurrence_id) if name == "occurrenceID" else "" for name in COLUMNS)
        row = by_key.get(entry.occurrence_id, gone)
        yield (str(place), harmless(entry.remark), harmless(entry.known_as), *row)
