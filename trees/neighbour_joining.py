"""The tree by neighbour joining: quick, one answer, from distances alone.

References
----------
Saitou, N. and Nei, M. 1987. The neighbor-joining method: a new method for reconstructing phylogenetic trees. Molecular Biology and
Evolution 4: 406-425. doi:10.1093/oxfordjournals.molbev.a040454
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from catalogue.messages import message
from trees.errors import TreeError
from trees.matrices import Matrix, states
from trees.model import Tree

Distances: TypeAlias = npt.NDArray[np.float64]


def distances(matrix: Matrix) -> Distances:
    """The share of characters in which taxa differ, of those that both have; 1 for taxa that share none.

    Cells with several states differ from others when they have no state in common.
    """
    sets = [[states(cell) for cell in row] for row in matrix.cells]
    found = np.zeros((len(sets), len(sets)))
    for one in range(len(sets)):
        for other in range(one):
            both = [(a, b) for a, b in zip(sets[one], sets[other], strict=True) if a and b]
            differ = sum(not a & b for a, b in both)
            found[one, other] = found[other, one] = differ / len(both) if both else 1.0
    return found


def neighbour_joining(names: Sequence[str], between: Distances, *, outgroup: str = "") -> Tree:
    """The tree of taxa by the distances between them, with lengths of branches.

    Parameters
    ----------
    names : sequence of str
    between : array of float, shape (taxa, taxa)
    outgroup : str
        The taxon on whose branch the root is put, in the middle; without one the root has three branches.

    Raises
    ------
    TreeError
        When there are fewer than three taxa, or none is the outgroup.
    """
    if len(names) < 3:
        raise TreeError(message("Neighbour joining needs at least three taxa."))
    if outgroup and outgroup not in names:
        raise TreeError(message("The outgroup “{name}” is not in the matrix.", name=outgroup))
    nodes = [Tree(name=name) for name in names]
    open_, left = between.astype(np.float64), len(names)
    while left > 3:
        one, other, lengths = _nearest(open_)
        fork = Tree()
        for number, length in zip((one, other), lengths, strict=True):
            fork.add_child(nodes[number], dist=length)
        rest = [number for number in range(left) if number not in {one, other}]
        away = (open_[one, rest] + open_[other, rest] - open_[one, other]) / 2
        joined = np.zeros((left - 1, left - 1))
        joined[:-1, :-1] = open_[np.ix_(rest, rest)]
        joined[-1, :-1] = joined[:-1, -1] = away
        open_, nodes, left = joined, [*(nodes[number] for number in rest), fork], left - 1
    root = Tree()
    for number in range(3):
        beside = [other for other in range(3) if other != number]
        length = (open_[number, beside].sum() - open_[beside[0], beside[1]]) / 2
        root.add_child(nodes[number], dist=float(length))
    if outgroup:
        root.set_outgroup(root & outgroup)
    return root


def _nearest(between: Distances) -> tuple[int, int, tuple[float, float]]:
    """The two nodes to join, and the lengths of their branches."""
    size = len(between)
    sums = between.sum(axis=1)
    scores = (size - 2) * between - sums[:, None] - sums[None, :]
    np.fill_diagonal(scores, np.inf)
    one, other = sorted(divmod(int(scores.argmin()), size))
    first = between[one, other] / 2 + (sums[one] - sums[other]) / (2 * (size - 2))
    return one, other, (float(first), float(between[one, other] - first))
