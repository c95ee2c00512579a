"""`trees.plates`: pictures of animals with their names."""

from xml.etree import ElementTree

import pytest

from trees.dating import DatedTree
from trees.layout import lay_out
from trees.plates import LARGE, SMALL, draw_plate, name_plate, name_width, outline, picture_plates

OUTLINE = '<path fill="currentColor" d="M0 0h200v110z"/>'


def test_the_outline_is_what_the_picture_holds() -> None:
    svg = f'<svg class="silhouette" aria-hidden="true" viewBox="0 0 200 110">{OUTLINE}</svg>\n'
    assert outline(svg) == OUTLINE
    assert outline("") == ""
    assert outline("<p>no picture</p>") == ""


@pytest.mark.parametrize("second", ["", "禄丰龙"])
def test_every_plate_ends_where_it_must(second: str) -> None:
    plates = picture_plates("Lufengosaurus", second, limit=80, edge=190, favour=1)
    assert plates
    for plate in plates:
        animal, name = plate.boxes
        assert animal.right <= 80
        assert name.right <= 190
        assert SMALL <= animal.right - animal.left <= LARGE
        assert not animal.meets(name)


def test_an_animal_with_no_time_left_stands_on_its_range() -> None:
    plates = picture_plates("Tyrannosaurus", "", limit=0, edge=500, favour=1)
    assert plates
    assert {plate.boxes[0].right for plate in plates} == {0}


def test_nothing_is_placed_beyond_the_edge() -> None:
    assert picture_plates("Tyrannosaurus", "", limit=0, edge=50, favour=1) == []


def test_larger_pictures_are_worth_more_room_the_more_so_when_favoured() -> None:
    plain = picture_plates("Passer", "", limit=900, edge=900, favour=1)
    favoured = picture_plates("Passer", "", limit=900, edge=900, favour=2)
    worths = [plate.worth for plate in plain]
    assert worths == sorted(worths, reverse=True)
    assert [plate.worth for plate in favoured] == [2 * worth for worth in worths]


def test_a_plate_is_a_button_with_a_wide_area_to_point_at(dinosaurs: DatedTree) -> None:
    place = lay_out(dinosaurs).find("Gallus")
    assert place is not None
    plate = picture_plates("Gallus", "原鸡", limit=900, edge=900, favour=1)[0]
    svg = draw_plate(place, plate, 100, 50, picture=OUTLINE, color="#123456", second="原鸡", said="Gallus & kin")
    group = ElementTree.fromstring(svg)
    assert (group.get("data-name"), group.get("role"), group.get("tabindex")) == ("Gallus", "button", "0")
    assert group.get("aria-label") == "Gallus & kin"
    assert "".join(group.find("text").itertext()) == "Gallus原鸡"  # type: ignore[union-attr]
    hit = group.find("rect")
    assert hit is not None
    left, top, width, height = (float(hit.attrib[key]) for key in ("x", "y", "width", "height"))
    for box in plate.at(100, 50):
        assert left < box.left
        assert top < box.top
        assert box.right < left + width
        assert box.bottom < top + height
    assert "#123456" in svg


def test_a_name_alone(dinosaurs: DatedTree) -> None:
    place = lay_out(dinosaurs).find("Eoraptor")
    assert place is not None
    svg = draw_plate(
        place, name_plate("Eoraptor", ""), 10, 50, picture=OUTLINE, color="#123456", second="", said="Eoraptor"
    )
    assert "path" not in svg
    assert name_width("Eoraptor", "始盗龙") > name_width("Eoraptor", "") + 3 * 15
