"""What is typed and not saved yet: kept on the server as it changes, offered again after a reload, thrown away when it is saved.

One `Entry` in the session stands for the form that is open; the drafts themselves are in `catalogue.entry.drafts`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st
from babel.dates import format_datetime

from catalogue import database
from catalogue.entry import drafts
from catalogue.entry.drafts import EndlessDraft, Form, Unsaved
from classroom.lessons import LANGUAGES, read_lesson
from screens.parts import who
from screens.words import _, as_typed, language, say, several

_DISCARDED = "unsaved_discarded"
_SHOWN = 5


@dataclass(frozen=True)
class Entry:
    """The form that is open.

    Parameters
    ----------
    draft : Unsaved
        What of it is kept.
    start : mapping of str to str
        What stood in it when it was opened: that alone is no draft.
    login : str
        Who opened it.
    stamps : dict of str to str
        When each draft of this form was kept last, by its key. A run that is stopped by the next may have kept the draft, and
        that one does not know it from the session yet. Without this it would take its own draft for one that another tab wrote.
    """

    draft: Unsaved
    start: Mapping[str, str]
    login: str
    stamps: dict[str, str] = field(default_factory=dict, compare=False)


def begin(form: Form, start: Mapping[str, str], occurrence_id: str = "", version: int = 0) -> Entry:
    """Open a form of which nothing is kept yet."""
    return Entry(Unsaved(drafts.new_key(), form, occurrence_id, version, {}), dict(start), who.who().login)


def is_mine(entry: Entry | None) -> bool:
    """Whether a form is open, and it was this person who opened it and not the one before at this computer."""
    return entry is not None and entry.login == who.who().login


def keep(entry: Entry, typed: Mapping[str, str]) -> Entry:
    """Keep what is typed now, when it is not what was kept before; a form as it was opened leaves no draft.

    Parameters
    ----------
    entry : Entry
        The open form.
    typed : mapping of str to str
        The texts to keep.
    """
    draft = entry.draft
    if typed == (draft.fields if draft.saved_at else entry.start):
        return entry
    with database.writing() as connection:
        if typed == entry.start:
            drafts.discard(connection, who.who(), draft.key)
            return replace(entry, draft=replace(draft, key=drafts.new_key(), fields={}, saved_at=""))
        try:
            known = replace(draft, fields=dict(typed), saved_at=entry.stamps.get(draft.key, draft.saved_at))
            kept = drafts.keep(connection, who.who(), known)
            entry.stamps[kept.key] = kept.saved_at
            return replace(entry, draft=kept)
        except EndlessDraft as error:
            st.warning(as_typed(say(error.message)))
            return entry


def offer(entry: Entry, go_on: Callable[[Unsaved], None]) -> None:
    """List the drafts of this form and record that are not open here, each with a way to go on with it or to discard it.

    Parameters
    ----------
    entry : Entry
        The form that is open.
    go_on : callable
        Takes a draft into the form; called before the page is drawn anew.
    """
    open_now = entry.draft
    with database.reading() as connection:
        found = drafts.of_person(connection, who.who(), open_now.form, open_now.occurrence_id)
    found = [draft for draft in found if draft.key != open_now.key]
    _offer_to_bring_back()
    if not found:
        return
    with st.container(border=True, key="unsaved"):
        if len(found) == 1:
            when = _when(found[0])
            st.markdown(_("You have an unsaved draft from {when}: continue, or start anew below.").format(when=when))
        else:
            st.markdown(_("You have unsaved drafts: continue one, or start anew below."))
        for number, draft in enumerate(found[:_SHOWN]):
            _show(number, draft, go_on, when="" if len(found) == 1 else f" · {_when(draft)}")
        if len(found) > _SHOWN:
            rest = several(
                "{n} older one is shown after these.", "{n} older ones are shown after these.", len(found) - _SHOWN
            )
            st.caption(rest)


def _show(number: int, draft: Unsaved, go_on: Callable[[Unsaved], None], when: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{as_typed(_called(draft))}**{when}", width="stretch")
        st.button(_("Continue"), key=f"continue_{number}", on_click=go_on, args=(draft,))
        st.button(_("Discard"), key=f"discard_{number}", type="tertiary", on_click=_discard, args=(draft,))


def _called(draft: Unsaved) -> str:
    """By what one knows a draft again: number and name, else whatever it begins with; of a change, how much was changed."""
    if draft.form == "write_lessons":
        titles = [read_lesson(draft.fields.get(code, "")).title for code in (language(), *LANGUAGES)]
        return next(filter(None, titles), "") or _("A lesson without a title")
    if draft.form == "amend":
        return several("{n} field changed", "{n} fields changed", len(draft.fields))
    named = [draft.fields.get(name, "") for name in ("catalog_number", "verbatim_identification")]
    shown = ", ".join(text for text in named if text) or " · ".join(draft.fields.values())
    return shown if len(shown) <= 80 else f"{shown[:79]}…"


def _discard(draft: Unsaved) -> None:
    with database.writing() as connection:
        drafts.discard(connection, who.who(), draft.key)
    st.session_state[_DISCARDED] = draft


def _offer_to_bring_back() -> None:
    draft: Unsaved | None = st.session_state.get(_DISCARDED)
    if draft is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="discarded"):
        st.markdown(_("The draft “{name}” is discarded.").format(name=as_typed(_called(draft))))
        st.button(_("Bring it back"), key="bring_back", on_click=bring_back, args=(draft,))


def bring_back(draft: Unsaved) -> None:
    """Keep a draft again that was thrown away."""
    with database.writing() as connection:
        drafts.keep(connection, who.who(), replace(draft, saved_at=""))
    st.session_state.pop(_DISCARDED, None)


def _when(draft: Unsaved) -> str:
    """When a draft was kept, on the clock of the person's browser; the day only when it is not today."""
    zone = ZoneInfo(st.context.timezone or "UTC")
    kept = datetime.fromisoformat(draft.saved_at).astimezone(zone)
    today = kept.date() == datetime.now(zone).date()
    return format_datetime(
        kept, "HH:mm" if today else _("d MMMM, HH:mm"), locale="zh" if language() == "zh" else "en_GB"
    )
