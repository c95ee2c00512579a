"""The form of a specimen: four fields are enough, the rest can wait; what is wrong is said beside its field.

Adding and amending use it alike. What is typed lives in the session under a prefix, so that it outlives a change of page; that it
outlives the session is the work of `screens.parts.unsaved`.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from catalogue.checking import check
from catalogue.countries import countries
from catalogue.geological_time import InvertedRange, timescale
from catalogue.messages import Problem
from catalogue.names import UnreadableName, parse_name
from catalogue.records import OWN, UNKNOWN, Specimen
from catalogue.vocabularies.places import OF_RECORDS
from screens.parts import (
    age_suggestion,
    asking,
    label_words,
    maps,
    more_fields,
    published_panels,
    second_look,
    vocabulary,
    withheld,
)
from screens.parts.ages import age_words, chip, ma
from screens.parts.cards import common_name
from screens.parts.form_fields import CHOSEN, FIRST, LABELS, MATERIAL, NEEDED, PLACE, ROCK, STORY, Field
from screens.words import _, as_typed, language, say

__all__ = ["LABELS", "Problems", "SpecimenForm"]

_STATE = ("tried", "refused", "locality_unknown", "on_map", "picked", "open")

Problems = list[Problem]


class SpecimenForm:
    """The fields of one specimen on the page.

    Parameters
    ----------
    prefix : str
        Tells this form's entries in the session from another's.
    fixed : mapping of str to str
        Fields that the form does not show, with their values.
    below : mapping of str to callable
        Shows something more below a field, by its name.
    """

    def __init__(
        self,
        prefix: str,
        fixed: Mapping[str, str] | None = None,
        below: Mapping[str, Callable[[], None]] | None = None,
    ) -> None:
        self._prefix = prefix
        self._fixed = {"basis_of_record": OWN, **(fixed or {})}
        self._below = {
            "verbatim_identification": self._show_parsed_name,
            "earliest_interval": self._show_age,
            "formation": self._suggest_age,
            "locality": self._ask_whether_unknown,
            "event_date": self._offer_date,
            **(below or {}),
        }

    def show(self) -> None:
        """Show all fields, each with what is wrong about it; then what deserves a second look."""
        problems = self.problems()
        self._rows(FIRST, problems)
        with self._fold(_("Place"), PLACE, problems, also=bool(st.session_state.get(self.key("on_map")))):
            if st.toggle(_("Pick the place on a map"), key=self.key("on_map"), persist_state="session"):
                self._pick()
            self._rows(PLACE, problems)
        for title, fields in (
            (_("Name and type"), MATERIAL),
            (_("Age and rock"), ROCK),
            (_("Remarks and sources"), STORY),
        ):
            with self._fold(title, fields, problems):
                self._rows(fields, problems)
        more_fields.show(self._show_more(problems), wrong=_wrong(problems, *more_fields.LABELS))
        second_look.show(self.draft())

    def put(self, texts: Mapping[str, str]) -> None:
        """Put texts into the fields; those that are not named become blank. Call it before the fields are shown."""
        self.clear()
        self.put_more({name: texts.get(name, "") for name in LABELS})

    def put_more(self, texts: Mapping[str, str]) -> None:
        """Put texts into some fields and leave the others as they are. Call it before the fields are shown."""
        for name, text in texts.items():
            st.session_state[self.key(name)] = (text or None) if name in CHOSEN else text
        if "locality" in texts:
            unknown = texts["locality"] == UNKNOWN
            st.session_state[self.key("locality_unknown")] = unknown
            st.session_state[self.key("locality")] = "" if unknown else texts["locality"]
        came = {name for name, text in texts.items() if text}
        st.session_state[self.key("open")] = st.session_state.get(self.key("open"), frozenset()) | came

    def fill(self, specimen: Specimen) -> None:
        """Put a record's values into the fields."""
        self.put(texts_of(specimen))
        st.session_state.pop(self.key("open"))

    def typed(self) -> dict[str, str]:
        """The texts in the fields, by field; empty ones are left out."""
        texts = self.written()
        if st.session_state.get(self.key("locality_unknown")):
            texts["locality"] = UNKNOWN
        return {name: text for name, text in texts.items() if text}

    def written(self) -> dict[str, str]:
        """What stands in each field, also in empty ones and in a locality that does not count."""
        return {name: self._written(name) for name in LABELS}

    def locked(self) -> frozenset[str]:
        """The fields in which nobody can type now."""
        return frozenset({"locality"} if st.session_state.get(self.key("locality_unknown")) else ())

    def draft(self) -> dict[str, object]:
        """What is typed, for the catalogue to check and to keep: every field, blank ones as well."""
        return {**dict.fromkeys(LABELS, ""), **self.typed(), **self._fixed}

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

    def go_to_wrong(self) -> None:
        """Put the cursor into the first field with a problem."""
        problems = self.problems()
        self._go_to(next((name for name in LABELS if _wrong(problems, name)), ""))

    def go_to_empty(self) -> None:
        """Put the cursor into the first field in sight that holds nothing."""
        self._go_to(next((field.name for field in FIRST if not self._written(field.name)), FIRST[0].name))

    @property
    def focus(self) -> tuple[str, int]:
        """The field into which the cursor was to go, and a number that grows with each such wish."""
        wish: tuple[str, int] = st.session_state.get(self.key("focus"), ("", 0))
        return wish

    def clear(self) -> None:
        """Forget the form."""
        for name in (*LABELS, *_STATE):
            st.session_state.pop(self.key(name), None)

    def key(self, name: str) -> str:
        """Under which name a field stands in the session."""
        return f"{self._prefix}_{name}"

    def _go_to(self, name: str) -> None:
        st.session_state[self.key("focus")] = (name, self.focus[1] + 1)

    def _written(self, name: str) -> str:
        return str(st.session_state.get(self.key(name)) or "")

    def _fold(
        self, title: str, fields: tuple[Field, ...], problems: Problems, *, also: bool = False
    ) -> st.delta_generator.DeltaGenerator:
        """A part of the form that is folded away unless something in it is wrong, was so, or came with the form."""
        names = [field.name for field in fields]
        came = st.session_state.get(self.key("open"), frozenset())
        if _wrong(problems, *names):  # once open it stays so: whoever has just put it right is still typing in it
            came = st.session_state[self.key("open")] = came | set(names)
        return st.expander(title, expanded=also or not came.isdisjoint(names))

    def _rows(self, fields: tuple[Field, ...], problems: Problems) -> None:
        """Two fields a row: Tab goes through them as one reads."""
        for pair in (fields[start : start + 2] for start in range(0, len(fields), 2)):
            for column, field in zip(st.columns(2, gap="medium"), pair, strict=False):
                with column:
                    self._show_field(field, problems)

    def _show_field(self, field: Field, problems: Problems) -> None:
        {
            "text": self._text,
            "long": self._long_text,
            "interval": self._interval,
            "country": self._country,
            "word": self._word,
            "locality": self._locality,
            "site": self._site,
        }[field.entered](field)
        for problem in problems:
            if problem.field == field.name:
                st.error(as_typed(say(problem.message)))
        if field.name in self._below:
            self._below[field.name]()

    def _show_more(self, problems: Problems) -> Callable[[str, str], None]:
        return lambda name, example: self._show_field(
            Field(name, LABELS[name], example, "word" if name in OF_RECORDS else "text"), problems
        )

    def _text(self, field: Field) -> None:
        st.text_input(
            _label(field.name),
            key=self.key(field.name),
            placeholder=_(field.example) if field.example else "",
            persist_state="session",
        )

    def _long_text(self, field: Field) -> None:
        st.text_area(_label(field.name), key=self.key(field.name), persist_state="session")

    def _interval(self, field: Field) -> None:
        st.selectbox(
            _label(field.name),
            asking.names_of_intervals(),
            index=None,
            format_func=asking.written_interval_label,
            key=self.key(field.name),
            placeholder=_("Choose, or type the beginning of a name"),
            persist_state="session",
        )

    def _country(self, field: Field) -> None:
        st.selectbox(
            _label(field.name),
            list(countries(language())),
            index=None,
            format_func=lambda code: countries(language())[code],
            key=self.key(field.name),
            placeholder=_("Choose a country"),
            persist_state="session",
        )

    def _word(self, field: Field) -> None:
        vocabulary.choose(OF_RECORDS[field.name], _label(field.name), self.key(field.name))

    def _site(self, field: Field) -> None:
        withheld.choose(_label(field.name), self.key(field.name))

    def _locality(self, field: Field) -> None:
        st.text_input(
            _label(field.name),
            key=self.key(field.name),
            disabled=bool(st.session_state.get(self.key("locality_unknown"))),
            placeholder=_(field.example),
            persist_state="session",
        )

    def _ask_whether_unknown(self) -> None:
        st.checkbox(_("The locality is unknown"), key=self.key("locality_unknown"), persist_state="session")

    def _show_parsed_name(self) -> None:
        try:
            name = parse_name(self._written("verbatim_identification"))
        except UnreadableName:
            self._offer_name()
            return
        parts = (
            f"*{name.scientific_name}*",
            common_name(name.scientific_name),
            _("in doubt: {doubt}").format(doubt=name.qualifier) if name.qualifier else "",
        )
        st.caption(_("Read as {name}").format(name=" · ".join(part for part in parts if part)))
        published_panels.offer_name(name.scientific_name, self._use_name, self.key("name_in_use"))

    def _offer_name(self) -> None:
        label_words.offer_name(self._written("verbatim_identification"), self._use_name, self.key("name_meant"))

    def _use_name(self, name: str) -> None:
        self.put_more({"verbatim_identification": name})
        self._go_to("preparations")

    def _offer_date(self) -> None:
        label_words.offer_date(self._written("event_date"), self._use_date, self.key("date_meant"))

    def _use_date(self, day: str) -> None:
        self.put_more({"event_date": day})
        self._go_to("event_date")

    def _show_age(self) -> None:
        if not self._written("earliest_interval"):
            return
        chart = timescale()
        try:
            age = chart.date(self._written("earliest_interval"), self._written("latest_interval"))
        except InvertedRange:
            return
        ages = f"{ma(age.span.max_ma)}–{ma(age.span.min_ma)} Ma, {chart.version}"
        shown = chip(age.earliest.label(language()), age.earliest.color)
        st.html(f'{shown} {age_words(age.span)} <span class="quiet">({ages})</span>')

    def _suggest_age(self) -> None:
        earliest, latest = self._written("earliest_interval"), self._written("latest_interval")
        formation, country = self._written("formation"), self._written("country_code")
        age_suggestion.offer(formation, country, earliest, latest, self._use_age, self._prefix)

    def _use_age(self, earliest: str, latest: str) -> None:
        st.session_state[self.key("earliest_interval")] = earliest
        st.session_state[self.key("latest_interval")] = latest or None
        self._go_to("locality")

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


def texts_of(specimen: Specimen) -> dict[str, str]:
    """A record's values as the form shows them; a latest interval that is the earliest one is left blank."""
    texts: dict[str, str] = {}
    for name in LABELS:
        value = getattr(specimen, name)
        texts[name] = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    if specimen.earliest_interval == specimen.latest_interval:
        texts["latest_interval"] = ""
    return texts


def _label(name: str) -> str:
    return f"{_(LABELS[name])} *" if name in NEEDED else _(LABELS[name])


def _wrong(problems: Problems, *names: str) -> bool:
    """Whether one of these fields has a problem, so that its fold must be open."""
    return any(problem.field in names for problem in problems)
