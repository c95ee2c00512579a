"""Labels to print: the records of a search or one specimen, on which label, on which sheet, in which language; then a PDF.

Its link is ``/labels?id=…`` for one specimen, or ``/labels`` with the parameters of a search, as on the Specimens page.
"""

from collections.abc import Sequence
from functools import partial
from typing import get_args

import streamlit as st

from catalogue import database, relations, specimens
from catalogue.labels.contents import WORDS, Content, record_link
from catalogue.labels.layouts import LAYOUTS, Layout
from catalogue.labels.marks import Drawing
from catalogue.labels.preview import draw_label, draw_sheet
from catalogue.labels.printing import PrintedPage, write_pdf
from catalogue.labels.report import report
from catalogue.labels.sheets import MOST_COPIES, PAPERS, Sheet, lay_out, sheets_for, sheets_needed
from catalogue.records import Specimen
from catalogue.searching.query import Order
from catalogue.specimens import NoSuchSpecimen
from screens import navigation
from screens.parts import address, asking, printing, who
from screens.parts.picture import still
from screens.parts.print_notes import say_what_to_know
from screens.words import _, as_typed, language, marked, say, several, translated

MOST_LABELS = 500
MOST_REPORTS = 50
_REPORT = "report"

_ABOUT = {
    "box": marked("For the box or tray of a specimen, with a strip in the colour of its age."),
    "drawer": marked("For the front of a drawer, with the animal’s outline and a bar of its time."),
    "vial": marked("Small, for a vial or a stub: number, name, age."),
    "exhibition": marked("Large, to stand beside a mount, told in whole sentences."),
    _REPORT: marked("Everything that is known about a record, with statements and sources."),
}
_OWN: dict[str, object] = {"layout": "box", "sheet": "a4-cut", "words": "both", "start": 1, "copies": 1}
_DEFAULTS: dict[str, object] = {**asking.DEFAULTS, "order": "newest", **_OWN}


def show() -> None:
    """The page."""
    one = st.query_params.get("id", "")
    defaults = _OWN if one else _DEFAULTS
    address.follow(defaults, _allowed)
    st.title(_("Labels"))
    found, total = _one(one) if one else _searched()
    if not found:
        st.info(_("No record fits all that you asked for, so there is nothing to print."))
        return
    left, right = st.columns([4, 5], gap="large")
    with left:
        layout = _choose_layout()
        _choose_words()
    home = printing.home()
    contents = [_content(specimen, home) for specimen in found]
    if layout is None:
        _reports(left, right, contents, total)
    else:
        _labels(left, right, layout, contents, total)
    address.keep(defaults)


def _allowed(name: str, written: str) -> object | None:
    if name == "layout":
        return written if written in LAYOUTS or written == _REPORT else None
    if name == "words":
        return written if written in WORDS else None
    if name in ("start", "copies"):
        return int(written) if written.isdecimal() and len(written) < 4 and int(written) else None
    if name == "order":
        return written if written in get_args(Order) else None
    return written if name == "sheet" else asking.allowed(name, written)


def _one(key: str) -> tuple[list[Specimen], int]:
    """The specimen of the address alone."""
    try:
        with database.reading() as connection:
            specimen = specimens.get(connection, key, who=who.who())
    except NoSuchSpecimen as error:
        st.warning(as_typed(say(error.message)))
        return [], 0
    navigation.link("specimen", _("Back to the specimen"), id=key)
    return [specimen], 1


def _searched() -> tuple[list[Specimen], int]:
    """The records of a search, in the order of the Specimens page, and how many there are in all."""
    query = asking.query()
    order = st.session_state["order"]
    with database.reading() as connection:
        page = specimens.find(connection, query, order=order, size=MOST_LABELS, who=who.who())
    return page.specimens, page.total


def _choose_layout() -> Layout | None:
    """The layout chosen; None for a report."""
    names = {key: layout.title for key, layout in LAYOUTS.items()}
    chosen = st.segmented_control(
        _("Kind of label"),
        [*names, _REPORT],
        format_func=lambda key: say(names[key]) if key in names else _("Report"),
        key="layout",
        required=True,
        wrap=True,
    )
    assert chosen is not None
    st.caption(_(_ABOUT[chosen]))
    return LAYOUTS.get(chosen)


def _choose_words() -> None:
    st.segmented_control(
        _("Language of the label"),
        list(printing.WORDS),
        format_func=lambda key: _(printing.WORDS[key]),
        key="words",
        required=True,
    )


def _choose_sheet(layout: Layout) -> Sheet:
    sheets = sheets_for(layout)
    if st.session_state["sheet"] not in sheets:
        st.session_state["sheet"] = next(iter(sheets))
    chosen = st.selectbox(_("Sheet"), list(sheets), format_func=lambda key: say(sheets[key].title), key="sheet")
    return sheets[chosen]


