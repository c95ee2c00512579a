"""How far do trees agree? Two trees face to face, or what many trees have in common.

Links: ``/compare?left=…&right=…`` for two trees; ``/compare?view=many&set=…&method=…&least=…`` for many.
"""

import streamlit as st

from screens.parts import address, agreement, tree_sources
from screens.parts.character_tree import second_names
from screens.parts.picture import HAND, for_page_and_hand, still
from screens.words import _, as_typed, language, marked, say, several
from trees.alike import fold_alike
from trees.comparison import gather, robinson_foulds
from trees.errors import TreeError
from trees.facing import FACING_WORDS, draw_facing
from trees.library import alternative_trees
from trees.model import Tree
from trees.tanglegram import Tanglegram, face_to_face
from trees.writing import write_newick

TWO, MANY = "two", "many"
_VIEWS = {TWO: marked("Two trees"), MANY: marked("Many trees")}
_ALWAYS: dict[str, object] = {
    "view": TWO,
    "left": tree_sources.BUILT_IN,
    "fold": True,
    "set": tree_sources.BUILT_IN,
    "method": agreement.MAJORITY,
    "least": 50,
}
_MOST_TIPS = 1200
"""Tips of a tree that is drawn; of more, only the numbers are told."""
_FEW = 30
"""Animals of trees that are always shown in full."""
_NAMED = 12


