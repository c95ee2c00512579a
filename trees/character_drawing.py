"""Draw one character on a tree: where it changed, or what ancestors were likely to have. Measurements are drawn in `trees.value_drawing`.

Colour never stands alone: a state is written in its box at each tip, and a change is a symbol with words.
A tip of which nothing is known has an empty dashed box with ``?``; one that cannot have the character a crossed box with ``–``.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.messages import message
from trees.branching import Spot, rows_of
from trees.cladogram import GAP, MARGIN, Cladogram, branches, finish, marked_part, sketch, some_names, tip_names_drawn
from trees.colours import ink_on
from trees.lettering import text_width
from trees.matrices import INAPPLICABLE, MISSING, Character, states
from trees.model import Tree
from trees.parsimony import StateChange
from trees.svg import element, text

PALETTE = ("#c9b458", "#2f6f9f", "#b3522b", "#4f8f5b", "#7d5aa6", "#c1779b", "#5f6b73", "#8a6d3b", "#3d8f8a", "#a33f52")
"""Colours of the states, in their order; told apart by the colour-blind and in grey, and never alone."""
_BOX = 15.0
_PIE = 8.5

_TEMPLATES = {
    "on_tree": message("The character “{character}” on a tree of {count} tips"),
    "certain": message("Certain change from “{before}” to “{after}”, on the branch to: {names}"),
    "possible": message("Possible change: before “{before}”, after “{after}”, on the branch to: {names}"),
    "tip": message("{name}: {state}"),
    "missing": message("not known"),
    "inapplicable": message("cannot apply"),
    "or": message("{one} or {other}"),
    "chances": message("The ancestor of {names}: {chances}"),
    "value": message("The ancestor of {names}: {value}, give or take {spread}"),
    "and_more": message("{names} and {count} more"),
    "legend_certain": message("certain change"),
    "legend_possible": message("possible change"),
    "legend_pie": message("how likely each state is"),
}
CHARACTER_WORDS: Mapping[str, str] = {name: words.template for name, words in _TEMPLATES.items()}
"""The templates by what they are for; each is collected for translation."""


@dataclass(frozen=True)
class CharacterOnTree:
    """One character and the cells of the tips.

    Parameters
    ----------
    character : Character
        Its name and the words for its states, in the language of the reader.
    cells : mapping of str to str
        By name of the tip; a tip without a cell counts as not known.
    symbols : sequence of str
        All states, in their order; which gives the colours.
    words : mapping of str to str
        Templates as in `CHARACTER_WORDS`, translated.
    labels : mapping of str to str
        A second name of tips, such as the Chinese one.
    """

    character: Character
    cells: Mapping[str, str]
    symbols: Sequence[str]
    words: Mapping[str, str]
    labels: Mapping[str, str] = field(default_factory=dict)

    def color(self, symbol: str) -> str:
        """The colour of a state."""
        return PALETTE[self.symbols.index(symbol) % len(PALETTE)]

    def say(self, symbol: str) -> str:
        """A state in words, or its symbol where the matrix has none."""
        return self.character.states.get(symbol) or symbol

    def say_some(self, symbols: Sequence[str]) -> str:
        """Several states in words."""
        said = self.say(symbols[0])
        for symbol in symbols[1:]:
            said = self.words["or"].format(one=said, other=self.say(symbol))
        return said

    def say_cell(self, cell: str) -> str:
        """A cell in words."""
        if cell in {MISSING, INAPPLICABLE}:
            return self.words["missing" if cell == MISSING else "inapplicable"]
        return self.say_some(sorted(states(cell)))


def draw_changes(
    tree: Tree,
    shown: CharacterOnTree,
    possible: Sequence[tuple[str, ...]],
    changes: Sequence[StateChange],
    *,
    width: float = 900,
) -> str:
    """The branches on which a character changes, or may change.

    Parameters
    ----------
    tree : ete3.Tree
    shown : CharacterOnTree
    possible : sequence of tuple of str
        As `trees.parsimony.Parsimony.possible_states` gives them.
    changes : sequence of StateChange
        As `trees.parsimony.Parsimony.changes` gives them.
    width : float
        Pixels; the picture grows where names need more.
    """
    drawn = sketch(tree, width=width, mark_room=_BOX + GAP + 4, branch_room=34, after=shown.labels)
    of = {id(spot.node): sets for spot, sets in zip(drawn.spots, possible, strict=True)}
    by_node = {id(change.node): change for change in changes}

    def color(spot: Spot) -> str | None:
        sets = of[id(spot.node)]
        return shown.color(sets[0]) if len(sets) == 1 else None

    marks = [_change(drawn, spot, by_node[id(spot.node)], shown) for spot in drawn.spots if id(spot.node) in by_node]
    return finish(
        drawn, *branches(drawn, color), *marks, *_boxes(drawn, shown), *tip_names_drawn(drawn, shown.labels),
        said=sentence(drawn, shown), legend=_Legend(shown, changes=True), classes="cladogram changes",
    )  # fmt: skip


def draw_chances(
    tree: Tree,
    shown: CharacterOnTree,
    chances: Mapping[Tree, Mapping[str, float]],
    *,
    lengths: bool,
    width: float = 900,
) -> str:
    """How likely each state is at each fork, as pies.

    Parameters
    ----------
    tree : ete3.Tree
        The root among `chances`.
    shown : CharacterOnTree
    chances : mapping of ete3.Tree to mapping of str to float
        As `trees.ancestors.ancestral_states` gives them.
    lengths : bool
        Whether branches are as long as the tree has them.
    width : float
        Pixels.
    """
    drawn = sketch(
        tree, width=width, row_height=27, lengths=lengths, mark_room=_BOX + GAP + 4, branch_room=26, after=shown.labels
    )
    pies = [_pie(drawn, spot, chances[spot.node], shown) for spot in drawn.spots if spot.node in chances]
    return finish(
        drawn, *branches(drawn), *_boxes(drawn, shown), *pies, *tip_names_drawn(drawn, shown.labels), said=sentence(drawn, shown),
        legend=_Legend(shown, pies=True), classes="cladogram chances",
    )  # fmt: skip


def sentence(drawn: Cladogram, shown: CharacterOnTree) -> str:
    """The picture in a sentence."""
    return shown.words["on_tree"].format(character=shown.character.name, count=rows_of(drawn.spots))


def _names(node: Tree, shown: CharacterOnTree) -> str:
    return some_names(node, shown.words)


def _boxes(drawn: Cladogram, shown: CharacterOnTree) -> list[str]:
    """The state of each tip in its box."""
    found = []
    for spot in drawn.spots:
        if spot.is_tip:
            cell = shown.cells.get(spot.node.name, MISSING)
            said = shown.words["tip"].format(name=spot.node.name, state=shown.say_cell(cell))
            found.append(marked_part(said, state_box(drawn.x(spot) + 3, drawn.y(spot.row), cell, shown)))
    return found


def state_box(x: float, y: float, cell: str, shown: CharacterOnTree) -> str:
    """A box with a cell in it: in the colour of its state, striped where it has several, dashed or crossed where it has none."""
    top, inside = y - _BOX / 2, sorted(states(cell))
    if not inside:
        frame = element("rect", x=x, y=top, width=_BOX, height=_BOX, rx=2, fill="none", stroke="currentColor",
                        stroke_dasharray="2.5 2" if cell == MISSING else None, opacity=".7")  # fmt: skip
        return frame + _written(x + _BOX / 2, y, MISSING if cell == MISSING else "–", "currentColor")
    part = _BOX / len(inside)
    stripes = [
        element("rect", x=x + number * part, y=top, width=part, height=_BOX, fill=shown.color(symbol))
        for number, symbol in enumerate(inside)
    ]
    letters = "/".join(inside) if len(inside) < 3 else "*"
    return "".join(stripes) + _written(x + _BOX / 2, y, letters, ink_on(shown.color(inside[0])))


def _written(x: float, y: float, letters: str, color: str) -> str:
    size = 11 if len(letters) == 1 else 8
    return element(
        "text", text(letters), x=x, y=y + 0.36 * size, font_size=size, font_weight="600", text_anchor="middle",
        style=f"fill:{color}",
    )  # fmt: skip


def _change(drawn: Cladogram, spot: Spot, change: StateChange, shown: CharacterOnTree) -> str:
    """A full diamond with the states for a certain change, an empty one with a question mark for a possible one."""
    x, y = (drawn.start(spot) + drawn.x(spot)) / 2, drawn.y(spot.row)
    names = _names(spot.node, shown)
    key = "certain" if change.certain else "possible"
    letters = f"{'/'.join(change.before)}→{'/'.join(change.after)}" if change.certain else "?"
    said = shown.words[key].format(
        before=shown.say_some(change.before), after=shown.say_some(change.after), names=names
    )
    label = element("text", text(letters), class_="small halo", x=x, y=y - 8, text_anchor="middle")
    return marked_part(said, diamond(x, y, full=key == "certain"), label, classes=f"mark {key}")


def diamond(x: float, y: float, *, full: bool) -> str:
    """The sign of a change."""
    fill = "var(--accent)" if full else "var(--paper)"
    return element(
        "path", d=f"M{x - 6:.2f} {y:.2f}l6 -6l6 6l-6 6Z", style=f"fill:{fill};stroke:var(--accent);stroke-width:1.8"
    )  # fmt: skip


def _pie(drawn: Cladogram, spot: Spot, chances: Mapping[str, float], shown: CharacterOnTree) -> str:
    x, y = drawn.x(spot), drawn.y(spot.row)
    listed = ", ".join(
        f"{shown.say(symbol)} {100 * share:.0f} %" for symbol, share in sorted(chances.items(), key=lambda pair: -pair[1])
    )  # fmt: skip
    said = shown.words["chances"].format(names=_names(spot.node, shown), chances=listed)
    ring = element("circle", cx=x, cy=y, r=_PIE, style="fill:var(--paper);stroke:var(--ink);stroke-width:1.2")
    return marked_part(said, ring, *pie_slices(x, y, chances, shown.color), classes="mark pie")


def pie_slices(x: float, y: float, chances: Mapping[str, float], color: Callable[[str], str]) -> list[str]:
    """The slices of a pie, from twelve o'clock on."""
    slices, turned, radius = [], 0.0, _PIE - 0.6
    for symbol, share in chances.items():
        if share > 0.995:
            slices.append(element("circle", class_="slice", cx=x, cy=y, r=radius, fill=color(symbol)))
        elif share > 0.005:
            (a, b), (c, d) = (_on_circle(x, y, radius, at) for at in (turned, turned + share))
            path = f"M{x:.2f} {y:.2f}L{a:.2f} {b:.2f}A{radius:.2f} {radius:.2f} 0 {int(share > 0.5)} 1 {c:.2f} {d:.2f}Z"
            slices.append(element("path", class_="slice", d=path, fill=color(symbol)))
        turned += share
    return slices


