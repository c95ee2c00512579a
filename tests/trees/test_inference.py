"""`trees.inference` and `trees.neighbour_joining`: against every tree there is, and against distances that have one answer."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thoroughness import often
from trees.errors import TreeError
from trees.inference import Stopped, shortest_trees
from trees.matrices import Character, Matrix
from trees.model import Tree, tip_names
from trees.neighbour_joining import distances, neighbour_joining
from trees.parsimony import Parsimony
from trees.reading import read_newick
from trees.writing import write_newick


def every_tree(names: list[str]) -> Iterator[str]:
    """All rooted binary branchings on the first name, as Newick."""

    def grown(nested: object, name: str) -> Iterator[object]:
        yield (nested, name)
        if isinstance(nested, tuple):
            yield from ((left, nested[1]) for left in grown(nested[0], name))
            yield from ((nested[0], right) for right in grown(nested[1], name))

    found: list[object] = [names[1]]
    for name in names[2:]:
        found = [larger for nested in found for larger in grown(nested, name)]
    for nested in found:
        yield f"({names[0]},{str(nested).replace(chr(39), '').replace(' ', '')});"


@cache
def _every_tree_of_six() -> list[Tree]:
    return [read_newick(newick) for newick in every_tree(list("ABCDEF"))]


rows = st.lists(st.lists(st.sampled_from("0012?-"), min_size=6, max_size=6), min_size=6, max_size=6)


@settings(max_examples=often(15, least=5), deadline=None)
@given(rows, st.booleans())
def test_nothing_is_shorter(drawn: list[list[str]], ordered: bool) -> None:
    names = list("ABCDEF")
    matrix = Matrix(tuple(names), tuple(map(tuple, drawn)), (Character(ordered=ordered),) * 6)
    found = shortest_trees(matrix, starts=3)
    lengths = [Parsimony(tree, matrix).fit().length for tree in _every_tree_of_six()]
    assert len(lengths) == 105
    assert found.length == min(lengths)
    assert {Parsimony(tree, matrix).fit().length for tree in found.trees} == {found.length}
    assert all(sorted(tip_names(tree)) == names and tree.children[0].name == "A" for tree in found.trees)


def clean(newick: str) -> Matrix:
    """A matrix in which each clade of a tree has a feature of its own."""
    tree = read_newick(newick)
    names = tip_names(tree)
    clades = [set(tip_names(node)) for node in tree.traverse() if node.children and node.up]
    cells = tuple(tuple("1" if name in clade else "0" for clade in clades) for name in names)
    return Matrix(tuple(names), cells, (Character(),) * len(clades))


def test_the_only_tree_that_fits_is_found_and_the_same_each_time() -> None:
    newick = "(A,(((B,C),(D,E)),((F,(G,H)),((I,J),(K,L)))));"
    matrix = clean(newick)
    found = shortest_trees(matrix, outgroup="A", starts=2)
    assert (found.length, len(found.trees), found.hits, found.starts) == (10, 1, 2, 2)
    assert {frozenset(tip_names(node)) for node in found.trees[0].traverse() if node.children} == {
        frozenset(tip_names(node)) for node in read_newick(newick).traverse() if node.children
    }
    again = shortest_trees(matrix, outgroup="A", starts=2)
    assert write_newick(again.trees[0]) == write_newick(found.trees[0])


def test_a_search_can_be_stopped_and_gives_what_it_has() -> None:
    told: list[tuple[int, int, int]] = []

    def stop(*numbers: int) -> bool:
        told.append(numbers)  # type: ignore[arg-type]
        return False

    found = shortest_trees(clean("(A,((B,C),(D,E)));"), starts=5, progress=stop)
    assert told == [(1, 5, 3)]
    assert found.starts == 1
    with pytest.raises(Stopped):
        shortest_trees(clean("(A,((B,C),(D,E)));"), starts=0)


def test_a_search_stopped_at_once_gives_the_tree_it_began_with() -> None:
    lengths: list[int] = []

    def stop(_share: float, length: int) -> bool:
        lengths.append(length)
        return False

    found = shortest_trees(clean("(A,((B,C),(D,E)));"), starts=5, pulse=stop)
    assert (found.length, len(found.trees), found.starts) == (lengths[0], 1, 0)
    assert sorted(tip_names(found.trees[0])) == list("ABCDE")


@pytest.mark.parametrize(
    ("matrix", "outgroup", "words"),
    [
        (Matrix(("A", "B"), (("0",), ("1",)), (Character(),)), "", "2 taxa"),
        (clean("(A,((B,C),(D,E)));"), "X", "“X” is not in the matrix"),
        (Matrix(tuple("ABCD"), (("1.5",),) * 4, (Character(),), continuous=True), "", "measurements"),
    ],
)
def test_what_cannot_be_searched_is_refused(matrix: Matrix, outgroup: str, words: str) -> None:
    with pytest.raises(TreeError, match=words):
        shortest_trees(matrix, outgroup=outgroup)


def between_tips(tree: Tree, names: list[str]) -> np.ndarray:  # type: ignore[type-arg]
    return np.array([[tree.get_distance(one, other) if one != other else 0 for other in names] for one in names])


def test_neighbour_joining_gives_back_the_tree_of_its_distances() -> None:
    tree = read_newick("((A:2,B:3):1,(C:4,(D:1,E:5):2):3,F:6);")
    names = tip_names(tree)
    between = between_tips(tree, names)
    found = neighbour_joining(names, between)
    assert between_tips(found, names) == pytest.approx(between)
    rooted = neighbour_joining(names, between, outgroup="F")
    assert "F" in [child.name for child in rooted.children]
    assert len(rooted.children) == 2
    with pytest.raises(TreeError, match="at least three"):
        neighbour_joining(["A"], between)


def test_distances_count_what_both_have() -> None:
    matrix = Matrix(("A", "B", "C"), (tuple("01?{01}"[:3]), tuple("001"), tuple("??1")), (Character(),) * 3)
    assert distances(matrix).tolist() == [[0, 0.5, 1], [0.5, 0, 0], [1, 0, 0]]
    assert isinstance(neighbour_joining(matrix.taxa, distances(matrix)), Tree)
