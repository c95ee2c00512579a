"""Date a tree many times over ages that are only known within bounds, and say within what each fork falls.

A fossil from the Hettangian died at one moment of it, nobody knows which. So a moment is drawn for each tip, each as likely as the
other, between its first and its last appearance; the tree is dated; and all that again, many times. The spread of a fork shows what the
vague ages do. It says nothing of fossils that were never found, nor of the branching.

References
----------
Lloyd, G. T., Bapst, D. W., Friedman, M. and Davis, K. E. 2016. Probabilistic divergence time estimation without branch lengths: dating
the origins of dinosaurs, avian flight and crown birds. Biology Letters 12: 20160609. doi:10.1098/rsbl.2016.0609
Bapst, D. W. 2012. paleotree: an R package for paleontological and phylogenetic analyses of evolution. Methods in Ecology and Evolution
3: 803-807. doi:10.1111/j.2041-210X.2012.00223.x
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from trees.backbone import backbone_of
from trees.dating import DatedTree, ages_of_nodes, check_ways
from trees.ranges import TaxonRange


@dataclass(frozen=True)
class Spread:
    """Within what the age of a fork falls, in Ma.

    Parameters
    ----------
    older, middle, younger : float
        A share of the datings lies between `older` and `younger`; half of them above `middle`.
    """

    older: float
    middle: float
    younger: float


@dataclass(frozen=True)
class RepeatedDating:
    """What became of the forks of a tree that was dated many times.

    Parameters
    ----------
    times : int
        How often.
    share : float
        The share of the datings that lies within each `Spread`.
    forks : list of Spread
        By the place of the fork among the inner nodes of the dated tree, in the order of the tree, the root first.
    """

    times: int
    share: float
    forks: list[Spread] = field(repr=False)


def date_repeatedly(
    dated: DatedTree,
    ranges: Mapping[str, TaxonRange],
    *,
    times: int = 100,
    seed: int = 1,
    share: float = 0.95,
    root_length_ma: float | None = None,
) -> RepeatedDating:
    """Date a tree again and again, by its own method, with a moment drawn for each tip.

    Parameters
    ----------
    dated : DatedTree
        The tree and the method. Left as it is.
    ranges : mapping of str to TaxonRange
        Within which each tip's moment falls; for the first known find of a taxon, the span of its age.
    times : int
        How often.
    seed : int
        The same number gives the same draws.
    share : float
        Of the datings that lie within the spread of a fork.
    root_length_ma : float, optional
        As for `trees.dating.date_tree`.

    Returns
    -------
    RepeatedDating
    """
    root_length = check_ways(dated.method, dated.min_branch_ma, root_length_ma)
    shape, _ = backbone_of(dated.tree)
    bounds = np.array([(ranges[name].last_appearance, ranges[name].first_appearance) for name in shape.tip_names])
    drawn = np.random.default_rng(seed).uniform(bounds[:, 0], bounds[:, 1], (times, len(bounds)))
    inner = shape.inner()
    ages = np.array(
        [ages_of_nodes(shape, moments, dated.method, dated.min_branch_ma, root_length) for moments in drawn.tolist()]
    )[:, inner]
    edge = (1 - share) / 2
    younger, middle, older = np.quantile(ages, (edge, 0.5, 1 - edge), axis=0)
    return RepeatedDating(
        times,
        share,
        [Spread(*values) for values in zip(older.tolist(), middle.tolist(), younger.tolist(), strict=True)],
    )
