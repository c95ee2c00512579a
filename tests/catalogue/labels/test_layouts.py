"""What stands on each label, in which language, and that everything stays on it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from catalogue.labels.contents import Content
from catalogue.labels.layouts import LAYOUTS, Layout
from catalogue.labels.marks import POINT, Block, Code, Drawing, Letters, Shape, Stroke
from catalogue.labels.sheets import sheets_for

Make = Callable[..., Content]
EACH = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))


def drawn(layout: Layout, content: Content) -> Drawing:
    return layout.draw(content, layout.width, layout.height)


def edges(mark: object) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a mark."""
    match mark:
        case Letters():
            width = sum(mark.face.width(c) for c in mark.text.rstrip()) * mark.size * POINT
            return mark.x, mark.y - 0.75 * mark.size * POINT, mark.x + width, mark.y + 0.22 * mark.size * POINT
        case Block():
            return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
        case Code():
            return mark.x, mark.y, mark.x + mark.size, mark.y + mark.size
        case Shape():
            return mark.x, mark.y, mark.x + 200 * mark.scale, mark.y + 110 * mark.scale
        case Stroke():
            return min(mark.x1, mark.x2), min(mark.y1, mark.y2), max(mark.x1, mark.x2), max(mark.y1, mark.y2)
        case _:
            raise AssertionError(mark)


@EACH
@pytest.mark.parametrize("words", ["en", "zh", "both"])
@pytest.mark.parametrize("long", [1, 12])
def test_nothing_leaves_the_label_and_nothing_covers_the_code(
    content: Make, layout: Layout, words: str, long: int
) -> None:
    """On its own size and on each sticker, with a usual and with an endless name and place."""
    made = content(
        words=words,
        verbatim_identification=" ".join(["Lufengosaurus", *["huenei"] * long]),
        locality="Shawan, Lufeng Basin, " * long,
        catalog_number="V" + "1234567890" * long,
    )
    for sheet in sheets_for(layout).values():
        drawing = layout.draw(made, sheet.label_width, sheet.label_height)
        (code,) = (edges(mark) for mark in drawing.marks if isinstance(mark, Code))
        for mark in drawing.marks:
            left, top, right, bottom = edges(mark)
            assert left >= -0.01
            assert top >= -0.01
            assert right <= sheet.label_width + 0.01, (sheet.key, mark)
            assert bottom <= sheet.label_height + 0.01, (sheet.key, mark)
            if not isinstance(mark, Code):
                over = left < code[2] and right > code[0] and top < code[3] - 0.3 and bottom > code[1] + 0.3
                assert not over, (sheet.key, mark)


@EACH
def test_the_whole_name_is_there_with_its_doubt_upright(content: Make, layout: Layout) -> None:
    drawing = drawn(layout, content(words="en"))
    letters = [mark for mark in drawing.marks if isinstance(mark, Letters)]
    assert "cf. Lufengosaurus huenei" in " ".join(drawing.text.split())
    assert {mark.face.name for mark in letters if "Lufengosaurus" in mark.text} == {"SourceSerifPro-SemiboldIt"}
    assert {mark.face.name for mark in letters if "cf." in mark.text} == {"SourceSerifPro-Semibold"}


@EACH
def test_one_language_does_not_show_the_other(content: Make, layout: Layout) -> None:
    def chinese(words: str) -> bool:
        return any("一" <= character <= "鿿" for character in drawn(layout, content(words=words)).text)

    assert (chinese("en"), chinese("zh"), chinese("both")) == (False, True, True)
    assert "Hettangian" not in drawn(layout, content(words="zh")).text
    assert "Hettangian" in drawn(layout, content(words="both")).text


@EACH
def test_without_an_address_there_is_no_code(content: Make, layout: Layout) -> None:
    assert not [mark for mark in drawn(layout, content(link="")).marks if isinstance(mark, Code)]


@EACH
def test_markup_and_marks_of_direction_are_harmless_text(content: Make, layout: Layout) -> None:
    """On the sheet as it was typed; the letters of `<script>` are drawn, not obeyed."""
    text = drawn(layout, content(words="en", catalog_number="<b>\u202e7</b>", formation="")).text
    assert "<b>7</b>" in text.replace("\n", "")


def test_the_colours_are_the_official_ones(content: Make) -> None:
    fills = [mark.fill for mark in drawn(LAYOUTS["drawer"], content()).marks if isinstance(mark, Block)]
    assert {"#812B92", "#34B2C9"} <= {fill.upper() for fill in fills}  # Triassic and Jurassic
    strip = next(mark for mark in drawn(LAYOUTS["box"], content()).marks if isinstance(mark, Block))
    assert strip.fill.upper() == "#42AED0"  # Early Jurassic, the smallest unit that holds Hettangian to Sinemurian


def test_the_mark_of_the_find_stands_over_its_age(content: Make) -> None:
    layout = LAYOUTS["drawer"]
    blocks = [mark for mark in drawn(layout, content()).marks if isinstance(mark, Block)]
    triassic = next(block for block in blocks if block.fill.upper() == "#812B92")
    flag = next(block for block in blocks if block.stroke and block.fill)
    assert flag.x == pytest.approx(triassic.x + triassic.width, abs=0.01)
    assert flag.y + flag.height < triassic.y


def test_a_record_with_almost_nothing_known_is_still_a_label(content: Make) -> None:
    bare = content()
    bare = replace(bare, specimen=type(bare.specimen)("x", "MaterialCitation", verbatim_identification="Dinosauria"))
    for layout in LAYOUTS.values():
        assert "Dinosauria" in drawn(layout, bare).text


def test_a_place_known_in_one_language_stands_once(content: Make) -> None:
    here = {"locality": "禄丰县黑果蓬", "state_province": "云南", "country_code": "", "translations": {}}
    assert drawn(LAYOUTS["box"], content(**here)).text.count("黑果蓬") == 1
    assert drawn(LAYOUTS["box"], content(words="zh", **here)).text.count("禄丰县黑果蓬，云南") == 1
