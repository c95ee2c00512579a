"""The preview shows what will be printed."""

from collections.abc import Callable
from xml.etree import ElementTree

from catalogue.labels.contents import Content
from catalogue.labels.layouts import LAYOUTS
from catalogue.labels.marks import Letters
from catalogue.labels.preview import draw_label, draw_sheet
from catalogue.labels.sheets import lay_out, sheets_for

Make = Callable[..., Content]
SVG = "{http://www.w3.org/2000/svg}"


def test_every_letter_is_drawn_from_the_outlines_that_are_printed(content: Make) -> None:
    drawing = LAYOUTS["exhibition"].draw(content(), 180, 125)
    picture = ElementTree.fromstring(draw_label(drawing, described="Label"))
    outlines = {path.get("id") for path in picture.iter(f"{SVG}path") if path.get("id")}
    uses = [use.get("href", "").removeprefix("#") for use in picture.iter(f"{SVG}use")]
    letters = "".join(mark.text for mark in drawing.marks if isinstance(mark, Letters))
    assert len(uses) == len("".join(letters.split()))
    assert set(uses) == outlines
    assert picture.get("viewBox") == "0 0 180 125"


def test_what_is_written_is_read_out_and_markup_in_it_is_text(content: Make) -> None:
    drawing = LAYOUTS["box"].draw(content(words="en", catalog_number='"><script>x</script>'), 63, 40)
    markup = draw_label(drawing, described="Label 1 of 1")
    said = ElementTree.fromstring(markup).get("aria-label") or ""
    assert said.startswith("Label 1 of 1: ")
    assert "<script>x</script>" in said.replace(" · ", "")
    assert "<script" not in markup


def test_the_sheet_shows_every_label_and_every_free_place(content: Make) -> None:
    sheet = sheets_for(LAYOUTS["box"])["a4-cut"]
    page = lay_out(sheet, [LAYOUTS["box"].draw(content(), 63, 40)] * 3, start=2)[0]
    free = [(*sheet.place(0), 63.0, 40.0)]
    picture = ElementTree.fromstring(draw_sheet(page.width, page.height, page.placed, free, described="Sheet"))
    assert len(picture.findall(f"{SVG}g")) == 4  # cut marks and three labels
    dashed = [rect for rect in picture.findall(f"{SVG}rect") if rect.get("stroke-dasharray")]
    assert [(rect.get("x"), rect.get("y")) for rect in dashed] == [("10.50", "28.50")]
