"""The report of a specimen: everything that is known about a record, on as many pages as it takes."""

from collections.abc import Iterable
from dataclasses import replace

from catalogue.labels import contents
from catalogue.labels.contents import Content
from catalogue.labels.flow import MARGIN, Flow, page_words
from catalogue.labels.lettering import Paragraph, Piece, fit
from catalogue.labels.marks import QUIET, Code, Mark, Shape, Stroke
from catalogue.labels.particulars import Section, sections
from catalogue.labels.printing import PrintedPage
from catalogue.labels.sheets import PAPERS
from catalogue.labels.timebar import time_bar
from catalogue.parts import Parts
from catalogue.relations import Panel


def report(
    content: Content,
    parts: Parts | None = None,
    *,
    panel: Panel | None = None,
    paper: str = "A4",
    more: Iterable[Section] = (),
) -> list[PrintedPage]:
    """The pages of a report.

    Parameters
    ----------
    content : Content
        The record, the languages and its link.
    parts : mapping
        The lists of the record that may be shown, by the names of `catalogue.parts.PARTS`.
    panel : Panel
        What belongs with it, seen from both ends.
    paper : str
        ``A4`` or ``Letter``.
    more : iterable of Section
        Further sections, for what is kept outside the record.

    Returns
    -------
    list of PrintedPage
    """
    flow = Flow(*PAPERS[paper])
    _head(content, flow)
    *known, of_record = sections(content, parts, panel)
    for section in (*known, *more, of_record):
        flow.heading(section.title)
        for term, text in section.lines:
            flow.row(term, text)
    called = contents.number(content) or content.specimen.verbatim_identification
    foot = " · ".join(text for text in (called, content.link) if text)
    return flow.pages(foot, lambda page, pages: content.say(page_words(page, pages), content.languages[0]))


def _head(content: Content, flow: Flow) -> None:
    """Name, animal, QR code, what is told about it, and its place in time."""
    code = 24.0 if content.link else 0.0
    animal = 44.0
    right = flow.width - MARGIN
    name = fit(
        [
            Paragraph(contents.name(content), 26, leading=1.1),
            Paragraph((Piece(content.joined(contents.common_name)),), 15, color=QUIET),
            Paragraph((Piece(contents.number(content), "bold"),), 12, gap=0.3),
            Paragraph((Piece(content.joined(contents.type_status)),), 11, color=QUIET),
        ],
        MARGIN,
        flow.y - 2,
        flow.room - code - animal - 8,
        60,
    )
    flow.put(
        *name.letters,
        Shape(right - code - 4 - animal, flow.y, animal / 200, contents.silhouette(content), "#3b352b"),
        *([Code(right - code, flow.y, code, content.link)] if code else []),
    )
    flow.y += max(name.height, code, animal * 0.55) + 2
    bar = time_bar(content, MARGIN, 0, flow.room, 7, named=True)
    flow.y += bar.height
    flow.put(*(_moved(mark, flow.y) for mark in bar.marks))
    ages = [contents.years_ago(content, language) for language in content.languages]
    words = fit([Paragraph((Piece("  ".join(ages)),), 10.5)], MARGIN, flow.y + 0.5, flow.room, 20)
    flow.put(*words.letters)
    flow.y += words.height + 1


def _moved(mark: Mark, down: float) -> Mark:
    if isinstance(mark, Stroke):
        return replace(mark, y1=mark.y1 + down, y2=mark.y2 + down)
    return replace(mark, y=mark.y + down)
