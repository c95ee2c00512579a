"""`trees.model`: copies that keep everything, and trees with tips left out."""

import gc

import pytest

from trees.errors import TreeError
from trees.model import Tree, copy_tree, find_node, tip_names, without_tips
from trees.reading import read_newick


def ladder(tips: int) -> Tree:
    root = node = Tree()
    for number in range(tips - 1):
        node.add_child(name=f"t{number}")
        node = node.add_child(Tree())
    node.name = f"t{tips - 1}"
    return root


def test_a_copy_keeps_names_lengths_support_and_features() -> None:
    tree = read_newick("(('Lufengosaurus huenei, (Young)':2.5,B:1)95:3,C:4)Root;")
    tree.children[0].add_feature("age", 190.0)
    copied = copy_tree(tree)
    assert copied is not tree
    assert tip_names(copied) == ["Lufengosaurus huenei, (Young)", "B", "C"]
    inner = copied.children[0]
    assert (copied.name, inner.support, inner.dist, inner.age) == ("Root", 95.0, 3.0, 190.0)
    assert [child.dist for child in inner.children] == [2.5, 1.0]


def test_a_copy_of_a_part_has_no_parent_and_leaves_the_whole_alone() -> None:
    tree = read_newick("((A,B)X,C)R;")
    part = copy_tree(tree.children[0])
    assert part.up is None
    part.name = "changed"
    assert tree.children[0].name == "X"


def test_deep_ladders_are_copied_and_pruned() -> None:
    tree = ladder(3000)
    assert len(tip_names(copy_tree(tree))) == 3000
    pruned, _ = without_tips(tree, {f"t{number}" for number in range(0, 3000, 2)})
    assert tip_names(pruned) == [f"t{number}" for number in range(1, 3000, 2)]


def test_a_tip_is_found_before_a_clade_of_the_same_name() -> None:
    tree = read_newick("((A,B)X,(X,C)Y)R;")
    assert find_node(tree, "X").is_leaf()
    assert len(find_node(tree, "Y")) == 2
    assert find_node(tree, "Z") is None


def test_a_clade_left_with_one_branch_goes_and_its_lengths_are_joined() -> None:
    tree = read_newick("((A:1,B:2)X:3,(C:1,D:1)Y:1)R;")
    pruned, lost = without_tips(tree, {"A"})
    assert lost == ["X"]
    assert [(child.name, child.dist) for child in pruned.children] == [("B", 5.0), ("Y", 1.0)]
    assert tip_names(tree) == ["A", "B", "C", "D"]


def test_the_only_branch_of_a_root_becomes_the_root() -> None:
    pruned, lost = without_tips(read_newick("((A,B)X,(C,D)Y)R;"), {"C", "D"})
    assert (pruned.name, pruned.up, lost) == ("X", None, ["R", "Y"])


def test_nothing_remains_of_a_tree_without_tips() -> None:
    assert without_tips(read_newick("((A,B)X,C)R;"), {"A", "B", "C"}) == (None, ["R", "X"])


def test_a_clade_written_with_one_branch_stays() -> None:
    pruned, lost = without_tips(read_newick("(((A)Only,B)X,C)R;"), {"C"})
    assert (pruned.name, lost) == ("X", ["R"])
    assert find_node(pruned, "Only") is not None


def test_what_a_node_holds_is_told_as_ete_does() -> None:
    tree = read_newick("((A:1,B:2)X:3,C);")
    tree.children[0].add_feature("age", 190.0)
    assert tree.features == {"dist", "support", "name"}
    assert copy_tree(tree).children[0].features == {"dist", "support", "name", "age"}
    tree.children[0].del_feature("age")
    assert "age" not in tree.children[0].features
    assert "X" in tree.write(format=1)


def test_garbage_is_collected_again_when_a_tree_is_made_or_refused() -> None:
    read_newick("(A,B);")
    assert gc.isenabled()
    with pytest.raises(TreeError):
        read_newick("(A,B")
    assert gc.isenabled()
