"""Take the map along: as a picture, as a page for print, as one file that opens anywhere, or as data; each says what it shows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

import streamlit as st
from sqlalchemy import Connection

from catalogue import database
from catalogue.countries import country_name
from catalogue.exchange.out.about import about, link_of
from catalogue.exchange.out.found import Found as Going
from catalogue.geological_time import timescale
from catalogue.rights import VISITOR, Person
from catalogue.searching import facets
from catalogue.searching.query import Query
from maps import captions, gathering, located, painting, periods, sheet, standalone
from maps.located import Found, Window
from maps.sheet import Dot, Plate
from screens.parts import asking, file_dialog, map_colours, maps, who
from screens.parts.ages import age_words
from screens.parts.map_colours import Colours
from screens.parts.withheld import sentences
from screens.words import _, language, marked, say, several

MOST_IN_PAGE = 10_000
"""Finds that a page of its own holds; a browser stays quick with them."""
_MOST_CITED = 20_000
"""Finds up to which the newest change is looked up for the citation."""
_WORLD = Window(-180.0, -85.0, 180.0, 85.0, 4.0)


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is called and good for, how its name ends, and its media type."""

    label: str
    purpose: str
    suffix: str
    media_type: str


KINDS: Mapping[str, Kind] = {
    "png": Kind(marked("Picture (PNG)"), marked("For slides and documents, 200 dots an inch."), "png", "image/png"),
    "pdf": Kind(marked("Page for print (PDF)"), marked("A4 across, sharp at any size."), "pdf", "application/pdf"),
    "html": Kind(
        marked("Map in one file (HTML)"),
        marked("Opens in any browser without the internet, from a USB stick too; one can zoom and click."),
        "html",
        "text/html",
    ),
    "geojson": Kind(
        marked("Data (GeoJSON)"),
        marked("The places with all that the records say, for QGIS and the web."),
        "geojson",
        "application/geo+json",
    ),
}


def offer(query: Query, found: Found) -> None:
    """The panel, folded away until somebody wants it."""
    with st.expander(_("Take this map along"), key="take_map", on_change="rerun") as folded:
        if not folded.open or not len(found):
            return
        kind = st.selectbox(
            _("Kind of file"), list(KINDS), format_func=lambda name: _(KINDS[name].label), key="map_file_kind"
        )
        st.caption(_(KINDS[kind].purpose))
        near = kind in ("png", "pdf") and st.toggle(_("Only the part of the Earth with these finds"), key="map_near")
        person = _for_whom(query)
        if kind == "html" and len(found) > MOST_IN_PAGE:
            st.info(
                several(
                    "Such a file holds {n} find at most. Ask for fewer, or take another kind.",
                    "Such a file holds {n} finds at most. Ask for fewer, or take another kind.",
                    MOST_IN_PAGE,
                )
            )
            return
        st.download_button(
            _("Download"),
            partial(written, query, person, kind, _chosen(), near=near),
            file_name=f"bonebed-map-{datetime.now(UTC):%Y-%m-%d}.{KINDS[kind].suffix}",
            mime=KINDS[kind].media_type,
            on_click="ignore",
            key="map_file",
            type="primary",
        )


@dataclass(frozen=True)
class Chosen:
    """How the map is drawn on the screen, which a file follows."""

    colour: str
    lines: bool
    title: str
    language: str
    asked: str


def _chosen() -> Chosen:
    return Chosen(st.session_state["colour"], bool(st.session_state["lines"]), title(), language(), asked_words())


def title() -> str:
    """What the map shows, in one line."""
    interval = st.session_state["interval"]
    return (
        _("Finds of the {time}").format(time=timescale()[interval].label(language()))
        if interval
        else _("Finds of all times")
    )


def asked_words() -> str:
    """All conditions of the map in one line."""
    state = st.session_state
    interval, span = state["interval"], asking.range_asked()
    strictly, of_kind = asking.FITS["within"], asking.KINDS[state["kind"]]
    told = [
        f"{timescale()[interval].label(language())}, {age_words(timescale()[interval].span)}" if interval else "",
        asking.range_words(span) if span else "",
        _(strictly) if state["fit"] == "within" and (interval or span) else "",
        *(str(state[name]) for name in ("taxon", "formation", "q")),
        country_name(state["country"], language()) if state["country"] else "",
        _(of_kind) if state["kind"] != "all" else "",
    ]
    return " · ".join(text for text in told if text)


