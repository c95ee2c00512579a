"""Two hundred box labels with QR codes as PDF: ours against fpdf2 with the same texts, the same fonts and the same codes, in one run.

fpdf2 places each text where it is told, at one size; ours also wraps, shrinks, and chooses a face for each character. Both
begin with an empty memory of QR codes and with fonts opened before.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
import segno
from fpdf import FPDF
from pypdf import PdfReader

from catalogue.labels import marks, typefaces
from catalogue.labels.contents import Content, record_link
from catalogue.labels.layouts import LAYOUTS
from catalogue.labels.printing import write_pdf
from catalogue.labels.sheets import Sheet, lay_out, sheets_for
from catalogue.records import Specimen
from tests.benchmarks.sizes import rounds, sized

pytestmark = pytest.mark.benchmark
LABELS = sized(200, 30)
ONE = Specimen(
    occurrence_id="w:1",
    basis_of_record="FossilSpecimen",
    verbatim_identification="Lufengosaurus huenei",
    scientific_name="Lufengosaurus huenei",
    genus="Lufengosaurus",
    earliest_interval="Early Jurassic",
    latest_interval="Early Jurassic",
    max_ma=201.4,
    min_ma=174.7,
    formation="Lufeng",
    country_code="CN",
    state_province="Yunnan",
    locality="Shawan",
    translations={"zh": {"locality": "沙湾", "state_province": "云南省"}},
)


def records() -> list[Content]:
    numbered = [replace(ONE, occurrence_id=f"w:{n}", catalog_number=f"IVPP V{n}") for n in range(LABELS)]
    return [Content(one, "both", record_link("https://museum.example", one.occurrence_id)) for one in numbered]


def ours(sheet: Sheet) -> bytes:
    marks._qr.cache_clear()
    drawings = [LAYOUTS["box"].draw(content, sheet.label_width, sheet.label_height) for content in records()]
    return write_pdf(lay_out(sheet, drawings), title="Labels")


def theirs(sheet: Sheet) -> bytes:
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    for name, face in (("latin", typefaces.chain()[0]), ("han", typefaces.chinese_face())):
        assert face is not None
        pdf.add_font(name, fname=str(face.path))
    for number, content in enumerate(records()):
        if number % sheet.places == 0:
            pdf.add_page()
        x, y = sheet.place(number % sheet.places)
        for row, (font, text) in enumerate(
            (
                ("latin", content.specimen.catalog_number),
                ("latin", content.specimen.verbatim_identification),
                ("latin", "Early Jurassic  201.4–174.7 Ma"),
                ("han", "早侏罗世 沙湾，云南省，中国"),
                ("latin", "Lufeng Formation"),
                ("latin", "Shawan, Yunnan, China"),
            )
        ):
            pdf.set_font(font, size=8)
            pdf.text(x + 4, y + 6 + 4 * row, text)
        code = segno.make(content.link, error="m", micro=False).matrix
        square = 15 / len(code)
        pdf.set_fill_color(0)
        for down, line in enumerate(code):
            for across, dark in enumerate(line):
                if dark:
                    pdf.rect(x + 46 + across * square, y + 2 + down * square, square, square, style="F")
    return bytes(pdf.output())


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest of some runs."""
    seconds = []
    for _ in range(rounds(runs)):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def test_two_hundred_labels_against_fpdf2() -> None:
    sheet = sheets_for(LAYOUTS["box"])["a4-cut"]
    for made in (ours(sheet), theirs(sheet)):
        document = PdfReader(BytesIO(made))
        text = "".join(page.extract_text() for page in document.pages).replace("\0", "")
        assert len(document.pages) == -(-LABELS // sheet.places)
        assert text.count("IVPP V") == LABELS
        assert text.count("早侏罗世") == LABELS
    mine, peers = best_of(3, lambda: ours(sheet)), best_of(3, lambda: theirs(sheet))
    print(f"\n{LABELS} labels: ours {mine:.2f} s, fpdf2 {peers:.2f} s, ratio {mine / peers:.2f}")
