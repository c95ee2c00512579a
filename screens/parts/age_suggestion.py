"""A formation suggests an age: what other finds of it have here, and what publications say, is offered and never set unasked."""

from collections.abc import Callable

import streamlit as st

from catalogue import database, specimens
from catalogue.formations import without_rank
from catalogue.geological_time import InvertedRange, UnknownInterval, timescale
from catalogue.published import suggesting
from catalogue.published.suggesting import PublishedAge
from screens.parts.ages import ma
from screens.words import _, as_typed, language, several

_OFFERED = 3


def offer(formation: str, country: str, earliest: str, latest: str, use: Callable[[str, str], None], key: str) -> None:
    """Offer the ages of other finds of a formation, and the one that publications give it, where they are not the one entered.

    Parameters
    ----------
    formation, country, earliest, latest : str
        As typed; the country as its code; all but the formation may be blank.
    use : callable
        Takes an earliest and a latest interval (blank when it is the same) into the form.
    key : str
        Keeps the buttons apart from those of another form.
    """
    if not formation.strip():
        return
    with database.reading() as connection:
        ages = specimens.ages_of_formation(connection, formation)
        published = suggesting.age_of_formation(connection, formation, country)
    entered = _entered(earliest, latest)
    others = [(first, last, finds) for first, last, finds in ages if (first, last) != entered][:_OFFERED]
    if any((first, last) == entered for first, last, _finds in ages[:1]):
        others = []
    name = without_rank(formation)
    offered = [(first, last) for first, last, _finds in others]
    if others:
        told = _(", ").join(f"{_words(first, last)} ({finds})" for first, last, finds in others)
        said = _("Other finds from the {formation} Formation here are: {ages}. Use it?")
        st.caption(said.format(formation=name, ages=told))
    if published is not None and (published.earliest, published.latest) != entered:
        _tell_published(name, published)
        offered.append((published.earliest, published.latest))
    _offer_buttons(offered, use, key)


def _tell_published(formation: str, age: PublishedAge) -> None:
    said = _(
        "The Paleobiology Database has the {formation} Formation as {oldest}–{youngest} Ma old ({collections}): {ages}. Use it?"
    )
    st.caption(
        said.format(
            formation=as_typed(formation),
            oldest=ma(age.max_ma),
            youngest=ma(age.min_ma),
            collections=several("{n} collection", "{n} collections", age.collections),
            ages=_words(age.earliest, age.latest),
        )
    )


def _offer_buttons(offered: list[tuple[str, str]], use: Callable[[str, str], None], key: str) -> None:
    if not offered:
        return
    with st.container(horizontal=True):
        for number, (first, last) in enumerate(dict.fromkeys(offered)):
            st.button(
                _words(first, last),
                key=f"{key}_age_{number}",
                on_click=use,
                args=(first, last if last != first else ""),
            )


def _entered(earliest: str, latest: str) -> tuple[str, str]:
    try:
        age = timescale().date(earliest, latest)
    except (UnknownInterval, InvertedRange):
        return "", ""
    return age.earliest.name, age.latest.name


def _words(earliest: str, latest: str) -> str:
    first, last = (timescale()[name].label(language()) for name in (earliest, latest))
    return first if first == last else _("{earliest} to {latest}").format(earliest=first, latest=last)
