"""The search for the trees that need the fewest changes, and the tree by neighbour joining, on a page."""

from dataclasses import dataclass, field

import streamlit as st

from catalogue import database
from catalogue.messages import CatalogueError
from screens import navigation
from screens.parts import tree_sources, who, working
from screens.parts.character_tree import second_names
from screens.parts.picture import HAND, for_page_and_hand, still
from screens.words import _, as_typed, language, marked, say, several
from trees.background import Work
from trees.cladogram import CLADOGRAM_WORDS, draw_supported
from trees.comparison import gather, strict_consensus
from trees.inference import MOST_TAXA, shortest_trees
from trees.keeping import keep
from trees.matrices import Matrix
from trees.matrix_editing import Version
from trees.model import Tree
from trees.neighbour_joining import distances, neighbour_joining
from trees.parsimony import Parsimony
from trees.reading.files import read_content
from trees.reading.outcomes import NamedTree, ReadFile
from trees.writing import write_newick

SHORTEST, JOINING = "shortest", "joining"
_WAYS = {SHORTEST: marked("Fewest changes (parsimony)"), JOINING: marked("By likeness (neighbour joining)")}
_MEANS = {
    SHORTEST: marked("Animals are added one by one in random order; then branches are cut and tried elsewhere, and the search is shaken up to get out of dead ends (a ratchet). Nothing proves that the shortest tree was found; when several starts end at the same length, it is likely."),
    JOINING: marked("The two animals that differ least, measured against all others, are joined first, and so on. Quick, always one tree, but likeness is not the same as kinship."),
}  # fmt: skip
_WORK = "tree_search"
_QUICK = 0.4


@dataclass(frozen=True)
class Found:
    """What a search found: the trees, how long they are, and how often that was reached."""

    way: str
    trees: tuple[Tree, ...] = field(repr=False)
    length: int
    hits: int
    starts: int
    of: int


def show(key: str, version: Version) -> None:
    """The choices, the search, and what it found."""
    matrix = version.matrix
    if matrix.continuous:
        st.info(_("This table holds measurements; a search needs states."))
        return
    if not 4 <= len(matrix.taxa) <= MOST_TAXA:
        st.info(
            _("A search takes 4 to {most} animals; this table has {count}.").format(
                most=MOST_TAXA, count=len(matrix.taxa)
            )
        )
        return
    way = st.segmented_control(
        _("Way"), list(_WAYS), format_func=lambda way: _(_WAYS[way]), key="way", default=SHORTEST, required=True
    )
    st.caption(_(_MEANS[str(way)]))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        outgroup = st.selectbox(
            _("Root beside"), matrix.taxa, key="outgroup", width=280,
            help=_("An animal that surely stands outside of all others: the tree is rooted on it."),
        )  # fmt: skip
        starts = 1 if way == JOINING else st.number_input(_("New beginnings"), 1, 100, 10, key="starts", width=180)
        begin = st.button(_("Begin"), type="primary", key="begin_search")
    if begin:
        _begin(key, matrix, str(way), str(outgroup), int(starts))
    _follow(key, matrix)
    _explain()


def _begin(key: str, matrix: Matrix, way: str, outgroup: str, starts: int) -> None:
    kept = st.session_state.get(_WORK)
    if kept is not None:
        kept[1].cancel()
    st.session_state[_WORK] = ((key, matrix), Work(lambda work: _search(work, matrix, way, outgroup, starts)).start())


def _search(work: Work[Found], matrix: Matrix, way: str, outgroup: str, starts: int) -> Found:
    work.tell(0, starts)
    if way == JOINING:
        tree = neighbour_joining(matrix.taxa, distances(matrix), outgroup=outgroup)
        return Found(way, (tree,), Parsimony(tree, matrix).fit().length, 1, 1, 1)

    def within_a_start(share: float, length: int) -> bool:
        return work.note(int(work.done) + share, starts, min(work.best or length, length))

    found = shortest_trees(matrix, outgroup=outgroup, starts=starts, progress=work.note, pulse=within_a_start)
    return Found(way, tuple(found.trees), found.length, found.hits, found.starts, starts)


