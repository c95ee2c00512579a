"""Add a specimen: four fields are enough, the rest is folded away; what is wrong is said beside its field."""

import streamlit as st

from catalogue import database, specimens
from catalogue.checking import InvalidDraft, check
from catalogue.countries import countries
from catalogue.geological_time import timescale
from catalogue.messages import Problem
from catalogue.names import UnreadableName, parse_name
from catalogue.records import OWN, UNKNOWN
from maps import places
from screens import navigation
from screens.parts import added, asking, maps, trees
from screens.parts.ages import age_words, chip, ma
from screens.parts.cards import common_name
from screens.words import _, language, marked, say

_KEPT_FOR_THE_NEXT = ("institution_code", "country_code", "state_province", "recorded_by")
_FIELDS = (
    "institution_code catalog_number verbatim_identification scientific_name_authorship type_status preparations "
    "earliest_interval latest_interval lithostratigraphic_group formation member bed country_code state_province county "
    "locality decimal_latitude decimal_longitude coordinate_uncertainty_in_meters georeference_sources event_date recorded_by "
    "occurrence_remarks associated_references"
).split()
_TYPE_STATUS = {
    "": marked("not a type specimen"),
    "holotype": marked("holotype"),
    "paratype": marked("paratype"),
    "neotype": marked("neotype"),
    "lectotype": marked("lectotype"),
    "syntype": marked("syntype"),
}


def show() -> None:
    """The page."""
    st.title(_("Add a specimen"))
    st.html(f'<p class="quiet">{_("Fields with a star are needed. Everything else can wait.")}</p>')
    problems = _problems()
    left, right = st.columns(2, gap="large")
    with left:
        _text("catalog_number", _("Catalogue number") + " *", problems, placeholder="LFGT 0123")
        _text("institution_code", _("Museum (short code)"), problems, placeholder="LFGT")
    with right:
        _text("verbatim_identification", _("Scientific name, as on the label") + " *", problems, placeholder="cf. Lufengosaurus huenei")
        _show_parsed_name()
    with left:
        _interval("earliest_interval", _("Earliest interval") + " *", problems)
        _show_age()
    with right:
        _locality(problems)
    _identification(problems)
    _rock(problems)
    _place(problems)
    _story(problems)
    st.space("small")
    if st.button(_("Save the specimen"), type="primary", key="save"):
        _save()
    if problems and st.session_state.get("add_tried"):
        st.error(_("Not saved yet: see the red notes beside the fields. Nothing you typed is lost."))


def _key(name: str) -> str:
    return f"add_{name}"


def _draft() -> dict[str, object]:
    draft: dict[str, object] = {name: st.session_state.get(_key(name)) or "" for name in _FIELDS}
    if st.session_state.get("add_locality_unknown"):
        draft["locality"] = UNKNOWN
    return draft | {"basis_of_record": OWN, "dataset_name": str(draft["institution_code"])}


def _problems() -> list[Problem]:
    """What is wrong: all of it once saving was tried, before that only in fields that hold something."""
    draft = _draft()
    problems = check(draft).problems
    refused = st.session_state.get("add_refused")
    if refused and refused[0] == draft:
        problems = problems + [problem for problem in refused[1] if problem not in problems]
    if st.session_state.get("add_tried"):
        return problems
    return [problem for problem in problems if draft.get(problem.field)]


def _tell(name: str, problems: list[Problem]) -> None:
    for problem in problems:
        if problem.field == name:
            st.error(say(problem.message))


def _text(name: str, label: str, problems: list[Problem], *, placeholder: str = "", long: bool = False, help: str | None = None) -> None:
    if long:
        st.text_area(label, key=_key(name), placeholder=placeholder, help=help, persist_state="session")
    else:
        st.text_input(label, key=_key(name), placeholder=placeholder, help=help, persist_state="session")
    _tell(name, problems)


def _show_parsed_name() -> None:
    written = str(st.session_state.get(_key("verbatim_identification")) or "")
    try:
        name = parse_name(written)
    except UnreadableName:
        return
    common = common_name(name.scientific_name)
    parts = [f"*{name.scientific_name}*", common, _("in doubt: {doubt}").format(doubt=name.qualifier) if name.qualifier else ""]
    st.caption(_("Read as") + " " + " · ".join(part for part in parts if part))


def _interval(name: str, label: str, problems: list[Problem]) -> None:
    st.selectbox(
        label,
        [unit.name for unit in asking.intervals_to_choose()],
        index=None,
        format_func=_interval_name,
        key=_key(name),
        placeholder=_("Choose, or type a name such as Lancian"),
        accept_new_options=True,
        persist_state="session",
    )
    _tell(name, problems)


def _interval_name(name: str) -> str:
    return asking.interval_label(name) if name in timescale().intervals else name


