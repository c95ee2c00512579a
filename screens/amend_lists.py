"""Changing what a specimen has many of, a line at a time: add, change, remove; each step stands in the history and can be undone."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from sqlalchemy import Connection

from catalogue import database, identifying, relations, specimens
from catalogue.checking import InvalidDraft
from catalogue.messages import CatalogueError, Problem
from catalogue.parts import IDENTIFICATIONS, RELATED
from catalogue.records import Specimen
from catalogue.specimens import Conflict, NoSuchSpecimen
from screens import navigation
from screens.parts import added, list_links, record_panels, same_bone, trees
from screens.parts.cards import lede
from screens.parts.choosing import label_of
from screens.parts.part_form import PartForm
from screens.parts.part_words import CHOICES, LISTS
from screens.parts.who import who
from screens.words import _, as_typed, say

_EDITING = "list_editing"
_SAID = "list_said"


@dataclass
class _Editing:
    """What is in the form: a line of a list (None: a new one), of the version that the person had open.

    `current` says that the identification becomes the current one, or is it already.
    """

    key: str
    name: str
    part: Any
    version: int
    current: bool = False
    problems: tuple[Problem, ...] = ()


def show() -> None:
    """The page; its link is ``/lists?id=…&list=pieces``."""
    key, name = st.query_params.get("id", ""), st.query_params.get("list", "")
    name = name if name in LISTS else IDENTIFICATIONS
    st.title(_(LISTS[name].title))
    try:
        with database.reading() as connection:
            specimen = specimens.get(connection, key, who=who())
            listed = specimens.listed(connection, key, name, who=who())
    except NoSuchSpecimen as error:
        st.warning(as_typed(say(error.message)))
        navigation.link("specimens", _("To all specimens"))
        return
    st.html(lede(specimen))
    st.caption(_(LISTS[name].told))
    _tell()
    if name == IDENTIFICATIONS:
        _show_current(specimen)
    editing = _editing(key, name)
    for place, part in enumerate(listed):
        _show_line(specimen, name, listed, place, editing is not None and editing.part == part)
    if name == RELATED:
        _show_from_other_end(key)
    if editing is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(_(LISTS[name].add), type="primary", key="add_line"):
                _begin(specimen, name, None, current=name == IDENTIFICATIONS)
            navigation.link("specimen", _("Back to the specimen"), id=key)
        st.divider()
        list_links.show(key, but=name)
    else:
        _show_form(editing, specimen, listed)


def _tell() -> None:
    said: tuple[str, bool] | None = st.session_state.pop(_SAID, None)
    if said is not None:
        (st.success if said[1] else st.warning)(said[0])
    added.tell_noted()


def _show_current(specimen: Specimen) -> None:
    with st.container(border=True):
        title, told = record_panels.line(identifying.current(specimen))
        current = _("current")
        st.markdown(f"**{as_typed(title)}** · {current}" + _more(told))
        if st.button(_("Correct it"), key="correct", help=_("For a slip of the pen; another opinion is a new line.")):
            _begin(specimen, IDENTIFICATIONS, identifying.current(specimen), current=True)


def _show_line(specimen: Specimen, name: str, listed: list[Any], place: int, edited: bool) -> None:
    with st.container(border=True):
        title, told = record_panels.line(_with_label(listed[place]))
        st.markdown(f"**{as_typed(title)}**" + _more(told))
        if edited:
            return
        with st.container(horizontal=True):
            if st.button(_("Change"), key=f"change_{place}"):
                _begin(specimen, name, listed[place])
            if name == IDENTIFICATIONS and st.button(_("Make it current"), key=f"current_{place}"):
                _do(lambda connection: _make_current(connection, specimen, place), _("It is the current name now."))
            with st.popover(_("Remove")):
                st.markdown(
                    _("The line leaves the record; the history keeps it, and from there it can be brought back.")
                )
                if st.button(_("Remove this line"), type="primary", key=f"remove_{place}"):
                    left = [part for number, part in enumerate(listed) if number != place]
                    _do(lambda connection: _amend(connection, specimen.occurrence_id, {name: left}, specimen.version))


def _with_label(part: Any) -> Any:
    """A relation with the other record's number and name in place of its key."""
    other = getattr(part, "related_occurrence_id", "")
    if not other:
        return part
    with database.reading() as connection:
        found = specimens.get_all(connection, [other], who=who())
    return replace(part, related_resource=label_of(found[0])) if found else part


def _show_from_other_end(key: str) -> None:
    """What other records say of this one: shown here, changed there."""
    kinds = CHOICES["relationship_of_resource"]
    with database.reading() as connection:
        company = relations.panel(connection, key, who=who())
    for one in company.direct:
        if one.from_other_end and one.specimen is not None:
            with st.container(border=True):
                kind = _(kinds[one.kind])
                st.markdown(f"**{kind}**  \n{as_typed(label_of(one.specimen))}")
                navigation.link(
                    "lists", _("Entered with that one; change it there"), id=one.occurrence_id, list=RELATED
                )


def _editing(key: str, name: str) -> _Editing | None:
    editing: _Editing | None = st.session_state.get(_EDITING)
    return editing if editing is not None and (editing.key, editing.name) == (key, name) else None


