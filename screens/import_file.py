"""Bring in a file: what would become of each row is shown first; then it is imported as a whole, or not at all."""

from html import escape

import streamlit as st

from catalogue import database
from catalogue.exchange import pipeline
from catalogue.exchange.outcomes import Outcomes, Report
from catalogue.exchange.reading import UnreadableFile
from catalogue.exchange.rejects import rejects_csv
from catalogue.settings import settings
from screens import navigation
from screens.parts import trees, who
from screens.words import _, as_typed, say, several

_SHOWN_REJECTS = 50
_DELIMITERS = {",": ",", ";": ";", "\t": "Tab", "|": "|"}


def show() -> None:
    """The page."""
    st.title(_("Import"))
    lede = _(
        "Give a file of the Paleobiology Database. You see first what it would do; nothing is changed until you say so."
    )
    st.html(f'<p class="lede">{escape(lede)}</p>')
    file = st.file_uploader(
        _("File from the Paleobiology Database: occurrences as CSV or TSV"),
        type=["csv", "tsv", "txt"],
        max_upload_size=settings().max_upload_mb,
        key="file",
    )
    report: Report | None = st.session_state.get("import_report")
    if file is None:
        if report:
            _tell_report(report)
        else:
            _teach()
        return
    if report and report.file_name == file.name and st.session_state.get("import_file") == file.file_id:
        _tell_report(report)
        return
    _preview(file.name, file.getvalue(), file.file_id)


def _teach() -> None:
    st.info(
        _(
            "Where do such files come from? On the Paleobiology Database’s download page choose occurrences, a group such as "
            "Dinosauria, and CSV. Published finds stay apart from your museum’s own specimens: they are marked with a ring, and you "
            "can leave them out of every list, map and tree."
        )
    )


def _preview(name: str, content: bytes, file_id: str) -> None:
    try:
        with st.spinner(_("Reading the file …")), database.reading() as connection:
            preview = pipeline.preview(connection, name, content)
    except UnreadableFile as error:
        st.error(as_typed(say(error.message)))
        return
    _tell_file(preview)
    _tell_counts(preview)
    _tell_rejects(preview)
    news = preview.accepted + preview.changed
    if not news:
        st.success(_("Everything in this file is in the catalogue already. There is nothing to import."))
    elif st.button(several("Import {n} record", "Import {n} records", news), type="primary", key="import"):
        _commit(name, content, file_id)


def _commit(name: str, content: bytes, file_id: str) -> None:
    before = trees.dated_now()
    bar = st.progress(0.0, text=_("Importing …"))
    with database.writing() as connection:
        report = pipeline.commit(
            connection, who.who(), name, content, progress=lambda done, whole: _advance(bar, done, whole)
        )
    bar.empty()
    st.session_state["import_report"], st.session_state["import_file"] = report, file_id
    st.session_state["import_changes"] = trees.changes_since(before)
    st.rerun()


def _advance(bar: st.delta_generator.DeltaGenerator, done: int, whole: int) -> None:
    bar.progress(done / whole if whole else 1.0, text=_("Importing …"))


def _tell_file(outcomes: Outcomes) -> None:
    guess = _(" (a guess: look at the accents)") if outcomes.encoding_is_guess else ""
    parts = (
        outcomes.format,
        f"{outcomes.encoding}{guess}",
        _("cells parted by {sign}").format(sign=_DELIMITERS.get(outcomes.delimiter, outcomes.delimiter)),
    )
    st.caption(" · ".join(parts))


def _tell_counts(outcomes: Outcomes) -> None:
    tiles = (
        (outcomes.read, _("rows read")),
        (outcomes.accepted, _("new")),
        (outcomes.changed, _("changed")),
        (outcomes.unchanged, _("unchanged")),
        (outcomes.rejected, _("rejected")),
    )
    signs = ("", "=", "+", "+", "+")
    shown = "".join(
        f'<div class="tile"><b><span class="quiet">{sign}</span> {number:,}</b>{escape(word)}</div>'
        for sign, (number, word) in zip(signs, tiles, strict=True)
    )
    st.html(f'<div class="tiles">{shown}</div>')
    if outcomes.repeated:
        st.caption(
            several(
                "{n} of the unchanged rows repeats another row of the file.",
                "{n} of the unchanged rows repeat another row of the file.",
                outcomes.repeated,
            )
        )


def _tell_rejects(outcomes: Outcomes) -> None:
    if not outcomes.rejected:
        return
    with st.expander(several("Why {n} row is rejected", "Why {n} rows are rejected", outcomes.rejected), expanded=True):
        for reason, count in outcomes.reasons():
            st.markdown(f"- {count:,} × {as_typed(say(reason))}")
        st.dataframe(
            [
                {_("Row"): row.number, _("Name"): row.name, _("Reason"): say(row.reason) if row.reason else ""}
                for row in outcomes.rejects[:_SHOWN_REJECTS]
            ],
            hide_index=True,
        )
        st.download_button(
            _("Download the rejected rows with their reasons"),
            rejects_csv(outcomes, _).encode("utf-8-sig"),
            file_name=f"rejected-{outcomes.file_name}",
            mime="text/csv",
        )


def _tell_report(report: Report) -> None:
    st.success(
        several(
            "Imported: {n} record is new or changed.",
            "Imported: {n} records are new or changed.",
            report.accepted + report.changed,
        )
    )
    _tell_counts(report)
    _tell_rejects(report)
    for change in st.session_state.get("import_changes", [])[:8]:
        st.markdown(f"- {say(change)}")
    with st.container(horizontal=True):
        navigation.link("map", _("See them on the map"), kind="published")
        navigation.link("specimens", _("See them in the list"), kind="published")
        navigation.link("history", _("All imports and changes, with undo"))
