"""Where labels lie on paper, to a tenth of a millimetre, read back from the PDF itself."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from catalogue.labels.contents import Content
from catalogue.labels.layouts import LAYOUTS
from catalogue.labels.marks import Block, Drawing
from catalogue.labels.printing import PrintedPage, write_pdf
from catalogue.labels.sheets import PAPERS, lay_out, sheets_for, sheets_needed

Make = Callable[..., Content]
ALL = [(layout, sheet) for layout in LAYOUTS.values() for sheet in sheets_for(layout).values()]


def drawing() -> Drawing:
    return Drawing(1, 1, (Block(0, 0, 1, 1, fill="#000000"),))


def corners(pages: list[PrintedPage]) -> list[list[tuple[float, float]]]:
    """Where the labels lie, without the cut marks."""
    return [[(x, y) for x, y, one in page.placed if one.width < 100] for page in pages]


@pytest.mark.parametrize(
    ("layout", "sheet"), ALL, ids=[f"{layout.key}-{number}" for number, (layout, _) in enumerate(ALL)]
)
def test_labels_lie_side_by_side_on_the_paper(layout: object, sheet: object) -> None:
    from catalogue.labels.sheets import Sheet

    assert isinstance(sheet, Sheet)
    width, height = sheet.size
    assert sheet.places >= 1
    places = [sheet.place(number) for number in range(sheet.places)]
    right, bottom = places[-1][0] + sheet.label_width, places[-1][1] + sheet.label_height
    assert places[0] == pytest.approx((width - right, height - bottom))
    assert min(places[0]) >= 4.5
    assert len(set(places)) == sheet.places


@pytest.mark.parametrize(
    ("key", "places", "left", "top", "step"),
    [
        ("l7160", 21, 7.25, 15.15, (66.0, 38.1)),
        ("l7165", 8, 4.65, 13.1, (101.6, 67.7)),
        ("l7651", 65, 4.75, 10.7, (40.6, 21.2)),
        ("5160", 30, 4.7625, 12.7, (69.85, 25.4)),
    ],
)
def test_stickers_lie_where_their_makers_say(
    key: str, places: int, left: float, top: float, step: tuple[float, float]
) -> None:
    sheet = next(sheet for _, sheet in ALL if sheet.key == key)
    assert sheet.places == places
    assert sheet.place(0) == pytest.approx((left, top), abs=0.06)
    next_to = sheet.place(1)[0] - sheet.place(0)[0]
    below = sheet.place(sheet.columns)[1] - sheet.place(0)[1]
    assert (next_to, below) == pytest.approx(step, abs=0.01)


def test_a_sheet_that_was_used_in_part_is_used_up() -> None:
    sheet = sheets_for(LAYOUTS["box"])["l7160"]
    pages = corners(lay_out(sheet, [drawing()] * 20, start=20))
    assert [len(page) for page in pages] == [2, 18]
    assert pages[0] == [sheet.place(19), sheet.place(20)]
    assert pages[1][0] == sheet.place(0)
    assert sheets_needed(sheet, 20, start=20) == 2


def test_copies_lie_side_by_side() -> None:
    sheet = sheets_for(LAYOUTS["box"])["l7160"]
    one, other = drawing(), Drawing(2, 2, ())
    placed = lay_out(sheet, [one, other], copies=3)[0].placed
    assert [drawing for _, _, drawing in placed] == [one, one, one, other, other, other]


@pytest.mark.parametrize("start", [0, 22])
def test_a_place_that_is_not_on_the_sheet_is_refused(start: int) -> None:
    with pytest.raises(ValueError, match="places 1 to 21"):
        lay_out(sheets_for(LAYOUTS["box"])["l7160"], [drawing()], start=start)


def test_no_labels_take_no_sheet() -> None:
    sheet = sheets_for(LAYOUTS["box"])["a4-cut"]
    assert (lay_out(sheet, []), sheets_needed(sheet, 0)) == ([], 0)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_pdf_has_the_labels_where_the_sheet_says(content: Make, paper: str) -> None:
    layout = LAYOUTS["box"]
    sheet = sheets_for(layout)[f"{paper.lower()}-cut"]
    label = layout.draw(content(words="en"), sheet.label_width, sheet.label_height)
    document = PdfReader(BytesIO(write_pdf(lay_out(sheet, [label] * 5, start=2), title="Labels")))
    (page,) = document.pages
    assert (page.mediabox.width / 72 * 25.4, page.mediabox.height / 72 * 25.4) == pytest.approx(PAPERS[paper], abs=0.01)
    found: list[tuple[float, float]] = []

    def see(text: str, _: object, matrix: list[float], *__: object) -> None:
        if text.startswith("IVPP"):
            found.append((matrix[4] / 72 * 25.4, PAPERS[paper][1] - matrix[5] / 72 * 25.4))

    page.extract_text(visitor_text=see)
    first = next(mark for mark in label.marks if getattr(mark, "text", "").startswith("IVPP"))
    expected = [(x + first.x, y + first.y) for x, y in map(sheet.place, range(1, 6))]  # type: ignore[union-attr]
    assert len(found) == 5
    for place, right in zip(found, expected, strict=True):
        assert place == pytest.approx(right, abs=0.1)


def test_the_pdf_can_be_read_and_searched_and_embeds_every_font(content: Make) -> None:
    for words, wanted in (("zh", "辛涅缪尔期"), ("both", "Shāwān, Lúfeng")):
        label = LAYOUTS["drawer"].draw(content(words=words), 95, 56)
        sheet = sheets_for(LAYOUTS["drawer"])["a4-cut"]
        document = PdfReader(BytesIO(write_pdf(lay_out(sheet, [label]), title="标签", language="zh")))
        assert wanted in document.pages[0].extract_text()
        assert document.metadata is not None
        assert document.metadata.title == "标签"
        for font in document.pages[0]["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in descriptor, font.get_object()["/BaseFont"]


def test_a_document_leaves_nothing_behind(content: Make) -> None:
    before = (dict(pdfmetrics._fonts), dict(pdfmetrics._dynFaceNames))
    write_pdf([PrintedPage(100, 60, [(0, 0, LAYOUTS["drawer"].draw(content(), 95, 56))])], title="x")
    assert (pdfmetrics._fonts, pdfmetrics._dynFaceNames) == before