def _begin(specimen: Specimen, name: str, part: Any, *, current: bool = False) -> None:
    form = PartForm(name, specimen.occurrence_id)
    form.clear()
    if part is not None:
        form.fill(part)
    st.session_state["make_current"] = True
    st.session_state[_EDITING] = _Editing(specimen.occurrence_id, name, part, specimen.version, current)
    st.rerun()


def _show_form(editing: _Editing, specimen: Specimen, listed: list[Any]) -> None:
    form = PartForm(editing.name, editing.key)
    at = _place(editing, listed)
    with st.container(border=True):
        st.subheader(_(LISTS[editing.name].add) if editing.part is None else _("Change this line"))
        if editing.name == RELATED and editing.part is None:
            same_bone.suggest(form, editing.key)
        form.show(_beside_fields(editing, at))
        new_name = editing.name == IDENTIFICATIONS and editing.part is None
        if new_name:
            st.checkbox(
                _("This is the current name; the one before it moves into the list"),
                key="make_current",
                persist_state="session",
            )
        st.text_input(_("Why (for the history)"), key="line_why", persist_state="session")
        for problem in editing.problems:
            if problem.field.split(".")[-1] not in form.typed():
                st.error(as_typed(say(problem.message)))
        with st.container(horizontal=True):
            if st.button(_("Save this line"), type="primary", key="save_line"):
                _save(editing, specimen, listed, form.typed())
            if st.button(_("Leave it as it was"), key="leave_line"):
                _end(editing)


def _place(editing: _Editing, listed: list[Any]) -> int:
    return listed.index(editing.part) if editing.part in listed else len(listed)


def _beside_fields(editing: _Editing, at: int) -> dict[str, Problem]:
    """The problems of the line in the form, by field; a record's own fields have no place in a list."""
    own = {problem.field.split(".")[-1]: problem for problem in editing.problems}
    return {field: problem for field, problem in own.items() if "." not in problem.field or f".{at}." in problem.field}


def _save(editing: _Editing, specimen: Specimen, listed: list[Any], typed: dict[str, object]) -> None:
    def work(connection: Connection) -> Specimen:
        if editing.name == IDENTIFICATIONS and editing.current and editing.part is not None:
            return _amend(connection, editing.key, typed | {IDENTIFICATIONS: listed}, editing.version)
        if editing.name == IDENTIFICATIONS and editing.part is None and st.session_state.get("make_current"):
            return identifying.identify(connection, who(), editing.key, typed, version=editing.version, why=_why())
        at = _place(editing, listed)
        rows = [*listed[:at], _kept(editing, typed), *listed[at + 1 :]]
        return _amend(connection, editing.key, {editing.name: rows}, editing.version)

    _do(work, editing=editing)


def _kept(editing: _Editing, typed: dict[str, object]) -> dict[str, object]:
    """What the form does not show of a line, such as its Chinese, stays as long as the words it translates stay."""
    translations = getattr(editing.part, "translations", None)
    if not translations:
        return typed
    same = {field for field, text in typed.items() if str(getattr(editing.part, field)) == text}
    kept = {
        lang: {field: text for field, text in texts.items() if field in same} for lang, texts in translations.items()
    }
    return typed | {"translations": {lang: texts for lang, texts in kept.items() if texts}}


def _amend(connection: Connection, key: str, draft: dict[str, Any], version: int) -> Specimen:
    return specimens.amend(connection, who(), key, draft, version=version, why=_why())


def _make_current(connection: Connection, specimen: Specimen, place: int) -> Specimen:
    return identifying.make_current(connection, who(), specimen.occurrence_id, place, version=specimen.version)


def _why() -> str:
    return str(st.session_state.get("line_why") or "")


def _do(work: Callable[[Connection], Specimen], said: str = "", editing: _Editing | None = None) -> None:
    """Change the record in one transaction; when it cannot be, what was typed stays in the form."""
    before = trees.dated_now()
    try:
        with database.writing() as connection:
            work(connection)
    except Conflict as conflict:
        st.session_state[_SAID] = (as_typed(say(conflict.message)), False)
        if editing is not None:
            st.session_state[_SAID] = (_overtaken(conflict, editing), False)
            editing.version = conflict.theirs.version
    except InvalidDraft as error:
        if editing is not None:
            editing.problems = tuple(error.problems)
        else:
            st.session_state[_SAID] = (as_typed(say(error.message)), False)
    except CatalogueError as error:
        st.session_state[_SAID] = (as_typed(say(error.message)), False)
    else:
        st.session_state[_SAID] = (said or _("Saved."), True)
        added.note(before)
        if editing is not None:
            _end(editing)
    st.rerun()


def _overtaken(conflict: Conflict, editing: _Editing) -> str:
    touched = {made.field for made in conflict.since}
    if editing.name in touched or (editing.current and "verbatim_identification" in touched):
        return _("Somebody changed this list while you typed. Look at it as it is now; your line is still in the form.")
    return _("Somebody changed another part of this record while you typed. Save again, and both are kept.")


def _end(editing: _Editing) -> None:
    PartForm(editing.name, editing.key).clear()
    for name in (_EDITING, "line_why", "make_current"):
        st.session_state.pop(name, None)
    st.rerun()


def _more(told: str) -> str:
    return "".join(f"  \n{as_typed(text)}" for text in told.split("\n") if text)
