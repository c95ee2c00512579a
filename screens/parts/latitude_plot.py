"""The latitudes of found specimens through time, as a drawing, and how it is to be read."""

from collections.abc import Sequence
from statistics import median

import streamlit as st

from catalogue.geological_time import timescale
from catalogue.records import Specimen
from maps.latitudes import Track, latitude_plot, tracks
from maps.palaeogeography.models import PlateModel
from screens import navigation
from screens.parts.ages import color_of
from screens.parts.picture import still
from screens.words import _, language, marked, several

MOST = 3_000
"""Lines that are drawn."""
_HOW_TO_READ = marked(
    "Each line is a find, from the oldest to the youngest age that it may have, at the latitude of its place then; the dot is the middle. "
    "The pale band beside it reaches to where {model} puts it. Dashed lines are the tropics of today."
)


def show(placed: Sequence[Specimen], model: PlateModel, other: PlateModel | None) -> None:
    """The drawing, or what there is to say instead.

    Parameters
    ----------
    placed : sequence of Specimen
        Those that have coordinates.
    model, other : PlateModel
        The model, and one to compare it with.
    """
    every = tracks(
        placed, model, other, color=lambda one: color_of(one.span), href=lambda one: navigation.href("specimen", id=one.occurrence_id)
    )  # fmt: skip
    known = [track for track in every if track.middle == track.middle]
    if not known:
        st.info(_("There is no find to draw."))
        return
    markup = latitude_plot(known[:MOST], timescale(), _words(), language())
    still(f'<div class="wide">{markup}</div>', key="latitudes", language=language())
    if other is not None:
        st.caption(_(_HOW_TO_READ).format(model=other.title))
    _tell(every, known)


def _words() -> dict[str, str]:
    return {
        "title": _("Latitude of finds when they lived, against time"),
        "equator": _("Equator"),
        "north": "N",
        "south": "S",
        "finds": _("{n} finds"),
        "ma": _("million years ago"),
    }


def _tell(every: Sequence[Track], known: Sequence[Track]) -> None:
    apart = [track.apart for track in known if track.apart == track.apart]
    if apart:
        st.caption(
            _("How sure is that? The other model puts them {degrees}° of latitude away in the middle, {most}° at most.").format(
                degrees=f"{median(apart):.1f}", most=f"{max(apart):.1f}"
            )
        )  # fmt: skip
    lost = sum(track.finds for track in every) - sum(track.finds for track in known)
    if lost:
        st.caption(several("{n} find the model does not place", "{n} finds the model does not place", lost))
    if len(known) > MOST:
        st.caption(_("{n} of {total} lines are drawn.").format(n=f"{MOST:,}", total=f"{len(known):,}"))
