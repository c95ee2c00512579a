"""What becomes of a file, shown: the counts, what was not understood, and each row with its reason or what it changes."""

import io
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from html import escape
from typing import IO, TypeAlias

import streamlit as st

from catalogue.exchange.outcomes import FieldChange, Outcomes, RowOutcome, RowResult
from catalogue.exchange.rejects import Translate, write_doubts, write_rejects
from catalogue.messages import Message
from screens.parts import history_words
from screens.parts.import_words import DELIMITERS, FORMATS, OUTCOMES
from screens.words import _, as_typed, language, say, several, translated

_Write: TypeAlias = Callable[[Outcomes, IO[str], Translate], None]
"""Writes some rows of a file, with what is said of each."""
_SHOWN_ROWS = 300
_HEIGHT = 480
"""Of a long table of rows, in pixels."""
_SHOWN_NOTES = 12
_SHOWN_CHANGES = 6
_SHOWN_NUMBERS = 10
_BELOW_IN_SMALL = "  \n  :small[{}]"
_SHOWN_ENTRIES = 3
"""Entries of a list that are told one by one."""


def tell_file(outcomes: Outcomes) -> None:
    """How the file was read, in a line."""
    guess = _(" (a guess: look at the accents)") if outcomes.encoding_is_guess else ""
    sheet, lists = (outcomes.table.sheet, outcomes.table.lists) if outcomes.table else ("", ())
    parts = (
        _(outcomes.format) if outcomes.format in FORMATS else outcomes.format,
        f"{outcomes.encoding}{guess}",
        _("cells parted by {sign}").format(sign=_(DELIMITERS[outcomes.delimiter]))
        if outcomes.delimiter in DELIMITERS
        else "",
        _("sheet {name}").format(name=as_typed(sheet)) if sheet else "",
        _("lists from: {names}").format(names=as_typed(", ".join(lists))) if lists else "",
    )
    st.caption(" · ".join(filter(None, parts)))
    tell_file_notes(outcomes)


def tell_file_notes(outcomes: Outcomes) -> None:
    """What was left out of the file as a whole."""
    for note in outcomes.file_notes:
        st.warning(as_typed(say(note)))


def tell_counts(outcomes: Outcomes) -> None:
    """Rows read = new + changed + unchanged + rejected."""
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
    if outcomes.kept:
        st.info(
            several(
                "In {n} row people changed something since the last import. Their values stay.",
                "In {n} rows people changed something since the last import. Their values stay.",
                outcomes.kept,
            )
        )


def tell_columns_left(outcomes: Outcomes) -> None:
    """The columns of which nothing is taken, where no table of all columns says so."""
    with st.expander(
        several(
            "Of {n} column of the file nothing is taken",
            "Of {n} columns of the file nothing is taken",
            len(outcomes.columns_left),
        )
    ):
        st.markdown(", ".join(as_typed(column) for column in outcomes.columns_left))


def tell_notes(outcomes: Outcomes) -> None:
    """What was not understood, or is doubtful, although the rows are taken."""
    if not outcomes.notes:
        return
    with st.expander(
        several("{n} row is worth a second look", "{n} rows are worth a second look", outcomes.doubtful),
        expanded=outcomes.doubtful < _SHOWN_NOTES,
    ):
        for note, count in outcomes.notes[:_SHOWN_NOTES]:
            rows = _rows(outcomes.first_rows_noted[str(note)][:_SHOWN_NUMBERS], count)
            st.markdown(f"- {count:,} × {as_typed(say(note))}" + _BELOW_IN_SMALL.format(rows))
        more = len(outcomes.notes) - _SHOWN_NOTES
        if more > 0:
            st.caption(several("and {n} more", "and {n} more", more))
        _offer_file(
            _("Download the rows with their doubts"),
            outcomes,
            "doubtful",
            write_doubts,
            _(
                "Each row as it stands in the file, with what is doubtful or was not understood. Rows with a key or a catalogue number can be mended "
                "in a spreadsheet and dropped in again; the column with the doubts is passed over."
            ),
        )


def _rows(numbers: Sequence[int], count: int) -> str:
    """The first rows of a note, as a spreadsheet numbers them, and how many more there are."""
    listed = ("、" if language() == "zh" else ", ").join(map(str, numbers))
    if count > len(numbers):
        return _("Rows {numbers} and {n} more").format(numbers=listed, n=f"{count - len(numbers):,}")
    return (_("Row {number}").format(number=listed)) if count == 1 else _("Rows {numbers}").format(numbers=listed)


