"""Which of several columns holds the names of the specimens, told by their cells where headings alone mislead.

Museums write "Genus" and "Species" side by side, the second with the epithet alone; "Name" may be what a skeleton or a place is called
("Sue"), beside "Species" with its name; and the name of a place on a map is seldom that of a fossil.
"""

import re
from collections.abc import Mapping, Sequence

from catalogue.exchange.mapping.contents import is_known_name
from catalogue.exchange.mapping.headings import LEFT_OUT, REMARKS, by_term, by_word, folded
from catalogue.messages import Message, message

_EPITHET = re.compile(r"^(?:(?:cf|aff|nr|gr)\.?\s+|\?\s*)*(?:[A-Z][a-z]?\.\s*)?[a-zß-öø-ÿ-]+\.?\??$")
_DATE = re.compile(r"^(?:\d{1,2}[./-]\s?(?:\d|[a-zä])|(?:1[5-9]|20)\d\d(?!\d))", re.IGNORECASE)
_KINDS_OF_MAPS = frozenset({"KML", "GeoJSON", "GeoPackage"})
_MADE_OF_KML = frozenset({"tessellate", "extrude", "visibility"})
"""Columns of the tables that GDAL, and so QGIS, makes of KML."""
_OF_THE_PIN = ("description", "snippet")
_SURE = 0.8

Said = tuple[str, Message]


def told_by_cells(columns: Sequence[str], cells: Mapping[str, Sequence[str]], kind: str) -> dict[str, Said]:
    """What columns with the heading of a name mean, where their cells say more than the heading.

    Parameters
    ----------
    columns : sequence of str
        The headings of the table.
    cells : mapping of str to sequence of str
        Cells of each column that are not blank.
    kind : str
        The kind of file, as in `catalogue.exchange.reading.Table`.
    """
    meant = {column: by_term(column) or by_word(column) for column in columns}
    named = [column for column, target in meant.items() if target == "verbatim_identification" and not by_term(column)]
    said: dict[str, Said] = {}
    if "genus" in meant.values():
        beside = message("the second word of the name, beside the column of the genus")
        said |= {column: ("specific_epithet", beside) for column in named if _are_epithets(cells[column])}
    if kind in _KINDS_OF_MAPS:
        target = "locality" if "locality" not in meant.values() else REMARKS
        of_place = message("the name of a place on the map; few of the cells begin with a genus or group that we know")
        said |= {
            column: (target, of_place) for column in named if folded(column) == "name" and _known(cells[column]) < 0.5
        }
    if kind == "KML" or _MADE_OF_KML.issubset(columns):
        own_data = "occurrence_id" in meant.values()
        of_pin = (
            message("the text of the pin, made of the other columns") if own_data else message("the text of the pin")
        )
        said |= {one: (LEFT_OUT if own_data else REMARKS, of_pin) for one in columns if one in _OF_THE_PIN}
    said |= _dates(meant, cells)
    left = [column for column in named if column not in said]
    return said | _best(left, cells)


def _dates(meant: Mapping[str, str | None], cells: Mapping[str, Sequence[str]]) -> dict[str, Said]:
    """“Datum” is a date in German and a reference of coordinates in English; the cells tell which."""
    of_them = message("looks like dates: the cells begin with a day or a year")
    target = "event_date" if "event_date" not in meant.values() else REMARKS
    return {
        column: (target, of_them)
        for column, field in meant.items()
        if field == "geodetic_datum"
        and not by_term(column)
        and sum(bool(_DATE.match(cell)) for cell in cells[column]) >= _SURE * max(1, len(cells[column]))
    }


def _best(named: Sequence[str], cells: Mapping[str, Sequence[str]]) -> dict[str, Said]:
    """Of several columns the one with most names that we know; nothing where the first is as good."""
    if len(named) < 2:
        return {}
    best = max(named, key=lambda column: _known(cells[column]))
    if best == named[0] or _known(cells[best]) <= _known(cells[named[0]]):
        return {}
    more = message("more of its cells begin with a genus or group that we know than in “{column}”", column=named[0])
    other = message("“{column}” holds the scientific names, so this goes into the remarks", column=best)
    return {column: ("verbatim_identification", more) if column == best else (REMARKS, other) for column in named}


def _are_epithets(cells: Sequence[str]) -> bool:
    return bool(cells) and sum(bool(_EPITHET.match(cell)) for cell in cells) >= _SURE * len(cells)


def _known(cells: Sequence[str]) -> float:
    return sum(map(is_known_name, cells)) / len(cells) if cells else 0.0
