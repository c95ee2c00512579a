"""What happened to a record, or to all of them: who changed what, when and why, and a way back."""

from collections.abc import Callable
from itertools import groupby

import streamlit as st
from sqlalchemy import Connection

from catalogue import database, history, specimens, undoing
from catalogue.messages import CatalogueError
from catalogue.records import Change, Edit, Specimen
from catalogue.rights import THIS_COMPUTER
from catalogue.specimens import NoSuchSpecimen
from screens import navigation
from screens.parts.specimen_form import LABELS
from screens.words import _, marked, say, several

_SHOWN = 30
_KINDS = {
    "add": marked("added"),
    "amend": marked("changed"),
    "bulk": marked("changed many"),
    "import": marked("imported"),
    "remove": marked("removed"),
    "restore": marked("brought back"),
    "undo": marked("undone"),
}
_OTHER_FIELDS = {
    "statements": marked("What is said about it"),
    "basis_of_record": marked("Kind of record"),
    "translations": marked("Texts in other languages"),
    "verbatim_age": marked("Age as the source says"),
    "georeference_protocol": marked("How it was located"),
    "dataset_name": marked("Collection"),
}


def show() -> None:
    """The page: ``/history?id=…`` for one record, ``/history`` for everything."""
    key = st.query_params.get("id", "")
    st.title(_("History"))
    _tell_undone()
    if key:
        _show_record(key)
    else:
        _show_all()


def _show_record(key: str) -> None:
    with database.reading() as connection:
        past = history.of_record(connection, key)
    specimen = _existing(key)
    if specimen is not None:
        navigation.link("specimen", specimen.verbatim_identification, id=key)
    if not past:
        st.info(_("Nothing was changed yet."))
        return
    if specimen is None and past[0].field == history.WHOLE and past[0].after is None:
        st.warning(_("This record was removed."))
        if st.button(_("Bring it back"), type="primary", key="restore"):
            _do(lambda connection: specimens.restore(connection, THIS_COMPUTER, key))
    for edit, made in groupby(past, key=lambda one: one.edit):
        _show_edit(edit, list(made), specimen)


def _existing(key: str) -> Specimen | None:
    try:
        with database.reading() as connection:
            return specimens.get(connection, key)
    except NoSuchSpecimen:
        return None


def _show_all() -> None:
    with database.reading() as connection:
        edits = history.edits_of(connection, limit=_SHOWN)
        counted = {edit.id: history.records_of(connection, edit.id) for edit in edits}
        undone = {edit.id for edit in edits if history.undone_by(connection, edit.id) is not None}
    if not edits:
        st.info(_("Nothing was changed yet."))
    for edit in edits:
        with st.container(border=True):
            number, key = counted[edit.id]
            st.markdown(f"{_headline(edit)} · {several('{n} record', '{n} records', number)}")
            with st.container(horizontal=True, vertical_alignment="center"):
                if number == 1:
                    navigation.link("history", _("What was changed"), id=key)
                if edit.id in undone:
                    st.caption(_("This was undone."))
                else:
                    _offer_undo(edit, number)


def _show_edit(edit: Edit, made: list[Change], specimen: Specimen | None) -> None:
    with st.container(border=True):
        st.markdown(_headline(edit))
        rows = [_row(one) for one in made if one.field not in history.DERIVED and one.field != history.WHOLE]
        if rows:
            st.table(rows)
        before = made[0].version - 1
        if specimen is not None and rows and before < specimen.version:
            fields = [one.field for one in made if one.field not in history.DERIVED and one.field != history.WHOLE]
            _offer_reverting(specimen, before, fields, edit)


def _headline(edit: Edit) -> str:
    when = edit.made_at[:16].replace("T", " ")
    who = _("this computer") if edit.made_by == THIS_COMPUTER.login else edit.made_by
    why = f" · *{edit.why}*" if edit.why else ""
    return f"**{_(_KINDS.get(edit.kind, edit.kind))}** · {who} · {when} UTC{why}"


def _row(change: Change) -> dict[str, str]:
    return {_("Field"): _field(change.field), _("Before"): _text(change.before), _("After"): _text(change.after)}


def _field(name: str) -> str:
    return _(LABELS.get(name) or _OTHER_FIELDS.get(name) or name)


def _text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_text(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part and not isinstance(part, dict))
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _offer_reverting(specimen: Specimen, to: int, fields: list[str], edit: Edit) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.multiselect(
            _("Fields to bring back"),
            fields,
            default=fields,
            format_func=_field,
            key=f"fields_{edit.id}",
            label_visibility="collapsed",
        )
        if st.button(_("Bring back what was before"), key=f"revert_{edit.id}", disabled=not chosen):
            _do(
                lambda connection: undoing.revert(
                    connection, THIS_COMPUTER, specimen.occurrence_id, to, version=specimen.version, only=chosen
                )
            )


def _offer_undo(edit: Edit, number: int) -> None:
    with st.popover(_("Undo")):
        st.markdown(
            several(
                "{n} record is put back as it was before. What people changed since stays.",
                "{n} records are put back as they were before. What people changed since stays.",
                number,
            )
        )
        if st.button(_("Undo all of it"), key=f"undo_{edit.id}", type="primary"):
            _do(lambda connection: undoing.undo(connection, THIS_COMPUTER, edit.id))


def _do(action: Callable[[Connection], object]) -> None:
    try:
        with database.writing() as connection:
            done = action(connection)
    except CatalogueError as error:
        st.error(say(error.message))
        return
    st.session_state["undone"] = done if isinstance(done, undoing.Undone) else True
    st.rerun()


def _tell_undone() -> None:
    done = st.session_state.pop("undone", None)
    if done is None:
        return
    st.success(_("Done. This step stands in the history too, and can itself be undone."))
    if isinstance(done, undoing.Undone) and done.kept:
        st.warning(
            several(
                "{n} record was left as it is, or in part:",
                "{n} records were left as they are, or in part:",
                len(done.kept),
            )
        )
        for kept in done.kept[:_SHOWN]:
            st.markdown(f"- {kept.occurrence_id}: {say(kept.reason)}")
