"""What the window of the tree asks of the server: fold and unfold, another root, one clade alone, a search, a moment in time.

Folds stand in the address as keys of clades between commas; commas and per cent signs within a key are written as in any address.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

import streamlit as st

from screens.parts.cards import common_name
from screens.parts.tree_source import Shown
from trees.folding import LARGE, fold_to_rows

ELSEWHERE = "tree_changed_elsewhere"
"""Under which the session notes that an answer changes more of the page than the window."""
ROOM = "tree_room"
"""Under which the session holds the width of the window in pixels."""
_ELSEWHERE = ("alone", "up", "whole", "root", "unroot")
_MOST = 30
_MOST_FOUND = 40
_FEWEST_PIXELS, _MOST_PIXELS = 475, 2400


def keys(name: str) -> list[str]:
    """The clades that the address names."""
    return [unquote(key) for key in str(st.session_state[name]).split(",") if key]


def _keep(name: str, chosen: Iterable[str]) -> None:
    st.session_state[name] = ",".join(quote(key, safe=" #'()._-") for key in list(dict.fromkeys(chosen))[-_MOST:])


def collapsed(shown: Shown) -> frozenset[int]:
    """The clades to fold: those that somebody folded, and in a large tree all that the window does not hold."""
    numbers = shown.known.numbers
    by_hand = {numbers[key] for key in keys("fold") if key in numbers and shown.known.children[numbers[key]]}
    if not is_large(shown):
        return frozenset(by_hand)
    return fold_to_rows(shown.known, opened=keys("open")) | by_hand


def is_large(shown: Shown) -> bool:
    """Whether the tree is folded to fit."""
    return shown.known.tips[0] > LARGE


def found(shown: Shown, query: str) -> list[str]:
    """The tips and clades of which the name, or what people call them, holds the words; those that begin with them first."""
    words = query.casefold().replace("_", " ").strip()
    if not words:
        return []
    named = ((key, str(node.name)) for key, node in zip(shown.known.keys, shown.known.nodes, strict=True) if node.name)
    hits: list[tuple[bool, int, str]] = []
    for key, name in named:
        called = name.casefold().replace("_", " ")
        if words in called or words in common_name(shown.taxon_of(name)).casefold():
            hits.append((not called.startswith(words), len(hits), key))
    return [key for *_order, key in sorted(hits)[:_MOST_FOUND]]


def answer(shown: Shown, sent: Mapping[str, object]) -> None:
    """Do what the window asks; what it may not or cannot ask changes nothing."""
    known = shown.known.numbers
    listed = sent.get("keys")
    named = [str(key) for key in listed if str(key) in known] if isinstance(listed, list) else []
    key = str(sent.get("key") or "")
    st.session_state[ELSEWHERE] = sent["act"] in _ELSEWHERE
    match sent["act"]:
        case "fold":
            _keep("fold", [*keys("fold"), *named])
            _keep("open", [held for held in keys("open") if held not in named])
        case "unfold":
            _keep("fold", [held for held in keys("fold") if held not in named])
            if is_large(shown):
                _keep("open", [*keys("open"), *named])
        case "refold":
            st.session_state["open"] = ""
        case "search":
            _search(shown, str(sent.get("query") or "")[:80])
        case "time":
            _set_moment(sent.get("time"))
        case "room":
            _set_room(sent.get("width"))
        case "close":
            st.session_state["taxon"] = ""
        case "alone" if key in known:
            st.session_state.update(clade=key, taxon="")
        case "up":
            st.session_state["clade"] = shown.above[-1][0] if len(shown.above) > 1 else ""
        case "whole":
            st.session_state["clade"] = ""
        case "root" if key in known:
            st.session_state.update(root=key, clade="")
        case "unroot":
            st.session_state["root"] = ""


def _search(shown: Shown, query: str) -> None:
    """Note what is searched for, and unfold what hides it."""
    st.session_state["find"] = query
    hits = found(shown, query)
    if not hits:
        return
    folded, opened, unfolded = collapsed(shown), [], set()
    for key in hits[:8]:
        at = shown.known.parents[shown.known.numbers[key]]
        if at >= 0 and shown.known.holder(shown.known.keys[at], folded) in folded:
            opened.append(shown.known.keys[at])
        while at >= 0:
            unfolded.add(shown.known.keys[at])
            at = shown.known.parents[at]
    _keep("fold", [held for held in keys("fold") if held not in unfolded])
    if is_large(shown):
        _keep("open", [*keys("open"), *opened])


def _set_moment(time: object) -> None:
    st.session_state["moment"] = float(time) if isinstance(time, int | float) and 0 <= time <= 4600 else None


def _set_room(width: object) -> None:
    if isinstance(width, int | float):
        st.session_state[ROOM] = int(min(_MOST_PIXELS, max(_FEWEST_PIXELS, width)))
