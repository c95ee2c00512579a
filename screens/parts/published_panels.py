"""What publications say about a record, beside it: the age of its formation, the site, what else was found there, how a name is used.

All of it is shown or offered; a record takes nothing of it by itself. All text is escaped here.
"""

from collections.abc import Callable
from html import escape

import streamlit as st
from sqlalchemy import Connection

from catalogue import database
from catalogue.published import reading, suggesting
from catalogue.published.entries import RockUnit
from catalogue.published.reading import Site
from catalogue.records import Specimen
from screens import navigation
from screens.parts import published_words, who
from screens.parts.ages import ma
from screens.parts.cards import kind_words, name_html
from screens.published_lists import intervals, rocks
from screens.words import _, as_typed, several

_SHOWN_UNITS = 6


def rock(connection: Connection, specimen: Specimen) -> str:
    """The formation of a record as published: each unit with its ages; blank where nothing is known."""
    if not specimen.formation:
        return ""
    units = [
        unit
        for unit in reading.rock_units(connection, specimen.formation, specimen.country_code)
        if unit.span is not None
    ]
    if not units:
        return ""
    lines = [_unit_line(unit) for unit in units[:_SHOWN_UNITS]]
    address = escape(navigation.href("published", kind="rock_unit", q=specimen.formation))
    left = len(units) - _SHOWN_UNITS
    more = several("and {n} more", "and {n} more", left) if left > 0 else _("See what publications say")
    lines.append(f'<dt></dt><dd><a href="{address}" target="_self">{escape(more)}</a></dd>')
    return _label(_("Its formation in publications"), lines)


def _unit_line(unit: RockUnit) -> str:
    name = escape(unit.member or unit.formation or unit.group)
    ages = f"{ma(unit.max_ma or 0)}–{ma(unit.min_ma or 0)} Ma"
    count = several("{n} collection", "{n} collections", unit.collections) if unit.collections else ""
    said = escape(" · ".join(filter(None, (ages, count))))
    of_rocks = f"<br><small>{escape(rocks(unit))}</small>" if unit.lithology else ""
    return f"<dt>{name}</dt><dd>{said}{of_rocks}</dd>"


def site(connection: Connection, specimen: Specimen) -> str:
    """The published site of a find and what else the catalogue has from there; blank where nothing is known."""
    found = reading.site_of(connection, specimen, who=who.who())
    if found is None or (found.locality is None and not found.others.total):
        return ""
    title = _("Collection {number} of the Paleobiology Database").format(number=found.number)
    return _label(title, [*_place_lines(found), *_company(found)])


def _place_lines(found: Site) -> list[str]:
    if found.locality is None:
        return []
    place = found.locality
    placed = place.decimal_latitude is not None and place.decimal_longitude is not None
    degrees = f"{place.decimal_latitude:g}, {place.decimal_longitude:g}" if placed else ""
    units = ", ".join(filter(None, (place.group, place.formation, place.member)))
    lines = (
        (_("Place"), escape(place.title)),
        (_("Also known as"), escape(place.also_known_as)),
        (_("Rock"), escape(units)),
        (_("Age"), intervals(place)),
        (_("Latitude, longitude"), degrees),
        (_("Finds there"), "" if place.occurrences is None else f"{place.occurrences:,}"),
        (_("Published in"), escape(place.reference)),
    )
    return [f"<dt>{escape(name)}</dt><dd>{said}</dd>" for name, said in lines if said]


def _company(found: Site) -> list[str]:
    if not found.others.total:
        return []
    links = "<br>".join(_link(one) for one in found.others.specimens)
    left = found.others.total - len(found.others.specimens)
    title, rest = _("Also found there"), several("and {n} more", "and {n} more", left)
    more = f"<br><small>{escape(rest)}</small>" if left > 0 else ""
    return [f"<dt>{escape(title)}</dt><dd>{links}{more}</dd>"]


def _link(specimen: Specimen) -> str:
    address = escape(navigation.href("specimen", id=specimen.occurrence_id))
    return f'<a href="{address}" target="_self">{name_html(specimen)}</a> <small>{escape(kind_words(specimen))}</small>'


def _label(title: str, lines: list[str]) -> str:
    return f'<section class="label"><h3>{escape(title)}</h3><dl>{"".join(lines)}</dl></section>'


def offer_name(scientific_name: str, use: Callable[[str], None], key: str) -> None:
    """Say how a name is used now where publications have another one, and where it belongs if Bonebed's own table does not know."""
    with database.reading() as connection:
        synonym = suggesting.accepted(connection, [scientific_name]).get(scientific_name)
        groups = suggesting.groups(connection, scientific_name)
    if groups:
        said = _("Its groups, after the Paleobiology Database: {groups}")
        st.caption(said.format(groups=" › ".join(as_typed(one) for one in groups)))
    if synonym is None:
        return
    why = f" ({as_typed(published_words.difference(synonym.difference))})" if synonym.difference else ""
    said = _("The Paleobiology Database uses *{accepted}* for it{why}. The name on the label may stay.")
    st.caption(said.format(accepted=as_typed(synonym.accepted_name), why=why))
    st.button(
        _("Write {text}").format(text=synonym.accepted_name), key=key, on_click=use, args=(synonym.accepted_name,)
    )
