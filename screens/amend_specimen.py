"""Amend a record: the same form as for adding. When somebody else saved meanwhile, nothing typed is lost: one chooses field by field."""

from dataclasses import dataclass, fields
from typing import NoReturn

import streamlit as st

from catalogue import database, past, specimens
from catalogue.checking import InvalidDraft
from catalogue.entry import drafts
from catalogue.entry.drafts import Unsaved
from catalogue.parts import IDENTIFICATIONS
from catalogue.records import Specimen
from catalogue.specimens import Conflict, NoSuchSpecimen
from screens import navigation
from screens.parts import added, keystrokes, list_links, trees, unsaved, who
from screens.parts.cards import lede
from screens.parts.specimen_form import LABELS, SpecimenForm
from screens.parts.unsaved import Entry
from screens.words import _, as_typed, marked, say

_OPENED = "amend_opened"
_ENTRY = "amend_entry"
_CONFLICT = "amend_conflict"
_WHY = "why"
"""Under which name a draft keeps the reason, which is no field of the record."""
_NAMES = {
    "opinion": marked("it was identified anew: keep the old name in the list"),
    "slip": marked("of a slip of the pen"),
}
_OF_THE_NAME = (
    "scientific_name_authorship",
    "identified_by",
    "date_identified",
    "identification_references",
    "identification_remarks",
)
_CHOICES = {"mine": marked("mine"), "theirs": marked("theirs")}


@dataclass(frozen=True)
class _Opened:
    """The record as the person opened it: the version, and the fields as the form showed them."""

    specimen: Specimen
    fields: dict[str, object]


def show() -> None:
    """The page; its link is ``/amend?id=…``."""
    key = st.query_params.get("id", "")
    st.title(_("Change a record"))
    form = SpecimenForm("amend")
    try:
        opened = _open(key, form)
    except NoSuchSpecimen as error:
        st.warning(as_typed(say(error.message)))
        navigation.link("specimens", _("To all specimens"))
        return
    st.html(lede(opened.specimen))
    conflict: Conflict | None = st.session_state.get(_CONFLICT)
    if conflict is not None:
        _settle(conflict, opened, form)
        return
    unsaved.offer(st.session_state[_ENTRY], _continue)
    form.show()
    with st.expander(_("What it has many of: names, pieces, relations …")):
        list_links.show(key)
    _ask_about_name(opened, form)
    st.text_input(_("Why (for the history)"), key="amend_why", persist_state="session")
    entry = st.session_state[_ENTRY] = unsaved.keep(st.session_state[_ENTRY], _typed(opened, form))
    _show_help(form, entry)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("Save the changes"), type="primary", key="save"):
            _save(opened, form, opened.specimen.version, _changed(opened, form))
        if st.button(_("Leave it as it was"), key="leave"):
            _leave(key, form)
        st.caption(_("Ctrl+Enter saves."))
    form.tell_refusal()


def _open(key: str, form: SpecimenForm) -> _Opened:
    opened: _Opened | None = st.session_state.get(_OPENED)
    if opened is None or opened.specimen.occurrence_id != key or not unsaved.is_mine(st.session_state.get(_ENTRY)):
        with database.reading() as connection:
            specimen = specimens.get(connection, key, who=who.who())
        opened = _take_up(specimen, form)
        st.session_state[_ENTRY] = unsaved.begin("amend", {}, key, specimen.version)
    return opened


def _take_up(specimen: Specimen, form: SpecimenForm) -> _Opened:
    """Put a record into the form, and remember how it was."""
    _forget(form)
    form.fill(specimen)
    opened = st.session_state[_OPENED] = _Opened(specimen, form.draft())
    return opened


def _continue(draft: Unsaved) -> None:
    """Go on with a draft from the version on which it was begun; if the record changed since, saving leads to the choice."""
    form = SpecimenForm("amend")
    with database.reading() as connection:
        held = past.record(connection, draft.occurrence_id, who=who.who()).at(draft.base_version)
    known = {field.name: held[field.name] for field in fields(Specimen) if field.name in held}
    _take_up(Specimen(**known, version=draft.base_version), form)  # type: ignore[arg-type]
    form.put_more({name: text for name, text in draft.fields.items() if name in LABELS})
    st.session_state["amend_why"] = draft.fields.get(_WHY, "")
    st.session_state[_ENTRY] = Entry(draft, {}, who.who().login)


def _typed(opened: _Opened, form: SpecimenForm) -> dict[str, str]:
    """What a draft of this change holds."""
    why = str(st.session_state.get("amend_why") or "")
    return {name: str(text) for name, text in _changed(opened, form).items()} | ({_WHY: why} if why else {})


def _show_help(form: SpecimenForm, entry: Entry) -> None:
    keystrokes.show(
        keystrokes.Help(
            draft=entry.draft,
            written=form.written(),
            wrong={problem.field for problem in form.problems()},
            locked=form.locked(),
            focus=form.focus,
            fresh=not entry.draft.saved_at,
            on_resumed=_continue,
        )
    )


