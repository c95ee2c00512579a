"""`trees.end_labels`: what stands right of a tip."""

from trees.dating import DatedTree
from trees.end_labels import end_label, label_offset
from trees.layout import Place, lay_out


def tip(dated: DatedTree, name: str) -> Place:
    place = lay_out(dated).find(name)
    assert place is not None
    return place


def test_the_parts_of_a_label_in_their_order(dinosaurs: DatedTree) -> None:
    place = tip(dinosaurs, "Lufengosaurus")
    spans = end_label(place, {"Lufengosaurus": "禄丰龙"}, {"Lufengosaurus": 12}, 20).spans
    assert [(span.kind, span.text) for span in spans] == [
        ("name", "Lufengosaurus"),
        ("dagger", "†"),
        ("second", "禄丰龙"),
        ("count", "◆ 12"),
    ]


def test_the_living_have_no_dagger_but_more_room_for_their_mark(dinosaurs: DatedTree) -> None:
    spans = end_label(tip(dinosaurs, "Gallus"), {}, {}, 20).spans
    assert [span.kind for span in spans] == ["name"]
    assert label_offset(tip(dinosaurs, "Gallus")) > label_offset(tip(dinosaurs, "Eoraptor"))


def test_a_folded_clade_tells_how_many_it_holds(dinosaurs: DatedTree) -> None:
    place = lay_out(dinosaurs, collapsed={"Theropoda"}).find("Theropoda")
    assert place is not None
    assert [span.text for span in end_label(place, {}, {}, 20).spans] == ["Theropoda", "(3)"]


def test_letters_shrink_with_the_rows_but_stay_between_7_and_13_5_pixels(dinosaurs: DatedTree) -> None:
    place = tip(dinosaurs, "Eoraptor")
    assert [end_label(place, {}, {}, height).size for height in (2, 15, 60)] == [7.0, 9.9, 13.5]


def test_every_part_takes_room(dinosaurs: DatedTree) -> None:
    place = tip(dinosaurs, "Eoraptor")
    plain = end_label(place, {}, {}, 20).width
    assert end_label(place, {"Eoraptor": "始盗龙"}, {}, 20).width > plain + 3 * 12
    assert end_label(place._replace(name="Eoraptor lunensis"), {}, {}, 20).width > plain
