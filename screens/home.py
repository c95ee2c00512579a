"""What is this, and where do I go? Three sentences, one picture, and the collection at a glance."""

from html import escape

import streamlit as st

from catalogue import database, specimens
from catalogue.geological_time import timescale
from catalogue.searching.query import Query
from screens import navigation
from screens.parts import cards, trees, who
from screens.parts.ages import ink_on
from screens.parts.picture import still
from screens.period_map import PERIODS
from screens.words import _, language, marked, several

_NEWEST = 4
_DOORS = (
    ("specimens", marked("Specimens"), marked("Bones and who found them")),
    ("map", marked("Map"), marked("Where they lived, period by period")),
    ("tree", marked("Family tree"), marked("From the first dinosaurs to living birds")),
    ("lessons", marked("In class"), marked("Lessons for a projector, on which a class can follow and answer")),
)
_WHAT_THIS_IS = marked(
    "Bonebed is a catalogue of dinosaurs that knows geological time. Put a specimen in, and see when it lived, where it was found and "
    "where it sits on the tree that leads to living birds. It begins with Lufeng in Yunnan, where more than two hundred skeletons came to light."
)


def show() -> None:
    """The page."""
    st.html(f'<h1 class="specimen-name">Bonebed</h1><p class="lede">{escape(_(_WHAT_THIS_IS))}</p>')
    chosen = trees.portrait()
    if chosen:
        navigation.go("tree", taxon=chosen)
    _doors()
    with database.reading() as connection:
        own = specimens.count(connection, Query(published=False), who=who.who())
        published = specimens.count(connection, Query(own=False), who=who.who())
        counts = specimens.counts_by_span(connection, {name: timescale()[name].span for name in PERIODS}, who=who.who())
        newest = specimens.find(connection, order="newest", size=_NEWEST, who=who.who()).specimens
    _glance(own, published, counts)
    st.subheader(_("Newest records"))
    still(cards.cards(newest), key="newest", language=language())


def _doors() -> None:
    markup = "".join(
        f'<a class="card door" href="{escape(navigation.href(address))}" target="_self">'
        f'<span class="card-name">{escape(_(title))}</span><span class="card-line">{escape(_(line))}</span></a>'
        for address, title, line in _DOORS
    )
    still(f'<div class="cards">{markup}</div>', key="doors", language=language())


def _glance(own: int, published: int, counts: dict[str, int]) -> None:
    st.subheader(_("The collection at a glance"))
    tiles = (
        (own, several("specimen in museums", "specimens in museums", own)),
        (published, several("published find", "published finds", published)),
    )
    shown = "".join(f'<div class="tile"><b>{number:,}</b>{escape(word)}</div>' for number, word in tiles)
    st.html(f'<div class="tiles">{shown}</div>')
    still(_period_bars(counts), key="periods", language=language())


def _period_bars(counts: dict[str, int]) -> str:
    most = max([1, *counts.values()])
    bars = []
    for name, number in counts.items():
        unit = timescale()[name]
        described = several("{n} record", "{n} records", number)
        bars.append(
            f'<a class="period-bar" data-name="{escape(name)}" href="{escape(navigation.href("specimens", interval=name))}" target="_self" '
            f'aria-label="{escape(unit.label(language()))}: {escape(described)}"><b>{number:,}</b>'
            f'<i style="height:{0.2 + 8 * number / most:.2f}rem;background:{unit.color};color:{ink_on(unit.color)}"></i>'
            f"<span>{escape(unit.label(language()))}</span></a>"
        )
    return f'<div class="period-bars">{"".join(bars)}</div>'
