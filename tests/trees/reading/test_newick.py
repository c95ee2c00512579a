"""`trees.reading.newick`: Newick as people write it, and clear words about what is not Newick."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trees.errors import TreeError
from trees.model import tip_names, walk
from trees.reading import read_newick
from trees.reading.growing import Growing


@pytest.mark.parametrize(
    ("text", "tips"),
    [
        ("((A,B),C);", ["A", "B", "C"]),
        ("\ufeff \n((A,B),C)\n", ["A", "B", "C"]),
        ("(Lufengosaurus_huenei,Tyrannosaurus rex);", ["Lufengosaurus huenei", "Tyrannosaurus rex"]),
        ("('Gallus, the fowl',\"Anas (duck)\");", ["Gallus, the fowl", "Anas (duck)"]),
        ("('O''Brien''s dinosaur',\"a \"\"b\"\"\");", ["O'Brien's dinosaur", 'a "b"']),
        ("[a comment, (with marks)](A[&height=3]:1[x],B[y]);", ["A", "B"]),
        ("(95,96);", ["95", "96"]),
        ("(禄丰龙,云南龙);", ["禄丰龙", "云南龙"]),
        ("(A-b.c/2,?B);", ["A-b.c/2", "?B"]),
        ("((A));", ["A"]),
    ],
)
def test_names_of_tips(text: str, tips: list[str]) -> None:
    assert tip_names(read_newick(text)) == tips


def test_lengths_names_and_support() -> None:
    tree = read_newick("((A: 1.5,B:2.)95:1e-2,(C:-1,D:.5)Theropoda:3)'0.9 of all':0;")
    left, right = tree.children
    assert (left.name, left.support, left.dist) == ("", 95.0, 0.01)
    assert (right.name, right.dist) == ("Theropoda", 3.0)
    assert [tip.dist for tip in left.children + right.children] == [1.5, 2.0, -1.0, 0.5]
    assert tree.name == "0.9 of all"


def test_what_is_not_written_is_one_as_in_ete() -> None:
    tree = read_newick("((A,B),C);")
    assert (tree.children[0].dist, tree.children[0].support) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is no tree here"),
        (" \n ", "There is no tree here"),
        ("[only a comment]", "There is no tree here"),
        ("just words", "There is no tree here"),
        ("A;", "There is no tree here"),
        ("((A,B);", "brackets still open: 1"),
        ("(A,B));", "more closing than opening brackets"),
        ("(A,B),(C,D);", "Line 1, column 6: “,” comes after the last bracket"),
        ("((A,B)(C,D));", "Line 1, column 7: “(” is out of place in the tree. Is a comma missing?"),
        ("(A,'b'(C,D));", "Is a comma missing?"),
        ("(A,,B);", "Line 1, column 4: A tip has no name"),
        ("(A,\n B C,,D);", "Line 2, column 6: A tip has no name"),
        ("();", "A tip has no name"),
        ("(A,B);(C,D);", "more than one tree"),
        ("(A,B); and more", "more than one tree"),
        ("(A:x,B);", "“x” is not a branch length"),
        ("(A:nan,B);", "“nan” is not a branch length"),
        ("(A:(B,C));", "“(” is not a branch length"),
        ("(A,B):", "no branch length after it"),
        ("(A:1:2,B);", "out of place"),
        ("(A[x,B);", "comment is not closed"),
        ("(A,'B);", "quoted name is not closed"),
        ("(A,B,A);", "more than one tip named A"),
        ("(A_b,'A b');", "more than one tip named A b"),
        ("#NEXUS\nbegin trees;", "NEXUS"),
    ],
)
def test_what_is_not_a_tree_is_said(text: str, words: str) -> None:
    with pytest.raises(TreeError) as caught:
        read_newick(text)
    assert words in str(caught.value)


def test_a_ladder_of_five_thousand_tips() -> None:
    text = "(" * 5000 + "A" + "".join(f",t{number})" for number in range(5000)) + ";"
    assert len(tip_names(read_newick(text))) == 5001


_NAME = (
    st.text(min_size=1, max_size=12)
    .map(lambda name: " ".join(name.replace("_", " ").split()))
    .filter(lambda name: name.isprintable() and name != "")
)


@given(st.lists(_NAME, min_size=2, max_size=6, unique=True))
def test_any_printable_name_survives_in_quotes(names: list[str]) -> None:
    quoted = ",".join("'" + name.replace("'", "''") + "'" for name in names)
    assert tip_names(read_newick(f"({quoted});")) == names


@given(st.text(alphabet="()[],:;'\"_ A1.\n", max_size=40))
def test_any_text_gives_a_tree_or_a_tree_error(text: str) -> None:
    try:
        tree = read_newick(text)
    except TreeError:
        return
    assert all(tip_names(tree))


_PIECES = st.sampled_from(
    ["(", "(", ",", ",", ")", ")", ";", ":", "A", "B_c", "95", "0.9/87", "'a b'", "1e-2", ":3", ":nan", " ", "\n", "[x]", "[&R]", "禄", "__"]
)  # fmt: skip


class _ByTokens(Growing):
    """Reads every piece by itself, also where a tree is written as nearly all are."""

    def _usual(self, place: int) -> int:
        return place


@given(st.lists(_PIECES, max_size=24).map("".join))
def test_what_is_read_at_once_is_read_as_by_tokens(text: str) -> None:
    def read(way: type[Growing]) -> object:
        try:
            found = way(text, 0).grow()
        except TreeError as error:
            return str(error)
        nodes, parents = walk(found.tree)
        held = [(node.name, node.dist, node.support, getattr(node, "annotations", None)) for node in nodes]
        return held, parents, found.end, found.has_lengths, found.rooted, found.nodes

    assert read(Growing) == read(_ByTokens)
