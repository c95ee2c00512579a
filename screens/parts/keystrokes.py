"""The form's help in the browser: every keystroke held there until the server has it, pins, shortcuts, and where the cursor stands.

The texts that the server does not have yet lie in the browser's own storage, under the person and the draft. They are handed over when
the form is opened again, and nothing of them stays after the record is saved or the person signs out.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from catalogue import database
from catalogue.entry import drafts
from catalogue.entry.drafts import EndlessDraft, Form, Unsaved
from classroom.lessons import LANGUAGES
from screens.parts import who
from screens.parts.form_fields import CHOSEN, LABELS, NEEDED

KEY = "keystrokes"
_GONE = "keystrokes_gone"
_MOST_LEFT = 50
_OF_A_SPECIMEN = LABELS.keys() - CHOSEN
_FIELDS: Mapping[Form, Collection[str]] = {"add": _OF_A_SPECIMEN, "amend": _OF_A_SPECIMEN, "write_lessons": LANGUAGES}
"""In which one types, by the form."""


@dataclass(frozen=True)
class Help:
    """What the browser needs to know of the form.

    Parameters
    ----------
    draft : Unsaved
        The open draft.
    written : mapping of str to str
        What the server has of each field.
    wrong : iterable of str
        The fields with a problem.
    locked : iterable of str
        Fields in which nobody can type now.
    pinned : iterable of str or None
        The pinned fields; None where there are no pins.
    pin_words : mapping of str to str
        What the pin of each field is called.
    focus : tuple of str and int
        The field into which the cursor goes, and a number that differs from one wish to the next.
    fresh : bool
        Whether the form was only just opened and holds nothing of its own.
    on_resumed : callable
        Takes the draft into the form that was open when the connection was lost.
    on_pinned : callable
        Called with the name of a field whose pin was pressed.
    """

    draft: Unsaved
    written: Mapping[str, str]
    wrong: Iterable[str] = ()
    locked: Iterable[str] = ()
    pinned: Iterable[str] | None = None
    pin_words: Mapping[str, str] = field(default_factory=dict)
    focus: tuple[str, int] = ("", 0)
    fresh: bool = False
    on_resumed: Callable[[Unsaved], None] = lambda draft: None
    on_pinned: Callable[[str], None] = lambda name: None


def show(given: Help) -> None:
    """Put the help beside the form; call it once the fields are on the page."""
    draft, pinned = given.draft, given.pinned
    _component()(
        key=KEY,
        data={
            "markup": "",
            "owner": _owner(),
            "form": draft.form,
            "record": draft.occurrence_id,
            "version": draft.base_version,
            "draft": draft.key,
            "held": dict(given.written),
            "gone": st.session_state.pop(_GONE, []),
            "needed": sorted(NEEDED),
            "wrong": sorted(given.wrong),
            "locked": sorted(given.locked),
            "pins": None if pinned is None else {"pinned": sorted(pinned), "words": dict(given.pin_words)},
            "focus": list(given.focus),
            "fresh": given.fresh,
        },
        on_left_change=lambda: _take_in(given),
        on_pinned_change=lambda: given.on_pinned(str(_sent("pinned") or "")),
    )


def is_over(key: str) -> None:
    """Have the browser forget what it holds of a draft: the record is saved, or the draft was discarded."""
    st.session_state.setdefault(_GONE, []).append(key)


def tidy() -> None:
    """Have the browser forget what is over, on a page without the form; all of it when the person has just signed out."""
    gone, everything = st.session_state.pop(_GONE, []), st.session_state.pop(who.SIGNED_OUT, False)
    if gone or everything:
        given = {"markup": "", "owner": _owner(), "form": "", "gone": gone, "everything": everything}
        _component()(key=KEY, data=given)


def _owner() -> str:
    """The person's name in the browser's storage, which tells others who use it nothing."""
    return hashlib.sha256(who.who().login.encode()).hexdigest()[:16]


def _take_in(given: Help) -> None:
    """Keep what the browser held back as drafts; once they are kept, it forgets them."""
    for left, resumed in _readable(_sent("left")):
        with database.writing() as connection:
            try:
                draft = drafts.take_in(connection, who.who(), left)
            except EndlessDraft:
                continue  # stays in the browser
        is_over(left.key)
        if draft is not None and resumed and given.fresh and _same_form(draft, given.draft):
            given.on_resumed(draft)


def _same_form(one: Unsaved, other: Unsaved) -> bool:
    return (one.form, one.occurrence_id) == (other.form, other.occurrence_id)


def _readable(sent: object) -> Iterator[tuple[Unsaved, bool]]:
    """What a browser sent, as drafts, and whether each was open when the connection was lost; what our script would not write is left out."""
    for one in sent[:_MOST_LEFT] if isinstance(sent, list) else ():
        if not isinstance(one, Mapping) or not isinstance(one.get("fields"), Mapping):
            continue
        form = next((form for form in _FIELDS if form == one.get("form")), None)
        version, resumed = one.get("version"), one.get("resumed") is True
        fields = {name: str(text) for name, text in one["fields"].items() if form and name in _FIELDS[form]}
        if form and (fields or resumed) and isinstance(version, int | float):
            left = Unsaved(str(one.get("draft", "")), form, str(one.get("record") or ""), int(version), fields)
            yield left, resumed


def _sent(event: str) -> object:
    return getattr(st.session_state.get(KEY), event, None)


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "bonebed_keystrokes",
        html='<div class="entry"></div>',
        js=(Path(__file__).parent / "keystrokes.js").read_text(encoding="utf-8"),
    )
