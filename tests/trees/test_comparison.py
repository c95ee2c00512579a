"""`trees.comparison`: shared clades, distances and consensus, against definitions and small trees known by heart."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trees.comparison import (
    adams_consensus,
    clade_support,
    consensus,
    gather,
    majority_consensus,
    robinson_foulds,
    strict_consensus,
    support,
)
from trees.errors import TreeError
from trees.model import Tree, tip_names
from trees.reading import read_newick


def clades(tree: Tree) -> set[frozenset[str]]:
    return {frozenset(tip_names(node)) for node in tree.traverse() if node.children and node.up}


def read(*newicks: str) -> list[Tree]:
    return [read_newick(newick) for newick in newicks]


def test_the_order_of_tips_does_not_matter() -> None:
    trees = read("(((A,B),C),(D,E));", "((D,E),(C,(A,B)));")
    assert clades(strict_consensus(gather(trees))) == {frozenset("AB"), frozenset("ABC"), frozenset("DE")}
    assert robinson_foulds(gather(trees), 0, 1) == 0


def test_strict_majority_and_support() -> None:
    gathered = gather(read("(((A,B),C),D);", "(((A,B),D),C);", "(((A,C),B),D);"))
    assert clades(strict_consensus(gathered)) == set()
    majority = majority_consensus(gathered)
    assert clades(majority) == {frozenset("AB"), frozenset("ABC")}
    assert {frozenset(tip_names(node)): node.support for node in majority.traverse() if node.children and node.up} == {
        frozenset("AB"): pytest.approx(2 / 3),
        frozenset("ABC"): pytest.approx(2 / 3),
    }
    assert sorted(share for clade, share in support(gathered).items() if gathered.names(clade) == ["A", "C"]) == [1 / 3]
    assert sorted(tip_names(majority)) == ["A", "B", "C", "D"]


def test_half_is_no_majority() -> None:
    assert clades(majority_consensus(gather(read("((A,B),C);", "((A,C),B);")))) == set()
    with pytest.raises(ValueError, match="contradict"):
        consensus(gather(read("((A,B),C);")), 0.3)


def test_distance_with_and_without_a_root() -> None:
    gathered = gather(read("(((A,B),C),(D,E));", "((A,B),(C,(D,E)));", "(((A,C),B),(D,E));"))
    assert robinson_foulds(gathered, 0, 1) == 2
    assert robinson_foulds(gathered, 0, 1, rooted=False) == 0
    assert robinson_foulds(gathered, 0, 2) == robinson_foulds(gathered, 0, 2, rooted=False) == 2


def test_adams_keeps_the_nesting_around_a_wanderer() -> None:
    one, other = read("((((A,B),C),D),E);", "((((B,C),D),A),E);")
    assert clades(strict_consensus(gather([one, other]))) == {frozenset("ABCD")}
    assert clades(adams_consensus([one, other])) == {frozenset("ABCD"), frozenset("BC")}


def test_support_of_the_clades_of_a_tree() -> None:
    tree, *others = read("(((A,B),C),X);", "((A,B),C);", "((A,C),B);")
    found = {frozenset(tip_names(node)): share for node, share in clade_support(tree, others).items()}
    assert found == {frozenset("ABC"): 0.0, frozenset("AB"): 0.5}


def test_trees_of_other_tips() -> None:
    trees = read("((A,B),C);", "((A,B),D);")
    with pytest.raises(TreeError, match=r"same tips; see tree 1\. Not in all of them: C, D"):
        gather(trees)
    assert gather(trees, shared_tips=True).left_out == ("C", "D")
    with pytest.raises(TreeError, match="no tree"):
        gather([])


nested = st.integers(4, 12).flatmap(lambda size: st.tuples(st.just(size), st.lists(st.integers(0, 9999), min_size=2, max_size=7)))  # fmt: skip


def random_tree(size: int, seed: int) -> Tree:
    chance = random.Random(seed)
    nodes = [Tree(name=f"t{number}") for number in range(size)]
    while len(nodes) > 1:
        parent = Tree()
        for node in chance.sample(nodes, min(len(nodes), chance.choice((2, 2, 3)))):
            nodes.remove(node)
            parent.add_child(node)
        nodes.append(parent)
    return nodes[0]


@given(nested)
def test_against_the_definitions(drawn: tuple[int, list[int]]) -> None:
    size, seeds = drawn
    trees = [random_tree(size, seed) for seed in seeds]
    sets = [clades(tree) for tree in trees]
    gathered = gather(trees)
    assert clades(strict_consensus(gathered)) == set.intersection(*sets)
    counted = {clade: sum(clade in of_tree for of_tree in sets) for clade in set().union(*sets)}
    assert clades(majority_consensus(gathered)) == {clade for clade, n in counted.items() if n * 2 > len(trees)}
    assert robinson_foulds(gathered, 0, 1) == len(sets[0] ^ sets[1])
    assert robinson_foulds(gathered, 0, 1, rooted=False) <= robinson_foulds(gathered, 0, 1)
    adams = clades(adams_consensus(trees))
    assert set.intersection(*sets) <= adams
    assert clades(adams_consensus([trees[0], trees[0]])) == sets[0]
