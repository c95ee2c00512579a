"""The book of imports: each file that came in, what it brought, and the way back."""

import streamlit as st

from catalogue import database, imports, specimens, under_way, undoing
from catalogue.collection import FORMAT as BUILT_IN
from catalogue.exchange.recognising import KINDS_OF_FORMATS, NO_RECORDS
from catalogue.exchange.taking_back import foretell
from catalogue.imports import Entry
from catalogue.messages import CatalogueError, Message
from catalogue.published import reading as published
from catalogue.records import Import
from catalogue.under_way import Begun
from catalogue.undoing import Undone
from screens import navigation
from screens.parts import added, trees, who
from screens.parts.import_words import FORMATS, OUTCOMES
from screens.words import _, as_typed, say, several

_DONE = "import_undone"
"""In the session: what undoing did, or why it did not, until it is told."""
_AT_ONCE = 20
_SHOWN = "imports_shown"
"""In the session: how many imports are shown."""
_SHOWN_RECORDS = 12
_SHOWN_KEPT = 20


def show() -> None:
    """All imports, newest first."""
    if not who.may("see_history"):
        return
    shown = int(st.session_state.get(_SHOWN, _AT_ONCE))
    with database.reading() as connection:
        entries = imports.book(connection, who.who(), limit=shown + 1)
        unfinished = under_way.unfinished(connection, who.who())
    st.header(_("What came in so far"))
    for number, one in enumerate(unfinished):
        st.warning(_did_not_end(one))
        st.button(
            _("I have seen it"), key=f"seen_unfinished_{number}", on_click=under_way.forget, args=(who.who(), one)
        )
    if not entries:
        st.info(_("Nothing was imported yet."))
    for entry in entries[:shown]:
        with st.container(border=True):
            _show(entry)
    if len(entries) > shown:
        st.button(_("Show more"), key="more_imports", on_click=_show_more, args=(shown,))


def _show_more(shown: int) -> None:
    st.session_state[_SHOWN] = shown + _AT_ONCE


def _did_not_end(one: Begun) -> str:
    said = _("An import of {file} by {who}, begun {when}, did not end. Nothing of it was kept. Choose the file again.")
    return said.format(file=as_typed(one.file_name), who=as_typed(who.called(one.made_by)), when=_moment(one.begun))


def _moment(written: str) -> str:
    return f"{written[:16].replace('T', ' ')} UTC"


def _show(entry: Entry) -> None:
    batch = entry.batch
    built_in = batch.format == BUILT_IN
    title = _("Bonebed’s first collection") if built_in else as_typed(batch.file_name)
    st.markdown(f"**{title}**")
    named = _(batch.format) if batch.format in FORMATS else as_typed(batch.format)
    day = _moment(batch.imported_at)
    if built_in:
        st.caption(day)
    else:
        st.caption(
            f"{named} · {as_typed(who.called(batch.made_by))} · {day}",
            help=_("Fingerprint of the file (SHA-256): {fingerprint}").format(fingerprint=batch.file_sha256),
        )
    st.markdown(" · ".join([several("{n} row read", "{n} rows read", batch.read), *_counts(batch)]))
    with st.container(horizontal=True, vertical_alignment="center"):
        if batch.accepted:
            with st.popover(_("What it brought")):
                _show_records(batch)
        if entry.undone_by is not None:
            st.caption(_("This was undone."))
        elif entry.edit is not None and batch.format != BUILT_IN and who.may("undo_batch"):
            _offer_undo(entry.edit)


def _counts(batch: Import) -> list[str]:
    counted = {_(word): getattr(batch, name) for name, word in OUTCOMES.items()}
    return [
        _("{number} {outcome}").format(number=f"{count:,}", outcome=word) for word, count in counted.items() if count
    ]


def _show_records(batch: Import) -> None:
    """The records that it brought; of a list whose rows become none, what they belong to."""
    no_records = batch.format in NO_RECORDS
    keys_of = imports.changed if no_records else imports.brought
    with database.reading() as connection:
        keys = keys_of(connection, batch.id, most=_SHOWN_RECORDS)
        found = specimens.get_all(connection, keys, who=who.who())
        titles = published.titles(connection, keys)
    for one in found:
        navigation.link(
            "specimen", as_typed(f"{one.verbatim_identification} {one.catalog_number}".strip()), id=one.occurrence_id
        )
    if titles:
        st.markdown("\n".join(f"- {as_typed(title)}" for title in titles))
    if batch.format in KINDS_OF_FORMATS:
        navigation.link("published", _("See what publications say"), kind=KINDS_OF_FORMATS[batch.format])
    elif not no_records and batch.accepted > len(found) == _SHOWN_RECORDS:
        st.caption(_("and {number} more").format(number=f"{batch.accepted - len(found):,}"))
    if not found and not titles:
        st.caption(_("None of it is in the catalogue any more."))


def _offer_undo(edit: int) -> None:
    if st.button(_("Undo this import …"), key=f"undo_import_{edit}"):
        st.dialog(_("Undo this import"))(_ask)(edit)


def _ask(edit: int) -> None:
    """Say what would go back and what would stay; do it when the person says so."""
    if _DONE in st.session_state:
        st.rerun()
    try:
        with database.writing() as connection:
            would = foretell(connection, who.who(), edit)
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    st.markdown(
        several(
            "{n} record goes back to what it was before this import; those that it brought go out of the catalogue.",
            "{n} records go back to what they were before this import; those that it brought go out of the catalogue.",
            len(would.records),
        )
    )
    _tell_kept(would)
    st.button(_("Undo it"), key="undo_import", type="primary", on_click=_undo, args=(edit,))


def _undo(edit: int) -> None:
    before = trees.dated_now()
    try:
        with database.writing() as connection:
            st.session_state[_DONE] = undoing.undo(connection, who.who(), edit)
        added.note(before)
    except CatalogueError as error:
        st.session_state[_DONE] = error.message
    st.session_state.pop("import_report", None)


def tell_undone() -> None:
    """What undoing an import did, once."""
    done: Undone | Message | None = st.session_state.pop(_DONE, None)
    if isinstance(done, Message):
        st.error(as_typed(say(done)))
    if not isinstance(done, Undone):
        return
    st.success(
        several(
            "Undone: {n} record is as it was before. This stands in the history and can itself be undone.",
            "Undone: {n} records are as they were before. This stands in the history and can itself be undone.",
            len(done.records),
        )
    )
    added.tell_noted()
    _tell_kept(done)


def _tell_kept(done: Undone) -> None:
    if not done.kept:
        return
    st.warning(
        several(
            "{n} record stays, whole or in part, because people changed it since:",
            "{n} records stay, whole or in part, because people changed them since:",
            len(done.kept),
        )
    )
    shown = done.kept[:_SHOWN_KEPT]
    with database.reading() as connection:
        found = specimens.get_all(connection, [kept.occurrence_id for kept in shown], who=who.who())
    called = {one.occurrence_id: f"{one.verbatim_identification} {one.catalog_number}".strip() for one in found}
    for kept in shown:
        named = called.get(kept.occurrence_id, "")
        reason = as_typed(say(kept.reason))
        if named:
            navigation.link("specimen", f"{as_typed(named)}: {reason}", id=kept.occurrence_id)
        else:
            st.markdown(f"- {as_typed(kept.occurrence_id)}: {reason}")
    if len(done.kept) > _SHOWN_KEPT:
        st.caption(_("and {number} more").format(number=f"{len(done.kept) - _SHOWN_KEPT:,}"))
