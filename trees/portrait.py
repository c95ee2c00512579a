"""A dated tree as a picture to look at rather than to read: fine lines on soft bands, and a few names.

Every tip is a dot where its range ends, filled when it is alive today and open when it is extinct. Meant for the first page
of a collection; what can be pointed at and chosen is drawn by `trees.drawing`.
"""

from collections.abc import Collection, Mapping

from catalogue.geological_time import Timescale
from trees import bands
from trees.clade_names import Box, Ground
from trees.colours import INK, interval_beginning, legible
from trees.dating import DatedTree
from trees.layout import CLADE, Layout, Place, TimeAxis, fit_axis, lay_out
from trees.lettering import text_width
from trees.style import STYLE
from trees.svg import element, text
from trees.words import figure, wording

MARGIN = 10.0
NAME_SIZE = 14.0

_STYLE = """
.bonebed-tree.portrait .branch{stroke-width:.8;opacity:.5}
.bonebed-tree.portrait .range{stroke-width:2.4;fill:none}
.bonebed-tree.portrait .dot{fill:var(--paper);stroke-width:1.4}
.bonebed-tree.portrait .label{font-style:italic;paint-order:stroke;stroke:var(--paper);stroke-width:3.5;stroke-opacity:.75;
stroke-linejoin:round}
"""


def draw_portrait(
    dated: DatedTree,
    *,
    timescale: Timescale,
    language: str = "en",
    named: Collection[str] = (),
    labels: Mapping[str, str] | None = None,
    width: float = 1200,
    height: float = 460,
    names: Mapping[str, str] | None = None,
) -> str:
    """Draw a portrait.

    Parameters
    ----------
    dated : DatedTree
        What to draw.
    timescale : Timescale
        Whose periods lie behind it.
    language : str
        Of the names of periods: ``en`` or ``zh``.
    named : collection of str
        Tips to name, the most wanted first; one for which there is no room stays without a name.
    labels : mapping of str to str
        What to write after the name of a tip, such as its Chinese name.
    width, height : float
        Pixels.
    names : mapping of str to str
        Translations of the templates in `trees.words.WORDS`.

    Returns
    -------
    str
        One ``<svg>`` element that counts as one image for readers of the screen.
    """
    words, layout = wording(names), lay_out(dated)
    ends = {place.name: place for place in layout.ends}
    written = {name: f"{name} {(labels or {}).get(name, '')}".strip() for name in named if name in ends}
    axis = _axis(
        layout, [(ends[name].youngest, text_width(label, NAME_SIZE)) for name, label in written.items()], width
    )
    floor = height - bands.STRIP - bands.TICK_ROOM
    row_height = (floor - 2 * MARGIN) / layout.rows
    y = {place.index: MARGIN + (place.y + 0.5) * row_height for place in layout.places}
    root = layout.places[0]
    spoken = words["tree"].format(
        count=root.tips, oldest=figure(root.age), youngest=figure(min(place.youngest for place in layout.places))
    )
    return element(
        "svg",
        element("style", STYLE + _STYLE),
        bands.backdrop(axis, timescale, 0, floor),
        _branches(layout, axis, y, MARGIN + 0.5 * row_height, row_height),
        *(_tip(place, axis, y[place.index], timescale, min(3.2, 0.48 * row_height + 1)) for place in layout.ends),
        *_labels([(ends[name], label) for name, label in written.items()], axis, y),
        bands.strip(axis, timescale, language, floor),
        bands.ruler(axis, floor + bands.STRIP, words),
        xmlns="http://www.w3.org/2000/svg",
        class_="bonebed-tree portrait",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=width,
        height=height,
        role="img",
        aria_label=spoken,
        style="max-width:100%;height:auto",
    )


def _axis(layout: Layout, labels: list[tuple[float, float]], width: float) -> TimeAxis:
    root = layout.places[0]
    youngest = min(place.youngest for place in layout.places)
    return fit_axis(
        [(age, room + 2 * MARGIN) for age, room in labels],
        oldest=root.age + (0.02 * (root.age - youngest) or 1.0),
        youngest=youngest,
        left=MARGIN,
        right=width - 3 * MARGIN,
        least=0.5 * width,
    )


def _branches(layout: Layout, axis: TimeAxis, y: Mapping[int, float], first: float, row_height: float) -> str:
    steps = []
    for place in layout.places:
        x = axis.x(place.age)
        start = axis.x(layout.places[place.parent].age) if place.parent >= 0 else axis.left
        steps.append(f"M{start:.2f} {y[place.index]:.2f}H{x:.2f}")
        if place.kind == CLADE:
            steps.append(f"M{x:.2f} {first + place.top * row_height:.2f}V{first + place.bottom * row_height:.2f}")
    return element("path", class_="branch", d="".join(steps))


def _tip(place: Place, axis: TimeAxis, y: float, timescale: Timescale, radius: float) -> str:
    unit = interval_beginning(timescale, place.age)
    color = legible(unit.color) if unit else INK
    end = axis.x(place.youngest)
    line = element("path", class_="range", d=f"M{axis.x(place.age):.2f} {y:.2f}H{end:.2f}", stroke=color)
    fill = f"fill:{color}" if place.living else None
    return line + element("circle", class_="dot", cx=end, cy=y, r=radius, stroke=color, style=fill)


def _labels(wanted: list[tuple[Place, str]], axis: TimeAxis, y: Mapping[int, float]) -> list[str]:
    """The names that do not touch one another."""
    ground, written = Ground(), []
    for place, label in wanted:
        x, middle = axis.x(place.youngest) + 8, y[place.index]
        box = Box(x, middle - 0.6 * NAME_SIZE, x + text_width(label, NAME_SIZE), middle + 0.6 * NAME_SIZE)
        if ground.free(box):
            ground.take(box)
            base = middle + 0.33 * NAME_SIZE
            written.append(element("text", text(label), class_="label", x=x, y=base, font_size=NAME_SIZE))
    return written
