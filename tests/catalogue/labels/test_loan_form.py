"""The papers of a loan: all that was lent stands on them, on as many pages as it takes, and nothing is invented."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from catalogue.labels.loan_form import Lender, Loaned, Paper, loan_papers
from catalogue.labels.printing import write_pdf
from catalogue.lending import Lent, Loan
from catalogue.parts import ConditionReport, Piece
from tests.catalogue.labels.conftest import LUFENGOSAURUS

LOAN = Loan(
    "L 2026/7",
    "Museum of Elsewhere",
    "Dr. A. Example, Long Street 1",
    "CT scanning",
    "2026-03-01",
    "2027-03-01",
    remarks="Carried by hand.",
)
LENDER = Lender("Lufeng Museum", "Museum Road 1\n651200 Lufeng", ("No sampling.", "Credit the museum."))
PARTS: dict[str, list[Any]] = {
    "pieces": [Piece("vertebra", "", "7"), Piece("femur", "left")],
    "condition_reports": [
        ConditionReport("2026-02", "stable, old crack"),
        ConditionReport("2019", "dusty"),
    ],
}


def lent(count: int = 1) -> list[Lent]:
    return [
        Lent(f"w:{number}", replace(LUFENGOSAURUS, catalog_number=f"IVPP V{number}"), PARTS)
        for number in range(1, count + 1)
    ]


def told(loaned: Loaned, which: Paper = "form") -> list[str]:
    """The text of each page as a reader of the PDF finds it, lines joined."""
    pages = loan_papers(loaned, which)
    document = PdfReader(BytesIO(write_pdf(pages, title="Loan")))
    return [" ".join(page.extract_text().split()) for page in document.pages]


def test_the_form_says_who_lends_what_to_whom_and_until_when() -> None:
    (page,) = told(Loaned(LOAN, lent(), LENDER))
    for text in (
        "Loan form", "L 2026/7", "Lufeng Museum", "651200 Lufeng", "Museum of Elsewhere", "Long Street 1", "CT scanning",
        "2026-03-01", "2027-03-01", "Carried by hand.", "IVPP V1", "holotype", "vertebra × 7", "femur, left",
        "stable, old crack (2026-02)", "1. No sampling.", "2. Credit the museum.", "For the lender", "Signature",
    ):  # fmt: skip
        assert text in page, text
    assert "Lufengosaurus huenei" in page
    assert "dusty" not in page


def test_the_receipt_has_room_for_the_condition_on_return() -> None:
    (page,) = told(Loaned(LOAN, lent(), LENDER), "receipt")
    assert "Receipt for a returned loan" in page
    assert "Condition on" in page
    assert "Came back on ____" in page
    assert "No sampling" not in page
    (back,) = told(Loaned(replace(LOAN, returned="2026-12-24"), lent(), LENDER), "receipt")
    assert "Came back on 2026-12-24" in back


@pytest.mark.parametrize("which", ["form", "receipt"])
def test_a_long_list_runs_over_pages_with_its_headings_and_every_specimen(which: Paper) -> None:
    pages = told(Loaned(LOAN, lent(200), LENDER), which)
    assert len(pages) > 3
    with_rows = [page for page in pages if "holotype" in page]
    assert all("What is lent" in page for page in with_rows)
    assert [number for number in range(1, 201) if f"IVPP V{number} " not in " ".join(pages)] == []
    assert [f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)


def test_nothing_lies_outside_the_margins() -> None:
    for page in loan_papers(Loaned(LOAN, lent(60), LENDER, "both", "https://museum.example/loans?entry=7"), "form"):
        (_, _, drawing) = page.placed[0]
        letters = [mark for mark in drawing.marks if hasattr(mark, "text")]
        assert all(10 < mark.y < page.height - 10 and 15 < mark.x < page.width - 15 for mark in letters)


def test_a_name_and_conditions_that_nobody_stated_are_left_to_be_written_by_hand() -> None:
    (page,) = told(Loaned(LOAN, lent()))
    assert "1. " not in page.partition("Conditions of the loan")[2].partition("For the lender")[0]


def test_a_specimen_that_was_removed_is_named_by_its_key() -> None:
    (page,) = told(Loaned(LOAN, [Lent("w:gone", None, {})], LENDER))
    assert "w:gone removed from the catalogue" in page


def test_the_code_leads_to_the_loan() -> None:
    coded = loan_papers(Loaned(LOAN, lent(), LENDER, link="https://museum.example/loans?entry=7"), "form")[0]
    assert coded.placed[0][2].module < 1
    assert loan_papers(Loaned(LOAN, lent(), LENDER), "form")[0].placed[0][2].module > 100


def test_a_description_longer_than_a_page_keeps_every_word() -> None:
    words = [f"word{number}" for number in range(900)]
    one = replace(LUFENGOSAURUS, preparations=" ".join(words))
    pages = told(Loaned(LOAN, [Lent("w:1", one, {})], LENDER))
    assert len(pages) > 1
    assert [word for word in words if word not in " ".join(pages)] == []


def test_both_languages_stand_side_by_side() -> None:
    chinese = {"Borrower": "借用方", "Loan form": "标本借出单"}
    (page,) = told(
        Loaned(LOAN, lent(), LENDER, "both", "", lambda text, into: chinese.get(text, text) if into == "zh" else text)
    )
    assert "Loan form 标本借出单" in page
    assert "Borrower 借用方" in page
