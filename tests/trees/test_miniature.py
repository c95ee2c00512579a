"""`trees.miniature`: a tree thinned out for a small picture."""

from trees.dating import DatedTree
from trees.miniature import miniature
from trees.model import tip_names


def test_the_wanted_stay_and_the_others_are_thinned(dinosaurs: DatedTree) -> None:
    thin = miniature(dinosaurs, {"Gallus", "Nessie"}, most=3)
    assert len(tip_names(thin.tree)) == 3
    assert "Gallus" in thin.ranges
    assert set(thin.ranges) == set(tip_names(thin.tree))


def test_the_others_are_chosen_evenly_from_top_to_bottom(dinosaurs: DatedTree) -> None:
    tips = tip_names(dinosaurs.tree)
    assert tip_names(miniature(dinosaurs, (), most=3).tree) == [tips[0], tips[2], tips[4]]


def test_ages_are_those_of_the_whole_tree(dinosaurs: DatedTree) -> None:
    thin = miniature(dinosaurs, {"Lufengosaurus", "Gallus"}, most=2)
    assert {thin.node_ages[name] for name in thin.node_ages} <= set(dinosaurs.node_ages.values())
    assert thin.tree.up is None


def test_one_clade_alone(dinosaurs: DatedTree) -> None:
    thin = miniature(dinosaurs, (), most=99, clade="Theropoda")
    assert thin.tree.name == "Theropoda"
    assert thin.root_age == dinosaurs.node_ages["Theropoda"]


def test_a_small_tree_stays_as_it_is(dinosaurs: DatedTree) -> None:
    before = tip_names(dinosaurs.tree)
    assert tip_names(miniature(dinosaurs, (), most=99, clade="Nessieidae").tree) == before
    assert miniature(dinosaurs, (), most=0) is dinosaurs
    assert tip_names(dinosaurs.tree) == before
