"""From rows and ages to places in a circle: time runs outwards from the root, and rows go round, with a gap at the top."""

from dataclasses import dataclass
from functools import cached_property
from math import cos, pi, sin
from typing import TypeVar

import numpy as np

from trees.ground import Floats
from trees.sheet import LABEL_OFFSETS, Sheet
from trees.svg import written

OneOrMany = TypeVar("OneOrMany", float, Floats)
GAP = 26.0
"""Degrees at the top without a branch."""
CORE = 0.03
"""Share of the radius before the root, so that its branches do not meet in one point."""
_LEAST_ROW = 0.72


def least_radius(sheet: Sheet) -> float:
    """The radius in pixels at which spokes lie far enough apart for a label each."""
    return sheet.layout.rows * sheet.row_height * _LEAST_ROW / (2 * pi * (1 - GAP / 360))


@dataclass(frozen=True)
class Wheel:
    """A circle on a sheet.

    Parameters
    ----------
    sheet : Sheet
    x, y : float
        Pixels of its middle.
    core, scale : float
        The radius of an age is `core` + (oldest - age) x `scale`.
    """

    sheet: Sheet
    x: float
    y: float
    core: float
    scale: float

    def angle(self, row: OneOrMany) -> OneOrMany:
        """Radians of a row, or of many, clockwise from the right."""
        return (-90 + GAP / 2 + (row + 0.5) / self.sheet.layout.rows * (360 - GAP)) * (pi / 180)

    def radius(self, age: OneOrMany) -> OneOrMany:
        """Pixels from the middle of an age in Ma, or of many."""
        return self.core + (self.sheet.axis.oldest - age) * self.scale

    @property
    def rim(self) -> float:
        """The radius of the youngest age."""
        return self.radius(self.sheet.axis.youngest)

    def at(self, radius: float, angle: float) -> tuple[float, float]:
        """Pixels from left and top."""
        return self.x + radius * cos(angle), self.y + radius * sin(angle)

    @cached_property
    def angles(self) -> Floats:
        """Of each node."""
        return self.angle(np.array([place.y for place in self.sheet.layout.places], np.float64))

    @cached_property
    def radii(self) -> Floats:
        """Of each node."""
        return self.radius(np.array([place.age for place in self.sheet.layout.places], np.float64))

    @cached_property
    def starts(self) -> Floats:
        """The radius at which the branch to each node begins: that of its parent."""
        parents = np.array([place.parent for place in self.sheet.layout.places])
        return np.where(parents >= 0, self.radii[parents], 0.0)

    @cached_property
    def spots(self) -> list[tuple[float, float]]:
        """Where each node lies."""
        return self._at(self.radii, self.angles)

    @cached_property
    def bends(self) -> list[tuple[float, float]]:
        """Where the branch to each node leaves the ring of its parent."""
        return self._at(self.starts, self.angles)

    def _at(self, radii: Floats, angles: Floats) -> list[tuple[float, float]]:
        x, y = self.x + radii * np.cos(angles), self.y + radii * np.sin(angles)
        return list(zip(x.tolist(), y.tolist(), strict=True))

    @cached_property
    def label_starts(self) -> list[float]:
        """The radius at which each label begins, in the order of `Layout.ends`: after the range, and not where spokes are too close."""
        least = min(least_radius(self.sheet), self.rim)
        return [
            max(self.radius(place.youngest) + LABEL_OFFSETS[place.living > 0], least)
            for place in self.sheet.layout.ends
        ]

    @cached_property
    def end_angles(self) -> Floats:
        """Of each tip and folded clade."""
        return self.angles[[place.index for place in self.sheet.layout.ends]]

    @cached_property
    def ways(self) -> list[str]:
        """The branch to each node, as the data of a path: along the ring of its fork, then outwards."""
        places, spots, angles, w = self.sheet.layout.places, self.spots, self.angles.tolist(), written
        found = []
        for place, (x, y), (bend_x, bend_y), radius in zip(
            places, spots, self.bends, self.starts.tolist(), strict=True
        ):
            parent = place.parent
            if parent < 0:
                found.append(f"M{w[bend_x]} {w[bend_y]}L{w[x]} {w[y]}")
                continue
            turn, r = angles[place.index] - angles[parent], w[radius]
            from_x, from_y = spots[parent]
            arc = f"A{r} {r} 0 {int(abs(turn) > pi)} {int(turn > 0)} {w[bend_x]} {w[bend_y]}"
            found.append(f"M{w[from_x]} {w[from_y]}{arc}L{w[x]} {w[y]}")
        return found
