"""A walk through deep time for a class: one interval a step, in large type, with its facts and its finds."""

from functools import cache
from html import escape

import streamlit as st

from catalogue import database, specimens
from catalogue.facts import FACTS, cite, read_facts
from catalogue.geological_time import Interval, timescale
from catalogue.searching.query import Query
from screens import navigation
from screens.parts import address, cards, who
from screens.parts.ages import age_words, chip, time_bar
from screens.parts.picture import still
from screens.time_routes import time_href
from screens.words import _, language

STEPS = (
    "Triassic",
    "Late Triassic",
    "Jurassic",
    "Early Jurassic",
    "Middle Jurassic",
    "Late Jurassic",
    "Cretaceous",
    "Early Cretaceous",
    "Late Cretaceous",
    "Paleogene",
    "Neogene",
    "Quaternary",
)
_DEFAULTS = {"step": 1}
_CARDS = 4


def show() -> None:
    """The page; each step has its link."""
    address.follow(_DEFAULTS, _allowed)
    number = int(st.session_state["step"])
    unit = timescale()[STEPS[number - 1]]
    st.title(_("A walk through deep time"))
    _move(number)
    head = f"<h2>{escape(unit.label(language()))} {chip(age_words(unit.span), unit.color)}</h2>{time_bar(unit.span, tall=True)}"
    still(head, key="head", language=language())
    _tell_facts(unit)
    _show_finds(unit)
    leap, moment = _("See this moment in the time machine"), time_href(at=f"{unit.span.midpoint:g}")
    st.html(f'<a class="ours" href="{escape(moment)}" target="_top">{escape(leap)}</a>')
    with st.expander(_("The story of Lufeng")):
        st.markdown(_story(language()))
    address.keep(_DEFAULTS)


@cache
def _story(language: str) -> str:
    """The story of Lufeng, as Markdown."""
    return (FACTS / f"stories/lufeng.{language}.md").read_text(encoding="utf-8")


@cache
def _facts() -> tuple[dict[str, str], ...]:
    """What is told of the intervals."""
    return tuple(read_facts("geological_time/interval_facts.tsv"))


def _allowed(_name: str, written: str) -> object | None:
    return int(written) if written.isdecimal() and len(written) < 3 and 1 <= int(written) <= len(STEPS) else None


def _move(number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(_("Back"), key="back", disabled=number == 1, on_click=_step_to, args=(number - 1,), shortcut="Left")
        st.button(
            _("Next"),
            key="next",
            disabled=number == len(STEPS),
            on_click=_step_to,
            args=(number + 1,),
            type="primary",
            shortcut="Right",
        )
        st.markdown(_("Step {number} of {steps}").format(number=number, steps=len(STEPS)))
        st.caption(_("The arrow keys work too."))


def _step_to(number: int) -> None:
    st.session_state["step"] = number


def _tell_facts(unit: Interval) -> None:
    facts = [row for row in _facts() if row["interval"] == unit.name]
    column = "zh_fact" if language() == "zh" else "fact"
    for row in facts:
        st.html(f'<p class="step-fact">{escape(row[column])}</p>')
    if facts:
        with st.expander(_("Where we know this from")):
            for reference in dict.fromkeys(row["reference"] for row in facts):
                st.markdown(f"- {cite(reference)}")


def _show_finds(unit: Interval) -> None:
    with database.reading() as connection:
        query = Query(span=unit.span, within=True)
        found = specimens.find(connection, query, order="oldest_age", size=_CARDS, who=who.who())
    if not found.total:
        return
    st.subheader(_("Who lived then"))
    still(cards.cards(found.specimens), key="lived", language=language())
    with st.container(horizontal=True):
        navigation.link("map", _("All finds of this time on the map"), interval=unit.name)
        navigation.link("map", _("The Earth at that time"), interval=unit.name, earth="then")
        navigation.link("specimens", _("All finds of this time as a list"), interval=unit.name)
