"""`trees.arranging`: the same tree seen otherwise, with nothing lost on the way."""

import pytest

from trees.arranging import clade_of, ladderised, rerooted
from trees.errors import TreeError
from trees.model import Tree, tip_names
from trees.reading import read_newick
from trees.writing import write_newick

TREE = "((((A:1,B:2)90:1,C:3)80:2,(D:2,E:1)70:3)60:1,F:4);"


def splits(tree: Tree) -> dict[frozenset[frozenset[str]], float]:
    """The support of each split of the tips, which no root can change."""
    whole = frozenset(tip_names(tree))
    found = {}
    for node in tree.traverse():
        side = frozenset(tip_names(node))
        if 1 < len(side) < len(whole) - 1:
            found[frozenset({side, whole - side})] = node.support
    return found


def distances(tree: Tree) -> dict[tuple[str, str], float]:
    names = sorted(tip_names(tree))
    return {(a, b): round(tree.get_distance(a, b), 9) for a in names for b in names if a < b}


@pytest.mark.parametrize("outgroup", [["A"], ["A", "B"], ["C"], ["D", "E"], ["E"], ["A", "C"]])
def test_support_stays_with_its_branch_and_distances_stay(outgroup: list[str]) -> None:
    tree = read_newick(TREE)
    turned = rerooted(tree, outgroup)
    assert sorted(tip_names(turned)) == sorted(tip_names(tree))
    assert splits(turned) == splits(tree)
    assert distances(turned) == distances(tree)
    assert len(turned.children) == 2
    assert set(outgroup) <= {*tip_names(turned.children[0])}
    assert write_newick(tree, support=True) == TREE, "the tree that was given is left as it is"
    assert all(len(node.children) != 1 for node in turned.traverse())


def test_there_and_back() -> None:
    tree = read_newick("((A:1,B:1)X:1,(C:1,D:1)Y:1)R;")
    back = rerooted(rerooted(tree, ["A"]), ["C", "D"])
    assert distances(back) == distances(tree)
    assert {frozenset(tip_names(child)) for child in back.children} == {frozenset("AB"), frozenset("CD")}


def test_what_is_noted_on_a_branch_stays_with_it_and_a_group_turned_inside_out_has_no_name() -> None:
    turned = rerooted(read_newick("(((A,B)Aves[&prob=0.9],C)Dinosauria[&prob=0.5],D,E)R;"), ["A"])
    noted = {
        frozenset(tip_names(node)): getattr(node, "annotations", {}) for node in turned.traverse() if node.children
    }
    assert noted[frozenset("BCDE")] == {}
    assert noted[frozenset("CDE")] == {"prob": 0.9}
    assert noted[frozenset("DE")] == {"prob": 0.5}
    assert {node.name for node in turned.traverse() if node.children} == {"R", ""}


def test_what_cannot_be_the_outgroup() -> None:
    tree = read_newick(TREE)
    with pytest.raises(TreeError, match="spans the whole tree"):
        rerooted(tree, ["A", "F"])
    with pytest.raises(TreeError, match="“X” is not on the tree"):
        rerooted(tree, ["X"])


def test_small_clades_first() -> None:
    tree = read_newick("(((A,B),C),(D,E),F);")
    assert tip_names(ladderised(tree)) == ["F", "D", "E", "C", "A", "B"]
    assert tip_names(ladderised(tree, large_first=True)) == ["A", "B", "C", "D", "E", "F"]
    assert tip_names(tree) == ["A", "B", "C", "D", "E", "F"]


def test_one_clade_alone() -> None:
    alone = clade_of(read_newick("((A,B)X,C);"), "X")
    assert (tip_names(alone), alone.up) == (["A", "B"], None)


def test_deep_ladders() -> None:
    text = "(" * 2000 + "A" + "".join(f",t{number})" for number in range(2000)) + ";"
    assert len(tip_names(rerooted(ladderised(read_newick(text)), ["A"]))) == 2001
