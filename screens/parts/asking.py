"""What a visitor asks for: the same row of choices on every screen that needs it, and what the facets add to it.

The parameters of a search's link are the keys of `DEFAULTS`. A screen without facets says in a line what the link asks beyond
the row, so that nothing narrows its records unseen.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

import streamlit as st

from catalogue import database
from catalogue.countries import country_name
from catalogue.geological_time import AgeRange, Interval, timescale
from catalogue.searching import facets
from catalogue.searching.area import InvalidArea, read_area
from catalogue.searching.query import Query
from screens import navigation
from screens.parts import vocabulary
from screens.parts.ages import ma
from screens.parts.cards import common_name
from screens.words import _, as_typed, language, marked, speaking

KINDS = {"all": marked("All records"), "own": marked("In museums"), "published": marked("Published finds")}
FITS = {"overlaps": marked("Overlaps it"), "within": marked("Lies within it")}
CHANGES = {
    "1": marked("in the last day"),
    "7": marked("in the last week"),
    "30": marked("in the last month"),
    "365": marked("in the last year"),
}
PLACES = {"yes": marked("with coordinates"), "no": marked("without coordinates")}
IMAGES = {"yes": marked("with a picture"), "no": marked("without a picture")}
_ROW: Mapping[str, object] = {"q": "", "interval": "", "taxon": "", "country": "", "kind": "all"}
_BEYOND: Mapping[str, object] = {
    "oldest": None,
    "youngest": None,
    "fit": "overlaps",
    "formation": "",
    "type": "",
    "preservation": "",
    "word": "",
    "image": "",
    "coordinates": "",
    "area": "",
    "changed": "",
}
DEFAULTS: Mapping[str, object] = {**_ROW, **_BEYOND}
OLDEST = 4600.0
"""Ma; the age of the Earth, rounded up."""
_OFFERED = 1_500
"""Groups that the list offers, the largest ones, where there are more."""


def allowed(name: str, written: str) -> object | None:
    """A parameter of the address as the value of its widget; None when it means nothing."""
    if name == "interval":
        return written if not written or written in timescale().intervals else None
    if name == "taxon":
        return written if written in _taxa() else None
    if name == "country":
        return written if written in _countries() else None
    if name in ("oldest", "youngest"):
        return _age(written)
    if name == "area":
        return _area(written)
    choices = {"coordinates": PLACES, "kind": KINDS, "fit": FITS, "image": IMAGES, "changed": CHANGES}
    if name in choices:
        return written if written in choices[name] else None
    return written


def _area(written: str) -> str | None:
    try:
        return str(read_area(written))
    except InvalidArea:
        return None


def _age(written: str) -> float | None:
    try:
        age = float(written[:20])
    except ValueError:
        return None
    return age if 0 <= age <= OLDEST else None


def parameters() -> dict[str, str]:
    """What is asked now, as the parameters of its link."""
    asked = {name: st.session_state.get(name, default) for name, default in DEFAULTS.items()}
    return {
        name: f"{value:g}" if isinstance(value, float) else str(value)
        for name, value in asked.items()
        if value not in (None, DEFAULTS[name])
    }


def interval_label(name: str) -> str:
    """An interval as a line of a list, with its ages in Ma."""
    return _label_of_unit(name, language()) if name else _("Any time")


@cache
def _label_of_unit(name: str, tongue: str) -> str:
    unit = timescale()[name]
    return f"{unit.label(tongue)} · {ma(unit.span.max_ma)}–{ma(unit.span.min_ma)}"


@cache
def intervals_to_choose() -> tuple[Interval, ...]:
    """The units in which animals lived: the Phanerozoic, youngest era first, each unit before its parts, old to young."""
    chart = timescale()
    return tuple(
        unit
        for era in reversed(chart.children(chart["Phanerozoic"]))
        for unit in chart
        if era in chart.lineage(unit)
    )  # fmt: skip


@cache
def names_of_intervals() -> tuple[str, ...]:
    """Every name by which an interval may be entered: the chart's for time, then for rock, then regional and informal ones."""
    units = intervals_to_choose()
    rocks = [unit.chronostratigraphic_name for unit in units if unit.chronostratigraphic_name != unit.name]
    return (*(unit.name for unit in units), *rocks, *timescale().aliases)


def written_interval_label(name: str) -> str:
    """A name of an interval as a line of a list; a name that is not the chart's says what it stands for."""
    return _label_of_name(name, language())


@lru_cache(maxsize=2_048)  # some hundred names in two languages, and what people type
def _label_of_name(name: str, tongue: str) -> str:
    chart = timescale()
    if name in chart.intervals:
        return _label_of_unit(name, tongue)
    match = chart.find(name)
    if match is None:
        return name
    units = dict.fromkeys((match.earliest.label(tongue), match.latest.label(tongue)))
    return f"{name} → {' – '.join(units)}"


