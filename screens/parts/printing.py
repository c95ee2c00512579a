"""What every page that prints shares: in which languages, the button that makes the PDF, and the address for QR codes."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import streamlit as st

from catalogue.labels.preview import draw_label
from catalogue.labels.printing import PrintedPage, write_pdf
from catalogue.settings import settings
from screens.parts.picture import still
from screens.words import _, language, marked

WORDS = {"en": marked("English"), "zh": marked("Chinese"), "both": marked("Both languages")}


MOST_SHOWN = 8
"""Pages in a preview: each is a large picture."""


def offer_pdf(make: Callable[[], bytes], name: str) -> None:
    """A button that makes the PDF when it is pressed, and not before."""
    st.download_button(
        _("Make the PDF"), make, name, "application/pdf", key="make_pdf", type="primary", on_click="ignore"
    )


def offer_pages(pages: Callable[[], list[PrintedPage]], title: str, name: str) -> None:
    """The same for pages that are laid out when the button is pressed."""
    offer_pdf(partial(_pdf, pages, title, language()), name)


def _pdf(pages: Callable[[], list[PrintedPage]], title: str, of_document: str) -> bytes:
    return write_pdf(pages(), title=title, language=of_document)


def preview_pages(pages: list[PrintedPage], key: str) -> None:
    """The first pages exactly as they will be printed, and how many there are."""
    for number, page in enumerate(pages[:MOST_SHOWN]):
        described = _("Page {page} of {pages}").format(page=number + 1, pages=len(pages))
        picture = draw_label(page.placed[0][2], described=described)
        still(f'<div class="print-sheet wide">{picture}</div>', key=f"{key}_{number}", language=language())
    if len(pages) > MOST_SHOWN:
        st.caption(_("Only the first pages are shown here; the PDF has all {pages}.").format(pages=len(pages)))


def home() -> str:
    """The address of this Bonebed for QR codes: as set, else that of the page; blank when neither is known."""
    if settings().public_url:
        return settings().public_url
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}" if parts.netloc else ""
