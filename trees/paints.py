"""Colours for the tips of a drawn tree by what they share: a clade, a country, a formation, or anything else that can be told of them.

A branch takes the colour of its tips where all that have one agree. Colours are those of Okabe and Ito, which people with colour blindness
tell apart, made legible on light and dark ground; the legend writes what each stands for.

References
----------
Okabe, M. and Ito, K. 2008. Color universal design. https://jfly.uni-koeln.de/color/
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from trees.colours import legible
from trees.survey import Survey

_PALETTE = tuple(
    legible(color)
    for color in ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6bb1", "#7f7f2f", "#a65628")
)
OTHER = "#8a857c"
"""Of tips of which nothing is known, and of those beyond the number of colours."""
_FEWEST_GROUPS = 6
_SMALL = 3


@dataclass(frozen=True)
class Paints:
    """The colours of a tree.

    Parameters
    ----------
    of_tip : mapping of str to str
        Colour by name of the tip.
    legend : tuple of (str, str)
        What is written beside each colour, and the colour, the most frequent first.
    """

    of_tip: Mapping[str, str] = field(repr=False)
    legend: tuple[tuple[str, str], ...]

    def of_nodes(self, known: Survey) -> list[str | None]:
        """The colour of each node; None where its tips differ or have none."""
        colors: list[str | None] = [None] * len(known.nodes)
        mixed = [False] * len(known.nodes)
        for number in range(len(known.nodes) - 1, -1, -1):
            if not known.children[number]:
                colors[number] = self.of_tip.get(known.nodes[number].name)
            parent = known.parents[number]
            if parent >= 0:
                mixed[parent] = mixed[parent] or mixed[number] or (None not in (colors[parent], colors[number]) and colors[parent] != colors[number])  # fmt: skip
                colors[parent] = None if mixed[parent] else colors[parent] or colors[number]
        return colors


def paint_values(values: Mapping[str, str], other: str = "") -> Paints:
    """Colours by a value of each tip.

    Parameters
    ----------
    values : mapping of str to str
        By name of the tip, as it is to be read.
    other : str
        What is written beside the colour of all values beyond the most frequent ones.
    """
    ranked = [value for value, _ in Counter(values.values()).most_common() if value]
    colors = dict(zip(ranked, _PALETTE, strict=False))
    legend = list(colors.items()) + ([(other, OTHER)] if len(ranked) > len(colors) else [])
    return Paints({tip: colors.get(value, OTHER) for tip, value in values.items() if value}, tuple(legend))


def paint_clades(known: Survey) -> Paints:
    """Colours by clade: from the root the largest group is parted, until there are enough. One without a name goes by its first tip."""
    groups, least = [0], max(_SMALL, known.tips[0] // (2 * _FEWEST_GROUPS))
    while len(groups) < _FEWEST_GROUPS:
        largest = max(groups, key=lambda group: known.tips[group])
        if known.tips[largest] <= least:
            break
        groups.remove(largest)
        groups += [child for child in known.children[largest] if known.children[child]]
        if not groups:
            break
    named = sorted(groups, key=lambda group: -known.tips[group])[: len(_PALETTE)]
    colors = dict(zip(named, _PALETTE, strict=False))
    of_tip: dict[str, str] = {}
    for group, color in colors.items():
        last = group + _size(known, group)
        of_tip |= {known.nodes[n].name: color for n in range(group, last) if not known.children[n]}
    return Paints(of_tip, tuple((_name(known, group), color) for group, color in colors.items()))


def _name(known: Survey, group: int) -> str:
    at = group
    while known.children[at]:
        at = known.children[at][0]
    return str(known.nodes[group].name) or f"{known.nodes[at].name} …"


def _size(known: Survey, group: int) -> int:
    """Nodes of a clade, which follow one another."""
    at = group
    while known.children[at]:
        at = known.children[at][-1]
    return at - group + 1
