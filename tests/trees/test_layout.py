"""`trees.layout`: rows and ages."""

import pytest

from trees.dating import DatedTree, date_tree
from trees.layout import CLADE, COLLAPSED, TIP, TimeAxis, fit_axis, lay_out
from trees.ranges import TaxonRange
from trees.reading import read_newick


def test_each_tip_has_a_row_and_each_clade_lies_between_its_branches(dinosaurs: DatedTree) -> None:
    layout = lay_out(dinosaurs)
    assert [place.y for place in layout.ends] == [0, 1, 2, 3, 4, 5]
    assert layout.rows == 6
    for place in layout.places:
        if place.kind == CLADE:
            branches = [child.y for child in layout.places if child.parent == place.index]
            assert (place.top, place.bottom) == (min(branches), max(branches))
            assert place.y == (place.top + place.bottom) / 2


def test_ages_are_those_of_the_tree(dinosaurs: DatedTree) -> None:
    ages = {place.name: place.age for place in lay_out(dinosaurs).places}
    assert ages == {node.name: node.age for node in dinosaurs.tree.traverse()}


def test_small_clades_go_first_unless_told_otherwise() -> None:
    ranges = {name: TaxonRange(name, 9, 8) for name in "ABCDE"}
    dated = date_tree(read_newick("(((A,B),C),(D,E));"), ranges)
    assert [place.name for place in lay_out(dated).ends] == ["D", "E", "C", "A", "B"]
    assert [place.name for place in lay_out(dated, order="large").ends] == ["A", "B", "C", "D", "E"]
    published = date_tree(read_newick("((D,E),((A,B),C));"), ranges)
    assert [place.name for place in lay_out(published, order="published").ends] == ["D", "E", "A", "B", "C"]


def test_a_folded_clade_takes_one_row_and_knows_what_it_holds(dinosaurs: DatedTree) -> None:
    layout = lay_out(dinosaurs, collapsed={"Theropoda"})
    folded = layout.find("Theropoda")
    assert folded is not None
    assert (folded.kind, folded.tips, folded.living, folded.youngest) == (COLLAPSED, 3, 1, 0.0)
    assert layout.rows == 4
    assert layout.find("Gallus") is None


def test_a_folded_root_is_all_there_is(dinosaurs: DatedTree) -> None:
    layout = lay_out(dinosaurs, collapsed={"Saurischia"})
    assert [(place.name, place.kind, place.parent) for place in layout.places] == [("Saurischia", COLLAPSED, -1)]


def test_the_way_to_the_root(dinosaurs: DatedTree) -> None:
    layout = lay_out(dinosaurs)
    tip = layout.find("Lufengosaurus")
    assert tip is not None
    assert tip.kind == TIP
    assert [place.name for place in layout.path_to_root(tip)] == [
        "Lufengosaurus",
        "Massopoda",
        "Eusaurischia",
        "Saurischia",
    ]


def test_a_ladder_of_three_thousand_tips() -> None:
    tree = read_newick("(" * 3000 + "A" + "".join(f",t{number})" for number in range(3000)) + ";")
    dated = date_tree(tree, {tip.name: TaxonRange(tip.name, 10, 9) for tip in tree.get_leaves()})
    assert lay_out(dated).rows == 3001


def test_the_axis_is_linear() -> None:
    axis = TimeAxis(oldest=250, youngest=0, left=10, pixels_per_myr=4)
    assert [axis.x(age) for age in (250, 200, 0)] == [10, 210, 1010]
    assert axis.right == 1010


def test_the_axis_leaves_room_for_the_longest_label() -> None:
    axis = fit_axis([(0, 100), (150, 800)], oldest=250, youngest=0, left=0, right=1000, least=100)
    assert axis.right + 100 <= 1000
    assert axis.x(150) + 800 == pytest.approx(1000)


def test_the_axis_keeps_a_least_length_for_labels_that_are_too_long() -> None:
    assert fit_axis([(0, 5000)], oldest=250, youngest=0, left=0, right=1000, least=300).right == pytest.approx(300)
