"""Maps for print: what is drawn, where it lies on the page, and the files that come of it."""

from io import BytesIO

import pytest
from PIL import Image

from catalogue.labels.marks import Drawing, Shape
from maps import painting, sheet
from maps.sheet import Dot, Plate

LUFENG = Dot(102.1, 25.1, 3, True, "#123456")
FIJI, SAMOA = Dot(179.0, -18.0, 1, False, "#654321"), Dot(-172.0, -14.0, 1, True, "#654321")


def discs(drawing: Drawing, color: str) -> list[Shape]:
    return [mark for mark in drawing.marks if isinstance(mark, Shape) and mark.fill == color]


def test_a_find_lies_where_its_longitude_and_latitude_say() -> None:
    drawing = sheet.draw_sheet([Plate("", "3 finds", [LUFENG])], "Finds", "caption", view=(90.0, 15.0, 114.0, 35.0))
    (disc,) = discs(drawing, LUFENG.color)
    sea = next(mark for mark in drawing.marks if getattr(mark, "fill", "") == sheet.SEA and not isinstance(mark, Shape))
    assert not isinstance(sea, Shape)
    assert (disc.x - sea.x) / sea.width == pytest.approx((102.1 - 90) / 24)  # type: ignore[union-attr]
    assert (disc.y - sea.y) / sea.height == pytest.approx((35 - 25.1) / 20)  # type: ignore[union-attr]


def test_what_is_said_is_written_in_both_scripts() -> None:
    drawing = sheet.draw_sheet([Plate("早侏罗世", "3 finds", [])], "Finds 化石", "caption", [("兽脚类", "#0072B2")])
    for text in ("早侏罗世", "化石", "caption", "兽脚类"):
        assert text in drawing.text


@pytest.mark.parametrize("number", [1, 2, 6, 12])
def test_all_maps_find_room_on_one_page(number: int) -> None:
    drawing = sheet.draw_sheet([Plate(f"{n}", "", [LUFENG]) for n in range(number)], "t", "c")
    placed = discs(drawing, LUFENG.color)
    assert len({(disc.x, disc.y) for disc in placed}) == number
    assert all(0 < disc.x < sheet.WIDTH and 0 < disc.y < sheet.HEIGHT for disc in placed)


def test_a_view_over_the_date_line_holds_both_sides() -> None:
    view = sheet.view_around([FIJI, SAMOA])
    west, _, east, _ = view
    assert west < 179 < 188 < east < west + 60
    drawing = sheet.draw_sheet([Plate("", "", [FIJI, SAMOA])], "t", "c", view=view)
    assert len(discs(drawing, "#654321")) == 2


def test_the_world_has_all_finds_wherever_its_middle_is() -> None:
    everywhere = [Dot(0, 90, 1, True, "#654321"), Dot(-178, -84, 1, True, "#654321"), Dot(180, -90, 1, True, "#654321")]
    for middle in (0.0, 10.0, 150.0):
        drawing = sheet.draw_sheet([Plate("", "", everywhere)], "t", "c", view=sheet.world(middle))
        assert len({(disc.x, disc.y) for disc in discs(drawing, "#654321")}) >= 3


def test_finds_everywhere_show_the_world() -> None:
    assert sheet.view_around([]) == sheet.WORLD
    assert sheet.view_around([Dot(x, 0, 1, True, "#000000") for x in range(-180, 180, 40)]) == sheet.WORLD


def test_the_files_are_what_they_say() -> None:
    drawing = sheet.draw_sheet([Plate("早", "", [LUFENG, FIJI])], "t", "c", borders=True)
    picture = Image.open(BytesIO(painting.as_png(drawing, dots_per_inch=120)))
    assert picture.size == (1403, 992)
    assert (0x12, 0x34, 0x56) in {color for _, color in picture.getcolors(1_000_000) or []}
    assert sheet.as_pdf(drawing, "t").startswith(b"%PDF")
