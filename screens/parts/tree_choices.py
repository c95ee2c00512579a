"""The choices of the tree page: how the tree is dated, drawn and coloured; each of them stands in the address."""

from collections.abc import Mapping
from functools import partial

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
    "outlines": False,
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
    if name in ("spread", "outlines"):
        return written == "True" or None
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
    with st.container(horizontal=True, vertical_alignment="bottom", key="tree_choices"):
        st.segmented_control(_("Form"), list(FORMS), format_func=lambda form: _(FORMS[form]), key="form", required=True)
        st.selectbox(
            _("Colour by"),
            tree_colours.CHOICES,
            format_func=partial(tree_colours.label, timed=has_time(shown.dated)),
            key="color",
            width=220,
        )
        with st.popover(_("More choices")):
            _more(shown)


def _more(shown: Shown) -> None:
    state = st.session_state
    st.segmented_control(
        _("Dated by"), list(asking.KINDS), format_func=lambda kind: _(asking.KINDS[kind]), key="kind", required=True
    )
    state["dating"] = shown.method if shown.method != "own" else LENGTHS
    st.selectbox(
        _("How it is dated"),
        methods_for(shown.source),
        format_func=lambda method: _(METHODS[method]),
        key="dating",
        on_change=lambda: state.update(method=state["dating"]),
    )
    if shown.method == "mbl":
        st.number_input(_("Least branch length, in million years"), 0.0, 50.0, step=0.5, key="branch")
    if shown.method in (LENGTHS, "own"):
        st.number_input(
            _("Age of the youngest tip, in million years"),
            0.0,
            4600.0,
            value=None,
            key="youngest",
            placeholder=_("Blank: the lengths are no times"),
        )
    st.selectbox(_("Order"), list(ORDERS), format_func=lambda order: _(ORDERS[order]), key="order")
    state["rank_choice"] = [rank for rank in RANKS if rank in state["ranks"].split(",")]
    st.pills(
        _("Rows of the timescale"),
        RANKS,
        selection_mode="multi",
        format_func=lambda rank: _(RANK_NAMES[rank]),
        key="rank_choice",
        on_change=lambda: state.update(ranks=",".join(rank for rank in RANKS if rank in state["rank_choice"])),
    )
    st.toggle(_("Within what each fork falls (dated 100 times)"), key="spread")
    st.toggle(_("Outlines of animals"), key="outlines")
