"""`trees.neighbourhood`: a taxon among its relatives."""

import pytest

from catalogue.geological_time import timescale
from trees.dating import DatedTree, date_tree
from trees.errors import TreeError
from trees.library import built_in_tree
from trees.model import find_node, tip_names
from trees.neighbourhood import neighbourhood
from trees.ranges import published_ranges


def test_it_goes_up_some_splits_and_keeps_the_ages(dinosaurs: DatedTree) -> None:
    near = neighbourhood(dinosaurs, "Gallus", levels=2).dated
    assert near.tree.name == "Theropoda"
    assert near.root_age == dinosaurs.node_ages["Theropoda"]
    assert set(near.ranges) == {"Sinosaurus", "Confuciusornis", "Gallus"}
    assert near.tree.up is None


def test_it_stops_at_the_root(dinosaurs: DatedTree) -> None:
    assert tip_names(neighbourhood(dinosaurs, "Gallus", levels=99).dated.tree) == tip_names(dinosaurs.tree)


def test_clades_beside_the_way_are_folded(dinosaurs: DatedTree) -> None:
    assert neighbourhood(dinosaurs, "Lufengosaurus", levels=2).collapsed == {"Theropoda"}
    assert neighbourhood(dinosaurs, "Lufengosaurus", levels=2, fold_above=3).collapsed == frozenset()
    assert neighbourhood(dinosaurs, "Eusaurischia", levels=1).collapsed == {"Theropoda"}


def test_the_whole_tree_is_left_as_it_is(dinosaurs: DatedTree) -> None:
    neighbourhood(dinosaurs, "Gallus", levels=1)
    assert find_node(dinosaurs.tree, "Avialae").up.name == "Theropoda"


def test_every_tip_of_the_built_in_tree_has_one_that_holds_it() -> None:
    dated = date_tree(built_in_tree().tree, published_ranges(timescale()))
    for tip in dated.ranges:
        near = neighbourhood(dated, tip)
        assert tip in near.dated.ranges
        folded = [name for name in near.collapsed if tip in tip_names(find_node(dated.tree, name))]
        assert folded == []


def test_an_unknown_taxon_is_said(dinosaurs: DatedTree) -> None:
    with pytest.raises(TreeError, match="“Nessie” is not on the dated tree"):
        neighbourhood(dinosaurs, "Nessie")
