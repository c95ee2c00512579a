"""The papers of a loan: the form that goes out with the specimens, and the receipt for when they come back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from catalogue.labels import contents
from catalogue.labels.contents import Content, Translate, Words, untranslated
from catalogue.labels.flow import MARGIN, Flow, cell, page_words
from catalogue.labels.lettering import Paragraph, Piece, fit
from catalogue.labels.marks import QUIET, Code, Stroke
from catalogue.labels.printing import PrintedPage
from catalogue.labels.sheets import PAPERS
from catalogue.lending import Lent, Loan
from catalogue.messages import Message, message
from catalogue.parts import ConditionReport
from catalogue.parts import Piece as Bone
from catalogue.records import OWN, Specimen

Paper = Literal["form", "receipt"]
_TITLES = {"form": message("Loan form"), "receipt": message("Receipt for a returned loan")}
_CODE = 24.0
_COUNTED = message("{element} × {count}")
_ON = message("{condition} ({date})")
_BETWEEN = 8.0
_LINES_FOR_HAND = 3


@dataclass(frozen=True)
class Lender:
    """Whose specimens they are, as the loan form names them.

    Parameters
    ----------
    name : str
        The institution; blank leaves it to be written by hand.
    address : str
        Lines of its address.
    conditions : tuple of str
        What borrowers agree to, a sentence or more each; none leaves lines to write on.
    """

    name: str = ""
    address: str = ""
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Loaned:
    """A loan with all that its papers say.

    Parameters
    ----------
    lent : sequence of Lent
        Its specimens, in the order in which they are to be listed.
    words : str
        ``en``, ``zh`` or ``both``.
    link : str
        Where the QR code leads: the page of the loan; blank for none.
    """

    loan: Loan
    lent: Sequence[Lent]
    lender: Lender = field(default_factory=Lender)
    words: Words = "en"
    link: str = ""
    translate: Translate = field(default=untranslated, compare=False)

    def of(self, specimen: Specimen | None) -> Content:
        """A specimen as labels see it; without one, the loan itself."""
        return Content(specimen or Specimen("", OWN), self.words, self.link, self.translate)

    def named(self, words: Message) -> str:
        """A term in the languages of the paper."""
        return self.of(None).named(words)


def loan_papers(loaned: Loaned, which: Paper, *, paper: str = "A4") -> list[PrintedPage]:
    """The pages of a loan form, or of the receipt for its return; `paper` is ``A4`` or ``Letter``."""
    flow = Flow(*PAPERS[paper])
    _head(loaned, which, flow)
    _parties(loaned, flow)
    _particulars(loaned, which, flow)
    flow.heading(loaned.named(message("Specimens")))
    _list(loaned, which, flow)
    if which == "form":
        _conditions(loaned, flow)
    _signatures(loaned, which, flow)
    number = loaned.named(message("Loan {number}", number=loaned.loan.number))
    foot = " · ".join(text for text in (number, loaned.link) if text)
    say = loaned.of(None)
    return flow.pages(foot, lambda page, pages: say.say(page_words(page, pages), say.languages[0]))


def _head(loaned: Loaned, which: Paper, flow: Flow) -> None:
    code = _CODE if loaned.link else 0.0
    title = fit(
        [
            Paragraph((Piece(loaned.named(_TITLES[which]), "bold"),), 20, leading=1.1),
            Paragraph((Piece(loaned.loan.number),), 14, gap=0.3),
        ],
        MARGIN,
        flow.y - 2,
        flow.room - code - 6,
        60,
    )
    flow.put(*title.letters)
    if code:
        flow.put(Code(flow.width - MARGIN - code, flow.y, code, loaned.link))
    flow.y += max(title.height, code) + 2


def _parties(loaned: Loaned, flow: Flow) -> None:
    """Lender and borrower side by side."""
    width = (flow.room - _BETWEEN) / 2
    lender, loan = loaned.lender, loaned.loan
    tallest = 0.0
    for number, (title, name, more) in enumerate(
        (
            (message("Lender"), lender.name, lender.address),
            (message("Borrower"), loan.borrower, loan.contact),
        )
    ):
        paragraphs = [
            Paragraph((Piece(loaned.named(title)),), 9, color=QUIET),
            *cell(name or " ", 12, "bold"),
            *cell(more, 10),
        ]
        setting = fit(paragraphs, MARGIN + number * (width + _BETWEEN), flow.y, width, 80)
        flow.put(*setting.letters)
        tallest = max(tallest, setting.height)
    flow.y += tallest + 3


def _particulars(loaned: Loaned, which: Paper, flow: Flow) -> None:
    loan = loaned.loan
    lines = [
        (message("Purpose"), loan.purpose),
        (message("Sent on"), loan.sent),
        (message("Due back on"), loan.due),
        (message("Came back on"), loan.returned or "____________" if which == "receipt" else ""),
        (message("Number of specimens"), str(len(loaned.lent))),
        (message("Remarks"), loan.remarks),
    ]
    for term, text in lines:
        if text:
            flow.row(loaned.named(term), text)


def _list(loaned: Loaned, which: Paper, flow: Flow) -> None:
    titles = [message("Catalogue number"), message("Name"), message("What is lent"), message("Condition")]
    shares = [0.2, 0.28, 0.26, 0.26]
    if which == "receipt":
        titles = [*titles[:3], message("Condition when sent"), message("Condition on return")]
        shares = [0.17, 0.24, 0.21, 0.19, 0.19]
    rows = [[*_row(loaned, number, one), *([[]] * (which == "receipt"))] for number, one in enumerate(loaned.lent, 1)]
    widths = [0.06 * flow.room, *(share * 0.94 * flow.room for share in shares)]
    flow.table(widths, ["", *(loaned.named(title) for title in titles)], rows)


def _row(loaned: Loaned, number: int, one: Lent) -> list[list[Paragraph]]:
    if one.specimen is None:
        gone = loaned.named(message("removed from the catalogue"))
        return [cell(str(number)), cell(one.occurrence_id), cell(gone), [], []]
    content = loaned.of(one.specimen)
    name = [Paragraph(contents.name(content, bold=False), 9), *cell(content.joined(contents.type_status), 9, "bold")]
    return [
        cell(str(number)),
        cell(contents.number(content) or one.occurrence_id),
        name,
        cell(_pieces(loaned, one) or content.joined(contents.material)),
        cell(_condition(loaned, one)),
    ]


def _pieces(loaned: Loaned, one: Lent) -> str:
    """The bones and blocks with their side and how many; blank when they are not listed."""
    return "\n".join(_piece(loaned, piece) for piece in one.parts.get("pieces", ()))


def _piece(loaned: Loaned, piece: Bone) -> str:
    said = ", ".join(text for text in (piece.element, piece.side) if text)
    if not piece.piece_count:
        return said
    return loaned.named(message(_COUNTED.template, element=said, count=piece.piece_count))


def _condition(loaned: Loaned, one: Lent) -> str:
    """What the latest report says."""
    reports: list[ConditionReport] = list(one.parts.get("condition_reports", ()))
    if not reports:
        return ""
    latest = max(reports, key=lambda report: report.checked_on)
    return loaned.named(message(_ON.template, condition=latest.condition, date=latest.checked_on))


def _conditions(loaned: Loaned, flow: Flow) -> None:
    """What the borrower agrees to; where nothing is set, lines to write it on."""
    flow.heading(loaned.named(message("Conditions of the loan")))
    for number, condition in enumerate(loaned.lender.conditions, start=1):
        setting = fit(cell(f"{number}. {condition}", 10), MARGIN, 0, flow.room, float("inf"))
        flow.need(min(setting.height, 14))
        flow.pour(setting.letters, setting.height)
        flow.y += 0.8
    if not loaned.lender.conditions:
        flow.need(_LINES_FOR_HAND * 9)
        for _ in range(_LINES_FOR_HAND):
            flow.y += 8
            flow.line()


def _signatures(loaned: Loaned, which: Paper, flow: Flow) -> None:
    """Two people sign, beside each other; never parted from their lines."""
    sides = {
        "form": (message("For the lender"), message("For the borrower: received in the condition stated")),
        "receipt": (message("For the borrower: returned"), message("For the lender: received back")),
    }[which]
    flow.need(44)
    flow.y += 6
    width = (flow.room - _BETWEEN) / 2
    for number, title in enumerate(sides):
        left = MARGIN + number * (width + _BETWEEN)
        flow.put(*fit([Paragraph((Piece(loaned.named(title), "bold"),), 9.5)], left, flow.y, width, 12).letters)
        for line, term in enumerate((message("Name and date"), message("Signature"))):
            y = flow.y + 20 + 14 * line
            flow.put(Stroke(left, y, left + width, y, 0.2))
            flow.put(*fit([Paragraph((Piece(loaned.named(term)),), 8, color=QUIET)], left, y + 0.6, width, 6).letters)
    flow.y += 40
