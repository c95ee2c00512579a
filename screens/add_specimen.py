"""Add a specimen: four fields are enough, the rest is folded away; what is wrong is said beside its field."""

import streamlit as st

from catalogue import database, specimens
from catalogue.checking import InvalidDraft, check
from catalogue.countries import countries
from catalogue.geological_time import InvertedRange, timescale
from catalogue.messages import Problem
from catalogue.names import UnreadableName, parse_name
from catalogue.records import OWN, UNKNOWN
from catalogue.rights import THIS_COMPUTER
from maps import places
from screens import navigation
from screens.parts import added, asking, maps, trees
from screens.parts.ages import age_words, chip, ma
from screens.parts.cards import common_name
from screens.words import _, language, marked, say

_LABELS = {
    "catalog_number": marked("Catalogue number"),
    "institution_code": marked("Museum (short code)"),
    "verbatim_identification": marked("Scientific name, as on the label"),
    "earliest_interval": marked("Earliest interval"),
    "locality": marked("Locality"),
    "scientific_name_authorship": marked("Who named the species"),
    "type_status": marked("Type status"),
    "preparations": marked("What is kept"),
    "latest_interval": marked("Latest interval (blank: the same)"),
    "lithostratigraphic_group": marked("Rock group"),
    "formation": marked("Rock formation"),
    "member": marked("Member"),
    "bed": marked("Bed"),
    "decimal_latitude": marked("Latitude in degrees (north +, south −)"),
    "decimal_longitude": marked("Longitude in degrees (east +, west −)"),
    "coordinate_uncertainty_in_meters": marked("Uncertain by how many metres"),
    "georeference_sources": marked("Where the coordinates come from"),
    "country_code": marked("Country"),
    "state_province": marked("Province or state"),
    "county": marked("County or city"),
    "recorded_by": marked("Found by"),
    "event_date": marked("Collected (year or date)"),
    "associated_references": marked("Published in"),
    "occurrence_remarks": marked("Remarks"),
}
_NEEDED = frozenset({"catalog_number", "verbatim_identification", "earliest_interval", "locality"})
_KEPT_FOR_THE_NEXT = frozenset({"institution_code", "country_code", "state_province", "recorded_by"})
_TYPE_STATUS = {
    "": marked("not a type specimen"),
    "holotype": marked("holotype"),
    "paratype": marked("paratype"),
    "neotype": marked("neotype"),
    "lectotype": marked("lectotype"),
    "syntype": marked("syntype"),
}
_STATE = ("add_tried", "add_refused", "add_locality_unknown", "add_on_map", "add_picked")

Problems = list[Problem]


def show() -> None:
    """The page."""
    st.title(_("Add a specimen"))
    star = _("Fields with a star are needed. Everything else can wait.")
    st.html(f'<p class="quiet">{star}</p>')
    problems = _problems()
    left, right = st.columns(2, gap="large")
    with left:
        _text("catalog_number", problems, "LFGT 0123")
        _text("institution_code", problems, "LFGT")
        _interval("earliest_interval", problems)
        _show_age()
    with right:
        _text("verbatim_identification", problems, "cf. Lufengosaurus huenei")
        _show_parsed_name()
        _locality(problems)
    _material(problems)
    _rock(problems)
    _place(problems)
    _story(problems)
    if st.button(_("Save the specimen"), type="primary", key="save"):
        _save()
    if problems and st.session_state.get("add_tried"):
        lines = "\n".join(
            f"- {_(_LABELS.get(problem.field, problem.field))}: {say(problem.message)}" for problem in problems
        )
        st.error(_("Not saved yet, but nothing you typed is lost.") + "\n" + lines)


def _key(name: str) -> str:
    return f"add_{name}"


def _written(name: str) -> str:
    return str(st.session_state.get(_key(name)) or "")


def _draft() -> dict[str, object]:
    draft: dict[str, object] = {name: _written(name) for name in _LABELS}
    if st.session_state.get("add_locality_unknown"):
        draft["locality"] = UNKNOWN
    return draft | {"basis_of_record": OWN, "dataset_name": _written("institution_code")}


def _problems() -> Problems:
    """What is wrong: all of it once saving was tried, before that only in fields that hold something."""
    draft = _draft()
    problems = check(draft).problems
    refused = st.session_state.get("add_refused")
    if refused and refused[0] == draft:
        problems = problems + [problem for problem in refused[1] if problem not in problems]
    if st.session_state.get("add_tried"):
        return problems
    return [problem for problem in problems if draft.get(problem.field)]


def _label(name: str) -> str:
    return f"{_(_LABELS[name])} *" if name in _NEEDED else _(_LABELS[name])


def _tell(name: str, problems: Problems) -> None:
    for problem in problems:
        if problem.field == name:
            st.error(say(problem.message))


def _wrong(problems: Problems, *names: str) -> bool:
    """Whether one of these fields has a problem, so that its fold must be open."""
    return any(problem.field in names for problem in problems)


def _text(name: str, problems: Problems, placeholder: str = "") -> None:
    st.text_input(_label(name), key=_key(name), placeholder=placeholder, persist_state="session")
    _tell(name, problems)


def _interval(name: str, problems: Problems) -> None:
    st.selectbox(
        _label(name),
        asking.names_of_intervals(),
        index=None,
        format_func=asking.written_interval_label,
        key=_key(name),
        placeholder=_("Choose, or type the beginning of a name"),
        persist_state="session",
    )
    _tell(name, problems)


