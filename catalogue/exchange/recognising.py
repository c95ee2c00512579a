"""Which format a file has, told by its headings. The formats that can be imported are listed here."""

from catalogue.exchange import paleobiology_database
from catalogue.exchange.formats import Format
from catalogue.exchange.reading import Table, UnreadableFile
from catalogue.messages import message

FORMATS: tuple[Format, ...] = (paleobiology_database.OCCURRENCES,)


def recognise(table: Table) -> Format:
    """The format of a table.

    Raises
    ------
    UnreadableFile
        When it is another list of the Paleobiology Database, or when no format is found: the columns that are there and those
        that are needed are named.
    """
    other = paleobiology_database.other_list(table.columns)
    if other is not None:
        raise UnreadableFile(other)
    for known in FORMATS:
        if not known.missing(table.columns):
            return known
    nearest = min(FORMATS, key=lambda known: len(known.missing(table.columns)))
    raise UnreadableFile(
        message(
            "No format that can be imported was recognised. Columns found: {found}. For {format} these are missing: {missing}.",
            found=_listed(table.columns),
            format=nearest.name,
            missing=", ".join(nearest.missing(table.columns)),
        )
    )


def _listed(columns: tuple[str, ...], most: int = 12) -> str:
    shown = ", ".join(column[:40] for column in columns[:most])
    return f"{shown}, … ({len(columns)})" if len(columns) > most else shown
