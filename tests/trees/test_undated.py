"""`trees.undated`: by branch lengths, or by branching alone."""

import pytest

from catalogue.geological_time import timescale
from trees.drawing import draw
from trees.errors import TreeError
from trees.keys import find_key, keyed
from trees.look import Look
from trees.model import tip_names
from trees.reading import read_newick
from trees.undated import LENGTHS, OWN, STEPS, by_lengths, by_steps, has_time

TREE = "((A:1,B:3)AB:2,(C:1,D:10)CD:1);"


def test_ages_count_from_the_tip_farthest_from_the_root() -> None:
    dated = by_lengths(read_newick(TREE))
    assert {node.name: node.age for node in dated.tree.traverse()} == {
        "": 11, "AB": 9, "A": 8, "B": 6, "CD": 10, "C": 9, "D": 0,
    }  # fmt: skip
    assert (dated.method, has_time(dated), dated.total_ghost_lineage) == (LENGTHS, False, 0)


def test_the_age_of_the_youngest_tip_makes_ages_of_lengths() -> None:
    dated = by_lengths(read_newick(TREE), 66)
    assert (dated.method, has_time(dated), dated.root_age) == (OWN, True, 77)
    assert dated.ranges["D"].first_appearance == dated.ranges["D"].last_appearance == 66


@pytest.mark.parametrize("age", [-1.0, float("inf"), float("nan")])
def test_an_age_that_cannot_be_is_refused(age: float) -> None:
    with pytest.raises(TreeError, match="youngest tip"):
        by_lengths(read_newick(TREE), age)


def test_a_cladogram_puts_each_fork_before_its_branches() -> None:
    dated = by_steps(read_newick("(A,(B,(C,D)));"))
    assert dated.method == STEPS
    assert dated.root_age == 3
    assert {dated.ranges[name].first_appearance for name in "ABCD"} == {0}


def test_keys_are_kept_and_the_tree_is_left_alone() -> None:
    tree = keyed(read_newick(TREE))
    for dated in (by_lengths(tree), by_steps(tree)):
        found = find_key(dated.tree, "CD")
        assert found is not None
        assert tip_names(found) == ["C", "D"]
    assert "age" not in tree.features


def test_without_time_nothing_is_said_of_time() -> None:
    for dated, number in ((by_lengths(read_newick(TREE)), True), (by_steps(read_newick(TREE)), False)):
        svg = draw(dated, Look(), timescale=timescale()).svg
        for sign in ("†", "Jurassic", "Ma<", 'class="range"', 'class="living-mark"', "million years", 'class="ghost"'):
            assert sign not in svg
        assert ('class="number"' in svg) is number


def test_a_ladder_of_ten_thousand_tips() -> None:
    tree = read_newick("(" * 9999 + "A:1" + "".join(f",t{number}:1):1" for number in range(9999)) + ";")
    assert by_steps(tree).root_age == 9999
    assert by_lengths(tree).root_age == pytest.approx(9999)
