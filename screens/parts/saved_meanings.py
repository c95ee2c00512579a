"""Meanings of columns that were saved under a name: used again, renamed, forgotten, and handed on as a file."""

from collections.abc import Callable

import streamlit as st

from catalogue import database
from catalogue.exchange.mapping import saved
from catalogue.exchange.mapping.columns import ColumnMap
from catalogue.messages import CatalogueError
from screens.parts import who
from screens.words import _, as_typed, say


def choose(file_id: str) -> None:
    """Let the person choose among the meanings that were saved before; they count at once."""
    with database.reading() as connection:
        names = saved.names(connection)
    if names:
        st.selectbox(
            _("Use meanings saved before"),
            names,
            index=None,
            key=f"saved_{file_id}",
            placeholder=_("Choose by name"),
            on_change=lambda: _use_named(file_id),
        )


def keep(file_id: str, columns: tuple[str, ...], wanted: ColumnMap) -> None:
    """Offer to save the meanings as they are now, and to manage those that are saved."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            _("Save these meanings for everybody under the name"),
            value=wanted.name,
            key=f"map_name_{file_id}_{wanted.name}",
        )
        if st.button(_("Save"), key="save_map", disabled=not name.strip()):
            _save(file_id, name, columns, wanted)
        with st.popover(_("More"), key="more_meanings"):
            _hand_on(file_id, wanted)
            _manage(file_id, wanted)


def _save(file_id: str, name: str, columns: tuple[str, ...], wanted: ColumnMap) -> None:
    def do() -> None:
        with database.writing() as connection:
            st.session_state[f"map_{file_id}"] = saved.save(connection, who.who(), name, columns, wanted)

    if _done(do):
        st.toast(_("Saved. A table with the same headings is read so from now on."))
        st.rerun()


def _hand_on(file_id: str, wanted: ColumnMap) -> None:
    """These meanings as a file, and those of a file for this table."""
    st.download_button(
        _("These meanings as a file"),
        saved.as_json(wanted),
        file_name=f"{wanted.name or 'columns'}.json",
        mime="application/json",
        on_click="ignore",
        key="meanings_file",
        width="stretch",
    )
    turn = st.session_state.setdefault(f"meanings_turn_{file_id}", 0)
    file = st.file_uploader(
        _("Meanings from a file"), type=["json"], max_upload_size=1, key=f"meanings_{file_id}_{turn}"
    )
    if file is None:
        return

    def do() -> None:
        st.session_state[f"map_{file_id}"] = saved.from_json(file.getvalue())

    if _done(do):
        st.session_state[f"meanings_turn_{file_id}"] += 1
        st.rerun()


def _manage(file_id: str, wanted: ColumnMap) -> None:
    """Rename and forget what was saved."""
    with database.reading() as connection:
        names = saved.names(connection)
    if not names:
        return
    held = wanted.name if wanted.name in names else names[0]
    name = st.selectbox(
        _("Saved under the name"), names, index=names.index(held), key=f"managed_{hash((held, *names))}"
    )
    new = st.text_input(_("New name"), value=name, key=f"rename_meanings_{name}")
    with st.container(horizontal=True):
        if st.button(_("Rename"), key="rename_map", disabled=new.strip() in {"", name}):
            _rename(file_id, wanted, name, new)
        if st.button(_("Forget these meanings"), key="forget_map"):
            _forget(file_id, wanted, name)


def _rename(file_id: str, wanted: ColumnMap, name: str, new: str) -> None:
    def do() -> None:
        with database.writing() as connection:
            kept = saved.rename(connection, who.who(), name, new)
        _call(file_id, wanted, name, kept)

    if _done(do):
        st.rerun()


def _forget(file_id: str, wanted: ColumnMap, name: str) -> None:
    def do() -> None:
        with database.writing() as connection:
            saved.remove(connection, who.who(), name)
        _call(file_id, wanted, name, "")

    if _done(do):
        st.toast(_("Forgotten. This table keeps the meanings that it has here."))
        st.rerun()


def _call(file_id: str, wanted: ColumnMap, name: str, new: str) -> None:
    """Let the meanings that are used here go by another name, where they went by that one."""
    st.session_state.pop(f"saved_{file_id}", None)
    if wanted.name == name:
        st.session_state[f"map_{file_id}"] = ColumnMap(wanted.targets, wanted.fixed, new)


def _use_named(file_id: str) -> None:
    name = st.session_state[f"saved_{file_id}"]
    if name is not None:
        with database.reading() as connection:
            st.session_state[f"map_{file_id}"] = saved.named(connection, name)


def _done(do: Callable[[], None]) -> bool:
    """Do something, or tell why it cannot be done."""
    try:
        do()
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return False
    return True
