"""`trees.dating`: ages by the first appearances of tips, against published programs and a slow oracle.

The numbers of the toy trees were computed with strap 1.6-1 and paleotree 3.4.7 under R. Set ``BONEBED_REFERENCE_VALUES`` to the
folder of `dating_and_congruence.json` to check every node of the larger trees as well.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trees.dating import DatedTree, date_tree
from trees.errors import TreeError
from trees.model import Tree, tip_names
from trees.ranges import TaxonRange
from trees.reading import read_newick

TOY_A = "((A:2,B:1):3,(C:1,(D:1,E:2):1,F:4):2);"
FIRST_A = {"A": 100.0, "B": 90.0, "C": 120.0, "D": 80.0, "E": 95.0, "F": 110.0}
TOY_B = "(A:1,(B:2,(C:1,(D:3,E:2):4):1):2);"
FIRST_B = {"A": 100.0, "B": 100.0, "C": 100.0, "D": 90.0, "E": 80.0}


def instants(first: dict[str, float]) -> dict[str, TaxonRange]:
    return {taxon: TaxonRange(taxon, age, 0.0) for taxon, age in first.items()}


def branch_lengths(newick: str) -> list[float]:
    return [node.dist for node in read_newick(newick).traverse("preorder") if node.up]


@pytest.mark.parametrize(
    ("tree", "first", "method", "amount", "root_age", "expected"),
    [
        (TOY_A, FIRST_A, "basic", 1.0, 120, "((A:0,B:10):20,(C:0,(D:15,E:0):25,F:10):0)"),
        (TOY_A, FIRST_A, "mbl", 2.0, 124, "((A:2,B:12):22,(C:2,(D:17,E:2):25,F:12):2)"),
        (TOY_B, FIRST_B, "basic", 1.0, 100, "(A:0,(B:0,(C:0,(D:0,E:10):10):0):0)"),
        (TOY_B, FIRST_B, "mbl", 2.0, 106, "(A:6,(B:4,(C:2,(D:2,E:12):10):2):2)"),
        (TOY_A, FIRST_A, "equal", 1.0, 121, "((A:10.5,B:20.5):10.5,(C:0.5,(D:27.5,E:12.5):13,F:10.5):0.5)"),
        (TOY_A, FIRST_A, "equal", 10.0, 130, "((A:15,B:25):15,(C:5,(D:27.5,E:12.5):17.5,F:15):5)"),
        (
            TOY_A,
            FIRST_A,
            "ruta",
            10.0,
            130,
            f"((A:12,B:22):18,(C:{10 / 3},(D:{95 / 3},E:{50 / 3}):{35 / 3},F:{40 / 3}):{20 / 3})",
        ),
        (TOY_B, FIRST_B, "equal", 10.0, 110, f"(A:10,(B:{20 / 3},(C:{10 / 3},(D:5,E:15):{25 / 3}):{10 / 3}):{10 / 3})"),
        (TOY_B, FIRST_B, "ruta", 10.0, 110, f"(A:10,(B:5,(C:2.5,(D:{30 / 7},E:{100 / 7}):{115 / 14}):2.5):5)"),
        ("(t1,(t2,t3))", {"t1": 3.0, "t2": 4.0, "t3": 5.0}, "mbl", 1.0, 7, "(t1:4,(t2:2,t3:1):1)"),
    ],
)
def test_toy_trees_as_strap_and_paleotree_date_them(
    tree: str, first: dict[str, float], method: str, amount: float, root_age: float, expected: str
) -> None:
    root_length = amount if method in {"equal", "ruta"} else None
    dated = date_tree(read_newick(tree), instants(first), method, amount, root_length_ma=root_length)
    assert dated.root_age == root_age
    assert [node.dist for node in dated.tree.traverse("preorder") if node.up] == pytest.approx(branch_lengths(expected))


@pytest.mark.parametrize(("tree", "first", "total"), [(TOY_A, FIRST_A, 80.0), (TOY_B, FIRST_B, 20.0)])
@pytest.mark.parametrize("method", ["basic", "mbl"])
def test_the_total_ghost_lineage_is_the_minimum_implied_gap_of_strap(
    tree: str, first: dict[str, float], total: float, method: str
) -> None:
    assert date_tree(read_newick(tree), instants(first), method).total_ghost_lineage == pytest.approx(total)


def test_ghost_lineages_by_branch_do_not_depend_on_the_method() -> None:
    tree = read_newick("((A,B)X,(C,D)Y)R;")
    first = instants({"A": 100.0, "B": 90.0, "C": 80.0, "D": 70.0})
    expected = {"A": 0.0, "B": 10.0, "X": 0.0, "C": 0.0, "D": 10.0, "Y": 20.0, "R": 0.0}
    assert date_tree(tree, first, "basic").ghost_lineages == expected
    assert date_tree(tree, first, "mbl").ghost_lineages == expected


def test_node_ages_are_of_named_clades() -> None:
    dated = date_tree(read_newick("((A,B)X,(C,D))R;"), instants({"A": 9.0, "B": 8.0, "C": 7.0, "D": 6.0}), "mbl", 1.0)
    assert dated.node_ages == {"R": 11.0, "X": 10.0}
    assert dated.min_branch_ma == 1.0


def test_tips_without_a_range_are_left_out_and_reported() -> None:
    tree = read_newick("((A,B)X,((C,D)Y,E)Z)R;")
    dated = date_tree(tree, instants({"A": 9.0, "B": 8.0, "E": 7.0}), "basic")
    assert dated.undated == ("C", "D")
    assert dated.lost_clades == ("Z", "Y")
    assert tip_names(dated.tree) == ["A", "B", "E"]
    assert set(dated.ranges) == {"A", "B", "E"}
    assert tip_names(tree) == ["A", "B", "C", "D", "E"]


def test_the_tree_given_is_left_as_it_is() -> None:
    tree = read_newick(TOY_A)
    before = tree.write(format=1)
    date_tree(tree, instants(FIRST_A))
    assert tree.write(format=1) == before
    assert not any(hasattr(node, "age") for node in tree.traverse())


def test_names_with_commas_and_brackets_are_kept() -> None:
    tree = read_newick("('Gallus, fowl','Anas (duck)');")
    dated = date_tree(tree, instants({"Gallus, fowl": 5.0, "Anas (duck)": 4.0}))
    assert tip_names(dated.tree) == ["Gallus, fowl", "Anas (duck)"]


def test_a_ladder_of_three_thousand_tips() -> None:
    text = "(" * 3000 + "A" + "".join(f",t{number})" for number in range(3000)) + ";"
    tree = read_newick(text)
    dated = date_tree(tree, instants(dict.fromkeys(tip_names(tree), 10.0)), "mbl", 1.0)
    assert dated.root_age == 3010.0


@pytest.mark.parametrize(
    ("first", "method", "least", "words"),
    [
        ({"A": 1.0, "B": 2.0}, "cal3", 1.0, "“cal3” is not a way to date a tree"),
        ({"A": 1.0, "B": 2.0}, "mbl", -1.0, "zero to 4567"),
        ({"A": 1.0, "B": 2.0}, "mbl", 1e308, "zero to 4567"),
        ({"A": 1.0}, "mbl", 1.0, "at least two tips with a known range; 1 of 3"),
        ({}, "mbl", 1.0, "0 of 3"),
    ],
)
def test_what_cannot_be_dated_is_said(first: dict[str, float], method: str, least: float, words: str) -> None:
    with pytest.raises(TreeError, match=words):
        date_tree(read_newick("((A,B),C);"), instants(first), method, least)


@pytest.mark.parametrize("method", ["equal", "ruta"])
def test_sharing_time_needs_a_root_that_has_some(method: str) -> None:
    with pytest.raises(TreeError, match="needs more than zero"):
        date_tree(read_newick("((A,B),C);"), instants({"A": 1.0, "B": 2.0, "C": 2.0}), method, root_length_ma=0.0)


# A slow oracle, from the definitions

Nested = Any
nested_trees = st.recursive(
    st.floats(0, 300, allow_nan=False).map(lambda age: round(age, 1)) | st.none(),
    lambda below: st.lists(below, min_size=2, max_size=4),
    max_leaves=25,
).filter(lambda nested: isinstance(nested, list))


def grown(nested: Nested, first: dict[str, float]) -> Tree:
    """An ETE tree of nested lists; numbers are first appearances, None is an undated tip."""
    node = Tree()
    if isinstance(nested, list):
        for part in nested:
            node.add_child(grown(part, first))
    else:
        node.name = f"t{id(node)}"
        if nested is not None:
            first[node.name] = nested
    return node


def slow_ages(node: Tree, first: dict[str, float], least: float) -> dict[frozenset[str], float]:
    """Age of each group of dated tips: the greatest, over its tips, of first appearance plus `least` for each step up."""
    if node.is_leaf():
        return {frozenset({node.name}): first[node.name]} if node.name in first else {}
    parts = [slow_ages(child, first, least) for child in node.children]
    parts = [part for part in parts if part]
    ages = {group: age for part in parts for group, age in part.items()}
    if len(parts) > 1:
        tops = [max(part.items(), key=lambda item: len(item[0])) for part in parts]
        ages[frozenset().union(*(group for group, _ in tops))] = max(age for _, age in tops) + least
    return ages


@given(nested_trees, st.sampled_from([("basic", 0.0), ("mbl", 0.0), ("mbl", 1.0), ("mbl", 2.5)]))
def test_against_a_slow_oracle(nested: Nested, way: tuple[str, float]) -> None:
    first: dict[str, float] = {}
    tree = grown(nested, first)
    method, least = way
    if len(first) < 2:
        with pytest.raises(TreeError):
            date_tree(tree, instants(first), method, least)
        return
    dated = date_tree(tree, instants(first), method, least)
    ages = {frozenset(tip_names(node)): node.age for node in dated.tree.traverse()}
    assert ages == pytest.approx(slow_ages(tree, first, least))
    assert all(node.dist >= least - 1e-9 for node in dated.tree.traverse() if node.up)
    basic = slow_ages(tree, first, 0.0)
    gaps = [
        basic[frozenset(tip_names(node.up))] - basic[frozenset(tip_names(node))]
        for node in dated.tree.traverse()
        if node.up
    ]
    assert dated.total_ghost_lineage == pytest.approx(sum(gaps))


# Every node of the reference trees

_FOLDER = os.environ.get("BONEBED_REFERENCE_VALUES")
_FILE = Path(_FOLDER) / "dating_and_congruence.json" if _FOLDER else None


def matches(dated: DatedTree, expected: dict[str, Any]) -> int:
    ages = {frozenset(tip_names(node)): node.age for node in dated.tree.traverse() if node.children}
    for node in expected["node_ages"]:
        assert ages[frozenset(tip.replace("_", " ") for tip in node["tips"])] == pytest.approx(node["age"], abs=1e-6)
    assert len(ages) == len(expected["node_ages"])
    assert dated.root_age == pytest.approx(expected["root_time"], abs=1e-6)
    assert sum(node.dist for node in dated.tree.traverse()) == pytest.approx(expected["tree_length"], abs=1e-6)
    return len(ages)


@pytest.mark.skipif(_FILE is None or not _FILE.exists(), reason="the reference values are not here")
def test_every_node_of_the_reference_trees() -> None:
    assert _FILE is not None
    entries = {
        key: entry for key, entry in json.loads(_FILE.read_text(encoding="utf-8")).items() if not key.startswith("_")
    }
    checked = 0
    for entry in entries.values():
        ages = {taxon.replace("_", " "): age for taxon, age in entry["ages"].items()}
        ranges = {taxon: TaxonRange(taxon, first, last) for taxon, (first, last) in ages.items()}
        tree = read_newick(entry.get("input_newick") or entry.get("newick") or entry["tree"])
        for key, expected in entry.items():
            mbl = re.fullmatch(r"(?:paleotree_)?mbl(?:_vartime)?(\d+)", key)
            shared = re.fullmatch(r"(?:strap_|paleotree_)?(equal|ruta)_(?:rlen|vartime)(\d+)", key)
            if key in {"strap_basic", "paleotree_basic", "basic"}:
                checked += matches(date_tree(tree, ranges, "basic"), expected)
            elif mbl:
                checked += matches(date_tree(tree, ranges, "mbl", float(mbl[1])), expected)
            elif shared:
                length = float(shared[2])
                checked += matches(date_tree(tree, ranges, shared[1], root_length_ma=length), expected)
        if "congruence" in entry:
            total = date_tree(tree, ranges, "basic").total_ghost_lineage
            assert total == pytest.approx(entry["congruence"]["MIG"], abs=1e-6)
    assert checked > 600


def test_lengths_below_zero_give_no_time_away() -> None:
    ages = [100.0, 100.0, 100.0, 90.0, 80.0]
    ranges = {name: TaxonRange(name, age, age) for name, age in zip("ABCDE", ages, strict=True)}
    wanted = date_tree(read_newick("(A:1,(B:2,(C:1,(D:3,E:2):4):0):2);"), ranges, "ruta", root_length_ma=10)
    dated = date_tree(read_newick("(A:1,(B:2,(C:1,(D:3,E:2):4):-1):2);"), ranges, "ruta", root_length_ma=10)
    assert [node.age for node in dated.tree.traverse()] == [node.age for node in wanted.tree.traverse()]