def _follow(key: str, matrix: Matrix) -> None:
    """The search under way, or what it found."""
    kept = st.session_state.get(_WORK)
    if kept is None or kept[0][0] != key:
        return
    work: Work[Found] = kept[1]
    if not work.wait(_QUICK):
        working.watch(work, key="search", what=lambda: _searching(work.best))
        return
    if kept[0][1] != matrix:
        st.caption(_("The table was changed after this search."))
    if work.problem is not None:
        st.warning(as_typed(say(work.problem)))
    elif work.result is None:
        st.info(_("The search was stopped before it had found a tree."))
    else:
        _tell(work.result)


def _searching(best: int) -> str:
    so_far = several("best so far: {n} change", "best so far: {n} changes", best) if best else ""
    return " · ".join(filter(None, (_("Searching …"), so_far)))


def _tell(found: Found) -> None:
    if found.way == JOINING:
        fact = several("This tree needs {n} change.", "This tree needs {n} changes.", found.length)
    else:
        trees = several("{n} shortest tree", "{n} shortest trees", len(found.trees))
        changes = several("{n} change", "{n} changes", found.length)
        fact = _("{trees}, each with {changes}").format(trees=trees, changes=changes)
    st.html(f'<p class="step-fact">{fact}</p>')
    if found.way == SHORTEST and found.starts:
        st.caption(
            _("{hits} of {starts} beginnings ended at this length.").format(hits=found.hits, starts=found.starts)
        )
    if found.starts < found.of:
        st.caption(_("The search was stopped; these are the best trees until then."))
    gathered = gather(found.trees)
    agreed = strict_consensus(gathered)
    if len(found.trees) > 1:
        st.markdown(_("What all of them agree on (strict consensus):"))
    words = {name: _(word) for name, word in CLADOGRAM_WORDS.items()}
    # of a single tree each group is on all trees, which says nothing
    numbers = len(found.trees) > 1
    second = second_names(gathered.tips)
    page, hand = (
        draw_supported(agreed, words=words, labels=second, width=width, numbers=numbers) for width in (1000, HAND)
    )
    still(for_page_and_hand(page, hand), key="found", language=language())
    _go_on(found, agreed)


def _go_on(found: Found, agreed: Tree) -> None:
    """Compare what was found, show the characters on it, take it along, keep it in the library."""
    name = _("Found trees ({length} changes)").format(length=found.length)
    named = [NamedTree(_("all agree"), agreed), *(NamedTree(str(at), tree) for at, tree in enumerate(found.trees, 1))]
    if found.way == JOINING or len(found.trees) == 1:
        named = [NamedTree("", found.trees[0])]
    if tree_sources.held().get(name) is None or len(tree_sources.held()[name].trees) != len(named):
        tree_sources.hold(name, ReadFile("Newick", len(named), tuple(named)))
    newick = "\n".join(write_newick(one.tree, lengths=found.way == JOINING) for one in named)
    with st.container(horizontal=True, vertical_alignment="center"):
        navigation.link("compare", _("Compare with the published tree"), right=f"held:0:{name}")
        navigation.link("characters", _("Characters on this tree"), part="changes", on=f"held:0:{name}",
                        matrix=str(st.session_state["matrix"]))  # fmt: skip
        st.download_button(_("Trees (Newick)"), newick, "bonebed-trees.nwk", "text/plain", on_click="ignore")
        if who.may("keep_trees") and st.button(_("Keep in the library"), key="keep_found"):
            _keep(name, newick)


def _keep(name: str, newick: str) -> None:
    content = newick.encode()
    try:
        with database.writing() as connection:
            kept = keep(connection, who.who(), "bonebed-trees.nwk", content, read_content(content), {"title": name})
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    st.success(several("{n} tree is in the library now.", "{n} trees are in the library now.", len(kept)))


def _explain() -> None:
    with st.expander(_("What the shortest tree proves, and what it does not")):
        st.markdown(
            _(
                "The shortest tree explains *this table* with the fewest changes. It is the best guess by this rule, and no proof: another choice of characters "
                "or animals may give another tree. With twelve characters a class gets a rough tree; published studies use hundreds."
            )
        )
        st.markdown(
            _(
                "Several trees may be equally short. Groups that all of them have are the safer ones. When the shortest tree differs from the published one, ask which "
                "characters disagree, and whether they could have arisen twice."
            )
        )
