"""The form of a specimen: four fields are enough, the rest is folded away; what is wrong is said beside its field.

Adding and amending use it alike. What is typed lives in the session under a prefix, so that it outlives a change of page.
"""

from collections.abc import Mapping

import streamlit as st

from catalogue.checking import check
from catalogue.countries import countries
from catalogue.geological_time import InvertedRange, timescale
from catalogue.messages import Problem
from catalogue.names import UnreadableName, parse_name
from catalogue.records import OWN, UNKNOWN, Specimen
from maps import places
from screens.parts import age_suggestion, asking, maps, more_fields
from screens.parts.ages import age_words, chip, ma
from screens.parts.cards import common_name
from screens.words import _, as_typed, language, marked, say

LABELS = {
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
    **more_fields.LABELS,
}
"""The fields of the form and what they are called, in its order."""
_NEEDED = frozenset({"catalog_number", "verbatim_identification", "earliest_interval", "locality"})
_TYPE_STATUS = {
    "": marked("not a type specimen"),
    "holotype": marked("holotype"),
    "paratype": marked("paratype"),
    "neotype": marked("neotype"),
    "lectotype": marked("lectotype"),
    "syntype": marked("syntype"),
}
_CHOSEN = frozenset({"earliest_interval", "latest_interval", "country_code"})
_STATE = ("tried", "refused", "locality_unknown", "on_map", "picked")

Problems = list[Problem]


