"""A dated tree as a picture to look at rather than to read: fine lines on soft bands, and a few animals beside their tips.

Every tip is a dot where its range ends, filled when it is alive today and open when it is extinct. The way from the root to
the living stands out: it is all that goes on after the extinction at the end of the Cretaceous, and no animal that died out
is drawn beyond it. The animals that are named can be chosen; the whole tree is drawn by `trees.drawing`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from catalogue.geological_time import Timescale
from trees import bands
from trees.colours import INK, interval_beginning, legible
from trees.dating import DatedTree
from trees.layout import Layout, Place, TimeAxis, fit_axis, lay_out
from trees.plates import draw_plate, name_plate, name_width, outline, picture_plates, picture_width
from trees.room import Frame, Plate, Spread, spread_rows
from trees.spoken import both_names, say_tip, say_tree
from trees.style import STYLE
from trees.svg import element
from trees.words import wording

_MARGIN = 10.0
_LEAST_ROW = 3.1
_BESIDE_THE_AXIS = 100.0
_FAVOURED, _MUCH, _LITTLE = 2, 1.8, 0.6
_CORNER = 5.0

_STYLE = """
.bonebed-tree.portrait .branch{stroke-width:.9;opacity:.42}
.bonebed-tree.portrait .range{stroke-width:2.2;fill:none;stroke-linecap:round}
.bonebed-tree.portrait .dot{fill:var(--paper);stroke-width:1.4}
.bonebed-tree.portrait .label{paint-order:stroke;stroke:var(--paper);stroke-width:3.5;stroke-opacity:.7;stroke-linejoin:round}
.bonebed-tree.portrait .tip:focus-visible{outline:none}
.bonebed-tree.portrait .tip:hover .label,.bonebed-tree.portrait .tip:focus-visible .label{fill:var(--accent)}
"""


@dataclass(frozen=True)
class _Scene:
    """What the parts of one portrait share."""

    frame: Frame
    timescale: Timescale
    language: str
    words: Mapping[str, str]
    labels: Mapping[str, str]
    pictures: Mapping[str, str]
    width: float

    def color(self, place: Place) -> str:
        """The readable colour of the epoch in which a tip begins."""
        unit = interval_beginning(self.timescale, place.age)
        return legible(unit.color) if unit else INK

    def said(self, place: Place) -> str:
        """A tip in a sentence."""
        unit = interval_beginning(self.timescale, place.age)
        interval = unit.label(self.language) if unit else ""
        return say_tip(both_names(place.name, self.labels), place, interval, self.words)

    def second(self, place: Place) -> str:
        """What is written after the name of a tip."""
        return self.labels.get(place.name, "")


def draw_portrait(
    dated: DatedTree,
    *,
    timescale: Timescale,
    language: str = "en",
    named: Collection[str] = (),
    pictures: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
    width: float = 1150,
    height: float = 500,
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
        Tips to name, the most wanted first. One for which there is no room stays without a picture, or without a name.
    pictures : mapping of str to str
        By tip, the markup of an ``<svg>`` of 200 by 110 in ``currentColor``, facing right. It is put in as it is, so it must
        come from a source that can be trusted.
    labels : mapping of str to str
        What to write after the name of a tip, such as its Chinese name.
    width, height : float
        Pixels.
    names : mapping of str to str
        Translations of the templates in `trees.words.WORDS`.

    Returns
    -------
    str
        One ``<svg>`` element in which each named tip is a button with ``data-name``.
    """
    words, layout, labels = wording(names), lay_out(dated), labels or {}
    outlines = {name: found for name, markup in (pictures or {}).items() if (found := outline(markup))}
    ends = {place.name: place for place in layout.ends}
    known = [ends[name] for name in dict.fromkeys(named) if name in ends]
    axis = _axis(layout, known, outlines, labels, width)
    sky, floor = bands.STRIP, height - bands.TICK_ROOM
    note, note_box = bands.extinction(axis, words, sky, floor)
    frame = Frame(layout, axis, sky + _MARGIN, floor - _MARGIN, (note_box,) if note_box else ())
    scene = _Scene(frame, timescale, language, words, labels, outlines, width)
    room = spread_rows(frame, _wanted(scene, known), min(_LEAST_ROW, (frame.bottom - frame.top) / layout.rows))
    return element(
        "svg",
        element("style", STYLE + _STYLE),
        bands.backdrop(axis, timescale, sky, floor),
        note,
        *_branches(frame, room.y),
        *(_end(scene, place, room) for place in layout.ends),
        *(_choice(scene, layout.places[index], room) for index in sorted(room.plates)),
        bands.strip(axis, timescale, language, 0),
        bands.ruler(axis, floor, words),
        xmlns="http://www.w3.org/2000/svg",
        class_="bonebed-tree portrait",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=width,
        height=height,
        role="group",
        aria_label=say_tree(layout, words),
        style="max-width:100%;min-width:920px;height:auto",
    )


