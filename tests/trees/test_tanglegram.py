"""`trees.tanglegram`: two trees face to face."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trees.errors import TreeError
from trees.model import Tree, copy_tree, tip_names
from trees.reading import read_newick
from trees.tanglegram import face_to_face


def test_trees_that_agree_do_not_cross() -> None:
    found = face_to_face(read_newick("(((A,B),C),(D,E));"), read_newick("((E,D),(C,(B,A)));"))
    assert (found.crossings, found.distance) == (0, 0)
    assert tip_names(found.left) == tip_names(found.right)
    assert frozenset("DE") in found.agreeing


def test_tips_of_one_tree_alone_are_named() -> None:
    found = face_to_face(read_newick("((A,B),X);"), read_newick("(A,(B,Y));"))
    assert (found.only_left, found.only_right) == (("X",), ("Y",))
    assert sorted(found.shared) == ["A", "B"]
    with pytest.raises(TreeError, match="fewer than two"):
        face_to_face(read_newick("(A,B);"), read_newick("(C,D);"))


def grown(size: int, chance: random.Random) -> Tree:
    nodes = [Tree(name=f"t{number}") for number in range(size)]
    while len(nodes) > 1:
        parent = Tree()
        for _ in range(2):
            parent.add_child(nodes.pop(chance.randrange(len(nodes))))
        nodes.append(parent)
    return nodes[0]


@given(st.integers(3, 25), st.integers(0, 10_000))
def test_turning_never_makes_it_worse_and_untangles_the_same_tree(size: int, seed: int) -> None:
    chance = random.Random(seed)
    one, other = grown(size, chance), grown(size, chance)
    order = {name: number for number, name in enumerate(tip_names(other))}
    before = [order[name] for name in tip_names(one)]
    crossings = sum(a > b for at, a in enumerate(before) for b in before[at + 1 :])
    found = face_to_face(one, other)
    assert found.crossings <= crossings
    assert sorted(found.shared) == sorted(order)
    shuffled = copy_tree(one)
    for node in shuffled.traverse():
        chance.shuffle(node.children)
    assert face_to_face(one, shuffled).crossings == 0


def test_it_gets_out_of_an_order_that_turning_one_tree_after_the_other_keeps() -> None:
    found = face_to_face(
        read_newick("((a,b,c,d),((h,i),(s,t,u),(k,l,m,n)));"), read_newick("((h,i),(s,t,u),((a,b,c,d),(k,l,m,n)));")
    )
    assert found.crossings == 0