def _changed(opened: _Opened, form: SpecimenForm) -> dict[str, object]:
    """What the person changed: the fields that are not as the form showed them first. A blank latest interval follows the earliest one."""
    draft = form.draft()
    changed = {name: value for name, value in draft.items() if name in LABELS and value != opened.fields[name]}
    follows = "earliest_interval" in changed and not draft["latest_interval"]
    return changed | ({"latest_interval": ""} if follows else {})


def _ask_about_name(opened: _Opened, form: SpecimenForm) -> None:
    """Another name may be another opinion, and then the old one is kept in the list, or a slip of the pen that was corrected."""
    if form.draft()["verbatim_identification"] == opened.fields["verbatim_identification"]:
        return
    st.segmented_control(
        _("The name is another one because"),
        list(_NAMES),
        default="opinion",
        format_func=lambda choice: _(_NAMES[choice]),
        key="amend_name",
        required=True,
    )


def _with_names(opened: _Opened, form: SpecimenForm, changed: dict[str, object]) -> dict[str, object]:
    """The changes with what belongs to another name: all that the form shows of it, or the list as it is."""
    if "verbatim_identification" not in changed:
        return changed
    if st.session_state.get("amend_name") == "slip":
        with database.reading() as connection:
            listed = specimens.listed(connection, opened.specimen.occurrence_id, IDENTIFICATIONS, who=who.who())
        return changed | {IDENTIFICATIONS: listed}
    return {name: form.draft()[name] for name in _OF_THE_NAME} | changed


def _save(opened: _Opened, form: SpecimenForm, version: int, changed: dict[str, object]) -> None:
    key = opened.specimen.occurrence_id
    changed = _with_names(opened, form, changed)
    form.tried()
    before = trees.dated_now()
    why = str(st.session_state.get("amend_why") or "")
    try:
        with database.writing() as connection:
            amended = specimens.amend(connection, who.who(), key, changed, version=version, why=why)
            drafts.discard(connection, who.who(), st.session_state[_ENTRY].draft.key)
    except Conflict as conflict:
        st.session_state[_CONFLICT] = conflict
        st.rerun()
    except InvalidDraft as error:
        st.session_state.pop(_CONFLICT, None)
        form.refused(error.problems)
        form.go_to_wrong()
        st.rerun()
    keystrokes.is_over(st.session_state[_ENTRY].draft.key)
    if amended.version > version:
        added.remember(key, trees.changes_since(before))
    _forget(form)
    navigation.go("specimen", id=key)


def _leave(key: str, form: SpecimenForm) -> NoReturn:
    """Drop what was typed, its draft too, and go back to the record."""
    draft = st.session_state[_ENTRY].draft
    with database.writing() as connection:
        drafts.discard(connection, who.who(), draft.key)
    keystrokes.is_over(draft.key)
    _forget(form)
    navigation.go("specimen", id=key)


def _forget(form: SpecimenForm) -> None:
    form.clear()
    for name in (_OPENED, _ENTRY, _CONFLICT, "amend_why", "amend_name", *(f"choose_{name}" for name in LABELS)):
        st.session_state.pop(name, None)


def _settle(conflict: Conflict, opened: _Opened, form: SpecimenForm) -> None:
    """Let the person choose field by field between what they typed and what the other one saved."""
    st.warning(as_typed(say(conflict.message)))
    mine = _changed(opened, form)
    theirs = _fields_of(conflict.theirs)
    both = [name for name in mine if theirs[name] != opened.fields[name] and theirs[name] != mine[name]]
    alone = [name for name in mine if name not in both]
    others = [name for name in LABELS if theirs[name] != opened.fields[name] and name not in mine]
    for name in both:
        _choose(name, mine[name], theirs[name])
    if alone:
        st.markdown(_("Only you changed: {fields}. Your texts are saved.").format(fields=_named(alone)))
    if others:
        st.markdown(_("Only the other one changed: {fields}. Their texts stay.").format(fields=_named(others)))
    kept = {
        name: mine[name] for name in mine if name in alone or st.session_state.get(f"choose_{name}", "mine") == "mine"
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("Save with these choices"), type="primary", key="settle"):
            _save(opened, form, conflict.theirs.version, kept)
        if st.button(_("Keep theirs, drop mine"), key="leave"):
            _leave(opened.specimen.occurrence_id, form)


def _choose(name: str, mine: object, theirs: object) -> None:
    with st.container(border=True):
        st.markdown(f"**{_(LABELS[name])}**")
        left, right = st.columns(2)
        left.text_area(_("Yours"), str(mine), disabled=True, key=f"mine_{name}", height="content")
        right.text_area(_("Theirs"), str(theirs), disabled=True, key=f"theirs_{name}", height="content")
        st.segmented_control(
            _("Keep"),
            list(_CHOICES),
            default="mine",
            format_func=lambda choice: _(_CHOICES[choice]),
            key=f"choose_{name}",
            required=True,
        )


def _fields_of(specimen: Specimen) -> dict[str, object]:
    """A record's fields as the form shows them."""
    form = SpecimenForm("amend_theirs")
    form.fill(specimen)
    fields = form.draft()
    form.clear()
    return fields


def _named(names: list[str]) -> str:
    return _(", ").join(_(LABELS[name]) for name in names)
