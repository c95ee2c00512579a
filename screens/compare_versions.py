"""Two versions of a record side by side, and a way back to either; a part of the page History.

Its link is ``/history?id=…&from=3&to=7``; ``all=yes`` shows also what is the same. It holds for removed records too.
"""

from collections.abc import Callable, Sequence

import streamlit as st
from sqlalchemy import Connection

from catalogue import past, undoing
from catalogue.comparing import FieldDifference, compare
from catalogue.past import Record
from screens import navigation
from screens.parts import address, history_words, who
from screens.parts.comparison import comparison
from screens.parts.picture import still
from screens.words import _, language, marked

Do = Callable[[Callable[[Connection], object]], None]
"""Does something to the records, tells what became of it, and shows the page again."""

_SHOWN = {"": marked("Only what differs"), "yes": marked("Everything")}
_DEFAULTS: dict[str, object] = {"from": "", "to": "", "all": ""}


def is_asked_for() -> bool:
    """Whether the address asks for a comparison."""
    return "from" in st.query_params or "to" in st.query_params


def link(key: str, versions: Sequence[int]) -> None:
    """A link that compares the last version of a record with the one before it."""
    if len(versions) > 1:
        older, newer = str(versions[-2]), str(versions[-1])
        navigation.link("history", _("Compare two versions"), **{"id": key, "from": older, "to": newer})


def show(record: Record, do: Do) -> None:
    """The comparison: which versions, what differs, and the way back."""
    versions = [str(version) for version in record.versions]
    address.follow(_DEFAULTS, lambda name, written: _allowed(name, written, versions))
    for name, default in (("from", versions[max(0, len(versions) - 2)]), ("to", versions[-1])):
        if st.session_state[name] not in versions:
            st.session_state[name] = default
    navigation.link("history", _("All changes of this record"), id=record.occurrence_id)
    one, other = _choose(record, versions)
    address.keep(_DEFAULTS)
    fields = [field for field in compare(record.at(one), record.at(other)) if field.name not in past.DERIVED]
    differing = [field for field in fields if field.kind != "same"]
    if not differing:
        st.info(_("These two versions hold the same."))
    shown = fields if st.session_state["all"] else differing
    if shown:
        titles = (_title(one), _title(other))
        still(comparison(shown, titles), key="versions", language=language())
    _offer_to_go_back(record, differing, (one, other), do)


def _allowed(name: str, written: str, versions: Sequence[str]) -> object | None:
    return written if written in (_SHOWN if name == "all" else versions) else None


def _title(version: int) -> str:
    return _("Version {number}").format(number=version)


def _choose(record: Record, versions: Sequence[str]) -> tuple[int, int]:
    left, right = st.columns(2)
    for column, name, label in ((left, "from", _("This version")), (right, "to", _("beside this one"))):
        column.selectbox(label, versions[::-1], format_func=lambda number: _called(record, int(number)), key=name)
    st.segmented_control(
        _("What is shown"),
        list(_SHOWN),
        format_func=lambda which: _(_SHOWN[which]),
        key="all",
        required=True,
        label_visibility="collapsed",
    )
    return int(st.session_state["from"]), int(st.session_state["to"])


def _called(record: Record, version: int) -> str:
    """A version with who made it, when and why."""
    edit = record.versions[version].edit
    now = _("now") if version == record.version else ""
    said = (
        str(version),
        now,
        history_words.kind(edit),
        history_words.maker(edit),
        history_words.day(edit),
        history_words.reason(edit),
    )
    return " · ".join(text for text in said if text)


def _offer_to_go_back(record: Record, differing: Sequence[FieldDifference], versions: tuple[int, int], do: Do) -> None:
    earlier = [version for version in dict.fromkeys(versions) if version != record.version]
    if not earlier or not who.may("undo" if record.version is not None else "remove"):
        return
    st.subheader(_("Bring back"))
    if record.version is None:
        st.caption(_("The record was removed. It comes back as it was in the version that you choose."))
        names: list[str] = []
    else:
        names = st.multiselect(
            _("Fields to bring back"),
            [field.name for field in differing],
            format_func=history_words.field,
            key="compare_fields",
            placeholder=_("The whole record"),
        )
    with st.container(horizontal=True):
        for version in earlier:
            label = _("Bring back version {number}") if not names else _("Bring back these fields of version {number}")
            if st.button(label.format(number=version), key=f"back_to_{version}"):
                do(lambda connection, to=version: _go_back(connection, record, to, names))  # type: ignore[misc]


def _go_back(connection: Connection, record: Record, to: int, names: Sequence[str]) -> object:
    if record.version is None:
        return undoing.bring_back(connection, who.who(), record.occurrence_id, to)
    return undoing.revert(connection, who.who(), record.occurrence_id, to, version=record.version, only=names)