class SpecimenForm:
    """The fields of one specimen on the page.

    Parameters
    ----------
    prefix : str
        Tells this form's entries in the session from another's.
    fixed : mapping of str to str
        Fields that the form does not show, with their values.
    """

    def __init__(self, prefix: str, fixed: Mapping[str, str] | None = None) -> None:
        self._prefix = prefix
        self._fixed = {"basis_of_record": OWN, **(fixed or {})}

    def show(self) -> None:
        """Show all fields, each with what is wrong about it."""
        problems = self.problems()
        left, right = st.columns(2, gap="large")
        with left:
            self._text("catalog_number", problems, "LFGT 0123")
            self._text("institution_code", problems, "LFGT")
            self._interval("earliest_interval", problems)
            self._show_age()
        with right:
            self._text("verbatim_identification", problems, "cf. Lufengosaurus huenei")
            self._show_parsed_name()
            self._locality(problems)
        self._material(problems)
        self._rock(problems)
        self._place(problems)
        self._story(problems)
        more_fields.show(
            lambda name, example: self._text(name, problems, example), wrong=_wrong(problems, *more_fields.LABELS)
        )

    def fill(self, specimen: Specimen) -> None:
        """Put a record's values into the fields."""
        for name in LABELS:
            value = getattr(specimen, name)
            text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
            st.session_state[self.key(name)] = (text or None) if name in _CHOSEN else text
        if specimen.earliest_interval == specimen.latest_interval:
            st.session_state[self.key("latest_interval")] = None
        if specimen.locality == UNKNOWN:
            st.session_state[self.key("locality")] = ""
            st.session_state[self.key("locality_unknown")] = True

    def draft(self) -> dict[str, object]:
        """What is typed, by field."""
        draft: dict[str, object] = {name: self._written(name) for name in LABELS}
        if st.session_state.get(self.key("locality_unknown")):
            draft["locality"] = UNKNOWN
        return draft | self._fixed

    def problems(self) -> Problems:
        """What is wrong: all of it once saving was tried, before that only in fields that hold something."""
        draft = self.draft()
        problems = check(draft).problems
        refused = st.session_state.get(self.key("refused"))
        if refused and refused[0] == draft:
            problems = problems + [problem for problem in refused[1] if problem not in problems]
        if st.session_state.get(self.key("tried")):
            return problems
        return [problem for problem in problems if draft.get(problem.field)]

    def tried(self) -> None:
        """Remember that saving was tried: from now on empty fields that are needed are named as well."""
        st.session_state[self.key("tried")] = True

    def refused(self, problems: Problems) -> None:
        """Remember what the catalogue refused in this very draft."""
        st.session_state[self.key("refused")] = (self.draft(), problems)

    def tell_refusal(self) -> None:
        """List what keeps the record from being saved, once saving was tried."""
        problems = self.problems()
        if not problems or not st.session_state.get(self.key("tried")):
            return
        colon = _("{field}: {problem}")
        lines = [
            colon.format(field=_(LABELS.get(one.field, one.field)), problem=as_typed(say(one.message)))
            for one in problems
        ]
        st.error("\n".join((_("Not saved yet, but nothing you typed is lost."), *(f"- {line}" for line in lines))))

    def clear(self, but: frozenset[str] = frozenset()) -> None:
        """Empty the form, but for some fields."""
        for name in (*(name for name in LABELS if name not in but), *_STATE):
            st.session_state.pop(self.key(name), None)

    def key(self, name: str) -> str:
        """Under which name a field stands in the session."""
        return f"{self._prefix}_{name}"

    def _written(self, name: str) -> str:
        return str(st.session_state.get(self.key(name)) or "")

    def _text(self, name: str, problems: Problems, placeholder: str = "") -> None:
        st.text_input(_label(name), key=self.key(name), placeholder=placeholder, persist_state="session")
        _tell(name, problems)

    def _interval(self, name: str, problems: Problems) -> None:
        st.selectbox(
            _label(name),
            asking.names_of_intervals(),
            index=None,
            format_func=asking.written_interval_label,
            key=self.key(name),
            placeholder=_("Choose, or type the beginning of a name"),
            persist_state="session",
        )
        _tell(name, problems)

    def _show_parsed_name(self) -> None:
        try:
            name = parse_name(self._written("verbatim_identification"))
        except UnreadableName:
            return
        parts = (
            f"*{name.scientific_name}*",
            common_name(name.scientific_name),
            _("in doubt: {doubt}").format(doubt=name.qualifier) if name.qualifier else "",
        )
        st.caption(_("Read as {name}").format(name=" · ".join(part for part in parts if part)))

    def _show_age(self) -> None:
        if not self._written("earliest_interval"):
            return
        chart = timescale()
        try:
            age = chart.date(self._written("earliest_interval"), self._written("latest_interval"))
        except InvertedRange:
            return
        ages = f"{ma(age.span.max_ma)}–{ma(age.span.min_ma)} Ma, {chart.version}"
        st.html(
            f'{chip(age.earliest.label(language()), age.earliest.color)} {age_words(age.span)} <span class="quiet">({ages})</span>'
        )

    def _locality(self, problems: Problems) -> None:
        unknown = bool(st.session_state.get(self.key("locality_unknown")))
        st.text_input(
            _label("locality"),
            key=self.key("locality"),
            disabled=unknown,
            placeholder=_("Dawa, Lufeng"),
            persist_state="session",
        )
        if not unknown:
            _tell("locality", problems)
        st.checkbox(_("The locality is unknown"), key=self.key("locality_unknown"), persist_state="session")

    def _material(self, problems: Problems) -> None:
        with st.expander(
            _("Name and material"), expanded=_wrong(problems, "scientific_name_authorship", "preparations")
        ):
            left, right = st.columns(2)
            with left:
                self._text("scientific_name_authorship", problems, "Young, 1941")
                self._text("preparations", problems, _("skull and left hind limb"))
            right.selectbox(
                _label("type_status"),
                list(_TYPE_STATUS),
                format_func=lambda status: _(_TYPE_STATUS[status]),
                key=self.key("type_status"),
                persist_state="session",
            )

    def _rock(self, problems: Problems) -> None:
        with st.expander(_("Age and rock"), expanded=_wrong(problems, "latest_interval", "formation", "member", "bed")):
            left, right = st.columns(2)
            with left:
                self._interval("latest_interval", problems)
                self._text("formation", problems, "Lufeng")
                self._suggest_age()
            with right:
                self._text("lithostratigraphic_group", problems)
                self._text("member", problems)
                self._text("bed", problems)

    def _suggest_age(self) -> None:
        earliest, latest = self._written("earliest_interval"), self._written("latest_interval")
        age_suggestion.offer(self._written("formation"), earliest, latest, self._use_age, self._prefix)

    def _use_age(self, earliest: str, latest: str) -> None:
        st.session_state[self.key("earliest_interval")] = earliest
        st.session_state[self.key("latest_interval")] = latest or None

    def _place(self, problems: Problems) -> None:
        wrong = _wrong(problems, "decimal_latitude", "decimal_longitude", "coordinate_uncertainty_in_meters")
        with st.expander(_("Place"), expanded=wrong or bool(st.session_state.get(self.key("on_map")))):
            if st.toggle(_("Pick the place on a map"), key=self.key("on_map"), persist_state="session"):
                self._pick()
            left, right = st.columns(2)
            with left:
                self._text("decimal_latitude", problems, "25.15")
                self._text("decimal_longitude", problems, "102.08")
                self._text("coordinate_uncertainty_in_meters", problems, "1000")
                self._text("georeference_sources", problems)
            with right:
                st.selectbox(
                    _label("country_code"),
                    list(countries(language())),
                    index=None,
                    format_func=lambda code: countries(language())[code],
                    key=self.key("country_code"),
                    placeholder=_("Choose a country"),
                    persist_state="session",
                )
                self._text("state_province", problems)
                self._text("county", problems)
            self._warn_about_place()

    def _pick(self) -> None:
        picked = maps.pick(self._number("decimal_latitude"), self._number("decimal_longitude"), key=self.key("picking"))
        if picked and picked != st.session_state.get(self.key("picked")):
            st.session_state[self.key("picked")] = picked
            for name, degrees in zip(("decimal_latitude", "decimal_longitude"), picked, strict=True):
                st.session_state[self.key(name)] = f"{degrees:g}"
            st.rerun()
        st.caption(_("Click the map: latitude and longitude are filled in below."))

    def _number(self, name: str) -> float | None:
        try:
            return float(self._written(name))
        except ValueError:
            return None

    def _warn_about_place(self) -> None:
        latitude, longitude = self._number("decimal_latitude"), self._number("decimal_longitude")
        if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
            return
        for warning in places.check_place(latitude, longitude, self._written("country_code")):
            st.warning(as_typed(say(warning)))

    def _story(self, problems: Problems) -> None:
        with st.expander(
            _("Find, remarks, sources"), expanded=_wrong(problems, "event_date", "recorded_by", "occurrence_remarks")
        ):
            left, right = st.columns(2)
            with left:
                self._text("recorded_by", problems)
                self._text("event_date", problems, "1938-11")
            with right:
                self._text("associated_references", problems, "Young 1941")
            st.text_area(_label("occurrence_remarks"), key=self.key("occurrence_remarks"), persist_state="session")
            _tell("occurrence_remarks", problems)


def _label(name: str) -> str:
    return f"{_(LABELS[name])} *" if name in _NEEDED else _(LABELS[name])


def _tell(name: str, problems: Problems) -> None:
    for problem in problems:
        if problem.field == name:
            st.error(as_typed(say(problem.message)))


def _wrong(problems: Problems, *names: str) -> bool:
    """Whether one of these fields has a problem, so that its fold must be open."""
    return any(problem.field in names for problem in problems)
