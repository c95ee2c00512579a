"""The choices of the tree page: how the tree is dated, drawn and coloured; each of them stands in the address."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from screens.parts import asking, tree_colours
from screens.parts.tree_source import Asked, Shown, methods_for
from screens.words import _, marked
from trees.bands import RANKS
from trees.undated import LENGTHS, has_time

DEFAULTS: Mapping[str, object] = {
    "taxon": "",
    "kind": "all",
    "method": "",
    "branch": 1.0,
    "youngest": None,
    "form": "rectangular",
    "order": "small",
    "color": tree_colours.EPOCH,
    "ranks": "",
    "fold": "",
    "open": "",
    "clade": "",
    "root": "",
    "moment": None,
    "find": "",
    "spread": False,
    "outlines": True,
    "news": True,
}
FORMS = {"rectangular": marked("Rectangular"), "slanted": marked("Slanted"), "circular": marked("Circle")}
ORDERS = {
    "small": marked("Small groups first"),
    "large": marked("Large groups first"),
    "published": marked("As published"),
}
METHODS = {
    "mbl": marked("Fossils, with a least branch length"),
    "basic": marked("Fossils alone"),
    "equal": marked("Fossils, time shared equally"),
    "ruta": marked("Fossils, time shared by branch length"),
    "lengths": marked("Published branch lengths"),
    "steps": marked("Branching alone"),
}
RANK_NAMES = {"era": marked("Eras"), "period": marked("Periods"), "epoch": marked("Epochs"), "age": marked("Ages")}
_NUMBERS = {"branch": (0.0, 50.0), "youngest": (0.0, 4600.0), "moment": (0.0, 4600.0)}


def allowed(name: str, written: str) -> object | None:
    """A parameter of the address as a value; None when it means nothing."""
    choices = {"kind": asking.KINDS, "form": FORMS, "order": ORDERS, "method": METHODS, "color": tree_colours.CHOICES}
    if name in choices:
        return written if written in choices[name] else None
    if name in ("spread", "outlines", "news"):
        return {"True": True, "False": False}.get(written)
    if name in _NUMBERS:
        return _number(written, *_NUMBERS[name])
    if name == "ranks":
        return ",".join(rank for rank in RANKS if rank in written.split(",")) or None
    return written[:2000]


def _number(written: str, least: float, most: float) -> float | None:
    try:
        value = float(written[:20])
    except ValueError:
        return None
    return value if least <= value <= most else None


def asked(tree: str) -> Asked:
    """The tree that the address and the choices ask for."""
    state = st.session_state
    return Asked(
        tree=tree,
        kind=state["kind"] or "all",
        method=state["method"] or "",
        least_branch=float(state["branch"] if state["branch"] is not None else 1.0),
        youngest=state["youngest"],
        root=state["root"],
        clade=state["clade"],
    )


def row(shown: Shown) -> None:
    """The choices that most people want, in a row; the others fold away."""
    with st.container(horizontal=True, vertical_alignment="bottom", width="content", key="tree_choices"):
        st.segmented_control(
            _("Form"), list(FORMS), format_func=lambda form: _(FORMS[form]), required=True, **_held("form", "default")
        )
        st.selectbox(
            _("Colour by"),
            tree_colours.CHOICES,
            format_func=partial(tree_colours.label, timed=has_time(shown.dated)),
            width=220,
            **_held("color", "index", tree_colours.CHOICES),
        )
        with st.popover(_("More choices")):
            _more(shown)


def _more(shown: Shown) -> None:
    _choose_dating(shown)
    st.selectbox(
        _("Order"), list(ORDERS), format_func=lambda order: _(ORDERS[order]), **_held("order", "index", list(ORDERS))
    )
    st.pills(
        _("Rows of the timescale"),
        RANKS,
        selection_mode="multi",
        format_func=lambda rank: _(RANK_NAMES[rank]),
        default=[rank for rank in RANKS if rank in st.session_state["ranks"].split(",")],
        key=_key("ranks"),
        on_change=_take_ranks,
        args=(_key("ranks"),),
    )
    st.toggle(_("Within what each fork falls (dated 100 times)"), **_held("spread", "value"))
    if shown.source.built_in:
        st.toggle(_("Marks for what was new on a branch"), **_held("news", "value"))
    st.toggle(_("Outlines of animals"), **_held("outlines", "value"))


def _choose_dating(shown: Shown) -> None:
    st.segmented_control(
        _("Dated by"),
        list(asking.KINDS),
        format_func=lambda kind: _(asking.KINDS[kind]),
        required=True,
        **_held("kind", "default"),
    )
    methods, used = methods_for(shown.source), shown.method if shown.method != "own" else LENGTHS
    key = f"choice_method_{used}"
    st.selectbox(
        _("How it is dated"),
        methods,
        index=methods.index(used),
        format_func=lambda method: _(METHODS[method]),
        key=key,
        on_change=lambda: st.session_state.update(method=st.session_state[key]),
    )
    if shown.method == "mbl":
        st.number_input(_("Least branch length, in million years"), 0.0, 50.0, step=0.5, **_held("branch", "value"))
    if shown.method in (LENGTHS, "own"):
        st.number_input(
            _("Age of the youngest tip, in million years"),
            0.0,
            4600.0,
            placeholder=_("Blank: the lengths are no times"),
            **_held("youngest", "value"),
        )


def _key(name: str) -> str:
    """The key of a widget, another one for each value: what lies in a closed pop-up is made anew when the address changes the value, which
    the browser would not notice otherwise."""
    return f"choice_{name}_{st.session_state[name]}"


def _held(name: str, parameter: str, choices: Sequence[str] = ()) -> dict[str, Any]:
    """What makes a widget show a value of the address, and change it."""
    key, value = _key(name), st.session_state[name]
    return {
        parameter: choices.index(value) if choices else value,
        "key": key,
        "on_change": lambda: st.session_state.update({name: st.session_state[key]}),
    }


def _take_ranks(key: str) -> None:
    st.session_state["ranks"] = ",".join(rank for rank in RANKS if rank in st.session_state[key])
