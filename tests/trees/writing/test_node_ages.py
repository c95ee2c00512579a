"""`trees.writing.node_ages`: the ages of all nodes as a table."""

import csv
from io import StringIO

import pytest

from trees.dating import DatedTree
from trees.reading import read_newick
from trees.reading.files import read_content
from trees.writing.node_ages import HEADINGS, write_node_ages


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_a_line_for_each_node_with_age_branch_range_and_source(dinosaurs: DatedTree) -> None:
    table = rows(write_node_ages(dinosaurs.tree, dinosaurs.ranges))
    assert tuple(table[0]) == HEADINGS
    assert len(table) == sum(1 for _ in dinosaurs.tree.traverse())
    by_name = {row["name"]: row for row in table}
    assert {name: float(by_name[name]["age_ma"]) for name in dinosaurs.node_ages} == dict(dinosaurs.node_ages)
    assert by_name["Gallus"]["first_appearance_ma"] == "5.3"
    assert (by_name["Gallus"]["last_appearance_ma"], by_name["Gallus"]["source"]) == ("0", "published")
    assert (by_name["Theropoda"]["first_tip"], by_name["Theropoda"]["last_tip"]) == ("Sinosaurus", "Gallus")
    assert (by_name["Theropoda"]["tips"], by_name["Theropoda"]["source"]) == ("3", "")
    parent = table[int(by_name["Avialae"]["parent"]) - 1]
    assert parent["name"] == "Theropoda"
    branch = float(parent["age_ma"]) - float(by_name["Avialae"]["age_ma"])
    assert branch == pytest.approx(float(by_name["Avialae"]["branch_myr"]))


def test_a_tree_with_lengths_alone_has_ages_from_its_youngest_tip() -> None:
    table = rows(write_node_ages(read_newick("((A:1,B:2)X:3,C:4)R;")))
    assert {row["name"]: row["age_ma"] for row in table} == {"R": "5", "X": "2", "A": "1", "B": "0", "C": "1"}


def test_a_name_that_begins_like_a_formula_is_defused() -> None:
    assert "'=cmd" in write_node_ages(read_newick("('=cmd',B);"))


def test_a_ladder() -> None:
    ladder = read_content(("(" * 9999 + "A" + "".join(f",t{n})" for n in range(9999)) + ";").encode()).trees[0].tree
    assert len(rows(write_node_ages(ladder))) == 2 * 10_000 - 1
