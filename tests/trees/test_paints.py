"""`trees.paints`: colours by what tips share."""

from catalogue.colours import luminance
from trees.dating import DatedTree
from trees.paints import OTHER, Paints, paint_clades, paint_values
from trees.survey import survey


def test_the_most_frequent_value_comes_first_and_every_value_has_its_colour() -> None:
    paints = paint_values({"A": "China", "B": "China", "C": "Spain", "D": ""})
    assert [words for words, _color in paints.legend] == ["China", "Spain"]
    assert paints.of_tip["A"] == paints.of_tip["B"] != paints.of_tip["C"]
    assert "D" not in paints.of_tip


def test_beyond_the_colours_there_are_others() -> None:
    paints = paint_values({f"t{number}": f"v{number}" for number in range(30)}, "others")
    assert paints.legend[-1] == ("others", OTHER)
    assert len({color for _words, color in paints.legend}) == len(paints.legend) == 10


def test_a_branch_has_the_colour_on_which_its_tips_agree(dinosaurs: DatedTree) -> None:
    known = survey(dinosaurs)
    colors = Paints({"Lufengosaurus": "red", "Sinosaurus": "blue", "Gallus": "blue"}, ()).of_nodes(known)
    by_name = {node.name: color for node, color in zip(known.nodes, colors, strict=True)}
    assert by_name["Massopoda"] == "red"
    assert by_name["Theropoda"] == by_name["Avialae"] == "blue"
    assert by_name["Eusaurischia"] is by_name["Saurischia"] is None
    assert by_name["Eoraptor"] is by_name["Yunnanosaurus"] is None


def test_disagreement_below_is_not_forgotten_above(dinosaurs: DatedTree) -> None:
    known = survey(dinosaurs)
    colors = Paints({"Lufengosaurus": "red", "Yunnanosaurus": "blue", "Sinosaurus": "red"}, ()).of_nodes(known)
    assert [colors[known.numbers[name]] for name in ("Massopoda", "Eusaurischia")] == [None, None]


def test_clades_do_not_overlap_and_all_colours_can_be_read(dinosaurs: DatedTree) -> None:
    paints = paint_clades(survey(dinosaurs))
    assert [words for words, _ in paints.legend] == ["Theropoda", "Massopoda"]
    assert set(paints.of_tip) == set(dinosaurs.ranges) - {"Eoraptor"}
    for _words, color in paints.legend:
        assert 0.1 < luminance(color) < 0.3
