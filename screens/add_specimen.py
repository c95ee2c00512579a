"""Add a specimen: four fields are enough; pins carry values to the next, and what is typed outlives reload and lost connection."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from catalogue import database, past, specimens, undoing
from catalogue.checking import InvalidDraft
from catalogue.entry import drafts, numbers, pins
from catalogue.entry.drafts import Unsaved
from catalogue.messages import CatalogueError
from catalogue.records import Specimen
from screens import navigation
from screens.parts import added, keystrokes, template_menu, trees, unsaved, who
from screens.parts.choosing import label_of
from screens.parts.form_fields import LABELS
from screens.parts.specimen_form import SpecimenForm
from screens.parts.unsaved import Entry
from screens.words import _, as_typed, say

_ENTRY = "add_entry"
_ANEW = "add_anew"
_LAST = "add_last"
_REFUSED = "add_not_taken_back"


@dataclass(frozen=True)
class _Last:
    """The specimen that was saved last in this session: its record, the edit that added it, and what was typed."""

    specimen: Specimen
    edit: int
    typed: Mapping[str, str]


def show() -> None:
    """The page."""
    st.title(_("Add a specimen"))
    form = SpecimenForm("add", below={"catalog_number": _offer_number})
    entry = _open(form)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(
            _("Fields with a star are needed. Everything else can wait. A pin keeps a value for the next specimen.")
        )
        template_menu.show(form.typed(), _use_template)
    _tell_last()
    unsaved.offer(entry, _continue)
    form.show()
    entry = st.session_state[_ENTRY] = unsaved.keep(entry, form.typed())
    _show_help(form, entry)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("Save the specimen"), type="primary", key="save"):
            _save(form, entry)
        if st.button(_("Save and next"), key="next"):
            _save(form, entry, then_next=True)
        st.caption(
            _("Ctrl+Enter saves, Ctrl+Shift+Enter saves and goes on to the next, Alt+P pins the field you are in.")
        )
    form.tell_refusal()


def _open(form: SpecimenForm) -> Entry:
    """The form that is open, or a new one with what is pinned; after a specimen was saved every other field is emptied."""
    entry: Entry | None = st.session_state.get(_ENTRY)
    if entry is not None and unsaved.is_mine(entry):
        return entry
    anew = st.session_state.pop(_ANEW, False) or entry is not None
    with database.reading() as connection:
        start = {name: text for name, text in pins.of_person(connection, who.who()).items() if text and name in LABELS}
    if anew:
        form.put(start)
    elif start:
        form.put_more(start)
    form.go_to_empty()
    entry = st.session_state[_ENTRY] = unsaved.begin("add", start)
    return entry


def _begin_anew() -> None:
    st.session_state.pop(_ENTRY, None)
    st.session_state[_ANEW] = True


def _continue(draft: Unsaved) -> None:
    """Go on with a draft; what stood in the form is a draft of its own by now."""
    SpecimenForm("add").put(draft.fields)
    st.session_state[_ENTRY] = Entry(draft, {}, who.who().login)


def _use_template(fields: Mapping[str, str]) -> None:
    form = SpecimenForm("add")
    form.put_more(fields)
    form.go_to_empty()


def _show_help(form: SpecimenForm, entry: Entry) -> None:
    with database.reading() as connection:
        pinned = pins.of_person(connection, who.who())
    words = {
        name: (_("{field}: kept for the next specimen") if name in pinned else _("{field}: keep for the next specimen"))
        for name in LABELS
    }
    keystrokes.show(
        keystrokes.Help(
            draft=entry.draft,
            written=form.written(),
            wrong={problem.field for problem in form.problems()},
            locked=form.locked(),
            pinned=pinned,
            pin_words={name: text.format(field=_(LABELS[name])) for name, text in words.items()},
            focus=form.focus,
            fresh=not entry.draft.saved_at,
            on_resumed=_continue,
            on_pinned=_toggle_pin,
        )
    )


def _toggle_pin(name: str) -> None:
    if name not in LABELS:
        return
    with database.writing() as connection:
        now = pins.of_person(connection, who.who())
        names = [*now, name] if name not in now else [one for one in now if one != name]
        pins.pin(connection, who.who(), names, now | SpecimenForm("add").typed())


def _offer_number() -> None:
    """After a specimen was saved: the number that comes next, to be accepted or not."""
    form, last = SpecimenForm("add"), st.session_state.get(_LAST)
    if last is None or form.typed().get("catalog_number"):
        return
    with database.reading() as connection:
        number = numbers.next_free(connection, who.who(), last.specimen.institution_code, last.specimen.catalog_number)
    if number:
        label = _("Use the next number: {number}").format(number=as_typed(number))
        st.button(label, key="next_number", on_click=_use_number, args=(number,))


def _use_number(number: str) -> None:
    form = SpecimenForm("add")
    form.put_more({"catalog_number": number})
    form.go_to_empty()


def _save(form: SpecimenForm, entry: Entry, *, then_next: bool = False) -> None:
    draft, typed = form.draft(), form.typed()
    form.tried()
    before = None if then_next else trees.dated_now()
    try:
        with database.writing() as connection:
            specimen = specimens.add(connection, who.who(), draft | {"dataset_name": draft["institution_code"]})
            drafts.discard(connection, who.who(), entry.draft.key)
            pins.pin(connection, who.who(), pins.of_person(connection, who.who()), typed)
            edit = past.of_record(connection, specimen.occurrence_id, who=who.who())[0].edit.id
    except InvalidDraft as error:
        form.refused(error.problems)
        form.go_to_wrong()
        st.rerun()
    keystrokes.is_over(entry.draft.key)
    st.session_state[_LAST] = _Last(specimen, edit, typed)
    _begin_anew()
    if before is None:
        st.rerun()
    added.remember(specimen.occurrence_id, trees.changes_since(before))
    navigation.go("specimen", id=specimen.occurrence_id)


def _tell_last() -> None:
    """What was saved last, with its page and a way to take it back."""
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        st.error(as_typed(refused))
    last: _Last | None = st.session_state.get(_LAST)
    added.tell_noted()
    if last is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="last_saved"):
        called = as_typed(label_of(last.specimen))
        st.markdown(_("Saved: {specimen}").format(specimen=called))
        navigation.link("specimen", _("Open it"), id=last.specimen.occurrence_id)
        st.button(_("Take it back"), key="take_back", type="tertiary", on_click=_take_back, args=(last,))


def _take_back(last: _Last) -> None:
    """Undo the adding, and keep what was typed as a draft."""
    st.session_state.pop(_LAST)
    before = trees.dated_now()
    try:
        with database.writing() as connection:
            undoing.undo(connection, who.who(), last.edit)
            drafts.keep(connection, who.who(), replace(unsaved.begin("add", {}).draft, fields=dict(last.typed)))
        added.note(before)
    except CatalogueError as error:
        st.session_state[_REFUSED] = say(error.message)