def _on_circle(x: float, y: float, radius: float, turned: float) -> tuple[float, float]:
    return x + radius * math.sin(2 * math.pi * turned), y - radius * math.cos(2 * math.pi * turned)


class _Legend:
    """The states in words, and what the marks mean, on as many lines as the width asks for."""

    def __init__(self, shown: CharacterOnTree, *, changes: bool = False, pies: bool = False) -> None:
        self.shown, self.changes, self.pies = shown, changes, pies

    def __call__(self, top: float, width: float) -> tuple[str, float]:
        x, y, parts = MARGIN, top + 18.0, []
        for mark, words in self._entries():
            room = _BOX + 8 + text_width(words, 12.5) + 18
            if x > MARGIN and x + room > width - MARGIN:
                x, y = MARGIN, y + 24
            parts.append(mark(x, y) + element("text", text(words), x=x + _BOX + 8, y=y + 4.2))
            x += room
        return element("g", *parts, class_="key"), y - top + 14

    def _entries(self) -> list[tuple[Callable[[float, float], str], str]]:
        shown, words = self.shown, self.shown.words
        entries = [(_boxed(symbol, shown), shown.say(symbol)) for symbol in shown.symbols]
        cells = set(shown.cells.values())
        entries += [
            (_boxed(cell, shown), words[key])
            for cell, key in ((MISSING, "missing"), (INAPPLICABLE, "inapplicable"))
            if cell in cells
        ]
        if self.changes:
            entries += [
                (_diamond(full=True), words["legend_certain"]),
                (_diamond(full=False), words["legend_possible"]),
            ]
        if self.pies:
            halves = dict.fromkeys(shown.symbols[:2], 0.5)
            entries.append((_pied(halves, shown), words["legend_pie"]))
        return entries


def _boxed(cell: str, shown: CharacterOnTree) -> Callable[[float, float], str]:
    return lambda x, y: state_box(x, y, cell, shown)


def _diamond(*, full: bool) -> Callable[[float, float], str]:
    return lambda x, y: diamond(x + _BOX / 2, y, full=full)


def _pied(chances: Mapping[str, float], shown: CharacterOnTree) -> Callable[[float, float], str]:
    return lambda x, y: "".join(pie_slices(x + _PIE, y, chances, shown.color))
