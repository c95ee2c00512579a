"""An area on the map, drawn, typed or read from a file: what was found in it, by species and by time, and how to take that along."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from html import escape

import numpy as np
import streamlit as st

from catalogue import database
from catalogue.geological_time import AgeRange, timescale
from catalogue.messages import Message, message
from catalogue.searching import facets
from catalogue.searching.area import Area, InvalidArea, area_of, read_area
from catalogue.searching.query import Query
from screens import navigation
from screens.parts import asking, cards, file_dialog, who
from screens.parts.cards import is_latin
from screens.parts.picture import still
from screens.words import _, language, say, several

_PROBLEM = "_area_problem"
_LISTED, _MOST_BYTES = 50, 1_000_000
_EDGES = ("west", "south", "east", "north")


def take(written: str) -> None:
    """Make a text the area of the page; what is none is told below the map, and the area stays as it was."""
    _set(lambda: read_area(written))


def show(query: Query) -> None:
    """What lies in the area, where there is one, and the ways to give one without a mouse."""
    problem: Message | None = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        st.error(say(problem))
    if st.session_state["area"]:
        _show_inside(replace(query, area=read_area(st.session_state["area"])))
    with st.expander(_("Type an area, or take one from a file"), key="area_fold", on_change="rerun") as folded:
        if folded.open:  # seven fields cost a browser as much as the rest of the page, before it comes to the map
            typed, from_file = st.columns(2, gap="large")
            with typed:
                _ask_for_corners()
            with from_file:
                _ask_for_file()


def _set(make: Callable[[], Area]) -> None:
    try:
        st.session_state["area"] = str(make())
    except InvalidArea as error:
        st.session_state[_PROBLEM] = error.message


def _show_inside(query: Query) -> None:
    with database.reading() as connection:
        census, mask = facets.found_mask(connection, query, who=who.who())
        counts = facets.count(connection, query, who=who.who())
        page = facets.search(connection, query, order="name", size=_LISTED, who=who.who())
    taxon = census.coded["taxon"]
    species = np.bincount(taxon.codes[mask], minlength=len(taxon.values))
    named = [(str(taxon.values[code][0]), int(species[code])) for code in np.flatnonzero(species)]
    with st.container(horizontal=True, vertical_alignment="center", key="area_head"):
        counted = several("{n} find in the area", "{n} finds in the area", counts.total)
        st.markdown(f"**{counted}**", width="content")
        st.caption(asking.area_words(st.session_state["area"]), width="content")
        if counts.total:
            navigation.link("specimens", _("Open as a list"), **asking.parameters())
            file_dialog.offer(query, "name")
        st.button(_("Take the area away"), key="area_away", type="tertiary", on_click=_away)
    if counts.total:
        of_species, of_time = st.columns(2, gap="large")
        with of_species:
            st.html(_species(named))
        with of_time:
            ages = census.coded["age"]
            dated = zip(ages.values, np.bincount(ages.codes[mask], minlength=len(ages.values)).tolist(), strict=False)
            st.html(_by_time([(AgeRange(*age), count) for age, count in dated if count], query.span))
        with st.expander(_("The finds in the area")):
            still(cards.rows(page.specimens), key="in_area", language=language())
            if page.total > len(page.specimens):
                st.caption(_("The first {shown} of {all}.").format(shown=len(page.specimens), all=f"{page.total:,}"))


def _away() -> None:
    st.session_state["area"] = ""


def _species(named: Iterable[tuple[str, int]]) -> str:
    listed: dict[str, int] = {}
    for name, count in named:
        listed[name] = listed.get(name, 0) + count
    ordered = sorted(listed.items(), key=lambda pair: (-pair[1], pair[0]))
    items = "".join(
        f"<li>{f'<i>{escape(name)}</i>' if is_latin(name) else escape(name)} <b>{count:,}</b></li>"
        for name, count in ordered
    )
    heading = several("{n} name", "{n} names", len(ordered))
    return f'<div class="area-list"><h4>{escape(heading)}</h4><ul>{items}</ul></div>'


def _by_time(dated: Iterable[tuple[AgeRange, int]], asked: AgeRange | None) -> str:
    """A bar for each age of the asked time in which something of the area may lie; a find that may lie in two is counted in both."""
    listed = list(dated)
    of = {
        unit.name: sum(
            count for span, count in listed if span.max_ma > unit.span.min_ma and span.min_ma < unit.span.max_ma
        )
        for unit in timescale().of_rank("age", asked)
    }
    units = sorted((timescale()[name] for name, count in of.items() if count), key=lambda unit: -unit.span.max_ma)
    most = max((of[unit.name] for unit in units), default=1)
    rows = "".join(
        f"<tr><th scope='row'>{escape(unit.label(language()))}</th><td><i style='width:{max(1.0, 100 * of[unit.name] / most):.1f}%;"
        f"background:{unit.color}'></i></td><td>{of[unit.name]:,}</td></tr>"
        for unit in units
    )
    title, note = escape(_("By age")), escape(_("A find that may lie in two ages is counted in both."))
    return f'<div class="area-times"><h4>{title}</h4><table>{rows}</table><small>{note}</small></div>'


def _ask_for_corners() -> None:
    with st.form("area_typed", border=False):
        labels = {"west": _("West"), "south": _("South"), "east": _("East"), "north": _("North")}
        columns = st.columns(4)
        for column, edge in zip(columns, _EDGES, strict=True):
            column.number_input(labels[edge], value=None, key=f"area_{edge}", step=1.0, format="%.4f")
        corners = st.text_area(
            _("Or corners, one on a line"), key="area_corners", placeholder="25.2, 102.0\n25.0, 102.4", height=80,
            help=_("Latitude, then longitude, in degrees; west and south of zero are negative."),
        )  # fmt: skip
        if st.form_submit_button(_("Show this area")):
            edges = [st.session_state[f"area_{edge}"] for edge in _EDGES]
            _set(lambda: _typed(edges, corners))
            st.rerun()


def _typed(edges: list[float | None], corners: str) -> Area:
    if corners.strip():
        return area_of([_corner(line) for line in corners.splitlines() if line.strip()])
    west, south, east, north = edges
    if west is None or south is None or east is None or north is None:
        raise InvalidArea(message("Give all four edges of the box, or at least three corners."))
    return area_of([(west, south), (east, north)])


def _corner(line: str) -> tuple[float, float]:
    numbers = line.replace("，", ",").replace(",", " ").split()
    try:
        latitude, longitude = (float(number) for number in numbers)
    except ValueError:
        raise InvalidArea(
            message("“{line}” is not a corner. Write latitude and longitude, for instance 25.2, 102.0.", line=line[:60])
        ) from None
    return longitude, latitude


def _ask_for_file() -> None:
    file = st.file_uploader(_("An outline as GeoJSON"), type=["geojson", "json"], key="area_file")
    if file is not None and st.session_state.get("_area_file") != file.file_id:
        st.session_state["_area_file"] = file.file_id
        content = file.getvalue()
        _set(lambda: outline_of(content))
        st.rerun()


def outline_of(content: bytes) -> Area:
    """The one outline of a GeoJSON file.

    Raises
    ------
    InvalidArea
        When it is no GeoJSON, holds no outline or several, or the outline is no area.
    """
    no_file = InvalidArea(
        message("This file is no GeoJSON with an outline. In QGIS: Export, Save Features As, GeoJSON.")
    )
    if len(content) > _MOST_BYTES:
        raise InvalidArea(message("This file is larger than one outline needs. Save a single, simpler outline."))
    try:
        outlines = list(_polygons(json.loads(content)))
        corners = [[(float(one[0]), float(one[1])) for one in rings[0]] for rings in outlines]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise no_file from None
    if not corners:
        raise no_file
    if len(corners) > 1 or len(outlines[0]) > 1:
        raise InvalidArea(
            message(
                "The file holds {count} outlines or an outline with holes. Save one outline without holes.",
                count=len(corners),
            )
        )
    return area_of(corners[0])


def _polygons(thing: dict[str, object]) -> Iterator[list[list[list[float]]]]:
    """The polygons of any GeoJSON object, each as its rings."""
    kind, coordinates = thing["type"], thing.get("coordinates")
    if kind == "FeatureCollection":
        for feature in thing["features"]:  # type: ignore[attr-defined]
            yield from _polygons(feature)
    elif kind == "Feature":
        yield from _polygons(thing["geometry"])  # type: ignore[arg-type]
    elif kind == "GeometryCollection":
        for geometry in thing["geometries"]:  # type: ignore[attr-defined]
            yield from _polygons(geometry)
    elif kind == "Polygon":
        yield coordinates  # type: ignore[misc]
    elif kind == "MultiPolygon":
        yield from coordinates  # type: ignore[misc]
