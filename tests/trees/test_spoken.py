"""`trees.spoken`: what a drawn tree says of its parts."""

from catalogue.geological_time import timescale
from trees.dating import DatedTree
from trees.layout import fit_axis, lay_out
from trees.sheet import Sheet
from trees.spoken import say_clade, say_tip, say_tip_fully, say_tree
from trees.words import WORDS


def sheet_of(dated: DatedTree, labels: dict[str, str], counts: dict[str, int]) -> Sheet:
    layout = lay_out(dated, collapsed={"Theropoda"} if "folded" in labels else frozenset())
    axis = fit_axis([], oldest=240, youngest=0, left=0, right=480, least=100)
    return Sheet(dated, layout, axis, timescale(), "en", WORDS, labels, counts, None, None, 0, 20)


def said(sheet: Sheet, name: str) -> str:
    place = sheet.layout.find(name)
    assert place is not None
    return say_tip_fully(sheet, place)


def test_a_tip_with_its_second_name_and_specimens(dinosaurs: DatedTree) -> None:
    sheet = sheet_of(dinosaurs, {"Lufengosaurus": "禄丰龙"}, {"Lufengosaurus": 12})
    assert said(sheet, "Lufengosaurus") == (
        "Lufengosaurus, 禄丰龙, extinct, 201.4 to 192.9 million years ago, from Early Jurassic; 12 specimens"
    )


def test_a_living_tip_with_its_ghost_lineage_and_one_specimen(dinosaurs: DatedTree) -> None:
    assert said(sheet_of(dinosaurs, {}, {"Gallus": 1}), "Gallus") == (
        "Gallus, living, 5.3 to 0 million years ago, from Pliocene; "
        "120.5 million years without a known fossil before; 1 specimen"
    )


def test_a_clade_and_a_folded_one(dinosaurs: DatedTree) -> None:
    sheet = sheet_of(dinosaurs, {"Avialae": "鸟翼类"}, {})
    place = sheet.layout.find("Avialae")
    assert place is not None
    assert say_clade(sheet, place, "clade") == "Avialae, 鸟翼类, a clade of 2 tips, at least 126.8 million years old"
    assert say_clade(sheet, place, "collapsed").startswith("Avialae, 鸟翼类, a folded clade of 2 tips")


def test_the_whole_tree(dinosaurs: DatedTree) -> None:
    assert say_tree(lay_out(dinosaurs), WORDS) == "Dated tree of 6 tips, 232 to 0 million years ago"


def test_a_tip_in_other_words(dinosaurs: DatedTree) -> None:
    place = lay_out(dinosaurs).find("Gallus")
    assert place is not None
    words = {"tip": "{name}（{state}）{first}–{last}，{interval}", "living": "现生"}
    assert say_tip("Gallus", place, "上新世", words) == "Gallus（现生）5.3–0，上新世"
