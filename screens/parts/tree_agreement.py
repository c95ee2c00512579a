"""How well a tree agrees with the rocks, in numbers and in words that a class understands; the test against chance on demand."""

import math

import streamlit as st

from screens.parts.tree_source import Shown
from screens.words import _, marked, say
from trees.congruence import Congruence, congruence, permutation_test
from trees.errors import TreeError

_TIMES = 500
_MEANINGS = (
    (
        "ger",
        marked("Gaps (GER)"),
        marked("1 means: no tree of these animals could do with fewer gaps in the fossil record. 0 means: none could need more."),
    ),
    (
        "sci",
        marked("Order (SCI)"),
        marked("The share of forks at which the nearest relatives of a group appear no later than the group itself."),
    ),
    (
        "msm",
        marked("Least gaps (MSM*)"),
        marked("The fewest gaps that are possible at all, divided by those of this tree. 1 is best; large trees score low."),
    ),
    (
        "rci",
        marked("Completeness (RCI, %)"),
        marked("How much time is documented by fossils against how much is missing. It may fall below zero where more is missing."),
    ),
)  # fmt: skip


def show(shown: Shown) -> None:
    """The panel, folded; nothing for a tree that fossils do not date."""
    if shown.method not in ("basic", "mbl", "equal", "ruta"):
        return
    with st.expander(_("Does the tree agree with the rocks?")):
        try:
            found = congruence(shown.dated.tree, shown.dated.ranges)
        except TreeError as error:
            st.info(say(error.message))
            return
        st.markdown(_verdict(found))
        for name, label, meaning in _MEANINGS:
            value = getattr(found, name)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.metric(_(label), "–" if math.isnan(value) else f"{value:.3g}", width=190)
                st.markdown(_(meaning), width="stretch")
        st.caption(
            _(
                "Documented: {srl} million years, summed over the tips. Missing: {mig}. Fewest possible: {least}; most: {most}. "
                "A poor fossil record agrees with nothing; these numbers do not say which tree is right."
            ).format(
                srl=f"{found.srl:,.0f}",
                mig=f"{found.mig:,.0f}",
                least=f"{found.g_min:,.0f}",
                most=f"{found.g_max:,.0f}",
            )
        )
        _test(shown)


def _verdict(found: Congruence) -> str:
    if math.isnan(found.ger):
        return _("All tips appear at one moment, so every tree agrees with the rocks.")
    if found.ger >= 0.8:
        return _("**Very well.** The order in which the fossils appear is nearly the one that the tree demands.")
    if found.ger >= 0.5:
        return _("**Well enough.** Much of the order of the fossils fits the tree; some branches have long gaps.")
    return _(
        "**Poorly.** The tree demands long times without fossils. The record, the tree or the ages may be at fault."
    )


def _test(shown: Shown) -> None:
    if not st.button(_("Could chance do as well?"), key="test_chance"):
        return
    with st.spinner(_("Dealing out the ages anew …")):
        tested = permutation_test(shown.dated.tree, shown.dated.ranges, times=_TIMES)
    at_most = _("p = {p}").format(p=f"{tested.p_ger:.3g}")
    if tested.p_ger <= 0.05:
        st.success(
            _("No. Of {n} random dealings of the ages among the tips, hardly any fit the tree as well ({p}).").format(
                n=_TIMES, p=at_most
            )
        )
    else:
        st.warning(
            _(
                "Perhaps. Of {n} random dealings of the ages among the tips, a good many fit the tree as well ({p})."
            ).format(n=_TIMES, p=at_most)
        )
