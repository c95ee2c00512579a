"""Bring in a file: what would become of each row is shown first; then it is imported as a whole, or not at all."""

import time
from dataclasses import dataclass, replace
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from catalogue import database, specimens
from catalogue.exchange import pipeline
from catalogue.exchange.mapped_tables import DARWIN_CORE, NotMapped
from catalogue.exchange.mapping.columns import map_of
from catalogue.exchange.outcomes import Preview, Report
from catalogue.exchange.pipeline import Choices, Progress
from catalogue.exchange.reading import UnreadableFile
from catalogue.exchange.recognising import KINDS_OF_FORMATS, NO_RECORDS
from catalogue.messages import CatalogueError
from catalogue.published import reading as published
from catalogue.settings import settings
from maps.doubtful import doubts_of_places
from screens import navigation
from screens.parts import (
    added,
    handed_over,
    import_book,
    import_outcomes,
    import_reading,
    same_bone,
    trees,
    who,
    working,
)
from screens.words import _, as_typed, say, several
from trees.dating import DatedTree

_KINDS = ["csv", "tsv", "txt", "tab", "xlsx", "ods", "xls", "json", "geojson", "zip", "kml", "kmz", "gpkg"]
_PASTED = "pasted.txt"
_AT_ONCE = 2.0
"""Seconds that need no telling."""


@dataclass
class _Running:
    """An import that was begun. A press of *Cancel* may come when all is kept already: its report is then here, though the run was stopped."""

    file_id: str
    before: DatedTree
    report: Report | None = None


def show() -> None:
    """The page."""
    st.title(_("Import"))
    lede = _(
        "Give a table of specimens or finds, however it is laid out. You see first what it would do; nothing is changed until you say so."
    )
    st.html(f'<p class="lede">{escape(lede)}</p>')
    _take_up()
    import_book.tell_undone()
    name, content, file_id = _given()
    report: Report | None = st.session_state.get("import_report")
    if not file_id:
        if report:
            _tell_report(report)
        else:
            _teach()
        import_book.show()
        return
    if report and report.file_name == name and st.session_state.get("import_file") == file_id:
        _tell_report(report)
        import_book.show()
        return
    _preview(name, content, file_id)


def _given() -> tuple[str, bytes, str]:
    """Name, content and key of what is to come in: a file, or a table that was pasted; blank when nothing is given."""
    handed = handed_over.given()
    if handed is not None:
        return handed
    file = st.file_uploader(
        _("A table as CSV, Excel, OpenDocument or JSON, or a Darwin Core archive"),
        type=_KINDS,
        max_upload_size=settings().max_upload_mb,
        key="file",
    )
    if file is not None:
        return file.name, file.getvalue(), file.file_id
    handed_over.link_other_ways()
    with st.expander(_("Or paste a table from a spreadsheet")):
        pasted = st.text_area(_("Table with its headings"), key="pasted", height=140, persist_state="session")
    return (_PASTED, f"{pasted}\n".encode(), str(hash(pasted))) if pasted and pasted.strip() else ("", b"", "")


def _teach() -> None:
    st.info(
        _(
            "The list of your collection from a spreadsheet, a download of the Paleobiology Database or of GBIF, a Darwin Core archive, or what "
            "another Bonebed gave out: columns are found by their headings, and you can say what each one means. Published finds stay apart from "
            "your museum’s own specimens: they are marked with a ring, and you can leave them out of every list, map and tree."
        )
    )


def _preview(name: str, content: bytes, file_id: str) -> None:
    choices = import_reading.choices_of(file_id)
    told = st.empty()
    try:
        with st.spinner(_("Reading the file …")):
            preview = _judged(name, content, file_id, choices, _advance(told, _("Checking the rows …")))
    except NotMapped as error:
        st.error(as_typed(say(error.message)))
        import_reading.show_how_it_was_read(file_id, error.table)
        used = map_of(error.proposals, choices.columns.fixed if choices.columns else None)
        import_reading.show_columns(file_id, error.table, error.proposals, used, open_=True)
        return
    except UnreadableFile as error:
        st.error(as_typed(say(error.message)))
        import_reading.offer_another_reading(file_id, name)
        return
    finally:
        told.empty()
    if st.session_state.pop("cancel_import", False):
        st.info(_("The import was cancelled. Nothing was kept."))
    import_outcomes.tell_file(preview)
    import_outcomes.tell_counts(preview)
    _offer(preview, name, content, file_id, choices)
    _tell(preview, file_id)