def _show_parsed_name() -> None:
    try:
        name = parse_name(_written("verbatim_identification"))
    except UnreadableName:
        return
    parts = (
        f"*{name.scientific_name}*",
        common_name(name.scientific_name),
        _("in doubt: {doubt}").format(doubt=name.qualifier) if name.qualifier else "",
    )
    st.caption(_("Read as {name}").format(name=" · ".join(part for part in parts if part)))


def _show_age() -> None:
    if not _written("earliest_interval"):
        return
    chart = timescale()
    try:
        age = chart.date(_written("earliest_interval"), _written("latest_interval"))
    except InvertedRange:
        return
    ages = f"{ma(age.span.max_ma)}–{ma(age.span.min_ma)} Ma, {chart.version}"
    st.html(
        f'{chip(age.earliest.label(language()), age.earliest.color)} {age_words(age.span)} <span class="quiet">({ages})</span>'
    )


def _locality(problems: Problems) -> None:
    unknown = bool(st.session_state.get("add_locality_unknown"))
    st.text_input(
        _label("locality"),
        key=_key("locality"),
        disabled=unknown,
        placeholder=_("Dawa, Lufeng"),
        persist_state="session",
    )
    if not unknown:
        _tell("locality", problems)
    st.checkbox(_("The locality is unknown"), key="add_locality_unknown", persist_state="session")


def _material(problems: Problems) -> None:
    with st.expander(_("Name and material"), expanded=_wrong(problems, "scientific_name_authorship", "preparations")):
        left, right = st.columns(2)
        with left:
            _text("scientific_name_authorship", problems, "Young, 1941")
            _text("preparations", problems, _("skull and left hind limb"))
        right.selectbox(
            _label("type_status"),
            list(_TYPE_STATUS),
            format_func=lambda status: _(_TYPE_STATUS[status]),
            key=_key("type_status"),
            persist_state="session",
        )


def _rock(problems: Problems) -> None:
    with st.expander(_("Age and rock"), expanded=_wrong(problems, "latest_interval", "formation", "member", "bed")):
        left, right = st.columns(2)
        with left:
            _interval("latest_interval", problems)
            _text("formation", problems, "Lufeng")
        with right:
            _text("lithostratigraphic_group", problems)
            _text("member", problems)
            _text("bed", problems)


def _place(problems: Problems) -> None:
    wrong = _wrong(problems, "decimal_latitude", "decimal_longitude", "coordinate_uncertainty_in_meters")
    with st.expander(_("Place"), expanded=wrong or bool(st.session_state.get("add_on_map"))):
        if st.toggle(_("Pick the place on a map"), key="add_on_map", persist_state="session"):
            _pick()
        left, right = st.columns(2)
        with left:
            _text("decimal_latitude", problems, "25.15")
            _text("decimal_longitude", problems, "102.08")
            _text("coordinate_uncertainty_in_meters", problems, "1000")
            _text("georeference_sources", problems)
        with right:
            st.selectbox(
                _label("country_code"),
                list(countries(language())),
                index=None,
                format_func=lambda code: countries(language())[code],
                key=_key("country_code"),
                placeholder=_("Choose a country"),
                persist_state="session",
            )
            _text("state_province", problems)
            _text("county", problems)
        _warn_about_place()


def _pick() -> None:
    picked = maps.pick(_number("decimal_latitude"), _number("decimal_longitude"), key="add_picking")
    if picked and picked != st.session_state.get("add_picked"):
        st.session_state["add_picked"] = picked
        for name, degrees in zip(("decimal_latitude", "decimal_longitude"), picked, strict=True):
            st.session_state[_key(name)] = f"{degrees:g}"
        st.rerun()
    st.caption(_("Click the map: latitude and longitude are filled in below."))


def _number(name: str) -> float | None:
    try:
        return float(_written(name))
    except ValueError:
        return None


def _warn_about_place() -> None:
    latitude, longitude = _number("decimal_latitude"), _number("decimal_longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return
    for warning in places.check_place(latitude, longitude, _written("country_code")):
        st.warning(say(warning))


def _story(problems: Problems) -> None:
    with st.expander(
        _("Find, remarks, sources"), expanded=_wrong(problems, "event_date", "recorded_by", "occurrence_remarks")
    ):
        left, right = st.columns(2)
        with left:
            _text("recorded_by", problems)
            _text("event_date", problems, "1938-11")
        with right:
            _text("associated_references", problems, "Young 1941")
        st.text_area(_label("occurrence_remarks"), key=_key("occurrence_remarks"), persist_state="session")
        _tell("occurrence_remarks", problems)


def _save() -> None:
    draft = _draft()
    st.session_state["add_tried"] = True
    before = trees.dated_now()
    try:
        with database.writing() as connection:
            specimen = specimens.add(connection, THIS_COMPUTER, draft)
    except InvalidDraft as error:
        st.session_state["add_refused"] = (draft, error.problems)
        st.rerun()
    added.remember(specimen.occurrence_id, trees.changes_since(before))
    for name in (*(_key(name) for name in _LABELS if name not in _KEPT_FOR_THE_NEXT), *_STATE):
        st.session_state.pop(name, None)
    navigation.go("specimen", id=specimen.occurrence_id)