def _offer_file(label: str, outcomes: Outcomes, kind: str, write: _Write, help: str) -> None:
    """A button for some of the rows as a file, named after that which was given."""
    st.download_button(
        label,
        partial(_file, write, outcomes, language()),
        file_name=f"{kind}-{outcomes.file_name.rpartition('.')[0] or outcomes.file_name}.csv",
        mime="text/csv",
        on_click="ignore",
        key=kind,
        help=help,
    )


def _file(write: _Write, outcomes: Outcomes, language: str) -> bytes:
    """The file, made when it is asked for: outside the run of the page, which knows the language."""
    content = io.BytesIO()
    with io.TextIOWrapper(content, "utf-8-sig", errors="replace", newline="") as text:
        write(outcomes, text, partial(translated, into=language))
        text.flush()
        return content.getvalue()


def tell_rejects(outcomes: Outcomes) -> None:
    """Why rows are rejected, and the file to mend and drop in again."""
    if not outcomes.rejected:
        return
    with st.expander(several("Why {n} row is rejected", "Why {n} rows are rejected", outcomes.rejected), expanded=True):
        for reason, count in outcomes.reasons()[:_SHOWN_NOTES]:
            st.markdown(f"- {count:,} × {as_typed(say(reason))}")
        _offer_file(
            _("Download the rejected rows with their reasons"),
            outcomes,
            "rejected",
            write_rejects,
            _("Mend them in a spreadsheet and drop the file in again; the column with the reasons is passed over."),
        )
        if outcomes.table is not None and outcomes.table.lists:
            st.caption(
                _(
                    "That file holds no lists (measurements, earlier names). To keep them, mend the rows in the workbook itself and give it again; what came in already stays as it is."
                )
            )


def tell_rows(outcomes: Outcomes) -> None:
    """Each row with its outcome; the outcome to look at can be chosen."""
    counts = outcomes.rows.counts()
    there = [name for name in OUTCOMES if counts[name]]
    if not there:
        return
    first = "rejected" if "rejected" in there else "changed" if "changed" in there else there[0]
    with st.expander(_("Row by row"), expanded="rejected" in there or "changed" in there):
        chosen = st.segmented_control(
            _("Show rows that are"),
            there,
            default=first,
            format_func=lambda name: _(OUTCOMES[name]),
            key="rows_shown",
        )
        wanted: RowResult = chosen or first
        rows = [
            {
                _("Row"): row.number,
                _("Name"): as_typed(row.name),
                _("Why, or what changes"): as_typed(_details(row, outcomes.noted.of(row.number))),
            }
            for row in outcomes.rows.having(wanted, _SHOWN_ROWS)
        ]
        st.table(rows, hide_index=True, height=_HEIGHT if len(rows) > _SHOWN_NOTES else "content")
        if counts[wanted] > _SHOWN_ROWS:
            st.caption(
                _("The first {shown} of {all} rows.").format(shown=f"{_SHOWN_ROWS:,}", all=f"{counts[wanted]:,}")
            )


def _details(row: RowOutcome, notes: Sequence[Message]) -> str:
    said = [say(row.reason)] if row.reason else []
    if row.repeats is not None:
        said.append(_("the same as row {number}").format(number=row.repeats))
    if row.note is not None:
        said.append(say(row.note))
    said += list(_changes(row.changes))
    if row.kept:
        said.append(
            _("stays as people changed it: {fields}").format(fields=", ".join(map(history_words.field, row.kept)))
        )
    said += map(say, notes)
    return "; ".join(said)


def _changes(changes: Iterable[FieldChange]) -> Iterable[str]:
    listed = list(changes)
    for change in listed[:_SHOWN_CHANGES]:
        before, after = _differing(change.before, change.after)
        yield f"{history_words.field(change.field)}: {_short(before)} → {_short(after)}"
    if len(listed) > _SHOWN_CHANGES:
        yield several("and {n} more", "and {n} more", len(listed) - _SHOWN_CHANGES)


def _differing(before: object, after: object) -> tuple[object, object]:
    """What a field held and holds; of a list the entries that only one of both has, unless these are many or merely stand otherwise."""
    if not (isinstance(before, list) and isinstance(after, list)):
        return before, after
    gone, new = [one for one in before if one not in after], [one for one in after if one not in before]
    if not gone + new or max(len(gone), len(new)) > _SHOWN_ENTRIES:
        return before, after
    return tuple(map(history_words.text, gone)), tuple(map(history_words.text, new))


def _short(value: object) -> str:
    if isinstance(value, list):
        return several("{n} entry", "{n} entries", len(value))
    if isinstance(value, tuple):
        return " | ".join(map(_short, value)) or "–"
    text = "–" if value in (None, "", {}) else str(value)
    return f"{text[:60]}…" if len(text) > 61 else text
