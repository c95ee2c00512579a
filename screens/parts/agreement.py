"""What many trees have in common: a consensus tree with the support of its groups, and a list of all groups."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from screens.parts import tree_sources, working
from screens.parts.character_tree import second_names
from screens.parts.picture import HAND, for_page_and_hand, still
from screens.words import _, as_typed, language, marked, say, several
from trees.background import Work
from trees.cladogram import CLADOGRAM_WORDS, draw_supported
from trees.comparison import Trees, adams_consensus, clade_support, consensus, gather, support
from trees.model import Tree
from trees.writing import write_newick

STRICT, MAJORITY, ADAMS = "strict", "majority", "adams"
METHODS = {STRICT: marked("All trees"), MAJORITY: marked("Most trees"), ADAMS: marked("Adams")}
_MEANS = {
    STRICT: marked("Strict consensus: only the groups that every tree has. What is left is certain for these trees."),
    MAJORITY: marked("Majority consensus: the groups that more than the chosen share of the trees have. The number on a branch is that share in per cent."),
    ADAMS: marked("Adams consensus: keeps what lies inside what, even when single animals wander about. A group in it need not be a group of any tree."),
}  # fmt: skip
_QUICK = 0.4
"""Seconds that a page waits before it shows a bar instead."""
_LISTED = 500


def show() -> None:
    """The choice of trees and method, and what they have in common."""
    sets = tree_sources.sets_of_trees()
    if st.session_state["set"] not in sets:
        st.info(
            _("The trees of this link are not here: they were in a file of another visit. Upload it again to see them.")
        )
        st.session_state["set"] = tree_sources.BUILT_IN
    chosen = st.selectbox(_("Which trees"), list(sets), format_func=sets.__getitem__, key="set")
    tree_sources.offer_upload("trees")
    method = st.segmented_control(
        _("Groups of"), list(METHODS), format_func=lambda key: _(METHODS[key]), key="method", required=True
    )
    if method == MAJORITY:
        st.slider(_("More than so many per cent of the trees"), 50, 100, step=5, key="least", format="%d %%")
    else:
        st.session_state["least"] = 50
    st.html(f'<p class="quiet">{_(_MEANS[str(method)])}</p>')
    _counted(chosen, tree_sources.set_of(chosen), str(method))


def _counted(key: str, trees: list[Tree], method: str) -> None:
    least = int(st.session_state["least"])
    asked = (key, len(trees), method, least)
    kept = st.session_state.get("consensus_work")
    if kept is None or kept[0] != asked:
        if kept is not None:
            kept[1].cancel()
        kept = (asked, Work(lambda work: _consensus(work, trees, method, least / 100)).start())
        st.session_state["consensus_work"] = kept
    work: Work[tuple[Tree, Trees]] = kept[1]
    if not work.wait(_QUICK):
        working.watch(work, key="consensus", what=lambda: _("Counting groups …"))
    elif work.problem is not None:
        st.warning(as_typed(say(work.problem)))
    elif work.result is None:
        st.info(_("Stopped."))
        if st.button(_("Begin again"), key="consensus_again"):
            del st.session_state["consensus_work"]
            st.rerun()
    else:
        _tell(*work.result, len(trees))


def _consensus(work: Work[tuple[Tree, Trees]], trees: list[Tree], method: str, least: float) -> tuple[Tree, Trees]:
    gathered = gather(_one_by_one(work, trees), shared_tips=True)
    if method == ADAMS:
        found = adams_consensus(trees, shared_tips=True)
        for node, share in clade_support(found, trees).items():
            node.support = share
    else:
        found = consensus(gathered, 1.0 if method == STRICT else least)
    return found, gathered


def _one_by_one(work: Work[tuple[Tree, Trees]], trees: list[Tree]) -> Iterator[Tree]:
    """The trees; each time one is asked for, it is told how far the work is."""
    for number, tree in enumerate(trees):
        work.tell(number, len(trees) + 1)
        yield tree


def _tell(found: Tree, gathered: Trees, count: int) -> None:
    shares = support(gathered)
    drawn = sum(1 for node in found.traverse() if node.children and node.up)
    trees = several("{n} tree", "{n} trees", count)
    groups = several("{n} group", "{n} groups", drawn)
    fact = _("{trees}; the picture shows {groups}.").format(trees=trees, groups=groups)
    st.html(f'<p class="step-fact">{fact}</p>')
    if gathered.left_out:
        left_out = several(
            "{n} animal is not on all trees and is left out.", "{n} animals are not on all trees and are left out.", len(gathered.left_out)
        )  # fmt: skip
        st.caption(left_out)
    words = {name: _(word) for name, word in CLADOGRAM_WORDS.items()}
    second = second_names(gathered.tips)
    markup = draw_supported(found, words=words, width=1100, labels=second)
    hand = draw_supported(found, words=words, width=HAND, labels=second)
    still(for_page_and_hand(markup, hand), key="consensus", language=language())
    with st.container(horizontal=True):
        st.download_button(_("Picture (SVG)"), markup, "bonebed-consensus.svg", "image/svg+xml", on_click="ignore")
        newick = write_newick(found, lengths=False, support=True)
        st.download_button(_("Tree (Newick)"), newick, "bonebed-consensus.nwk", "text/plain", on_click="ignore")
    _list(gathered, shares)


def _list(gathered: Trees, shares: dict[int, float]) -> None:
    """Every group that any tree has, the best supported first."""
    ranked = sorted(shares.items(), key=lambda pair: (-pair[1], -pair[0].bit_count(), pair[0]))[:_LISTED]
    with st.expander(_("All groups and their support")):
        columns = {
            _("Support (%)"): [round(100 * share, 1) for _clade, share in ranked],
            _("Animals"): [clade.bit_count() for clade, _share in ranked],
            _("Which"): [", ".join(gathered.names(clade)) for clade, _share in ranked],
        }
        st.dataframe(pd.DataFrame(columns), hide_index=True, width="stretch")
        if len(shares) > _LISTED:
            st.caption(_("The first {most} of {count}.").format(most=_LISTED, count=len(shares)))
