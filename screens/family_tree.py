"""Who is related to whom, and when did they live? A dated tree to explore: the built-in one, or one of the library (``?tree=…``)."""

import streamlit as st

from catalogue.facts import cite
from catalogue.messages import CatalogueError
from screens import navigation
from screens.parts import (
    address,
    tree_agreement,
    tree_card,
    tree_choices,
    tree_exports,
    tree_folds,
    tree_picture,
    tree_stories,
    tree_view,
    trees,
)
from screens.parts.tree_source import FEWEST_DATED, Shown, shown
from screens.words import _, as_typed, marked, say
from trees.errors import TreeError
from trees.model import tip_names
from trees.undated import has_time

_HOW_TO_READ = marked(
    "Time runs from left to right. A thick bar shows when fossils are known; a dashed line is a ghost lineage: the animals must have "
    "lived then, but nobody has found them yet. Click a name to see its specimens, a dot to fold a group, a triangle to unfold it."
)


def show() -> None:
    """The page; whatever is on it has its link."""
    address.follow(tree_choices.DEFAULTS, tree_choices.allowed)
    st.session_state.pop(tree_folds.ELSEWHERE, None)
    tree = str(st.query_params.get("tree") or "")[:40]
    try:
        found = shown(tree_choices.asked(tree))
    except (CatalogueError, TreeError) as error:
        st.title(_("Family tree"))
        st.info(say(error.message))
        navigation.link("tree", _("Show the built-in tree"))
        return
    _forget_what_is_not_there(found)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute", key="tree_head"):
        st.title(as_typed(found.source.title) if found.source.title else _("Family tree"), width="content")
        tree_choices.row(found)
    _introduce(found, tree)
    _explore(tree)
    tree_agreement.show(found)
    tree_stories.show(found)
    title = found.source.title or _("From the first dinosaurs to living birds")
    news = tree_stories.news(found) if st.session_state["news"] else {}
    tree_exports.offer(found.dated, title=title, circular=st.session_state["form"] == "circular", news=news)
    if found.source.built_in:
        _tell_sources()


@st.fragment
def _explore(tree: str) -> None:
    """The window and what was chosen in it. What happens there runs this part alone, unless it changes what else is on the page."""
    try:
        found = shown(tree_choices.asked(tree))
    except (CatalogueError, TreeError):
        st.rerun()  # the page as a whole says what became of the tree
    if st.session_state.pop(tree_folds.ELSEWHERE, False):
        st.rerun()
    window = tree_picture.window(found, tree)
    tree_view.show(window, on_chosen=_choose, on_asked=lambda sent: tree_folds.answer(found, sent))
    st.caption(f"{_(_HOW_TO_READ)} {say(found.caveat)}" if has_time(found.dated) else say(found.caveat))
    if tree_stories.news(found) and st.session_state["news"]:
        st.caption(
            _(
                "A star stands on a branch on which something was new; click it to see what, and the specimens that show it."
            )
        )
    tree_picture.tell_credits(window.drawing)
    tree_card.specimens_of(found, st.session_state["taxon"])
    address.keep(tree_choices.DEFAULTS)


def _introduce(found: Shown, tree: str) -> None:
    if found.source.citation:
        st.caption(as_typed(found.source.citation))
    if not found.source.built_in and not has_time(found.dated):
        _tell_how_to_date(found, tree)
    if found.problem is not None:
        st.warning(say(found.problem))
        st.session_state["root"] = ""
    if found.dated.undated and not found.source.built_in:
        st.caption(
            _("{n} tips have no known age and are left out: {names}").format(
                n=len(found.dated.undated), names=as_typed(", ".join(found.dated.undated[:6]))
            )
        )


def _tell_how_to_date(found: Shown, tree: str) -> None:
    """What a tree of the library wants before it stands in time, and the way there."""
    tips = tip_names(found.source.tree)
    known = sum(tip in found.source.ranges for tip in tips)
    if known >= FEWEST_DATED:
        said = _(
            "{n} of {all} tips have an age. Date the tree by them under “More choices”, or give the others theirs."
        )
    else:
        said = _("{n} of {all} tips have an age; the tree needs two to stand in time.")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(said.format(n=f"{known:,}", all=f"{len(tips):,}"), width="content")
        navigation.link("check", _("Check its names and ages"), tree=tree)


def _choose(key: str) -> None:
    st.session_state["taxon"] = "" if key == st.session_state["taxon"] else key


def _forget_what_is_not_there(found: Shown) -> None:
    """A link may name what this tree does not have."""
    state, known = st.session_state, found.known.numbers
    if state["taxon"] not in known:
        state["taxon"] = ""
    if state["clade"] and not found.above:
        state["clade"] = ""


def _tell_sources() -> None:
    with st.expander(_("How this tree was made")):
        st.markdown(
            _(
                "The branching follows published studies; click a group to see who found it. The dates are Bonebed’s own: each tip begins "
                "with its oldest find, here or in the literature, and each fork lies at least one million years before the older of its branches "
                "(Laurin 2004), unless you choose another way above. That is a youngest possible date, not an estimate: the true forks are older."
            )
        )
        # one text, not one for each: the browser takes longer over a hundred of them than over the tree
        st.markdown("\n".join(f"- {cite(reference)}" for reference in trees.references()))
