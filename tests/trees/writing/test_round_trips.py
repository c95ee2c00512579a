"""`trees.writing`: what is written in any format is read again as it was, by us and by Biopython; deep trees too."""

from collections.abc import Callable, Sequence
from io import StringIO

import pytest
from Bio import Phylo
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thoroughness import often
from trees.matrices import Character, Matrix
from trees.model import Tree, tip_names
from trees.reading.files import read_content
from trees.reading.outcomes import NamedTree
from trees.writing import write_newick
from trees.writing.markup import write_nexml, write_phyloxml
from trees.writing.nexus import write_nexus

Writer = Callable[[Sequence[NamedTree]], str]
WRITERS: dict[str, Writer] = {
    "Newick": lambda trees: "\n".join(
        write_newick(one.tree, lengths=one.has_lengths, support=True, annotations=True) for one in trees
    ),
    "NEXUS": write_nexus,
    "phyloXML": write_phyloxml,
    "NeXML": write_nexml,
}
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Cf", "Zl", "Zp"), exclude_characters="_")
NAMES = st.text(LETTERS, min_size=1, max_size=12).map(lambda name: " ".join(name.split())).filter(bool)


@st.composite
def trees(draw: st.DrawFn) -> NamedTree:
    """A tree of any shape with names of any letters, lengths and support."""
    names = draw(st.lists(NAMES, min_size=2, max_size=7, unique=True))
    nodes = [Tree(name=name, dist=draw(st.integers(0, 10**9)) / 1000) for name in names]
    while len(nodes) > 1:
        taken = draw(st.integers(2, len(nodes)))
        parent = Tree(dist=draw(st.integers(0, 10**6)) / 1000, support=draw(st.sampled_from([0.5, 0.99, 87.0])))
        for child in nodes[:taken]:
            parent.add_child(child, dist=child.dist, support=child.support)
        nodes = [*nodes[taken:], parent]
    nodes[0].dist, nodes[0].support = 1.0, 1.0
    return NamedTree("a tree", nodes[0], True, True)


def told(tree: Tree) -> list[tuple[str, str, str]]:
    """Name, length and support of each node, in the order of the tree."""
    return [
        (
            node.name,
            f"{node.dist:.11g}" if node.up else "",
            f"{node.support:g}" if node.children and node.up else "",
        )
        for node in tree.traverse("preorder")
    ]


@pytest.mark.parametrize("format_", WRITERS)
@given(named=trees())
@settings(max_examples=often(60))
def test_a_tree_comes_back_as_it_was(format_: str, named: NamedTree) -> None:
    read = read_content(WRITERS[format_]([named]).encode())
    assert (read.format, read.trees_found, len(read.trees), read.lost) == (format_, 1, 1, ())
    assert read.trees[0].has_lengths
    assert told(read.trees[0].tree) == told(named.tree)


@pytest.mark.parametrize(
    ("format_", "of_biopython"), [("NEXUS", "nexus"), ("phyloXML", "phyloxml"), ("NeXML", "nexml")]
)
def test_biopython_reads_what_we_write(format_: str, of_biopython: str) -> None:
    tree = read_content(b"((Homo_sapiens:1.5,'Sinosaurus triassicus':2)95:0.25,C:3);").trees
    theirs = Phylo.read(StringIO(WRITERS[format_](tree)), of_biopython)
    assert sorted(tip.branch_length for tip in theirs.get_terminals()) == [1.5, 2.0, 3.0]
    # In NeXML Biopython gives the keys of the taxa, not their labels.
    names = {"otu1", "otu2", "otu3"} if format_ == "NeXML" else {"Homo sapiens", "Sinosaurus triassicus", "C"}
    assert {str(tip.name).replace("_", " ").strip("'") for tip in theirs.get_terminals()} == names


@pytest.mark.parametrize("format_", WRITERS)
def test_a_ladder_of_ten_thousand_tips(format_: str) -> None:
    tips = 10_000
    ladder = read_content(("(" * (tips - 1) + "A:1" + "".join(f",t{n}:2):1" for n in range(tips - 1)) + ";").encode())
    read = read_content(WRITERS[format_](ladder.trees).encode())
    assert read.tips == tips
    assert told(read.trees[0].tree) == told(ladder.trees[0].tree)


@pytest.mark.parametrize("format_", WRITERS)
def test_several_trees_without_lengths_keep_their_order_and_root(format_: str) -> None:
    first, second = (read_content(text).trees[0].tree for text in (b"((A,B),C);", b"((A,C),B);"))
    written = WRITERS[format_]([NamedTree("one", first, True), NamedTree("the other", second, False)])
    read = read_content(written.encode())
    assert [tip_names(one.tree) for one in read.trees] == [["A", "B", "C"], ["A", "C", "B"]]
    assert [one.has_lengths for one in read.trees] == [False, False]
    if format_ != "Newick":
        assert [one.name for one in read.trees] == ["one", "the other"]
    if format_ in {"NEXUS", "phyloXML"}:
        assert [one.rooted for one in read.trees] == [True, False]


def test_what_programs_said_of_nodes_goes_through_newick_and_nexus() -> None:
    text = '#NEXUS begin trees; tree a = [&R] ((A[&age=3]:1,B:1)X[&prob=0.9,age_95%HPD={1.5,2},why="a, b"]:2,C:3); end;'
    read = read_content(text.encode()).trees
    for format_ in ("Newick", "NEXUS"):
        again = read_content(WRITERS[format_](read).encode()).trees[0].tree
        assert again.children[0].annotations == {"prob": 0.9, "age_95%HPD": (1.5, 2.0), "why": "a, b"}
        assert (again & "A").annotations == {"age": 3.0}


def test_names_that_are_numbers_are_not_taken_for_keys() -> None:
    tree = read_content(b"((2,1),3);").trees
    assert tip_names(read_content(write_nexus(tree).encode()).trees[0].tree) == ["2", "1", "3"]


CELLS = st.sampled_from(["0", "1", "2", "?", "-", "{01}", "(12)"])


@given(
    cells=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5),
    names=st.lists(NAMES, min_size=5, max_size=5, unique=True),
    ordered=st.booleans(),
)
@settings(max_examples=often(60))
def test_a_matrix_comes_back_with_its_characters(cells: list[tuple[str, ...]], names: list[str], ordered: bool) -> None:
    characters = (
        Character("Teeth, form/number", {"0": "round", "1": "it's flat", "2": "none"}, ordered),
        Character("Feathers", {}, False),
        Character("", {}, False),
    )
    matrix = Matrix(tuple(names[: len(cells)]), tuple(cells), characters)
    read = read_content(write_nexus([], [matrix]).encode())
    assert read.lost == ()
    assert read.matrices[0].taxa == matrix.taxa
    assert read.matrices[0].cells == matrix.cells
    assert [one.name for one in read.matrices[0].characters] == [one.name for one in characters]
    assert [one.ordered for one in read.matrices[0].characters] == [ordered, False, False]
    assert dict(read.matrices[0].characters[0].states) == characters[0].states


def test_continuous_characters_and_a_title() -> None:
    matrix = Matrix(("A", "B b"), (("1.5", "?"), ("2", "3.25")), (Character("Length"), Character()), "Sizes", True)
    assert read_content(write_nexus([], [matrix]).encode()).matrices == (matrix,)