def _choose_places(sheet: Sheet) -> tuple[int, int]:
    """The first place to use, and how many copies of each label."""
    for name, most in (("start", sheet.places), ("copies", MOST_COPIES)):
        st.session_state[name] = min(st.session_state[name], most)
    first, second = st.columns(2)
    start = first.number_input(
        _("First free place"),
        1,
        sheet.places,
        key="start",
        help=_("On a sheet that was used in part: count the places row by row, from the top left."),
    )
    copies = second.number_input(_("Copies of each"), 1, MOST_COPIES, key="copies")
    return start, copies


def _content(specimen: Specimen, home: str) -> Content:
    link = record_link(home, specimen.occurrence_id) if home else ""
    return Content(specimen, st.session_state["words"], link, translated)


def _labels(
    left: st.delta_generator.DeltaGenerator,
    right: st.delta_generator.DeltaGenerator,
    layout: Layout,
    contents: list[Content],
    total: int,
) -> None:
    with left:
        sheet = _choose_sheet(layout)
        start, copies = _choose_places(sheet)
    drawings = _drawn(tuple(map(repr, contents)), layout.key, sheet.label_width, sheet.label_height, contents)
    pages = sheets_needed(sheet, len(drawings), start=start, copies=copies)
    with left:
        labels = several("{n} label", "{n} labels", len(drawings) * copies)
        on_sheets = several("{n} sheet", "{n} sheets", pages)
        counted = _("{labels} on {sheets}").format(labels=labels, sheets=on_sheets)
        st.markdown(f"**{counted}**")
        name = f"bonebed-{layout.key}.pdf"
        printing.offer_pdf(partial(_pdf_of_labels, sheet, drawings, start, copies, _("Labels"), language()), name)
        say_what_to_know(contents, drawings, total, MOST_LABELS)
    with right:
        _preview(drawings)
        first = lay_out(sheet, drawings[: sheet.places], start=start, copies=copies)[0]
        free = [
            (*sheet.place(number), sheet.label_width, sheet.label_height)
            for number in range(sheet.places)
            if not start - 1 <= number < start - 1 + len(drawings) * copies
        ]
        described = _("The first sheet: where each label goes")
        picture = draw_sheet(first.width, first.height, first.placed, free, described=described)
        st.caption(described)
        still(f'<div class="print-sheet">{picture}</div>', key="sheet_picture", language=language())


def _reports(
    left: st.delta_generator.DeltaGenerator,
    right: st.delta_generator.DeltaGenerator,
    contents: list[Content],
    total: int,
) -> None:
    contents = contents[:MOST_REPORTS]
    with left:
        if st.session_state["sheet"] not in PAPERS:
            st.session_state["sheet"] = next(iter(PAPERS))
        paper = st.selectbox(_("Sheet"), list(PAPERS), key="sheet")
    with database.reading() as connection:
        keys = [one.specimen.occurrence_id for one in contents]
        held = [specimens.parts_of(connection, key, who=who.who()) for key in keys]
        company = [relations.panel(connection, key, who=who.who()) for key in keys]
    first = report(contents[0], held[0], panel=company[0], paper=paper)

    def pages() -> list[PrintedPage]:
        records = zip(contents, held, company, strict=True)
        return [page for one, parts, panel in records for page in report(one, parts, panel=panel, paper=paper)]

    with left:
        counted = several("{n} report", "{n} reports", len(contents))
        st.markdown(f"**{counted}**")
        printing.offer_pages(pages, _("Report"), "bonebed-report.pdf")
        say_what_to_know(contents, [], total, MOST_REPORTS)
    with right:
        printing.preview_pages(first, "report")


@st.cache_resource(max_entries=12, show_spinner=False)
def _drawn(
    of_contents: tuple[str, ...], layout: str, width: float, height: float, _contents: list[Content]
) -> list[Drawing]:
    """The labels; remembered by all that is written on them, so that nobody is shown what another may see."""
    return [LAYOUTS[layout].draw(content, width, height) for content in _contents]


def _pdf_of_labels(
    sheet: Sheet, drawings: Sequence[Drawing], start: int, copies: int, title: str, of_document: str
) -> bytes:
    return write_pdf(lay_out(sheet, drawings, start=start, copies=copies), title=title, language=of_document)


def _preview(drawings: Sequence[Drawing]) -> None:
    """One label, exactly as it will be printed."""
    count = len(drawings)
    number = st.session_state.get("shown_label", 1)
    number = min(number, count)
    if count > 1:
        number = st.number_input(_("Label shown"), 1, count, number, key="shown_label", width=180)
    drawing = drawings[number - 1]
    described = _("Label {number} of {count}").format(number=number, count=count)
    width = min(44.0, 0.42 * drawing.width + 8)
    picture = draw_label(drawing, described=described)
    still(
        f'<div class="print-label" style="max-width:{width:.1f}rem">{picture}</div>', key="label", language=language()
    )
    size = _("{width} × {height} mm").format(width=f"{drawing.width:.1f}", height=f"{drawing.height:.1f}")
    st.caption(f"{described} · {size}")