def _show_age() -> None:
    chart = timescale()
    written = str(st.session_state.get(_key("earliest_interval")) or "")
    match = chart.find(written) if written else None
    if match is None:
        return
    latest = chart.find(str(st.session_state.get(_key("latest_interval")) or "")) or match
    if latest.latest.span.min_ma > match.earliest.span.max_ma:
        return
    try:
        age = chart.date(match.earliest.name, latest.latest.name)
    except ValueError:
        return
    span = age.span
    st.html(
        f"{chip(age.earliest.label(language()), age.earliest.color)} {age_words(span)} "
        f'<span class="quiet">({ma(span.max_ma)}–{ma(span.min_ma)} Ma, {chart.version})</span>'
    )


def _locality(problems: list[Problem]) -> None:
    unknown = bool(st.session_state.get("add_locality_unknown"))
    st.text_input(
        _("Locality") + " *", key=_key("locality"), disabled=unknown, placeholder=_("Dawa, Lufeng"), persist_state="session"
    )
    if not unknown:
        _tell("locality", problems)
    st.checkbox(_("The locality is unknown"), key="add_locality_unknown", persist_state="session")


def _identification(problems: list[Problem]) -> None:
    with st.expander(_("Name and material")):
        left, right = st.columns(2)
        with left:
            _text("scientific_name_authorship", _("Who named the species"), problems, placeholder="Young, 1941")
            _text("preparations", _("What is kept"), problems, placeholder=_("skull and left hind limb"))
        with right:
            st.selectbox(
                _("Type status"), list(_TYPE_STATUS), format_func=lambda status: _(_TYPE_STATUS[status]), key=_key("type_status"),
                persist_state="session",
            )  # fmt: skip


def _rock(problems: list[Problem]) -> None:
    with st.expander(_("Age and rock")):
        left, right = st.columns(2)
        with left:
            _interval("latest_interval", _("Latest interval (blank: the same)"), problems)
            _text("formation", _("Rock formation"), problems, placeholder="Lufeng")
        with right:
            _text("lithostratigraphic_group", _("Rock group"), problems)
            _text("member", _("Member"), problems)
            _text("bed", _("Bed"), problems)


def _place(problems: list[Problem]) -> None:
    with st.expander(_("Place"), expanded=bool(st.session_state.get("add_on_map"))):
        if st.toggle(_("Pick the place on a map"), key="add_on_map", persist_state="session"):
            _pick()
        left, right = st.columns(2)
        with left:
            _text("decimal_latitude", _("Latitude in degrees (north +, south −)"), problems, placeholder="25.15")
            _text("decimal_longitude", _("Longitude in degrees (east +, west −)"), problems, placeholder="102.08")
            _text("coordinate_uncertainty_in_meters", _("Uncertain by how many metres"), problems, placeholder="1000")
            _text("georeference_sources", _("Where the coordinates come from"), problems)
            _warn_about_place()
        with right:
            st.selectbox(
                _("Country"), list(countries(language())), index=None, format_func=lambda code: countries(language())[code],
                key=_key("country_code"), placeholder=_("Choose a country"), persist_state="session",
            )  # fmt: skip
            _tell("country_code", problems)
            _text("state_province", _("Province or state"), problems)
            _text("county", _("County or city"), problems)


def _pick() -> None:
    latitude, longitude = (_number(name) for name in ("decimal_latitude", "decimal_longitude"))
    picked = maps.pick(latitude, longitude, key="add_picking")
    if picked and picked != st.session_state.get("add_picked"):
        st.session_state["add_picked"] = picked
        st.session_state[_key("decimal_latitude")], st.session_state[_key("decimal_longitude")] = (f"{degrees:g}" for degrees in picked)
        st.rerun()
    st.caption(_("Click the map: latitude and longitude are filled in below."))


def _number(name: str) -> float | None:
    try:
        return float(str(st.session_state.get(_key(name)) or ""))
    except ValueError:
        return None


def _warn_about_place() -> None:
    latitude, longitude = (_number(name) for name in ("decimal_latitude", "decimal_longitude"))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return
    for warning in places.check_place(latitude, longitude, str(st.session_state.get(_key("country_code")) or "")):
        st.warning(say(warning))


def _story(problems: list[Problem]) -> None:
    with st.expander(_("Find, remarks, sources")):
        left, right = st.columns(2)
        with left:
            _text("recorded_by", _("Found by"), problems)
            _text("event_date", _("Collected (year or date)"), problems, placeholder="1938-11")
        with right:
            _text("associated_references", _("Published in"), problems, placeholder="Young 1941")
        _text("occurrence_remarks", _("Remarks"), problems, long=True)


def _save() -> None:
    draft = _draft()
    st.session_state["add_tried"] = True
    before = trees.dated_now()
    try:
        with database.writing() as connection:
            specimen = specimens.add(connection, draft)
    except InvalidDraft as error:
        st.session_state["add_refused"] = (draft, error.problems)
        st.rerun()
    added.remember(specimen.occurrence_id, trees.changes_since(before))
    for name in _FIELDS:
        if name not in _KEPT_FOR_THE_NEXT:
            st.session_state.pop(_key(name), None)
    for name in ("add_tried", "add_refused", "add_locality_unknown", "add_on_map", "add_picked"):
        st.session_state.pop(name, None)
    navigation.go("specimen", id=specimen.occurrence_id)
