"""How a file was read, and what its columns mean, for a person to see and to put right."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from catalogue.exchange.mapping.columns import ColumnMap, Proposal
from catalogue.exchange.pipeline import Choices
from catalogue.exchange.reading import DELIMITERS as SIGNS
from catalogue.exchange.reading import ENCODINGS, Table
from catalogue.geological_time import timescale
from catalogue.records import OWN, PUBLISHED
from screens.parts import saved_meanings
from screens.parts.import_words import DELIMITERS, meaning, meanings
from screens.words import _, language, marked, say, several

_SAMPLE_ROWS, _SAMPLE_COLUMNS = 4, 12
_TEXTS = ("csv", "tsv", "txt", "tab")
_FOUND_OUT = {"": marked("found out by itself")}
_MOST_IN_FULL = 25
"""Columns that are shown without a scroll bar of their own."""


def choices_of(file_id: str) -> Choices:
    """What the person said about a file so far."""
    said = st.session_state
    return Choices(
        encoding=said.get(f"encoding_{file_id}") or "",
        delimiter=said.get(f"delimiter_{file_id}") or "",
        sheet=said.get(f"sheet_{file_id}") or "",
        columns=said.get(f"map_{file_id}"),
    )


def show_how_it_was_read(file_id: str, table: Table) -> None:
    """Encoding, delimiter or sheet with a sample of the rows; all can be put right."""
    with st.expander(_("Is it read rightly? Look at the accents and the columns"), expanded=table.encoding_is_guess):
        with st.container(horizontal=True):
            if table.delimiter and not table.row_type:  # an archive says itself how it is written
                _choose(_("Letters (encoding)"), f"encoding_{file_id}", list(ENCODINGS), table.encoding)
                _choose(_("Cells are parted by"), f"delimiter_{file_id}", list(SIGNS), table.delimiter, DELIMITERS)
            if len(table.sheets) > 1:
                _choose(_("Sheet"), f"sheet_{file_id}", list(table.sheets), table.sheet)
        rows = table.rows[:_SAMPLE_ROWS]
        columns = table.columns[:_SAMPLE_COLUMNS]
        st.dataframe([{column: row.cells.get(column, "") for column in columns} for row in rows], hide_index=True)


def offer_another_reading(file_id: str, name: str) -> None:
    """Encoding and delimiter of a text that could not be read: both may be what is wrong, also where a person chose them before."""
    if name.rpartition(".")[2].casefold() not in _TEXTS:
        return
    said = choices_of(file_id)
    with st.container(horizontal=True):
        _choose(_("Letters (encoding)"), f"encoding_{file_id}", ["", *ENCODINGS], said.encoding, _FOUND_OUT)
        _choose(
            _("Cells are parted by"), f"delimiter_{file_id}", ["", *SIGNS], said.delimiter, {**_FOUND_OUT, **DELIMITERS}
        )


def _choose(label: str, key: str, offered: list[str], found: str, words: Any = None) -> None:
    options = list(dict.fromkeys([found, *offered]))
    st.selectbox(
        label,
        options,
        index=options.index(st.session_state.get(key) or found),
        format_func=lambda one: _(words[one]) if words and one in words else one,
        key=f"{key}_shown",
        on_change=lambda: st.session_state.update({key: st.session_state[f"{key}_shown"]}),
    )


def show_columns(file_id: str, table: Table, proposals: Sequence[Proposal], used: ColumnMap, *, open_: bool) -> None:
    """What each column means and why, with values for all rows; a change is tried out at once. Blank columns of wide tables are not shown."""
    hidden = table.blank if len(proposals) > _MOST_IN_FULL else frozenset()
    shown = [one for one in proposals if one.column not in hidden]
    left = sum(not one.target for one in shown)
    title = _("What the columns mean: {taken} of {all} are taken").format(taken=len(shown) - left, all=len(shown))
    with st.expander(title, expanded=open_):
        saved_meanings.choose(file_id)
        targets = {one.column: one.target for one in proposals} | _edited(file_id, shown)
        if len(shown) < len(proposals):
            _tell_hidden(len(proposals) - len(shown))
        fixed = _fixed(file_id, used)
        wanted = ColumnMap(targets, fixed, used.name)
        if targets != dict(used.targets) or fixed != dict(used.fixed):
            st.session_state[f"map_{file_id}"] = ColumnMap(targets, fixed)
            st.rerun()
        saved_meanings.keep(file_id, table.columns, wanted)


def _tell_hidden(number: int) -> None:
    st.caption(
        several(
            "{n} column in which no row says anything is not shown.",
            "{n} columns in which no row says anything are not shown.",
            number,
        )
    )


def _edited(file_id: str, proposals: Sequence[Proposal]) -> dict[str, str]:
    """A table of the columns in which the meaning can be chosen; its state goes with each change of what was proposed."""
    by_word = meanings()
    words = {target: word for word, target in by_word.items()}
    rows = [
        {
            _("Column"): one.column,
            _("Meaning"): words.get(one.target, meaning(one.target)),
            _("Why"): say(one.reason),
            _("Examples"): " · ".join(one.samples),
        }
        for one in proposals
    ]
    edited = st.data_editor(
        rows,
        hide_index=True,
        height="content" if len(rows) <= _MOST_IN_FULL else "auto",
        disabled=[_("Column"), _("Why"), _("Examples")],
        column_config={
            _("Meaning"): st.column_config.SelectboxColumn(options=list(by_word), required=True, width="medium"),
            _("Column"): st.column_config.TextColumn(width="small"),
            _("Why"): st.column_config.TextColumn(width="medium"),
        },
        key=f"columns_{file_id}_{hash(tuple((one.column, one.target) for one in proposals))}_{language()}",
    )
    return {one.column: by_word.get(row[_("Meaning")], one.target) for one, row in zip(proposals, edited, strict=True)}


def _fixed(file_id: str, used: ColumnMap) -> dict[str, str]:
    """Values for all rows that say nothing themselves."""
    title = _("For all rows that say nothing themselves")
    st.markdown(f"**{title}**")
    with st.container(horizontal=True):
        found = {
            "institution_code": _text(file_id, used, "institution_code", _("Museum (short code)")),
            "basis_of_record": _one_of(
                file_id,
                used,
                "basis_of_record",
                _("Kind of record"),
                {"": _("by its number"), OWN: _("own specimens"), PUBLISHED: _("published finds")},
            ),
            "earliest_interval": _interval(file_id, used, "earliest_interval", _("Earliest interval")),
            "latest_interval": _interval(file_id, used, "latest_interval", _("Latest interval")),
            "dataset_name": _text(file_id, used, "dataset_name", _("Name of the collection")),
        }
    others = {name: text for name, text in used.fixed.items() if name not in found}
    return others | {name: text for name, text in found.items() if text}


def _text(file_id: str, used: ColumnMap, name: str, label: str) -> str:
    return st.text_input(label, value=used.fixed.get(name, ""), key=f"fixed_{name}_{file_id}_{used.name}").strip()


def _one_of(file_id: str, used: ColumnMap, name: str, label: str, words: dict[str, str]) -> str:
    chosen = used.fixed.get(name, "")
    return st.selectbox(
        label,
        list(words),
        index=list(words).index(chosen) if chosen in words else 0,
        format_func=lambda one: words[one],
        key=f"fixed_{name}_{file_id}_{used.name}",
    )


def _interval(file_id: str, used: ColumnMap, name: str, label: str) -> str:
    known = {"": "–"} | {unit.name: unit.label(language()) for unit in timescale()}
    return _one_of(file_id, used, name, label, known)
