"""What a visitor asks for: words, time, group, country and kind of record; the same row of choices on every screen that needs it."""

from collections.abc import Mapping

import streamlit as st

from catalogue import database, specimens
from catalogue.countries import country_name
from catalogue.geological_time import Interval, timescale
from catalogue.search import Query
from screens.parts.ages import ma
from screens.parts.cards import common_name
from screens.words import _, language, marked

KINDS = {"all": marked("All records"), "own": marked("In museums"), "published": marked("Published finds")}
DEFAULTS: Mapping[str, object] = {"q": "", "interval": "", "taxon": "", "country": "", "kind": "all"}


def allowed(name: str, written: str) -> object | None:
    """A parameter of the address as the value of its widget; None when it means nothing."""
    if name == "interval":
        return written if not written or written in timescale().intervals else None
    if name == "taxon":
        return written if written in _taxa() else None
    if name == "country":
        return written if written in _countries() else None
    if name == "kind":
        return written if written in KINDS else None
    return written


def interval_label(name: str) -> str:
    """An interval as a line of a list, with its ages in Ma."""
    if not name:
        return _("Any time")
    unit = timescale()[name]
    return f"{unit.label(language())} · {ma(unit.span.max_ma)}–{ma(unit.span.min_ma)}"


def intervals_to_choose() -> list[Interval]:
    """The units in which animals lived: the Phanerozoic, youngest era first, each unit before its parts, old to young."""
    chart = timescale()
    return [
        unit
        for era in reversed(chart.children(chart["Phanerozoic"]))
        for unit in chart
        if era in chart.lineage(unit)
    ]  # fmt: skip


def names_of_intervals() -> list[str]:
    """Every name by which an interval may be entered: the chart's for time, then for rock, then regional and informal ones."""
    units = intervals_to_choose()
    rocks = [unit.chronostratigraphic_name for unit in units if unit.chronostratigraphic_name != unit.name]
    return [*(unit.name for unit in units), *rocks, *timescale().aliases]


def written_interval_label(name: str) -> str:
    """A name of an interval as a line of a list; a name that is not the chart's says what it stands for."""
    chart = timescale()
    if name in chart.intervals:
        return interval_label(name)
    match = chart.find(name)
    if match is None:
        return name
    units = dict.fromkeys((match.earliest.label(language()), match.latest.label(language())))
    return f"{name} → {' – '.join(units)}"


def query() -> Query:
    """Show the row of choices and return what is asked for. Call `address.follow(DEFAULTS, allowed)` before."""
    with st.container(key="asking"):
        words, time, group, country_, kind_ = st.columns([24, 25, 21, 17, 17], gap="small")
    text = words.text_input(_("Search"), key="q", type="search", placeholder=_("name, number, place, finder …"))
    interval = time.selectbox(
        _("Time"), ["", *(unit.name for unit in intervals_to_choose())], format_func=interval_label, key="interval"
    )
    taxon = group.selectbox(_("Group"), ["", *_taxa()], format_func=_taxon_label, key="taxon")
    country = country_.selectbox(_("Country"), ["", *_countries()], format_func=_country_label, key="country")
    kind = kind_.selectbox(_("Kind"), list(KINDS), format_func=lambda kind: _(KINDS[kind]), key="kind")
    return Query(
        text=text,
        span=timescale()[interval].span if interval else None,
        taxon=taxon,
        country_code=country,
        own=kind != "published",
        published=kind != "own",
    )


def _taxon_label(taxon: str) -> str:
    if not taxon:
        return _("Any group")
    common = common_name(taxon)
    return f"{taxon} · {common}" if common else taxon


def _country_label(code: str) -> str:
    return country_name(code, language()) if code else _("Any country")


def _taxa() -> list[str]:
    with database.reading() as connection:
        return specimens.taxa_with_finds(connection)


def _countries() -> list[str]:
    with database.reading() as connection:
        codes = specimens.countries_with_finds(connection)
    return sorted(codes, key=lambda code: country_name(code, language()))