def query(*, facets_follow: bool = False, area_follows: bool = False) -> Query:
    """Show the row of choices and return what is asked for. Call `address.follow(DEFAULTS, allowed)` before.

    Parameters
    ----------
    facets_follow : bool
        Whether the screen shows what is asked beyond the row itself.
    area_follows : bool
        Whether it shows the area that is asked for.
    """
    with st.container(key="asking"):
        words, time, group, country, kind = st.columns([24, 25, 21, 17, 17], gap="small")
    words.text_input(_("Search"), key="q", type="search", placeholder=_("name, number, finder …"))
    time.selectbox(
        _("Time"), ["", *(unit.name for unit in intervals_to_choose())], format_func=interval_label, key="interval"
    )
    with speaking(language()):  # one question of the language for hundreds of names
        group.selectbox(_("Group"), ["", *_taxa_offered()], format_func=_taxon_label, key="taxon")
    country.selectbox(_("Country"), ["", *_countries()], format_func=_country_label, key="country")
    kind.selectbox(_("Kind"), list(KINDS), format_func=lambda kind: _(KINDS[kind]), key="kind")
    if not facets_follow:
        _tell_what_is_asked_beyond(area_follows)
    return asked()


def asked() -> Query:
    """What is asked for, without showing anything."""
    state = {name: st.session_state.get(name, default) for name, default in DEFAULTS.items()}
    return Query(
        text=state["q"],
        span=timescale()[state["interval"]].span if state["interval"] else None,
        range_ma=range_asked(),
        within=state["fit"] == "within",
        taxon=state["taxon"],
        country_code=state["country"],
        own=state["kind"] != "published",
        published=state["kind"] != "own",
        formation=state["formation"],
        type_status=state["type"],
        preservation=state["preservation"],
        word=state["word"],
        with_image={"yes": True, "no": False}.get(state["image"]),
        area=read_area(state["area"]) if state["area"] else None,
        with_place={"yes": True, "no": False}.get(state["coordinates"]),
        changed_within=int(state["changed"] or 0),
    )


def range_asked() -> AgeRange | None:
    """The range in Ma that is asked for; one end alone runs to today, or to the beginning. Swapped ends are put right."""
    oldest, youngest = st.session_state.get("oldest"), st.session_state.get("youngest")
    if oldest is None and youngest is None:
        return None
    ends = (OLDEST if oldest is None else oldest, 0.0 if youngest is None else youngest)
    return AgeRange(max(ends), min(ends))


def ask_for_range() -> None:
    """Two ages in Ma, and whether a record must lie within what is asked or need only overlap it."""
    span = range_asked()
    for name in ("oldest", "youngest", "fit"):  # or a popover that was closed while Back was pressed opens blank
        st.session_state[name] = st.session_state[name]
    with st.popover(range_words(span) if span else _("Age in Ma"), type="tertiary", key="range"):
        oldest, youngest = st.columns(2)
        for column, name, label in ((oldest, "oldest", _("from")), (youngest, "youngest", _("to"))):
            column.number_input(label, min_value=0.0, max_value=OLDEST, step=1.0, value=None, key=name, format="%.4g")
        st.caption(_("In million years ago: 201.4 to 192.9, for instance."))
        st.segmented_control(
            _("The age of a record"),
            list(FITS),
            format_func=lambda fit: _(FITS[fit]),
            key="fit",
            required=True,
        )


def range_words(span: AgeRange) -> str:
    """A range as it is written beside its unit."""
    return f"{ma(span.max_ma)}–{ma(span.min_ma)} Ma"


def area_words(area: str) -> str:
    """An area as a reader knows it: the ends of its latitudes and longitudes."""
    corners = read_area(area).outline
    ends = [(min(values), max(values)) for values in zip(*corners, strict=True)]
    (west, east), (south, north) = ends
    return _("area from {south} to {north} latitude, {west} to {east} longitude").format(
        south=f"{south:.4g}°", north=f"{north:.4g}°", west=f"{west:.4g}°", east=f"{east:.4g}°"
    )


def _tell_what_is_asked_beyond(area_follows: bool) -> None:
    state = {name: st.session_state.get(name, default) for name, default in _BEYOND.items()}
    span, strictly = range_asked(), FITS["within"]
    told = [
        range_words(span) if span else "",
        _(strictly) if state["fit"] == "within" and (span or st.session_state.get("interval")) else "",
        str(state["formation"]),
        vocabulary.word("type_status", str(state["type"])),
        vocabulary.word("preservation", str(state["preservation"])),
        vocabulary.asked(str(state["word"])),
        _(IMAGES.get(str(state["image"]), "")),
        _(PLACES.get(str(state["coordinates"]), "")),
        area_words(str(state["area"])) if state["area"] and not area_follows else "",
        _("changed {when}").format(when=_(CHANGES[str(state["changed"])])) if state["changed"] else "",
    ]
    if any(told):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                _("Also asked: {conditions}").format(conditions=as_typed(" · ".join(text for text in told if text)))
            )
            navigation.link("specimens", _("Change this"), **parameters())


def _taxon_label(taxon: str) -> str:
    if not taxon:
        return _("Any group")
    common = common_name(taxon)
    return f"{taxon} · {common}" if common else taxon


def _country_label(code: str) -> str:
    return country_name(code, language()) if code else _("Any country")


def _taxa() -> Mapping[str, int]:
    """Every taxon and group that some record belongs to, with the number of its records."""
    with database.reading() as connection:
        return facets.count(connection, Query()).of["taxon"]


def _taxa_offered() -> list[str]:
    """The groups to choose from; of very many the largest, and the one that is chosen."""
    taxa = _taxa()
    largest = sorted(taxa, key=lambda taxon: -taxa[taxon])[:_OFFERED]
    return sorted({*largest, st.session_state.get("taxon") or "Dinosauria"} & taxa.keys())


def _countries() -> list[str]:
    with database.reading() as connection:
        codes = facets.count(connection, Query()).of["country"]
    return sorted(codes, key=lambda code: country_name(code, language()))
