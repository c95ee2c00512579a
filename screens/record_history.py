"""What happened to a record, or to all of them: who changed what, when and why, and a way back."""

from collections.abc import Callable
from itertools import groupby

import streamlit as st
from sqlalchemy import Connection

from catalogue import database, history, specimens, transactions, undoing
from catalogue.messages import CatalogueError
from catalogue.records import Change, Edit, Specimen
from catalogue.rights import THIS_COMPUTER
from catalogue.specimens import NoSuchSpecimen
from screens import navigation
from screens.parts import who
from screens.parts.part_words import BOOKS, LISTS
from screens.parts.specimen_form import LABELS
from screens.words import _, as_typed, marked, say, several

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
    **{name: said.title for name, said in LISTS.items()},
    **BOOKS["loan"],
    **BOOKS["accession"],
    "occurrence_ids": marked("Specimens"),
    "media": marked("Photographs and scans"),
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
    if transactions.is_key(key):
        navigation.link("loans", _("Loans and accessions"), book=key.partition(":")[0])
    if not past:
        st.info(_("Nothing was changed yet."))
        return
    of_record = not transactions.is_key(key)
    if of_record and specimen is None and past[0].field == history.WHOLE and past[0].after is None:
        st.warning(_("This record was removed."))
        if who.may("remove") and st.button(_("Bring it back"), type="primary", key="restore"):
            _do(lambda connection: specimens.restore(connection, who.who(), key))
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
    somebody = _("this computer") if edit.made_by == THIS_COMPUTER.login else as_typed(edit.made_by)
    why = f" · *{as_typed(edit.why)}*" if edit.why else ""
    return f"**{_(_KINDS.get(edit.kind, edit.kind))}** · {somebody} · {when} UTC{why}"


def _row(change: Change) -> dict[str, str]:
    return {
        _("Field"): _field(change.field),
        _("Before"): as_typed(_text(change.before)),
        _("After"): as_typed(_text(change.after)),
    }


def _field(name: str) -> str:
    return _(LABELS.get(name) or _OTHER_FIELDS.get(name) or name)


def _text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_text(one) for one in value)
    if isinstance(value, dict):
        if "sha256" in value:  # a photograph or scan: what people wrote, and which file it is
            value = {name: value[name] for name in ("caption", "format", "credit", "license")} | {
                "file": value["sha256"][:10]
            }
        return ", ".join(str(part) for part in value.values() if part and not isinstance(part, dict))
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _offer_reverting(specimen: Specimen, to: int, fields: list[str], edit: Edit) -> None:
    if not who.may("undo"):
        return
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
                    connection, who.who(), specimen.occurrence_id, to, version=specimen.version, only=chosen
                )
            )


def _offer_undo(edit: Edit, number: int) -> None:
    if not who.may("undo" if number <= 1 else "undo_batch"):
        return
    with st.popover(_("Undo")):
        st.markdown(
            several(
                "{n} record is put back as it was before. What people changed since stays.",
                "{n} records are put back as they were before. What people changed since stays.",
                number,
            )
        )
        if st.button(_("Undo all of it"), key=f"undo_{edit.id}", type="primary"):
            _do(lambda connection: undoing.undo(connection, who.who(), edit.id))


def _do(action: Callable[[Connection], object]) -> None:
    try:
        with database.writing() as connection:
            done = action(connection)
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
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
            st.markdown(f"- {as_typed(kept.occurrence_id)}: {as_typed(say(kept.reason))}")
