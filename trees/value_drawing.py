"""Draw a measurement on a tree: as colours along the branches, with its value in figures at every fork and tip.

References
----------
Revell, L. J. 2013. Two new graphical methods for mapping trait evolution on phylogenies. Methods in Ecology and Evolution 4: 754-759.
doi:10.1111/2041-210X.12066
"""

import math
from collections.abc import Callable, Mapping

from trees.ancestors import Estimate
from trees.branching import Spot
from trees.character_drawing import CharacterOnTree, sentence
from trees.cladogram import GAP, MARGIN, Cladogram, finish, marked_part, sketch, some_names, tip_names_drawn
from trees.lettering import text_width
from trees.model import Tree
from trees.svg import element, text

_LOW, _MIDDLE, _HIGH = (44, 84, 138), (196, 170, 96), (168, 62, 38)


def draw_values(
    tree: Tree,
    shown: CharacterOnTree,
    tips: Mapping[str, float],
    estimates: Mapping[Tree, Estimate],
    *,
    lengths: bool,
    written: Callable[[float], str],
    width: float = 900,
) -> str:
    """A measurement as colours along the branches, with its value at every fork and tip.

    Parameters
    ----------
    tree : ete3.Tree
        The root among `estimates`.
    shown : CharacterOnTree
    tips : mapping of str to float
        Values of the tips.
    estimates : mapping of ete3.Tree to Estimate
        As `trees.ancestors.ancestral_values` gives them.
    lengths : bool
        Whether branches are as long as the tree has them.
    written : callable
        A value as figures.
    width : float
        Pixels.
    """
    after = {name: f"{shown.labels.get(name, '')} {written(value)}".strip() for name, value in tips.items()}
    drawn = sketch(tree, width=width, row_height=30, lengths=lengths, branch_room=46, after=after)
    values = [tips[spot.node.name] if spot.is_tip else estimates[spot.node].value for spot in drawn.spots]
    low, high = min(values), max(values)
    paints = [shade(value, low, high) for value in values]
    gradients, lines = [], []
    for number, spot in enumerate(drawn.spots):
        above = paints[spot.parent] if spot.parent >= 0 else paints[number]
        gradients.append(_gradient(drawn, number, spot, above, paints[number]))
        lines.append(_colored(drawn, number, spot, paints[number]))
    notes = [_note(drawn, spot, estimates[spot.node], shown, written) for spot in drawn.spots if not spot.is_tip]
    return finish(
        drawn, element("defs", *gradients), *lines, *notes, *tip_names_drawn(drawn, after), said=sentence(drawn, shown),
        legend=lambda top, _width: _scale(top, low, high, written), classes="cladogram values",
    )  # fmt: skip


def shade(value: float, low: float, high: float) -> str:
    """The colour of a value between the least and the greatest: deep blue, sand, red."""
    share = (value - low) / (high - low) if high > low else 0.5
    one, other, part = (_LOW, _MIDDLE, 2 * share) if share < 0.5 else (_MIDDLE, _HIGH, 2 * share - 1)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(one, other, strict=True))


def _gradient(drawn: Cladogram, number: int, spot: Spot, above: str, own: str) -> str:
    stops = element("stop", offset="0", stop_color=above) + element("stop", offset="1", stop_color=own)
    start, x = drawn.start(spot), drawn.x(spot)
    return element(
        "linearGradient", stops, id=_paint(drawn, number), gradientUnits="userSpaceOnUse", x1=start, x2=max(x, start + 0.1),
        y1=0, y2=0,
    )  # fmt: skip


def _paint(drawn: Cladogram, number: int) -> str:
    """The name of a gradient; a page may hold the picture in two widths."""
    return f"value-{drawn.width:.0f}-{number}"


def _colored(drawn: Cladogram, number: int, spot: Spot, own: str) -> str:
    x, y, start = drawn.x(spot), drawn.y(spot.row), drawn.start(spot)
    # A stroke without any height has no box for a gradient of its own; this one is in the pixels of the picture.
    across = element(
        "path", d=f"M{start:.2f} {y:.2f}H{x:.2f}", fill="none", stroke=f"url(#{_paint(drawn, number)})", stroke_width=5
    )
    if spot.is_tip:
        return across
    stem = f"M{x:.2f} {drawn.y(spot.top):.2f}V{drawn.y(spot.bottom):.2f}"
    return across + element("path", d=stem, fill="none", stroke=own, stroke_width=5, stroke_linecap="round")


def _note(
    drawn: Cladogram, spot: Spot, estimate: Estimate, shown: CharacterOnTree, written: Callable[[float], str]
) -> str:
    names = some_names(spot.node, shown.words)
    spread = written(1.96 * math.sqrt(max(estimate.variance, 0.0)))
    said = shown.words["value"].format(names=names, value=written(estimate.value), spread=spread)
    # Left of the root there is no branch to write above, so its value stands right of the line.
    x, y, anchor = (-5.0, -6.0, "end") if spot.parent >= 0 else (7.0, 4.0, "start")
    number = element(
        "text", text(written(estimate.value)), class_="small halo", x=drawn.x(spot) + x, y=drawn.y(spot.row) + y,
        text_anchor=anchor,
    )  # fmt: skip
    return marked_part(said, number)


def _scale(top: float, low: float, high: float, written: Callable[[float], str]) -> tuple[str, float]:
    """The colours from the least to the greatest value."""
    pieces, wide = 24, 9.0
    least = written(low)
    x = MARGIN + text_width(least, 12.5) + GAP
    boxes = [
        element("rect", x=x + number * wide, y=top + 10, width=wide + 0.5, height=14,
                fill=shade(low + (high - low) * number / (pieces - 1), low, high))
        for number in range(pieces)
    ]  # fmt: skip
    ends = element("text", text(least), x=MARGIN, y=top + 21.5)
    ends += element("text", text(written(high)), x=x + pieces * wide + GAP, y=top + 21.5)
    return element("g", *boxes, ends, class_="key"), 32.0