def caption(connection: Connection, person: Person, found: Found, asked: str) -> str:
    """What a file says beneath its map: what, age, data and licence."""
    return sentences(
        f"{asked}." if asked and language() == "en" else f"{asked}。" if asked else "",
        say(captions.drawn_of(found.total, len(found))),
        sources(connection, person, found, cited=True),
        several(
            "The place of {n} withheld site is made coarser.",
            "The places of {n} withheld sites are made coarser.",
            found.coarser,
        )
        if found.coarser
        else "",
    )


def sources(connection: Connection, person: Person, found: Found, *, cited: bool = False) -> str:
    """By which model, chart and outlines a map is drawn, from which data and under which terms.

    A file has the English line to cite it by; a page says whose data they are in the reader's language.
    """
    return sentences(
        _(
            "The Earth of today, no plate model. Ages: chart {version} of the International Commission on Stratigraphy."
        ).format(version=timescale().version),
        _("Land and borders: Natural Earth, public domain."),
        data_source(connection, person, found, cited=cited),
    )


def data_source(connection: Connection, person: Person, found: Found, *, cited: bool = False) -> str:
    """Whose data a map shows, and under which terms."""
    keys = found.ids.tolist() if len(found) <= _MOST_CITED else []
    of_records = replace(about(Going(connection, person, keys)), records=len(found))
    whose = " · ".join(text for text in (of_records.organization, several("{n} find", "{n} finds", len(found))) if text)
    return _("Data: {citation} Licence: {licence}").format(
        citation=of_records.citation if cited else whose + ("。" if language() == "zh" else "."),
        licence=of_records.license or _("none stated; ask the publisher."),
    )


def written(query: Query, person: Person, kind: str, chosen: Chosen, *, near: bool = False) -> bytes:
    """The map as a file of one of `KINDS`, as a person may see it."""
    with database.reading() as connection:
        found = located.find(connection, query, person)
        told = caption(connection, person, found, chosen.asked)
        if kind == "geojson":
            return _data(query, person, told)
        counts = facets.count(connection, query, who=person)
        colours = map_colours.colours(connection, person, found, chosen.colour, counts, query.taxon)
        if kind == "html":
            points = maps.coloured_points(connection, person, found, found.ids.tolist(), colours)
            return _page(points, colours, chosen, told)
        dots = dots_of(found, colours)
    plate = Plate("", several("{n} find", "{n} finds", len(found)), dots)
    view = sheet.view_around(dots) if near else sheet.world(maps.center_longitude())
    drawing = sheet.draw_sheet([plate], chosen.title, told, legend_of(colours), view=view, borders=chosen.lines)
    return painting.as_png(drawing) if kind == "png" else sheet.as_pdf(drawing, chosen.title, chosen.language)


def dots_of(found: Found, colours: Colours, window: Window = _WORLD) -> list[Dot]:
    """The finds as marks of a printed map; those at one place share one."""
    _across, dots = gathering.dots(found, window, colours.codes)
    return [Dot(one.longitude, one.latitude, one.count, one.own, colours.classes[one.color].color) for one in dots]


def legend_of(colours: Colours) -> list[tuple[str, str]]:
    """The names of the colours that are drawn, with their numbers."""
    return [(f"{one.label} {one.count:,}", one.color) for one in colours.classes if one.count]


def _page(points: list[periods.MapPoint], colours: Colours, chosen: Chosen, told: str) -> bytes:
    drawn = periods.period_map(words=maps.words(), center_longitude=maps.center_longitude())
    linked = [replace(point, href=link_of(point.occurrence_id)) for point in points]
    layer = periods.points_layer(linked, words=maps.words(), by_class=True, name=_("finds"))
    layer.add_to(drawn)
    return standalone.standalone(drawn, chosen.title, told, legend_of(colours), chosen.language)


def _data(query: Query, person: Person, told: str) -> bytes:
    """The export's own GeoJSON with the caption of the map in its head."""
    placed = replace(query, with_place=True)
    content = file_dialog.written(placed, "name", person, "geojson", coarser=person == VISITOR)
    head = b'{"type": "FeatureCollection", '
    return (
        head + b'"description": ' + json.dumps(told, ensure_ascii=False).encode() + b", " + content.removeprefix(head)
    )


def _for_whom(query: Query) -> Person:
    """For whom the file is: a visitor, unless somebody who may see withheld sites wants them exact."""
    with database.reading() as connection:
        withheld = located.find(connection, query, VISITOR).coarser
    if not withheld or not who.may("see_exact_sites"):
        return who.who()
    coarser = st.toggle(_("Make withheld sites coarser, as visitors see them"), value=True, key="map_coarser")
    return VISITOR if coarser else who.who()