def _judged(name: str, content: bytes, file_id: str, choices: Choices, advance: Progress) -> Preview:
    """The preview of a file, judged anew only when the file, what was said of it, or the catalogue changed."""
    with database.reading() as connection:
        known_by = (file_id, repr(choices), specimens.revision(connection), published.revision(connection))
        held: tuple[object, Preview] | None = st.session_state.get("import_preview")
        if held is None or held[0] != known_by:
            preview = pipeline.preview(
                connection, name, content, choices=choices, progress=advance, place_doubts=doubts_of_places
            )
            held = known_by, preview
            st.session_state["import_preview"] = held
    return held[1]


def _tell(preview: Preview, file_id: str) -> None:
    if preview.table is not None:
        import_reading.show_how_it_was_read(file_id, preview.table)
    if preview.column_map is not None and preview.table is not None:
        none_taken = preview.rejected == preview.read  # then meanings or one age for all rows may help
        free = preview.format != DARWIN_CORE.name or none_taken
        import_reading.show_columns(file_id, preview.table, preview.proposals, preview.column_map, open_=free)
    elif preview.columns_left:
        import_outcomes.tell_columns_left(preview)
    import_outcomes.tell_rejects(preview)
    import_outcomes.tell_notes(preview)
    import_outcomes.tell_rows(preview)


def _offer(preview: Preview, name: str, content: bytes, file_id: str, choices: Choices) -> None:
    news = preview.accepted + preview.changed
    if not news and preview.unchanged:
        st.success(
            _("Everything in this file that can be taken is in the catalogue already. There is nothing to import.")
        )
    elif not news:
        st.warning(_("No row of this file can be taken as it is. See below why, and what the columns mean."))
    elif st.button(_import_words(preview, news), type="primary", key="import"):
        _commit(name, content, file_id, replace(choices, columns=preview.column_map))


def _import_words(preview: Preview, news: int) -> str:
    if preview.format in NO_RECORDS:
        return several("Import {n} row", "Import {n} rows", news)
    return several("Import {n} record", "Import {n} records", news)


def _commit(name: str, content: bytes, file_id: str, choices: Choices) -> None:
    running = st.session_state["import_running"] = _Running(file_id, trees.dated_now())
    told = st.empty()
    told.progress(0.0, text=_("Importing …"))
    st.button(_("Cancel the import"), key="cancel_import_now", on_click=_note_cancelled)
    try:
        running.report = pipeline.bring_in(
            who.who(),
            name,
            content,
            choices=choices,
            progress=_advance(told, _("Importing …")),
            place_doubts=doubts_of_places,
        )
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    told.empty()
    _take_up()
    st.rerun()


def _take_up() -> None:
    """Keep the report of an import that is done, also of one that was cancelled too late."""
    running: _Running | None = st.session_state.get("import_running")
    if running is None or running.report is None:
        return
    st.session_state["import_report"], st.session_state["import_file"] = running.report, running.file_id
    st.session_state["import_changes"] = trees.changes_since(running.before)
    st.session_state.pop("import_preview", None)
    st.session_state.pop("cancel_import", None)
    st.session_state.pop("import_running")


def _note_cancelled() -> None:
    """The press stops the run that imports at its next step, and with it the transaction, which then keeps nothing."""
    st.session_state["cancel_import"] = True


def _advance(told: DeltaGenerator, what: str) -> Progress:
    """Tells how far it is and how long it takes, once it takes long enough to be told."""
    started = time.monotonic()

    def advance(done: int, whole: int) -> None:
        st.session_state.get(
            "cancel_import"
        )  # a look is enough for Streamlit to stop the run here, also before anything is told
        passed = time.monotonic() - started
        left = passed * (whole - done) / done if done else 0.0
        if passed > _AT_ONCE:
            text = f"{what} · {working.time_left(left)}" if left > _AT_ONCE else what
            told.progress(done / whole if whole else 1.0, text=text)

    return advance


def _tell_report(report: Report) -> None:
    news = report.accepted + report.changed
    if report.format in NO_RECORDS:
        st.success(several("Imported: {n} row is new or changed.", "Imported: {n} rows are new or changed.", news))
    else:
        st.success(
            several("Imported: {n} record is new or changed.", "Imported: {n} records are new or changed.", news)
        )
    import_outcomes.tell_file_notes(report)
    import_outcomes.tell_counts(report)
    if report.columns_left:
        import_outcomes.tell_columns_left(report)
    import_outcomes.tell_rejects(report)
    import_outcomes.tell_notes(report)
    same_bone.offer(report)
    added.tell_changes(st.session_state.get("import_changes", []))
    with st.container(horizontal=True):
        kind = KINDS_OF_FORMATS.get(report.format)
        if kind is None:
            navigation.link("map", _("See them on the map"))
            navigation.link("specimens", _("See them in the list"))
        else:
            navigation.link("published", _("See what publications say"), kind=kind)
        navigation.link("history", _("All changes, with undo"))
    import_outcomes.tell_rows(report)
