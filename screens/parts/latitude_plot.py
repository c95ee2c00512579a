"""The latitudes of found specimens through time, as a drawing, and how it is to be read."""

from collections.abc import Mapping, Sequence
from html import escape
from statistics import median

import streamlit as st

from catalogue.geological_time import timescale
from catalogue.records import Specimen
from maps import latitude_density
from maps.latitudes import Track, latitude_plot, tracks
from maps.located import Found
from maps.palaeogeography.models import PlateModel
from screens import navigation
from screens.parts.ages import color_of
from screens.parts.picture import still
from screens.words import _, language, marked, several

MOST = 3_000
"""Lines that are drawn."""
_LISTED = 200
"""Fields that are listed as a table, those with most finds."""
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


def show_many(found: Found, model: PlateModel, other: PlateModel | None) -> None:
    """All of very many finds: how many of each part of time lay in each belt of latitude."""
    counted = latitude_density.density(found, model, other)
    if not counted.parts:
        st.info(_("There is no find to draw."))
        return
    words = _words()
    # The shades stand in the picture too, for only there the colours of the theme are known.
    shades = _shades(latitude_density.steps(counted))
    markup = latitude_density.density_plot(counted, timescale(), words, language())
    still(f'{shades}<div class="wide">{markup}</div>', key="latitudes", language=language())
    st.caption(
        _(
            "{n} finds, each counted once: in the middle of the time from which it may be, at the latitude of its place then. The stronger the colour, the more finds; point at a field for its number. Dashed lines are the tropics of today."
        ).format(n=f"{sum(part.finds for part in counted.parts):,}")
    )
    _tell_doubt(counted.apart, counted.most_apart)
    if counted.lost:
        st.caption(_not_placed(counted.lost))
    with st.expander(_("The fields as a table")):
        st.html(_table(counted, words))


def _shades(steps: Sequence[tuple[int, int]]) -> str:
    lines = "".join(
        f'<li><i class="shade-{at}"></i>{low:,}{f"–{high:,}" if high > low else ""}</li>'
        for at, (low, high) in enumerate(steps, 1)
    )
    return f'<ul class="map-legend latitude-shades" aria-label="{escape(_("What the colours mean"))}"><li>{escape(_("Finds"))}</li>{lines}</ul>'


def _table(counted: latitude_density.Density, words: Mapping[str, str]) -> str:
    """The fields with most finds, for those who cannot see the drawing or point at it."""
    heads = "".join(
        f'<th scope="col">{escape(head)}</th>' for head in (_("Million years ago"), _("Latitude"), _("Finds"))
    )
    rows = "".join(
        f'<tr><th scope="row">{part.span.max_ma:g}–{part.span.min_ma:g}</th>'
        f"<td>{escape(latitude_density.belt_words(part, words))}</td><td>{part.finds:,}</td></tr>"
        for part in sorted(counted.parts, key=lambda part: (-part.finds, -part.span.max_ma, part.south))[:_LISTED]
    )
    return f'<div class="table-frame"><table class="specimens"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


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
        _tell_doubt(median(apart), max(apart))
    lost = sum(track.finds for track in every) - sum(track.finds for track in known)
    if lost:
        st.caption(_not_placed(lost))
    if len(known) > MOST:
        st.caption(_("{n} of {total} lines are drawn.").format(n=f"{MOST:,}", total=f"{len(known):,}"))


def _tell_doubt(apart: float, most: float) -> None:
    if apart == apart:
        st.caption(
            _("How sure is that? The other model puts them {degrees}° of latitude away in the middle, {most}° at most.").format(
                degrees=f"{apart:.1f}", most=f"{most:.1f}"
            )
        )  # fmt: skip


def _not_placed(lost: int) -> str:
    return several("{n} find the model does not place", "{n} finds the model does not place", lost)
