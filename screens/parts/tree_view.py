"""The window in which people explore a tree: pan, zoom, fold, search, and a moment in time with the lineages that lived in it.

The drawing comes from `trees.drawing`. Moving about and the moment in time run in the browser alone; what changes the tree itself is asked
of the server, which answers with another drawing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from screens.parts import style
from screens.words import _, language, marked

KEY = "tree"
_BETWEEN = "<!--part-->"
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Window:
    """What the browser shows.

    Parameters
    ----------
    drawing, outline, card : str
        Ready markup: the tree, the tree as a list, and what is said of the tip or clade that was chosen (may be blank).
    about : mapping
        As `trees.window.window_of` gives it.
    found : list of str
        Keys of what was searched for and is visible.
    query : str
        What was searched for.
    time : float or None
        The moment in Ma that is looked at.
    focus : str
        Key of a clade shown alone; blank for the whole tree.
    large : bool
        Whether clades were folded to fit, and unfold when one zooms.
    """

    drawing: str = field(repr=False)
    outline: str = field(repr=False)
    card: str
    about: Mapping[str, object] = field(repr=False)
    found: list[str]
    query: str = ""
    time: float | None = None
    focus: str = ""
    large: bool = False


def show(window: Window, *, on_chosen: Callable[[str], None], on_asked: Callable[[Mapping[str, object]], None]) -> None:
    """Put the window on the page.

    Parameters
    ----------
    window : Window
    on_chosen : callable
        Takes the key of the tip or clade that was chosen.
    on_asked : callable
        Takes what else was asked: ``act`` and what belongs to it.
    """
    words = {name: _(word) for name, word in _WORDS.items()}
    # in one text, which the browser takes apart without reading it: each part is read when it is put in its place
    markup = _BETWEEN.join((_tools(words, window), window.drawing, window.card, window.outline))
    _component()(
        key=KEY,
        data={
            "markup": markup,
            "language": "zh-Hans" if language() == "zh" else "en",
            "about": dict(window.about),
            "found": window.found,
            "query": window.query,
            "time": window.time,
            "focus": window.focus,
            "large": window.large,
            "words": words,
        },
        on_chosen_change=lambda: on_chosen(str(_sent("chosen") or "")),
        on_asked_change=lambda: _pass_on(on_asked),
    )


_WORDS = {
    "search": marked("Find a name on the tree"),
    "closer": marked("Closer"),
    "farther": marked("Farther"),
    "fit": marked("All of it"),
    "full": marked("Fill the screen"),
    "time": marked("A moment in time"),
    "none": marked("Nothing of that name is on the tree."),
    "hits": marked("{n} of {all}"),
    "now": marked("today"),
    "at": marked("{age} million years ago"),
    "alive": marked("{known} with fossils, {ghosts} ghost lineages"),
    "lineages": marked("{n} lineages"),
    "lineages_then": marked("Lineages of that time"),
    "with_fossils": marked("Known from fossils of that time"),
    "as_ghosts": marked("Ghost lineages: alive, but not found yet"),
    "towards": marked("on the way to {name}"),
    "inside": marked("{name}: a folded group, {n} tips"),
    "no_time": marked("Whole time"),
    "list": marked("The tree as a list"),
    "keys": marked(
        "Arrow keys walk the tree, Enter chooses, the space bar folds and unfolds, + and − zoom, 0 shows all, / searches."
    ),
    "thinned": marked("One name in {n} is shown, so that it can be read. Come closer for the others."),
    "more": marked("and {n} more"),
}
"""The words of the window, by what they are for."""


_ICON = '<svg viewBox="0 0 20 20" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.8" aria-hidden="true">'
_WHOLE = f'{_ICON}<path d="M3 3h14v14H3zM7 10h6M10 7v6"/></svg>'
_FRAME = f'{_ICON}<path d="M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5"/></svg>'


def _tools(words: Mapping[str, str], window: Window) -> str:
    buttons = "".join(
        f'<button type="button" data-do="{name}" aria-label="{escape(words[name])}" title="{escape(words[name])}">{sign}</button>'
        for name, sign in (("farther", "−"), ("closer", "+"), ("fit", _WHOLE), ("full", _FRAME))
    )
    return (
        f'<input type="search" class="find" placeholder="{escape(words["search"])}" aria-label="{escape(words["search"])}" '
        f'value="{escape(window.query)}" maxlength="80"><span class="hits" role="status"></span>{buttons}'
    )


def _pass_on(on_asked: Callable[[Mapping[str, object]], None]) -> None:
    sent = _sent("asked")
    if isinstance(sent, Mapping) and isinstance(sent.get("act"), str):
        on_asked(sent)


def _sent(event: str) -> object:
    return getattr(st.session_state.get(KEY), event, None)


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "bonebed_tree_view",
        html='<div class="picture tree-view"></div>',
        css=style.sheet() + (_HERE / "tree_view.css").read_text(encoding="utf-8"),
        js="\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("tree_time.js", "tree_view.js")),
        isolate_styles=True,
    )
