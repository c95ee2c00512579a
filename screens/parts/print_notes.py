"""What might go wrong when labels are printed, said before paper is spent; and which fonts they are written in."""

from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st

from catalogue.labels import typefaces
from catalogue.labels.contents import Content
from catalogue.labels.lettering import unheld
from catalogue.labels.marks import Drawing
from catalogue.records import Specimen
from screens.words import _, several

_SMALLEST_LEGIBLE = 4.5
_SMALLEST_MODULE = 0.25
_THIS_COMPUTER = {"localhost", "127.0.0.1", "::1"}


def say_what_to_know(contents: Sequence[Content], drawings: Sequence[Drawing], total: int, most: int) -> None:
    """What might go wrong on paper, and which fonts are used; `total` records were found and at most `most` are printed."""
    if total > most:
        st.info(
            _("These are the first {most} of {total} records. Ask for fewer to print the others.").format(
                most=most, total=f"{total:,}"
            )
        )
    _warn_about_links(contents[0].link)
    _warn_about_size(drawings)
    _say_fonts(contents)


def _warn_about_links(link: str) -> None:
    if not link:
        st.warning(_("There is no QR code, for the address of this server is not known. Set BONEBED_PUBLIC_URL."))
    elif urlsplit(link).hostname in _THIS_COMPUTER:
        st.warning(
            _(
                "The QR codes lead to {host}, which is this computer alone. Before you print, set BONEBED_PUBLIC_URL to the address that visitors use."
            ).format(host=urlsplit(link).netloc)
        )


def _warn_about_size(drawings: Sequence[Drawing]) -> None:
    small = sum(drawing.smallest < _SMALLEST_LEGIBLE for drawing in drawings)
    if small:
        st.warning(
            several(
                "On {n} label the text is smaller than 4.5 points. A larger label or one language helps.",
                "On {n} labels the text is smaller than 4.5 points. A larger label or one language helps.",
                small,
            )
        )
    if any(drawing.module < _SMALLEST_MODULE for drawing in drawings):
        st.warning(_("The squares of some QR codes are smaller than 0.25 mm; many telephones cannot read them."))


def _say_fonts(contents: Sequence[Content]) -> None:
    missing = unheld("".join(_texts(content.specimen) for content in contents))
    if missing:
        st.warning(
            _("No font here holds these characters, so a small square is printed: {characters}").format(
                characters=" ".join(missing[:20])
            )
        )
    chinese = typefaces.chinese_face()
    if chinese is None:
        st.warning(
            _(
                "No Chinese font was found. Install Bonebed's packages again (python -m pip install -r requirements.txt), or a Chinese font on the server, such as Debian's fonts-noto-cjk."
            )
        )
    elif typefaces.comes_with_bonebed(chinese):
        st.caption(_("Fonts: Source Serif and Noto Serif, embedded in the PDF, so that it prints the same anywhere."))
    else:
        st.caption(
            _("Chinese is written in {font}, a font of this server, embedded in the PDF.").format(font=chinese.name)
        )


def _texts(specimen: Specimen) -> str:
    """What a label may write of a record."""
    names = ("verbatim_identification", "institution_code", "catalog_number", "formation", "member", "locality")
    more = ("county", "state_province", "recorded_by", "event_date", "occurrence_remarks", "type_status")
    translations = (text for texts in specimen.translations.values() for text in texts.values())
    return "".join((*(str(getattr(specimen, name)) for name in (*names, *more)), *translations))