def _axis(
    layout: Layout, known: list[Place], pictures: Mapping[str, str], labels: Mapping[str, str], width: float
) -> TimeAxis:
    """An axis that leaves room for names at its end, and for the pictures of the living, which stand beside it."""
    root = layout.places[0]
    youngest = min(place.youngest for place in layout.places)
    rooms = [(place.youngest, name_width(place.name, labels.get(place.name, ""))) for place in known]
    rooms += [(0.0, picture_width(_BESIDE_THE_AXIS)) for place in known if place.living and place.name in pictures]
    return fit_axis(
        rooms,
        oldest=root.age + (0.02 * (root.age - youngest) or 1.0),
        youngest=youngest,
        left=1,
        right=width - 3 * _MARGIN,
        least=0.5 * width,
    )


def _wanted(scene: _Scene, known: list[Place]) -> list[tuple[Place, list[Plate]]]:
    """First the pictures, then the names of those that did not get one."""
    shown = [place for place in known if place.name in scene.pictures]
    wanted = []
    for number, place in enumerate(shown):
        end = scene.frame.axis.x(place.youngest)
        died_out = place.youngest >= bands.EXTINCTION > scene.frame.axis.youngest
        plates = picture_plates(
            place.name,
            scene.second(place),
            limit=(scene.frame.axis.x(bands.EXTINCTION) if died_out else scene.width) - end,
            edge=scene.width - end,
            favour=_MUCH if number < _FAVOURED else _LITTLE,
        )
        wanted.append((place, plates))
    return wanted + [(place, [name_plate(place.name, scene.second(place))]) for place in known]


def _branches(frame: Frame, y: Mapping[int, float]) -> Iterator[str]:
    """All branches with soft corners, and over them those that lead to the living."""
    steps: dict[bool, list[str]] = {False: [], True: []}
    for place in frame.layout.places:
        steps[place.living > 0].append(_step(frame, place, y))
    yield element("path", class_="branch", d="".join(steps[False]))
    if steps[True]:
        yield element("path", class_="thread", d="".join(steps[True]))


def _step(frame: Frame, place: Place, y: Mapping[int, float]) -> str:
    end, to = frame.axis.x(place.age), y[place.index]
    if place.parent < 0:
        return f"M{frame.axis.left:.2f} {to:.2f}H{end:.2f}"
    start, origin = frame.axis.x(frame.layout.places[place.parent].age), y[place.parent]
    corner = min(_CORNER, abs(to - origin), end - start)
    before = to + corner if to < origin else to - corner
    return f"M{start:.2f} {origin:.2f}V{before:.2f}Q{start:.2f} {to:.2f} {start + corner:.2f} {to:.2f}H{end:.2f}"


def _end(scene: _Scene, place: Place, room: Spread) -> str:
    """The range of a tip and the dot at its end."""
    axis, color, y = scene.frame.axis, scene.color(place), room.y[place.index]
    x = axis.x(place.youngest)
    line = element("path", class_="range", d=f"M{axis.x(place.age):.2f} {y:.2f}H{x:.2f}", stroke=color)
    radius = min(3.2, 0.48 * room.row_height + 1)
    fill = f"fill:{color}" if place.living else None
    return line + element("circle", class_="dot", cx=x, cy=y, r=radius, stroke=color, style=fill)


def _choice(scene: _Scene, place: Place, room: Spread) -> str:
    return draw_plate(
        place,
        room.plates[place.index],
        scene.frame.axis.x(place.youngest),
        room.y[place.index],
        picture=scene.pictures.get(place.name, ""),
        color=scene.color(place),
        second=scene.second(place),
        said=scene.said(place),
    )
