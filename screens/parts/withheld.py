"""Withheld sites in words: for visitors what they do not see and whom to ask, for the staff a mark."""

from collections.abc import Iterable, Sequence

import streamlit as st

from catalogue import database, withholding
from catalogue.generalising import is_generalised
from catalogue.records import Specimen
from catalogue.settings import settings
from screens import navigation
from screens.parts import who
from screens.words import _, language, marked, several

MARKS = {
    "": marked("Follow the rules"),
    "yes": marked("Withhold it from visitors"),
    "no": marked("Open to everybody, whatever the rules say"),
}
"""What `Specimen.site_withheld` may be, in words."""
_KILOMETRES = {"1": 111, "0.1": 11, "0.01": 1}
"""A side of a cell along a meridian."""


def tell(specimen: Specimen) -> None:
    """Beside the record: that its exact place is withheld, and from whom; nothing where it is not."""
    if is_generalised(specimen):
        st.info(_for_visitors(specimen))
    elif who.may("see_exact_sites"):
        with database.reading() as connection:
            withheld = withholding.is_withheld(connection, specimen.occurrence_id)
        if withheld:
            st.badge(_("Exact site withheld from visitors"), color="orange")


def _for_visitors(specimen: Specimen) -> str:
    square = _("The dot on the map is the middle of a square of about {distance} km in which it lies.").format(
        distance=_side()
    )
    return sentences(
        _("The exact place of this find is withheld, to protect the site."),
        square if specimen.has_place else "",
        _("Bed, finder, field numbers and remarks are left out with it."),
        _("If you need to know more, ask the collection that keeps the specimen."),
    )


def on_map(shown: Iterable[Specimen]) -> str:
    """A line below a map: how many of its dots stand for a square; blank where each stands for its place."""
    return coarser_dots(sum(map(is_generalised, shown)))


def coarser_dots(count: int) -> str:
    """The same for a number of dots."""
    if not count:
        return ""
    told = several("The exact place of {n} find is withheld.", "The exact places of {n} finds are withheld.", count)
    square = _("Such a dot is the middle of a square of about {distance} km.").format(distance=_side())
    return sentences(told, square)


def sentences(*texts: str) -> str:
    """Sentences one after the other, as the language sets them; blank ones are left out."""
    return ("" if language() == "zh" else " ").join(text for text in texts if text)


def in_circle(specimen: Specimen) -> str:
    """What the circle around a place means."""
    if is_generalised(specimen):
        return _("The exact place is withheld; it lies somewhere in the circle.")
    return _("The circle holds the true place; inside it we do not know better.")


def choose(label: str, key: str) -> None:
    """A field of the form, for whoever may withhold sites."""
    if who.may("withhold_sites"):
        marks: Sequence[str] = list(MARKS)
        st.selectbox(label, marks, format_func=lambda mark: _(MARKS[mark]), key=key, persist_state="session")
        navigation.link("withheld", _("Withheld sites and their rules"))


def _side() -> int:
    return _KILOMETRES[settings().withheld_grid_degrees]
