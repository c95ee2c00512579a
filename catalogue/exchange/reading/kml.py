"""Localities from KML (Google Earth): each placemark a row, with its name, its description, its own data and its point.

References
----------
Open Geospatial Consortium 2015. OGC KML 2.3; http://docs.opengeospatial.org/is/12-007r2/12-007r2.html
"""

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element

from catalogue.exchange.reading.json_lists import place, records_of
from catalogue.exchange.reading.markup import attributes, events, local
from catalogue.exchange.reading.points import Points
from catalogue.exchange.reading.tables import Table, UnreadableFile, rows_below
from catalogue.messages import message

_SHAPES = frozenset({"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Model", "Track", "MultiTrack"})


def read_kml(stream: IO[bytes]) -> Table:
    """Read the placemarks of a KML file.

    Raises
    ------
    UnreadableFile
        When it is damaged, or has no placemark.
    """
    title, points = "", Points()
    rows: list[dict[str, object]] = []
    for kind, element in _placemarks(stream):
        if kind == "Placemark":
            rows.append(_row(element, points))
        elif not title:
            title = (element.text or "").strip()
    if not rows:
        raise UnreadableFile(message("There is no placemark in this KML file."))
    grid = rows_below(records_of(rows).__iter__)
    source = {"title": title[:500]} if title else {}
    return Table(
        "UTF-8",
        False,
        "",
        grid.headings,
        grid.rows,
        kind="KML",
        source=source,
        notes=(*grid.notes, *points.notes()),
        blank=grid.blank,
    )


def _placemarks(stream: IO[bytes]) -> Iterator[tuple[str, Element]]:
    """The placemarks, and before them the name of the document."""
    inside = 0
    for event, element in events(stream, starts=True):
        kind = local(element.tag)
        if kind == "Placemark":
            inside += 1 if event == "start" else -1
            if event == "end" and not inside:
                yield kind, element
                element.clear()
        elif kind == "name" and event == "end" and not inside:
            yield kind, element


def _row(placemark: Element, points: Points) -> dict[str, object]:
    cells: dict[str, object] = {}
    told: dict[str, object] = {}
    for element in placemark:
        kind = local(element.tag)
        if kind in {"name", "description", "address"}:
            cells[kind] = (element.text or "").strip()
        elif kind == "ExtendedData":
            cells |= _own_data(element)
        elif kind in _SHAPES:
            told |= place(kind, *_point(element)) if kind == "Point" else place(kind, None, None)
    return points.placed(cells, told)


def _own_data(element: Element) -> dict[str, object]:
    """``Data`` with a value within, and ``SimpleData`` that is its own value."""
    cells: dict[str, object] = {}
    for one in element.iter():
        kind, name = local(one.tag), attributes(one).get("name", "")
        if kind == "Data" and name:
            cells[name] = next((value.text or "" for value in one if local(value.tag) == "value"), "")
        elif kind == "SimpleData" and name:
            cells[name] = one.text or ""
    return cells


def _point(element: Element) -> tuple[str | None, str | None]:
    """Longitude and latitude, as written."""
    written = next((one.text or "" for one in element.iter() if local(one.tag) == "coordinates"), "")
    parts = [part.strip() for part in written.strip().split(",")]
    return (parts[0], parts[1]) if len(parts) >= 2 else (None, None)
