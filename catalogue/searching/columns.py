"""Any one column of all records in memory, beside those of the census, for those who colour a map or count by it.

It is read when somebody first asks and kept as long as the census it belongs to. What is blank in a withheld record for whoever may not see
its exact site (`catalogue.generalising`) is blank here too.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from sqlalchemy import Connection, select

from catalogue.generalising import FATES
from catalogue.rights import Person, may
from catalogue.searching.census import CHUNK, Census, Coded
from catalogue.tables import specimens

READABLE: Sequence[str] = (
    *("genus", "scientific_name", "state_province", "county", "locality", "lithostratigraphic_group", "member"),
    *("lowest_biostratigraphic_zone", "recorded_by", "identified_by", "life_stage", "sex", "disposition"),
    *("dataset_name", "rights_holder", "license"),
)
"""Fields of a record that may be asked for: texts that many records share."""


def column_of(connection: Connection, census: Census, field: str, who: Person) -> Coded:
    """A field of all records, as a person may see it.

    Parameters
    ----------
    field : str
        One of `READABLE`.
    """
    if field not in READABLE:
        raise ValueError(f"the field is {field}; it must be one of {', '.join(READABLE)}.")
    everything = FATES.get(field) == "shown" or may(who, "see_exact_sites")
    kept: Mapping[tuple[str, bool], Coded] = census.kept.setdefault("columns", {})
    known = kept.get((field, everything))
    if known is None:
        known = _read(connection, census, field)
        if not everything:
            blank = known.known[""]
            known = Coded(known.known, np.where(census.counted["withheld"] > 0, blank, known.codes).astype(np.int32))
        census.kept["columns"][field, everything] = known
    return known


def _read(connection: Connection, census: Census, field: str) -> Coded:
    column = Coded()
    codes = np.full(len(census), column.known[""], np.int32)
    result = connection.execute(select(specimens.c.id, specimens.c[field]))
    assert result.cursor is not None
    while rows := result.cursor.fetchmany(CHUNK):  # the driver's own rows, as the census reads them
        ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
        within = ids < len(census.places)
        places = np.where(within, census.places[np.where(within, ids, 0)], -1)
        written = column.encode(row[1] or "" for row in rows)
        codes[places[places >= 0]] = written[places >= 0]
    result.close()
    return Coded(column.known, codes)
