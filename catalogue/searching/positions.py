"""Where all records lie, as somebody may see it: the one source of every map, area and file of points.

Whoever may not see exact sites gets the middle of a cell for each withheld record, before anything is counted, gathered, drawn or
compared with an area; so no zooming in, no small box and no difference of two counts leads nearer than that cell.
"""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import JSON as JSON_TYPE
from sqlalchemy import BindParameter, ColumnElement, Connection, Integer, bindparam, cast, func, select, true

from catalogue.generalising import middle_of_cell
from catalogue.rights import Person, may
from catalogue.searching.area import Area, Degrees, inside
from catalogue.searching.census import Census, Mask, Numbers
from catalogue.searching.census_at_hand import take_census
from catalogue.searching.query import Query
from catalogue.tables import specimens


@dataclass(frozen=True)
class Positions:
    """Places by the places of records in a census.

    Parameters
    ----------
    longitudes, latitudes : array of float
        Degrees WGS84; nan where the record has no coordinates.
    coarser : array of bool
        Where the place is the middle of a cell.
    """

    longitudes: Degrees
    latitudes: Degrees
    coarser: Mask

    @property
    def known(self) -> Mask:
        """Which records have coordinates."""
        return ~(np.isnan(self.longitudes) | np.isnan(self.latitudes))


def positions(census: Census, who: Person) -> Positions:
    """Where the records of a census lie, as a person may see it."""
    exact = may(who, "see_exact_sites")
    key = ("positions", exact)
    if key not in census.kept:
        census.kept[key] = _exact(census) if exact else _coarser(census)
    found: Positions = census.kept[key]
    return found


def mask_inside(census: Census, area: Area, who: Person) -> Mask:
    """Which records of a census lie in an area."""
    shown = positions(census, who)
    return inside(area, shown.longitudes, shown.latitudes)


def ids_inside(connection: Connection, area: Area, who: Person) -> Numbers:
    """The keys in the database of the records in an area."""
    census = take_census(connection)
    return census.ids[census.alive & mask_inside(census, area, who)]


def in_area(connection: Connection, query: Query, who: Person) -> ColumnElement[bool]:
    """The area of a query as an SQL condition for `catalogue.searching.query.condition`; it holds for all where none is asked."""
    if query.area is None:
        return true()
    ids: BindParameter[Any] = bindparam(
        "ids_inside", json.dumps(ids_inside(connection, query.area, who).tolist()), unique=True
    )
    if connection.dialect.name == "sqlite":
        return specimens.c.id.in_(select(func.json_each(ids).table_valued("value").c.value))
    listed: Any = func.json_array_elements_text(cast(ids, JSON_TYPE(none_as_null=True))).table_valued("value")
    return specimens.c.id.in_(select(cast(listed.c.value, Integer)))


def _exact(census: Census) -> Positions:
    nowhere = np.zeros(len(census), np.bool_)
    return Positions(census.measured["longitude"], census.measured["latitude"], nowhere)


def _coarser(census: Census) -> Positions:
    longitudes, latitudes = census.measured["longitude"].copy(), census.measured["latitude"].copy()
    withheld = census.counted["withheld"] > 0
    for place in np.flatnonzero(withheld & ~np.isnan(latitudes) & ~np.isnan(longitudes)).tolist():
        latitudes[place], longitudes[place] = middle_of_cell(float(latitudes[place]), float(longitudes[place]))
    return Positions(longitudes, latitudes, withheld)
