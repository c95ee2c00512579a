"""The text of a lesson while it is written: the field of each language, a draft that outlives a reload or the server, undo and redo.

What is typed is kept as the forms of specimens keep it (`screens.parts.unsaved`, `screens.parts.keystrokes`). The steps that *Undo* goes
back lie in the draft as well, so that they are there after a reload.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from catalogue.entry.drafts import Unsaved
from classroom import writing
from classroom.lessons import LANGUAGES
from screens.parts import keystrokes, unsaved, who
from screens.parts.unsaved import Entry
from screens.words import _

Texts = Mapping[str, str]

FORM: Final = "write_lessons"
_ENTRY, _BEFORE, _AFTER, _SEEN = "lesson_entry", "lesson_before", "lesson_after", "lesson_seen"
_MOST_STEPS, _MOST_SIGNS = 40, 400_000
"""How much *Undo* remembers; the oldest goes first."""


def field(code: str) -> str:
    """The key of the field of a language."""
    return f"{FORM}_{code}"


def texts() -> dict[str, str]:
    """What stands in the fields."""
    return {code: st.session_state.get(field(code), "") for code in LANGUAGES}


def written() -> dict[str, str]:
    """What stands in the fields; a beginning that nobody touched is blank."""
    return {code: "" if text == writing.empty_text(code) else text for code, text in texts().items()}


def entry() -> Entry:
    """The lesson that is open."""
    opened: Entry = st.session_state[_ENTRY]
    return opened


def is_open() -> bool:
    """Whether a lesson is open, and this person opened it."""
    return unsaved.is_mine(st.session_state.get(_ENTRY))


def open_with(start: Texts, key: str = "", version: int = 0) -> None:
    """Put the texts of a lesson into the fields.

    Parameters
    ----------
    start : mapping of str to str
        By language.
    key, version : str and int
        Of the lesson that is changed; blank and 0 for a new one.
    """
    put(start)
    st.session_state[_ENTRY] = unsaved.begin(FORM, start, key, version)
    _remember([], [], start)


def put(given: Texts) -> None:
    """Put other texts into the fields, which *Undo* takes back."""
    for code in LANGUAGES:
        st.session_state[field(code)] = given.get(code, "")


def go_on(draft: Unsaved) -> None:
    """Go on with a draft; what stood in the fields is a draft of its own by now."""
    put(draft.fields)
    start = entry().start if draft.occurrence_id == entry().draft.occurrence_id else {}
    st.session_state[_ENTRY] = Entry(draft, start, who.who().login)
    _remember(_steps(draft.fields.get("before", "")), [], texts())


def keep() -> None:
    """Keep what is typed now as a draft, and let *Undo* know what stood there before."""
    state, now = st.session_state, texts()
    if now != state[_SEEN]:
        _remember([*state[_BEFORE], state[_SEEN]], [], now)
    before = {"before": json.dumps(state[_BEFORE], ensure_ascii=False)} if state[_BEFORE] else {}
    changed = now != dict(entry().start)
    state[_ENTRY] = unsaved.keep(entry(), {**now, **before} if changed else entry().start)


def is_based_on(version: int) -> None:
    """The lesson has a newer version now; what is typed is a change of that one."""
    opened = entry()
    st.session_state[_ENTRY] = replace(opened, draft=replace(opened.draft, base_version=version))


def is_saved(key: str, version: int) -> None:
    """What stands in the fields is a version of the lesson: there is no draft of it any more, and *Undo* still goes back."""
    st.session_state[_ENTRY] = unsaved.begin(FORM, texts(), key, version)


def hold_keystrokes() -> None:
    """Have the browser hold what the server does not have yet; call it once the field is on the page."""
    draft = entry().draft
    keystrokes.show(keystrokes.Help(draft, texts(), fresh=not draft.saved_at, on_resumed=go_on))


def offer_undo() -> None:
    """The buttons *Undo* and *Redo*."""
    state = st.session_state
    st.button(_("Undo"), key="undo_text", disabled=not state[_BEFORE], on_click=_undo)
    st.button(_("Redo"), key="redo_text", disabled=not state[_AFTER], on_click=_redo)


def _undo() -> None:
    state = st.session_state
    keep()  # what was typed last, and is on its way with this very press
    if before := state[_BEFORE]:
        _step_to(before[-1], before[:-1], [*state[_AFTER], texts()])


def _redo() -> None:
    state = st.session_state
    keep()
    if after := state[_AFTER]:
        _step_to(after[-1], [*state[_BEFORE], texts()], after[:-1])


def _step_to(now: Texts, before: Sequence[Texts], after: Sequence[Texts]) -> None:
    put(now)
    _remember(before, after, now)


def _remember(before: Sequence[Texts], after: Sequence[Texts], now: Texts) -> None:
    kept = list(before)[-_MOST_STEPS:]
    while sum(len(text) for one in kept for text in one.values()) > _MOST_SIGNS:
        kept.pop(0)
    st.session_state[_BEFORE], st.session_state[_AFTER] = kept, list(after)
    st.session_state[_SEEN] = {code: now.get(code, "") for code in LANGUAGES}


def _steps(held: str) -> list[Texts]:
    try:
        steps = json.loads(held or "[]")
    except ValueError:
        return []
    return [{code: str(one.get(code, "")) for code in LANGUAGES} for one in steps if isinstance(one, dict)]
