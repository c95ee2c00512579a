"""`trees.alike`: what two trees have in common, folded."""

import random

import pytest

from trees.alike import fold_alike
from trees.comparison import gather, robinson_foulds
from trees.model import Tree, tip_names
from trees.reading import read_newick


def test_the_largest_groups_that_are_the_same_become_one_tip() -> None:
    left = read_newick("((((A,B),C)Alpha,D),(E,F));")
    right = read_newick("(((C,(B,A))Alpha,(F,E)),D);")
    one, other = fold_alike(left, right)
    assert sorted(tip_names(one)) == sorted(tip_names(other)) == ["Alpha (3)", "D", "E … F (2)"]


def test_a_group_with_another_branching_or_another_tip_stays_open() -> None:
    one, _ = fold_alike(read_newick("(((A,B),C),D);"), read_newick("(((A,C),B),D);"))
    assert sorted(tip_names(one)) == list("ABCD")
    one, other = fold_alike(read_newick("(((A,B),C),D);"), read_newick("(((A,B,X),C),D);"))
    assert "X" in tip_names(other) and "A" in tip_names(one)


def test_trees_that_are_the_same_come_back_unfolded() -> None:
    one, other = fold_alike(read_newick("((A,B),C);"), read_newick("(C,(B,A));"))
    assert sorted(tip_names(one)) == sorted(tip_names(other)) == ["A", "B", "C"]


@pytest.mark.parametrize("seed", range(20))
def test_folding_keeps_every_difference(seed: int) -> None:
    chance = random.Random(seed)
    left, right = grown(chance), grown(chance)
    unfolded = robinson_foulds(gather([left, right]), 0, 1)
    if unfolded:
        assert robinson_foulds(gather(fold_alike(left, right)), 0, 1) == unfolded


def grown(chance: random.Random) -> Tree:
    """A random tree of nine tips, some of whose groups are always the same."""
    parts = ["(A,B)", "(C,(D,E))", "F", "G", "H", "I"]
    while len(parts) > 1:
        one, other = (parts.pop(chance.randrange(len(parts))) for _ in range(2))
        parts.append(f"({one},{other})")
    return read_newick(parts[0] + ";")
