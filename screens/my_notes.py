"""What did I note, and which specimens did I collect? A person's own notes and lists, which nobody else sees."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from catalogue import database, specimens
from catalogue.notes import listing, lists, on_records
from catalogue.notes.lists import Entry, Heading
from catalogue.notes.on_records import Note
from catalogue.notes.texts import LONGEST_NAME
from screens import my_list, navigation
from screens.parts import address, private, who
from screens.parts.picture import still
from screens.parts.star import mine_href
from screens.words import _, language, several

_DEFAULTS = {"q": ""}
_AT_ONCE = 30
"""Notes shown before one asks for more."""
_NEW = "new_list"
_NAMED = 3


def show() -> None:
    """The page; ``/notes?list=7`` opens a list, ``/notes?q=teeth`` asks for words."""
    number = st.query_params.get("list", "")
    if number:
        my_list.show(int(number) if number.isascii() and number.isdecimal() and len(number) < 12 else -1)
        return
    address.follow(_DEFAULTS)
    st.title(_("My notes and lists"))
    starred = f'<a class="ours" href="{escape(mine_href())}" target="_top">{escape(_("My collection"))}</a>'
    st.html(f'<p class="quiet">{escape(private.whose())} {starred}</p>')
    private.tell()
    asked = str(st.session_state["q"])
    with database.reading() as connection:
        mine = lists.all_of(connection, who.who())
        found = lists.find(connection, who.who(), asked) if asked.strip() else [(one, []) for one in mine]
        notes = on_records.find(connection, who.who(), asked)
    if mine or notes or asked.strip():
        st.text_input(
            _("Search in them"), key="q", placeholder=_("Search in my notes and lists"), label_visibility="collapsed"
        )
    else:
        _teach()
    left, right = st.columns([2, 3], gap="large")
    with left:
        _lists(found, asked)
    with right:
        _notes(notes, asked)
    address.keep(_DEFAULTS)


def _teach() -> None:
    """In place of nothing: what this page is good for, and how it begins."""
    with st.container(border=True):
        st.markdown(
            _(
                "**Nothing here yet.** Open a specimen and write under *My note* what you see, or put it on a list: for a lesson, "
                "an exhibition, a thesis. You can put all that a search finds on a list, too."
            )
        )
        navigation.link("specimens", _("Look for specimens"))


def _lists(found: Sequence[tuple[Heading, Sequence[Entry]]], asked: str) -> None:
    st.subheader(_("Lists"))
    if found:
        still("".join(_list(head, entries) for head, entries in found), key="lists_of_mine", language=language())
    elif asked.strip():
        st.caption(_("No list has these words."))
    with st.form("make_list", border=False):
        st.text_input(_("Name for a new list"), key=_NEW, max_chars=LONGEST_NAME)
        st.form_submit_button(_("Make the list"), key="make_the_list", on_click=_make)


def _list(head: Heading, entries: Sequence[Entry]) -> str:
    link = escape(navigation.href("notes", list=str(head.id)))
    count = escape(several("{n} specimen", "{n} specimens", head.count))
    there = "".join(
        f'<small class="quiet" dir="auto">{escape(entry.known_as)} {escape(entry.remark)}</small>'
        for entry in entries[:_NAMED]
    )
    return (
        f'<a class="own-list" href="{link}" target="_self"><b dir="auto">{escape(head.name)}</b>'
        f"<small>{count}</small>{there}</a>"
    )


def _make() -> None:
    if private.do(lambda connection, me: listing.make(connection, me, st.session_state[_NEW])):
        st.session_state[_NEW] = ""


def _notes(notes: Sequence[Note], asked: str) -> None:
    st.subheader(_("Notes"))
    if not notes:
        st.caption(
            _("No note has these words.")
            if asked.strip()
            else _("None yet. On the page of a specimen, below its name, you find “My note”.")
        )
        return
    shown = notes[: st.session_state.get("notes_shown", _AT_ONCE)]
    with database.reading() as connection:
        keys = list(dict.fromkeys(note.occurrence_id for note in shown))
        records = {one.occurrence_id: one for one in specimens.get_all(connection, keys, who=who.who())}
    private.notes(shown, records, key="all_notes")
    if len(shown) < len(notes):
        st.button(_("Show more"), key="more_notes", on_click=_show_more, args=(len(shown),))


def _show_more(shown: int) -> None:
    st.session_state["notes_shown"] = shown + _AT_ONCE
