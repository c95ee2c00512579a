"""Photographs that arrived together, shown: how many have which fate, whose each is, and a choice where that is not clear."""

import base64
from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st
from sqlalchemy import Connection

from catalogue.media.by_number import Picture, counts
from catalogue.media.matching import Match, owner_of
from screens.words import _, as_typed, say, several

_SHOWN = 60
_CHOICE = "arrival_of_"
_LEFT_OUT = "arrivals_left_out"


def chosen(connection: Connection, matches: Sequence[Match]) -> list[Match]:
    """The matches with what a person chose in place of what was not clear, and without what they left out."""
    left_out = set(st.session_state.get(_LEFT_OUT) or ())
    return [replace(one, owner=None) if one.file_name in left_out else _settled(connection, one) for one in matches]


def forget() -> None:
    """Forget what was chosen, for the next files."""
    for name in [name for name in st.session_state if str(name).startswith(_CHOICE)]:
        del st.session_state[name]
    st.session_state.pop(_LEFT_OUT, None)


def tell(pictures: Sequence[Picture]) -> None:
    """All of them, those first for which a person is needed."""
    _tell_counts(pictures)
    left_out = set(st.session_state.get(_LEFT_OUT) or ())
    unclear = [one for one in pictures if _is_unclear(one) and one.name not in left_out]
    if unclear:
        _ask(unclear)
    refused = [one for one in pictures if one.fate == "refused"]
    if refused:
        with st.expander(several("Why {n} file is refused", "Why {n} files are refused", len(refused)), expanded=True):
            for one in refused[:_SHOWN]:
                st.markdown(f"- **{as_typed(one.name)}**: {as_typed(say(one.reason)) if one.reason else ''}")
    added = [one for one in pictures if one.fate == "added"]
    if added:
        with st.expander(several("{n} file to add", "{n} files to add", len(added)), expanded=True):
            _show(added)
    names = [one.name for one in pictures if one.fate == "added" or one.name in left_out]
    if names:
        st.multiselect(_("Leave out"), list(dict.fromkeys(names)), key=_LEFT_OUT, placeholder=_("None"))
    there = [one for one in pictures if one.fate == "already_there"]
    if there:
        with st.expander(several("{n} file is there already", "{n} files are there already", len(there))):
            _show(there)


def _tell_counts(pictures: Sequence[Picture]) -> None:
    counted = counts(pictures)
    tiles = (
        (len(pictures), _("files")),
        (counted["added"], _("to add")),
        (counted["already_there"], _("there already")),
        (counted["refused"], _("refused")),
        (counted["no_specimen"], _("without a specimen")),
    )
    shown = "".join(
        f'<div class="tile"><b><span class="quiet">{sign}</span> {number:,}</b>{escape(word)}</div>'
        for sign, (number, word) in zip(("", "=", "+", "+", "+"), tiles, strict=True)
    )
    st.html(f'<div class="tiles">{shown}</div>')


def _ask(unclear: Sequence[Picture]) -> None:
    """A choice for each file whose specimen is not clear; a number that is typed counts too."""
    st.subheader(_("Whose are these?"))
    st.caption(_("Choose the specimen, or type its catalogue number. What stays open is not added."))
    for one in unclear[:_SHOWN]:
        picture, choice = st.columns([1, 6], vertical_alignment="center", gap="medium")
        with picture:
            st.html(f'<div class="arrivals">{_thumb(one)}</div>')
        with choice:
            st.selectbox(
                one.name,
                [owner.label for owner in one.nearest],
                index=None,
                key=_CHOICE + one.name,
                placeholder=_placeholder(one),
                accept_new_options=True,
            )
            if st.session_state.get(_CHOICE + one.name) and one.owner is None:
                st.warning(_("No specimen has this number, or more than one has it. Type it with the letters of the museum."))  # fmt: skip
    if len(unclear) > _SHOWN:
        st.caption(several("and {n} more", "and {n} more", len(unclear) - _SHOWN))


def _placeholder(one: Picture) -> str:
    if not one.nearest:
        return _("Leave out, or type a number")
    return _("Perhaps {specimen}? Choose, or type a number").format(specimen=one.nearest[0].label)


def _settled(connection: Connection, one: Match) -> Match:
    picked = str(st.session_state.get(_CHOICE + one.file_name) or "")
    if one.owner is not None or not picked:
        return one
    known = next((owner for owner in one.nearest if owner.label == picked), None)
    return replace(one, owner=known or owner_of(connection, picked))


def _is_unclear(one: Picture) -> bool:
    """Whether the name of the file did not say it: then the choice stays on the page, settled or not."""
    return one.fate == "no_specimen" or (_CHOICE + one.name) in st.session_state


def _show(pictures: Sequence[Picture]) -> None:
    shown = "".join(
        f"<figure>{_thumb(one)}<figcaption>{escape(one.owner.label if one.owner else '')}<small>{escape(one.name)}</small></figcaption></figure>"
        for one in pictures[:_SHOWN]
    )
    st.html(f'<div class="arrivals">{shown}</div>')
    if len(pictures) > _SHOWN:
        st.caption(several("and {n} more", "and {n} more", len(pictures) - _SHOWN))


def _thumb(one: Picture) -> str:
    if not one.small:
        scan = _("3D scan")
        return f'<span class="no-picture">{escape(scan)}</span>'
    data = base64.b64encode(one.small).decode()
    return f'<img src="data:image/webp;base64,{data}" alt="{escape(one.name)}">'