def show() -> None:
    """The page."""
    defaults = {**_ALWAYS, "right": _usual_right()}
    address.follow(defaults, _allowed)
    tree_sources.take_up(defaults)
    st.title(_("Compare trees"))
    st.segmented_control(
        _("What to compare"), list(_VIEWS), format_func=lambda view: _(_VIEWS[view]), key="view", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    if st.session_state["view"] == MANY:
        agreement.show()
    else:
        _two()
    address.keep(defaults)


def _usual_right() -> str:
    """The first alternative of the built-in tree."""
    return next((f"other:{one.key}" for one in alternative_trees()), tree_sources.BUILT_IN)


def _allowed(name: str, written: str) -> object | None:
    if name == "least":
        return int(written) if written.isdecimal() and 50 <= int(written) <= 100 else None
    if name == "fold":
        return written == "True"
    choices = {"view": _VIEWS, "method": agreement.METHODS}.get(name)
    return written if choices is None or written in choices else None


def _two() -> None:
    st.html(f'<p class="quiet">{_(_HOW_TO_READ)}</p>')
    titles = tree_sources.titles()
    _say_what_is_missing(titles)
    columns = st.columns(2)
    left = columns[0].selectbox(_("Left"), list(titles), format_func=titles.__getitem__, key="left")
    right = columns[1].selectbox(_("Right"), list(titles), format_func=titles.__getitem__, key="right")
    tree_sources.offer_upload("trees")
    one, other = tree_sources.tree_of(left), tree_sources.tree_of(right)
    if one is None or other is None:
        st.info(_("Choose two trees."))
        return
    try:
        _compare(one, other, (titles[left], titles[right]))
    except TreeError as error:
        st.warning(as_typed(say(error.message)))


_HOW_TO_READ = marked(
    "Each line joins an animal with itself on the other tree. A thick branch is a group that both trees have; a dashed one is a group that only one of them "
    "has. Where lines cross, the trees tell different stories. Point at a name, or move to it with the Tab key, to follow its line."
)


def _say_what_is_missing(titles: dict[str, str]) -> None:
    """Put trees that are there in the place of those that are not, and say so."""
    for name, instead in (("left", tree_sources.BUILT_IN), ("right", _usual_right())):
        asked = str(st.session_state.get(name) or "")
        if asked not in titles:
            if asked:
                st.info(
                    _(
                        "A tree of this link is not here: it was in a file of another visit, or was removed. Upload it again to see it."
                    )
                )
            st.session_state[name] = instead


def _compare(one: Tree, other: Tree, titles: tuple[str, str]) -> None:
    both = gather([one, other], shared_tips=True)
    rooted, unrooted = robinson_foulds(both, 0, 1), robinson_foulds(both, 0, 1, rooted=False)
    groups = len(both.clades[0]) + len(both.clades[1])
    splits = len(both.splits(0)) + len(both.splits(1))
    agreed = several("The trees have {n} animal in common.", "The trees have {n} animals in common.", len(both.tips))
    told = (
        _("They agree in every group.")
        if not rooted
        else _("They differ in {rooted} of {groups} groups.").format(rooted=rooted, groups=groups)
    )
    st.html(f'<p class="step-fact">{told}</p><p class="quiet">{agreed}</p>')
    if rooted and len(both.tips) > _FEW and st.toggle(_("Fold what is the same on both"), key="fold"):
        one, other = fold_alike(one, other)
    pair = _faced(one, other)
    if pair is not None:
        _draw(pair, titles)
        _tell_alone(pair, titles)
    _explain(rooted, unrooted, groups, splits, pair)


def _faced(one: Tree, other: Tree) -> Tanglegram | None:
    tips = max(len(one), len(other))
    if tips > _MOST_TIPS:
        st.info(several("{n} name is too many for one picture.", "{n} names are too many for one picture.", tips))
        return None
    with st.spinner(_("Turning the branches …")):
        return _matched(write_newick(one, lengths=False), write_newick(other, lengths=False), one, other)


@st.cache_resource(max_entries=24, show_spinner=False)
def _matched(of_one: str, of_other: str, _one: Tree, _other: Tree) -> Tanglegram:
    """The trees in matching order; remembered by their branching, for large trees take seconds."""
    del of_one, of_other  # only there to tell the cache which trees these are
    return face_to_face(_one, _other)


def _draw(pair: Tanglegram, titles: tuple[str, str]) -> None:
    words = {name: _(word) for name, word in FACING_WORDS.items()}
    second = second_names({leaf.name for tree in (pair.left, pair.right) for leaf in tree.iter_leaves()})
    markup = draw_facing(pair, titles=titles, words=words, labels=second, width=1150)
    # in the hand the boxes above name the trees, and second names would push the right one out of sight
    small = draw_facing(pair, words=words, width=HAND, row_height=26, narrow=True)
    still(for_page_and_hand(markup, small), key="facing", language=language())
    st.download_button(_("Picture (SVG)"), markup, "bonebed-comparison.svg", "image/svg+xml", on_click="ignore")


def _tell_alone(pair: Tanglegram, titles: tuple[str, str]) -> None:
    for title, names in zip(titles, (pair.only_left, pair.only_right), strict=True):
        if names:
            listed = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
            only = _("Only on “{title}”: {names}").format(title=title, names=listed)
            st.markdown(as_typed(only))


def _explain(rooted: int, unrooted: int, groups: int, splits: int, pair: Tanglegram | None) -> None:
    with st.expander(_("What the numbers mean")):
        st.markdown(
            _(
                "A *group* here is an ancestor with all its descendants. Cut down to the animals that both trees have, the trees have {groups} groups together; "
                "{rooted} of them stand on one tree only. This is the Robinson–Foulds distance (1981): 0 means the same branching."
            ).format(groups=groups, rooted=rooted)
        )
        st.markdown(
            _(
                "Without asking where the root is, they differ in {unrooted} of {splits} divisions. When this number is much smaller, the trees "
                "disagree mostly about the root: about which branch is the oldest."
            ).format(unrooted=unrooted, splits=splits)
        )
        if pair is not None:
            st.markdown(
                several("{n} pair of lines crosses.", "{n} pairs of lines cross.", pair.crossings)
                + " "
                + _(
                    "The branches are turned so that this number is as small as we can make it. Turning a branch changes nothing about kinship."
                )
            )
        st.markdown(
            _(
                "One animal that stands elsewhere can break many groups at once, so a large number does not always mean a large disagreement."
            )
        )
