"""`trees.congruence`: numbers of strap, a slow oracle, and permutations that are what they say.

The numbers were computed with strap 1.6-1 under R. Set ``BONEBED_REFERENCE_VALUES`` to the folder of `dating_and_congruence.json` to
check the larger trees as well.
"""

import json
import math
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trees.congruence import congruence, permutation_test
from trees.dating import date_tree
from trees.errors import TreeError
from trees.model import Tree, tip_names
from trees.ranges import TaxonRange
from trees.reading import read_newick

TOY_A = "((A,B),(C,(D,E),F));"
AGES_A = {"A": (100, 95), "B": (90, 85), "C": (120, 110), "D": (80, 70), "E": (95, 95), "F": (110, 100)}
TOY_B = "(A,(B,(C,(D,E))));"
AGES_B = {"A": (100, 90), "B": (100, 95), "C": (100, 88), "D": (90, 90), "E": (80, 70)}


def ranges(ages: dict[str, tuple[float, float]]) -> dict[str, TaxonRange]:
    return {name: TaxonRange(name, float(first), float(last)) for name, (first, last) in ages.items()}


@pytest.mark.parametrize(
    ("tree", "ages", "expected"),
    [
        (TOY_A, AGES_A, {"srl": 40, "mig": 80, "g_max": 125, "g_min": 40, "sci": 2 / 3, "rci": -100, "ger": 9 / 17, "msm": 0.5}),
        (TOY_B, AGES_B, {"srl": 37, "mig": 20, "g_max": 30, "g_min": 20, "sci": 1, "rci": 45.945945946, "ger": 1, "msm": 1}),
    ],
)  # fmt: skip
def test_toy_trees_as_strap_has_them(
    tree: str, ages: dict[str, tuple[float, float]], expected: dict[str, float]
) -> None:
    found = congruence(read_newick(tree), ranges(ages))
    assert {name: getattr(found, name) for name in expected} == pytest.approx(expected)


def test_what_cannot_be_had_is_not_a_number() -> None:
    one_fork = congruence(read_newick("(A,B);"), ranges({"A": (5, 5), "B": (5, 5)}))
    assert all(math.isnan(value) for value in (one_fork.sci, one_fork.rci, one_fork.ger, one_fork.msm))
    with pytest.raises(TreeError, match="two tips"):
        congruence(read_newick("(A,B);"), ranges({"A": (5, 5)}))


def test_tips_without_a_range_play_no_part() -> None:
    whole = congruence(read_newick("((A,B),(C,X));"), ranges({"A": (9, 8), "B": (8, 8), "C": (7, 6)}))
    assert whole == congruence(read_newick("((A,B),C);"), ranges({"A": (9, 8), "B": (8, 8), "C": (7, 6)}))


nested = st.recursive(st.integers(1, 30), lambda below: st.lists(below, min_size=2, max_size=4), max_leaves=20).filter(
    lambda tree: isinstance(tree, list)
)


def grown(shape: Any, first: dict[str, float]) -> Tree:
    node = Tree()
    if isinstance(shape, list):
        for part in shape:
            node.add_child(grown(part, first))
    else:
        node.name = f"t{len(first)}"
        first[node.name] = float(shape)
    return node


@given(nested)
def test_against_the_definitions(shape: Any) -> None:
    first: dict[str, float] = {}
    tree = grown(shape, first)
    instants = {name: TaxonRange(name, age, 0.0) for name, age in first.items()}
    found = congruence(tree, instants)
    assert found.mig == pytest.approx(date_tree(tree, instants, "basic").total_ghost_lineage)
    forks = [node for node in tree.traverse() if node.children and node.up]
    consistent = 0
    for node in forks:
        own = {tip.name for tip in node.iter_leaves()}
        beside = {tip.name for tip in node.up.iter_leaves()} - own
        consistent += max(first[name] for name in beside) >= max(first[name] for name in own)
    if forks:
        assert found.sci == pytest.approx(consistent / len(forks))
    if found.g_max > found.g_min:
        assert 0 <= found.ger <= 1


def test_the_test_finds_a_tree_that_follows_the_rocks_and_one_that_does_not() -> None:
    names = [f"t{number}" for number in range(12)]
    ladder = "(" * 11 + names[-1] + "".join(f",{name})" for name in reversed(names[:-1])) + ";"
    in_order = ranges({name: (200 - 5 * number, 190 - 5 * number) for number, name in enumerate(names)})
    against = ranges({name: (200 - 7 * (number * 5 % 12), 100) for number, name in enumerate(names)})
    good = permutation_test(read_newick(ladder), in_order, times=200)
    poor = permutation_test(read_newick(ladder), against, times=200)
    assert good.p_ger == pytest.approx(1 / 201)
    assert good.ger_t == good.ger_star == 1
    assert poor.p_ger > 0.05
    assert permutation_test(read_newick(ladder), in_order, times=200) == good


def test_an_outgroup_keeps_its_own_range() -> None:
    tree = read_newick("(Out,(A,B));")
    known = ranges({"Out": (100, 90), "A": (20, 10), "B": (10, 5)})
    fixed = permutation_test(tree, known, times=300, outgroup="Out")
    assert fixed.p_ger == 1, "the outgroup is oldest in every dealing, so each demands the same gaps"
    assert permutation_test(tree, known, times=300).p_ger < 0.5
    with pytest.raises(TreeError, match="outgroup “Nobody”"):
        permutation_test(tree, known, outgroup="Nobody")


_FOLDER = os.environ.get("BONEBED_REFERENCE_VALUES")
_FILE = Path(_FOLDER) / "dating_and_congruence.json" if _FOLDER else None


@pytest.mark.skipif(_FILE is None or not _FILE.exists(), reason="the reference values are not here")
def test_every_index_of_the_reference_trees() -> None:
    assert _FILE is not None
    names = {"SRL": "srl", "MIG": "mig", "GMax": "g_max", "GMin": "g_min", "SCI": "sci", "RCI": "rci", "GER": "ger", "MSM*": "msm"}  # fmt: skip
    checked = 0
    for entry in json.loads(_FILE.read_text(encoding="utf-8")).values():
        if "congruence" not in entry:
            continue
        tree = read_newick(entry.get("input_newick") or entry["newick"])
        ages = {name.replace("_", " "): (first, last) for name, (first, last) in entry["ages"].items()}
        assert set(tip_names(tree)) <= set(ages)
        found = congruence(tree, ranges(ages))
        for theirs, ours in names.items():
            assert getattr(found, ours) == pytest.approx(entry["congruence"][theirs], rel=1e-9, abs=1e-8)
            checked += 1
    assert checked == 32
