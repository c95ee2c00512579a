"""The drawing of a tree for its branching, on which other modules put marks: support, changes of a character, ancestral states.

Every mark has its own place, so that none hides another and no name is cut: at a tip between line and name, on a branch in its middle,
at a fork on the fork. Where names or marks need more room than there is, the picture grows wider.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from catalogue.messages import message
from trees.branching import Spot, place_branches, rows_of
from trees.lettering import text_width
from trees.model import Tree
from trees.style import STYLE
from trees.svg import element, text

MARGIN, GAP = 14.0, 7.0
SIZE, SMALL = 13.0, 11.5
_LEAST = 180.0
_GROUP = re.compile(r"[^…]+ \(\d+\)")
"""A folded group with its number of tips: groups above the genus stand upright."""
_NARROW, _MOST_IN_THE_HAND, _BRANCH_IN_THE_HAND = 480.0, 240.0, 16.0
"""Pixels of a picture up to which it is one for the hand, of the branches there, and of one branch: its mark may reach over its ends."""

_TEMPLATES = {
    "cladogram": message("Tree of {count} tips"),
    "support": message("A group in {share} % of the trees: {names}"),
    "and_more": message("{names} and {count} more"),
}
CLADOGRAM_WORDS: Mapping[str, str] = {name: words.template for name, words in _TEMPLATES.items()}
"""The templates by what they are for; each is collected for translation."""

_STYLE = """
.bonebed-tree .mark{outline:none}
.bonebed-tree .mark:focus-visible{filter:drop-shadow(0 0 2px var(--accent)) drop-shadow(0 0 2px var(--accent))}
.bonebed-tree .small{font-size:11.5px;font-variant-numeric:tabular-nums}
.bonebed-tree .halo{stroke:var(--paper);stroke-width:3px;paint-order:stroke}
.bonebed-tree .twig{fill:none;stroke:var(--ink);stroke-width:1.3;opacity:.7}
.bonebed-tree .support{font-weight:600;fill:var(--accent)}
.bonebed-tree .key text{font-size:12.5px;opacity:.88}
.bonebed-tree .label.name{font-style:italic}
"""


@dataclass(frozen=True)
class Cladogram:
    """A tree in its places, before anything is drawn.

    Parameters
    ----------
    spots : list of Spot
        Every node, the root first.
    left, right : float
        Pixels of the root and of the farthest tip.
    row_height : float
        Pixels.
    mark_room : float
        Pixels between a tip and its name.
    width : float
        Pixels of the whole picture.
    """

    spots: list[Spot]
    left: float
    right: float
    row_height: float
    mark_room: float
    width: float

    def x(self, spot: Spot) -> float:
        """Pixels from the left of a node."""
        return self.left + spot.across * (self.right - self.left)

    def y(self, row: float) -> float:
        """Pixels from the top of the middle of a row."""
        return MARGIN + (row + 0.5) * self.row_height

    def start(self, spot: Spot) -> float:
        """Pixels from the left at which the branch to a node begins."""
        return self.x(self.spots[spot.parent]) if spot.parent >= 0 else self.left

    @property
    def foot(self) -> float:
        """Pixels from the top at which the last row ends."""
        return MARGIN + rows_of(self.spots) * self.row_height + GAP


def sketch(
    tree: Tree,
    *,
    width: float = 900,
    row_height: float = 24,
    lengths: bool = False,
    mark_room: float = GAP,
    branch_room: float = 0.0,
    after: Mapping[str, str] | None = None,
) -> Cladogram:
    """Put a tree in its places.

    Parameters
    ----------
    tree : ete3.Tree
    width, row_height : float
        Pixels.
    lengths : bool
        Whether branches are as long as the tree has them.
    mark_room : float
        Pixels between a tip and its name.
    branch_room : float
        The least pixels between two forks, for what is written on branches; only where lengths do not count, and less in the hand.
    after : mapping of str to str
        What is written behind the names of tips.
    """
    spots = place_branches(tree, lengths=lengths)
    names = [(spot, label_width(spot.node.name, after)) for spot in spots if spot.is_tip]
    room = mark_room + max(name for _, name in names) + MARGIN
    steps = [spots[spot.parent].across for spot in spots if spot.parent >= 0]
    shortest = min((s.across - b for s, b in zip(spots[1:], steps, strict=True) if s.across > b), default=1.0)
    in_the_hand = width <= _NARROW
    branch = min(branch_room, _BRANCH_IN_THE_HAND) if in_the_hand else branch_room
    branches = 0.0 if lengths else branch / shortest
    least = max(_LEAST, min(branches, _MOST_IN_THE_HAND) if in_the_hand else branches)
    wide = max(least, width - MARGIN - room)
    return Cladogram(spots, MARGIN + 10, MARGIN + 10 + wide, row_height, mark_room, MARGIN + 10 + wide + room)


def label_width(name: str, after: Mapping[str, str] | None) -> float:
    """Pixels that the name of a tip takes with what is written behind it."""
    behind = (after or {}).get(name, "")
    return text_width(name, SIZE) + (text_width(behind, SMALL) + 8 if behind else 0)


def finish(
    drawn: Cladogram,
    *layers: str,
    said: str,
    legend: Callable[[float, float], tuple[str, float]] | None = None,
    classes: str = "cladogram",
) -> str:
    """The whole picture.

    Parameters
    ----------
    drawn : Cladogram
    *layers : str
        SVG, those in front last.
    said : str
        The picture in a sentence.
    legend : callable
        Given the pixels of its top and of the width; gives SVG and its height.
    classes : str
        Of the picture.
    """
    key, height = legend(drawn.foot, drawn.width) if legend else ("", 0.0)
    full = drawn.foot + height + MARGIN
    return element(
        "svg",
        element("style", STYLE + _STYLE),
        *layers,
        key,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"bonebed-tree {classes}",
        viewBox=f"0 0 {drawn.width:.0f} {full:.0f}",
        width=drawn.width,
        height=full,
        role="group",
        aria_label=said,
        style="max-width:100%;height:auto",
    )


def branches(drawn: Cladogram, color: Callable[[Spot], str | None] = lambda _spot: None) -> list[str]:
    """All branches; `color` gives the paint of the one above a node, or None for ink."""
    parts = []
    for spot in drawn.spots:
        x, y, start = drawn.x(spot), drawn.y(spot.row), drawn.start(spot)
        paint = color(spot)
        style = f"stroke:{paint};stroke-width:3;opacity:1" if paint else None
        if start != x:
            parts.append(element("path", class_="twig", d=f"M{start:.2f} {y:.2f}H{x:.2f}", style=style))
        if not spot.is_tip:
            stem = f"M{x:.2f} {drawn.y(spot.top):.2f}V{drawn.y(spot.bottom):.2f}"
            parts.append(element("path", class_="twig", d=stem, style=style))
    return parts


def tip_names_drawn(drawn: Cladogram, after: Mapping[str, str] | None = None) -> list[str]:
    """The names of tips, with what is written behind them."""
    return [
        element("text", *written_name(spot.node.name, (after or {}).get(spot.node.name, "")),
                class_="label name", x=drawn.x(spot) + drawn.mark_room, y=drawn.y(spot.row) + 0.34 * SIZE, font_size=SIZE)
        for spot in drawn.spots
        if spot.is_tip
    ]  # fmt: skip


def written_name(name: str, behind: str) -> list[str]:
    """The name of a tip, with what is written behind it."""
    more = element("tspan", text(behind), class_="second", dx=8, font_size=SMALL) if behind else ""
    return [element("tspan", text(name), class_="group" if _GROUP.fullmatch(name) else "name"), more]


def marked_part(said: str, *content: str, classes: str = "mark", name: str | None = None) -> str:
    """A mark that can be reached with the keyboard and says what it means."""
    title = element("title", text(said))
    return element(
        "g", title, *content, class_=classes, tabindex="0", role="img", aria_label=said, data_name=name
    )  # fmt: skip


def draw_supported(
    tree: Tree,
    *,
    words: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
    width: float = 900,
    numbers: bool = True,
) -> str:
    """A consensus tree with the share of trees that have each group written on its branch, in per cent.

    Parameters
    ----------
    tree : ete3.Tree
        The ``support`` of its forks goes from 0 to 1.
    words : mapping of str to str
        Translations of the templates in `CLADOGRAM_WORDS`, by their key.
    labels : mapping of str to str
        A second name of tips.
    width : float
        Pixels.
    numbers : bool
        Whether the shares are written.
    """
    said = {**CLADOGRAM_WORDS, **(words or {})}
    drawn = sketch(tree, width=width, row_height=22, branch_room=30 if numbers else 0, after=labels)
    forks = [spot for spot in drawn.spots if spot.parent >= 0 and not spot.is_tip] if numbers else []
    marks = [_support(drawn, spot, said) for spot in forks]
    count = rows_of(drawn.spots)
    return finish(
        drawn, *branches(drawn), *marks, *tip_names_drawn(drawn, labels), said=said["cladogram"].format(count=count),
        classes="cladogram supported",
    )  # fmt: skip


def _support(drawn: Cladogram, spot: Spot, words: Mapping[str, str]) -> str:
    share = f"{100 * spot.node.support:.0f}"
    said = words["support"].format(share=share, names=some_names(spot.node, words))
    x = (drawn.start(spot) + drawn.x(spot)) / 2
    number = element("text", share, class_="small support halo", x=x, y=drawn.y(spot.row) - 4, text_anchor="middle")
    return marked_part(said, number)


def some_names(node: Tree, words: Mapping[str, str], most: int = 4) -> str:
    """The first names below a node, and how many more there are."""
    names = [leaf.name for leaf in node.iter_leaves()]
    listed = ", ".join(names[:most])
    left = len(names) - most
    return words["and_more"].format(names=listed, count=left) if left > 0 else listed
