"""A formation suggests an age: what other finds of it have here is offered with a button, and never set unasked."""

from collections.abc import Callable

import streamlit as st

from catalogue import database, specimens
from catalogue.geological_time import InvertedRange, UnknownInterval, timescale
from screens.words import _, language

_OFFERED = 3


def offer(formation: str, earliest: str, latest: str, use: Callable[[str, str], None], key: str) -> None:
    """Offer the ages of other finds of a formation that are not the one entered.

    Parameters
    ----------
    formation, earliest, latest : str
        As typed; intervals may be blank.
    use : callable
        Takes an earliest and a latest interval (blank when it is the same) into the form.
    key : str
        Keeps the buttons apart from those of another form.
    """
    if not formation.strip():
        return
    with database.reading() as connection:
        ages = specimens.ages_of_formation(connection, formation)
    entered = _entered(earliest, latest)
    others = [(first, last, finds) for first, last, finds in ages if (first, last) != entered][:_OFFERED]
    if not others or any((first, last) == entered for first, last, _finds in ages[:1]):
        return
    told = _(", ").join(f"{_words(first, last)} ({finds})" for first, last, finds in others)
    said = _("Other finds from the {formation} Formation here are: {ages}. Use it?")
    st.caption(said.format(formation=formation.strip().removesuffix(" Formation"), ages=told))
    with st.container(horizontal=True):
        for number, (first, last, _finds) in enumerate(others):
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
