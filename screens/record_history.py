"""What happened to a record, or to all of them: who changed what, when and why, and a way back."""

from collections.abc import Callable
from itertools import groupby

import streamlit as st
from sqlalchemy import Connection

from catalogue import database, describing, imports, past, specimens, transactions, undoing
from catalogue.messages import CatalogueError
from catalogue.published import keeping as published
from catalogue.records import Change, Edit, Specimen
from catalogue.specimens import NoSuchSpecimen
from catalogue.vocabularies import editing
from screens import compare_versions, navigation
from screens.parts import added, history_words, trees, who
from screens.parts.choosing import label_of
from screens.words import _, as_typed, say, several

_SHOWN = 30


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
        made = past.of_record(connection, key, who=who.who())
    specimen = _existing(key)
    if specimen is not None:
        navigation.link("specimen", as_typed(label_of(specimen)), id=key)
    if transactions.is_key(key):
        navigation.link("loans", _("Loans and accessions"), book=key.partition(":")[0])
    if editing.is_key(key):
        navigation.link("vocabularies", _("Lists of words"))
    if published.is_key(key):
        navigation.link("published", _("From publications"))
    if describing.is_key(key):
        navigation.link("collection", _("The collection"))
    if not made:
        st.info(_("Nothing was changed yet."))
        return
    if not _is_no_record(key):
        if specimen is None:
            st.warning(_("This record was removed: {name}").format(name=as_typed(_last_name(made) or key)))
        if _show_versions(key):
            return
        if specimen is None and who.may("remove") and st.button(_("Bring it back"), type="primary", key="restore"):
            _do(lambda connection: specimens.restore(connection, who.who(), key))
    for edit, of_edit in groupby(made, key=lambda one: one.edit):
        _show_edit(edit, list(of_edit), specimen)


def _is_no_record(key: str) -> bool:
    return transactions.is_key(key) or editing.is_key(key) or published.is_key(key) or describing.is_key(key)


def _last_name(made: list[Change]) -> str:
    """Number and name of a record as it was removed; blank where its history does not say."""
    held = made[0].before
    if not isinstance(held, dict):
        return ""
    return " · ".join(str(held[name]) for name in ("catalog_number", "verbatim_identification") if held.get(name))


def _show_versions(key: str) -> bool:
    """The comparison when the address asks for one, else the link to it; whether the page is filled."""
    with database.reading() as connection:
        record = past.record(connection, key, who=who.who())
    if compare_versions.is_asked_for() and record.versions:
        compare_versions.show(record, _do)
        return True
    compare_versions.link(key, list(record.versions))
    return False


def _existing(key: str) -> Specimen | None:
    try:
        with database.reading() as connection:
            return specimens.get(connection, key, who=who.who())
    except NoSuchSpecimen:
        return None


def _show_all() -> None:
    with database.reading() as connection:
        entries = past.latest(connection, limit=_SHOWN, who=who.who())
        files = {one.edit: one.batch.file_name for one in imports.book(connection, who.who(), limit=_SHOWN)}
        single = [entry.occurrence_id for entry in entries if entry.records == 1]
        labels = {one.occurrence_id: label_of(one) for one in specimens.get_all(connection, single, who=who.who())}
    if not entries:
        st.info(_("Nothing was changed yet."))
    for entry in entries:
        with st.container(border=True):
            counted = several("{n} record", "{n} records", entry.records)
            about = files.get(entry.edit.id) or labels.get(entry.occurrence_id) or _book_of(entry.occurrence_id)
            st.markdown(" · ".join(filter(None, (history_words.headline(entry.edit), counted, as_typed(about)))))
            with st.container(horizontal=True, vertical_alignment="center"):
                if entry.records == 1:
                    navigation.link("history", _("What was changed"), id=entry.occurrence_id)
                if entry.undone:
                    st.caption(_("This was undone."))
                else:
                    _offer_undo(entry.edit, entry.records)


def _book_of(key: str) -> str:
    """Where an entry stands that is no record of a specimen; blank for those that are."""
    if transactions.is_key(key):
        return _("Loans and accessions")
    if published.is_key(key):
        return _("From publications")
    if describing.is_key(key):
        return _("The collection")
    return _("Lists of words") if editing.is_key(key) else ""


def _show_edit(edit: Edit, made: list[Change], specimen: Specimen | None) -> None:
    with st.container(border=True):
        st.markdown(history_words.headline(edit))
        rows = [_row(one) for one in made if one.field not in past.DERIVED and one.field != past.WHOLE]
        if rows:
            st.table(rows)
        before = made[0].version - 1
        if specimen is not None and rows and before < specimen.version:
            fields = [one.field for one in made if one.field not in past.DERIVED and one.field != past.WHOLE]
            _offer_reverting(specimen, before, fields, edit)


def _row(change: Change) -> dict[str, str]:
    return {
        _("Field"): history_words.field(change.field),
        _("Before"): as_typed(history_words.text(change.before)),
        _("After"): as_typed(history_words.text(change.after)),
    }


def _offer_reverting(specimen: Specimen, to: int, fields: list[str], edit: Edit) -> None:
    if not who.may("undo"):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.multiselect(
            _("Fields to bring back"),
            fields,
            default=fields,
            format_func=history_words.field,
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
    before = trees.dated_now()
    try:
        with database.writing() as connection:
            done = action(connection)
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    st.session_state["undone"] = done if isinstance(done, undoing.Undone) else True
    added.note(before)
    st.rerun()


def _tell_undone() -> None:
    done = st.session_state.pop("undone", None)
    if done is None:
        added.tell_noted()
        return
    st.success(_("Done. This step stands in the history too, and can itself be undone."))
    added.tell_noted()
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
