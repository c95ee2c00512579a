"""Small maps for the screen: the land is drawn once on a page and used by each of them, so that a dozen weigh little."""

from collections.abc import Sequence
from functools import cache
from html import escape

from maps import places
from maps.sheet import WORLD, Dot

_, _SOUTH, _, _NORTH = WORLD
_RADIUS = 2.6
_LINES = "".join(f"M-360 {-north}H360" for north in (60, 30, 0, -30, -60))


def land_once() -> str:
    """The land as a symbol of an SVG that is not seen itself; put it before the first `small_map`."""
    return (
        '<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>'
        f'<path id="bonebed-land" d="{_land()}"/></defs></svg>'
    )


def small_map(dots: Sequence[Dot], described: str, center_longitude: float = 0.0) -> str:
    """One map as an SVG, a degree each unit.

    Parameters
    ----------
    dots : sequence of Dot
        Larger for many finds; a disc where a museum holds one, else a ring.
    described : str
        What it shows, for people who cannot see it.
    center_longitude : float
        The meridian in its middle, as for `maps.periods.period_map`.
    """
    west = center_longitude - 180
    marks = "".join(_mark(dot, west) for dot in sorted(dots, key=lambda dot: -dot.count))
    said = escape(described)
    land = "".join(
        f'<use href="#bonebed-land" class="small-land" x="{turn}"/>'
        for turn in (-360, 0, 360)
        if abs(turn - center_longitude) < 360
    )
    return (
        f'<svg class="small" viewBox="{west:g} {-_NORTH:g} 360 {_NORTH - _SOUTH:g}" role="img" aria-label="{said}">'
        f'<title>{said}</title><path class="small-line" d="{_LINES}"/>{land}{marks}</svg>'
    )


def _mark(dot: Dot, west: float) -> str:
    radius = _RADIUS * min(3.0, dot.count**0.25)
    where = f'cx="{(dot.longitude - west) % 360 + west:.1f}" cy="{-dot.latitude:.1f}" r="{radius:.1f}"'
    style = f'fill="{dot.color}"' if dot.own else f'fill="#fff" style="stroke:{dot.color};stroke-width:1.6"'
    return f"<circle {where} {style}/>"


@cache
def _land() -> str:
    table = places.land()
    if table is None:
        return ""
    rings = [ring for shape in table.geometry for ring in (shape.exterior, *shape.interiors)]
    return "".join("M" + "L".join(f"{x:.1f} {-y:.1f}" for x, y in ring.coords[:-1]) + "z" for ring in rings)
