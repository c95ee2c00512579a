"""How many lineages of a dated tree were alive at a moment: those known from fossils, and the ghost lineages, counted apart.

A tip counts as known between its first and its last appearance. Every other branch that crosses the moment is a lineage that must have
lived and of which nobody has found anything: a ghost. Their sum is the phylogenetic diversity estimate of Norell (1992).

References
----------
Norell, M. A. 1992. Taxic origin and temporal diversity: the effect of phylogeny. In: Extinction and Phylogeny, 89-118.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from trees.dating import DatedTree
from trees.survey import Survey, survey

_MOST = 3000


@dataclass(frozen=True)
class Alive:
    """Lineages through time, as steps.

    Parameters
    ----------
    ages : array of float
        Ma, oldest first: where a number changes. Each number holds from its age down to the next.
    known, ghosts : array of int
        Lineages with fossils and without, by age.
    """

    ages: npt.NDArray[np.float64] = field(repr=False)
    known: npt.NDArray[np.int64] = field(repr=False)
    ghosts: npt.NDArray[np.int64] = field(repr=False)

    def at(self, age_ma: float) -> tuple[int, int]:
        """Lineages with and without fossils at an age in Ma."""
        place = int(np.searchsorted(-self.ages, -age_ma, side="right")) - 1
        return (int(self.known[place]), int(self.ghosts[place])) if place >= 0 else (0, 0)

    def as_steps(self) -> list[list[float]]:
        """Ages and numbers for a browser; of very many steps, those that lie evenly apart."""
        every = max(1, -(-len(self.ages) // _MOST))
        return [self.ages[::every].round(4).tolist(), self.known[::every].tolist(), self.ghosts[::every].tolist()]


def lineages_through_time(dated: DatedTree, known: Survey | None = None) -> Alive:
    """Count the lineages of a dated tree at all times at once; a lineage ends just after its last appearance."""
    known = known or survey(dated)
    found, ghosts = [], []
    for number, node in enumerate(known.nodes):
        if not known.children[number]:
            found.append((node.age, known.youngest[number]))
        parent = known.parents[number]
        if parent >= 0 and known.nodes[parent].age > node.age:
            ghosts.append((known.nodes[parent].age, node.age))
    spans = np.array(found, dtype=float).reshape(-1, 2)
    gaps = np.array(ghosts, dtype=float).reshape(-1, 2)
    # a range holds both its ends; a ghost ends where the range or the fork begins, which is no longer part of it
    after = np.nextafter(spans[:, 1], -np.inf)
    ages = np.unique(np.concatenate([spans[:, 0], after, gaps.ravel()]))[::-1]
    return Alive(ages, _crossing(ages, spans[:, 0], after), _crossing(ages, gaps[:, 0], gaps[:, 1]))


def _crossing(
    ages: npt.NDArray[np.float64], older: npt.NDArray[np.float64], younger: npt.NDArray[np.float64]
) -> npt.NDArray[np.int64]:
    """How many spans hold each age: begun at it or before, and not yet ended."""
    begun = len(older) - np.searchsorted(np.sort(older), ages, side="left")
    ended = len(younger) - np.searchsorted(np.sort(younger), ages, side="left")
    return (begun - ended).astype(np.int64)
