"""`trees.ancestors`: estimates of phytools, and what must hold of any."""

import math

import pytest

from trees.ancestors import ancestral_states, ancestral_values
from trees.errors import TreeError
from trees.reading import read_newick

TREE = "(((A:1,B:2):1,C:3):2,(D:2,E:1):3);"


def test_values_as_phytools_estimates_them() -> None:
    found = list(ancestral_values(read_newick(TREE), {"A": 1, "B": 2, "C": 4, "D": 7, "E": 5}).values())
    assert [one.value for one in found] == pytest.approx([3.8268551237, 2.8233215548, 1.9293286219, 5.332155477])
    assert [one.variance for one in found] == pytest.approx([2.0419751776, 1.1008534256, 0.6648291276, 0.73390228371])


def test_tips_without_a_value_play_no_part() -> None:
    with_more = ancestral_values(read_newick("(((A:1,B:2):1,C:3):2,((D:2,X:1):0,E:1):3);"), {"A": 1, "B": 2, "C": 4, "D": 7, "E": 5})  # fmt: skip
    assert next(one.value for one in with_more.values()) == pytest.approx(3.8268551237)
    with pytest.raises(TreeError, match="At least 3"):
        ancestral_values(read_newick(TREE), {"A": 1, "B": 2})


def test_equal_values_stay_equal() -> None:
    found = ancestral_values(read_newick(TREE), dict.fromkeys("ABCDE", 3.0))
    assert {round(one.value, 9) for one in found.values()} == {3.0}


def test_states_sum_to_one_and_follow_the_tips() -> None:
    found = list(ancestral_states(read_newick(TREE), {"A": "x", "B": "x", "C": "x", "D": "y", "E": "y"}).values())
    assert [math.fsum(one.values()) for one in found] == pytest.approx([1.0] * 4)
    assert found[2]["x"] > 0.8 > 0.5 < found[3]["y"]


def test_two_tips_by_hand() -> None:
    found = next(iter(ancestral_states(read_newick("(A:1,B:1);"), {"A": "x", "B": "y"}).values()))
    assert found == {"x": pytest.approx(0.5), "y": pytest.approx(0.5)}
    with pytest.raises(TreeError, match="same state"):
        ancestral_states(read_newick("(A:1,B:1);"), {"A": "x", "B": "x"})


def test_a_long_ladder_does_not_underflow() -> None:
    text = "(" * 800 + "A:1" + "".join(f",t{number}:1):1" for number in range(800)) + ";"
    states = {f"t{number}": "xy"[number % 2] for number in range(800)} | {"A": "x"}
    found = ancestral_states(read_newick(text), states)
    assert all(math.isfinite(value) for one in found.values() for value in one.values())
