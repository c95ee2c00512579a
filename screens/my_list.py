"""One of a person's own lists: its specimens in their order, a note beside each, and the list as a file."""

from datetime import UTC, datetime
from html import escape

import streamlit as st
from sqlalchemy import Connection

from catalogue import database
from catalogue.notes import as_csv, listing, lists
from catalogue.notes.lists import Entry, NoSuchList, Opened
from catalogue.notes.texts import LONGEST_NAME, LONGEST_REMARK
from catalogue.rights import Person
from screens import navigation
from screens.parts import private, trees, who
from screens.parts.ages import chip, color_of, interval_words
from screens.parts.cards import place_words
from screens.parts.picture import picture
from screens.words import _, as_typed, language, say, several

_AT_ONCE = 100
"""Specimens shown before one asks for more."""
_SHOWN = "entries_shown"


def show(number: int) -> None:
    """The page; its link is ``/notes?list=7``."""
    try:
        with database.reading() as connection:
            opened = lists.opened(connection, who.who(), number)
    except NoSuchList as error:
        st.title(_("My notes and lists"))
        private.tell()
        st.warning(say(error.message))
        navigation.link("notes", _("All my notes and lists"))
        return
    st.title(as_typed(opened.heading.name))
    st.caption(several("{n} specimen", "{n} specimens", len(opened.entries)))
    _tools(opened)
    private.tell()
    if opened.entries:
        _entries(opened)
    else:
        st.info(_("Nothing on it yet. Open a specimen, or search for several, and choose “Put on a list”."))
        navigation.link("specimens", _("Look for specimens"))


def _tools(opened: Opened) -> None:
    head = opened.heading
    with st.container(horizontal=True, vertical_alignment="center", key="list_tools"):
        navigation.link("notes", _("All my notes and lists"))
        if opened.specimens:
            _links(opened)
            st.download_button(
                _("As a table (CSV)"),
                lambda: _file(head.id),
                file_name=f"bonebed-list-{datetime.now(UTC):%Y-%m-%d}.csv",
                mime="text/csv",
                on_click="ignore",
                key="list_file",
                type="tertiary",
                help=_(
                    "What everybody may see of the specimens, with your notes beside them. Withheld places are made coarser."
                ),
            )
        with st.popover(_("Rename"), type="tertiary"), st.form("rename_list", border=False):
            st.text_input(_("New name"), head.name, key=f"list_name_{head.id}", max_chars=LONGEST_NAME)
            st.form_submit_button(_("Rename it"), key="rename_the_list", on_click=_rename, args=(head.id,))
        if st.button(_("Delete the list"), key="delete_list", type="tertiary"):
            _delete(head.id)
            navigation.go("notes")


def _links(opened: Opened) -> None:
    """To map and tree, as far as an address can say what is on the list: the time and the group that all share."""
    if opened.interval:
        shared = next(iter(opened.groups), "")
        navigation.link("map", _("Their time on the map"), interval=opened.interval, taxon=shared)
    on_tree = next((group for group in opened.groups if trees.has(group)), "")
    if on_tree:
        navigation.link("tree", _("Their group on the tree"), taxon=on_tree)


def _file(number: int) -> bytes:
    with database.reading() as connection:
        return as_csv.written(connection, who.who(), number)


def _rename(number: int) -> None:
    private.do(lambda connection, me: listing.rename(connection, me, number, st.session_state[f"list_name_{number}"]))


def _delete(number: int) -> None:
    def deed(connection: Connection, me: Person) -> None:
        deleted = listing.remove(connection, me, number)
        said = _("The list “{name}” is deleted.").format(name=deleted.heading.name)
        private.say_done(said, lambda connection, me: listing.bring_back(connection, me, deleted))

    private.do(deed)


def _entries(opened: Opened) -> None:
    shown = min(len(opened.entries), int(st.session_state.get(_SHOWN, _AT_ONCE)))
    rows = "".join(_row(opened, place) for place in range(shown))
    chosen = picture(f'<ol class="own-entries">{rows}</ol>', key="entries", language=language())
    if shown < len(opened.entries):
        st.button(_("Show more"), key="more_entries", on_click=_show_more, args=(shown,))
    deed, _between, key = (chosen or "").partition(" ")
    places = [place for place, entry in enumerate(opened.entries) if entry.occurrence_id == key]
    if not places:
        return
    if deed == "note":
        st.dialog(_("Note and place"))(_change)(opened, places[0])
    elif deed == "off":
        _take_off(opened.heading.id, opened.entries[places[0]])
        st.rerun()
    else:
        _move(opened.heading.id, key, places[0] + (1 if deed == "down" else -1))
        st.rerun()


def _show_more(shown: int) -> None:
    st.session_state[_SHOWN] = shown + _AT_ONCE


def _row(opened: Opened, place: int) -> str:
    entry = opened.entries[place]
    records = {one.occurrence_id: one for one in (entry.specimen,) if one is not None}
    about = ""
    if entry.specimen is not None:
        age = chip(interval_words(entry.specimen), color_of(entry.specimen.span))
        about = f'<div class="about">{age} {escape(place_words(entry.specimen))}</div>'
    remark = f'<p class="own-words" dir="auto">{escape(entry.remark)}</p>' if entry.remark else ""
    key, last = entry.occurrence_id, len(opened.entries) - 1
    tools = (
        private.tool_html("up", key, "↑", _("Move up"), disabled=place == 0)
        + private.tool_html("down", key, "↓", _("Move down"), disabled=place == last)
        + private.tool_html("note", key, _("Note and place"))
        + private.tool_html("off", key, _("Take off"))
    )
    named = private.record_html(key, entry.known_as, records)
    return f'<li><div class="what"><b>{place + 1}</b> {named}{about}{remark}</div><div class="own-tools">{tools}</div></li>'


def _change(opened: Opened, place: int) -> None:
    entry, number = opened.entries[place], opened.heading.id
    remark, to = f"remark_{entry.occurrence_id}", f"to_{entry.occurrence_id}"
    st.caption(as_typed(entry.known_as))
    st.text_input(_("Your note"), entry.remark, key=remark, max_chars=LONGEST_REMARK)
    st.number_input(_("Place on the list"), 1, len(opened.entries), place + 1, key=to)
    if st.button(_("Save"), type="primary", key="entry_save", on_click=_save, args=(number, entry, remark, to)):
        st.rerun()


def _save(number: int, entry: Entry, remark: str, to: str) -> None:
    written, place = str(st.session_state[remark]), int(st.session_state[to])

    def deed(connection: Connection, me: Person) -> None:
        listing.remark(connection, me, number, entry.occurrence_id, written)
        listing.move(connection, me, number, entry.occurrence_id, place - 1)

    private.do(deed)


def _move(number: int, key: str, place: int) -> None:
    private.do(lambda connection, me: listing.move(connection, me, number, key, max(0, place)))


def _take_off(number: int, entry: Entry) -> None:
    def deed(connection: Connection, me: Person) -> None:
        taken = listing.take_off(connection, me, number, entry.occurrence_id)
        if taken is not None:
            said = _("“{name}” is taken off the list.").format(name=entry.known_as)
            private.say_done(said, lambda connection, me: listing.put_back(connection, me, number, taken))

    private.do(deed)
