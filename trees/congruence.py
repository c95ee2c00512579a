"""How well a tree agrees with the order in which its fossils appear in the rocks.

Four indices, each of one thing. SCI counts the clades whose sister group appears no later than they do. RCI sets the gaps that the tree
demands against the time that is documented. MSM* and GER set them against the least and, GER, the greatest gaps that any tree of
these tips could have. None says that a tree is right: a poor record agrees with nothing.

A permutation test deals the ranges out among the tips anew and asks how often chance does as well.

References
----------
Huelsenbeck, J. P. 1994. Comparing the stratigraphic record to estimates of phylogeny. Paleobiology 20: 470-483.
doi:10.1017/S009483730001294X
Benton, M. J. and Storrs, G. W. 1994. Testing the quality of the fossil record: paleontological knowledge is improving. Geology 22:
111-114.
Wills, M. A. 1999. Congruence between phylogeny and stratigraphy: randomization tests and the gap excess ratio. Systematic Biology
48: 559-580. doi:10.1080/106351599260148
Pol, D. and Norell, M. A. 2001. Comments on the Manhattan Stratigraphic Measure. Cladistics 17: 285-289.
Wills, M. A., Barrett, P. M. and Heathcote, J. F. 2008. The modified gap excess ratio (GER*) and the stratigraphic congruence of
dinosaur phylogenies. Systematic Biology 57: 891-904. doi:10.1080/10635150802570809
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from catalogue.messages import message
from trees.backbone import Backbone, backbone_of
from trees.errors import TreeError
from trees.model import Tree, tip_names, without_tips
from trees.ranges import TaxonRange

Numbers: TypeAlias = npt.NDArray[np.float64]

_SAME = 1e-9
"""Myr; first appearances and sums of gaps that differ by less are the same."""


@dataclass(frozen=True)
class Congruence:
    """The indices of a dated tree. One that cannot be had, such as SCI of a single fork, is NaN.

    Parameters
    ----------
    srl : float
        Simple range length: time in which the tips are documented, summed, in Myr.
    mig : float
        Minimum implied gap: time in which lineages must have lived without a known fossil, summed, in Myr.
    g_min, g_max : float
        The least and the greatest sum of gaps of any tree of these tips, in Myr.
    sci, rci, ger, msm : float
        Stratigraphic consistency index (0 to 1), relative completeness index (percent, may be negative), gap excess ratio
        (0 to 1), modified Manhattan stratigraphic measure (0 to 1).
    """

    srl: float
    mig: float
    g_min: float
    g_max: float
    sci: float
    rci: float
    ger: float
    msm: float


@dataclass(frozen=True)
class PermutationTest:
    """How the tree fares against chance.

    Parameters
    ----------
    times : int
        How often the ranges were dealt out anew.
    p_sci, p_ger, p_msm : float
        Share of all dealings, the real one among them, that do at least as well: the chance of such agreement without any link
        between tree and rocks.
    ger_t : float
        The gap excess ratio between the best and the worst dealing, kept within 0 and 1 (GERt): how good the tree is for its shape.
    ger_star : float
        Share of the dealings whose gaps are at least as great as those of the tree (GER*).
    """

    times: int
    p_sci: float
    p_ger: float
    p_msm: float
    ger_t: float
    ger_star: float


def congruence(tree: Tree, ranges: Mapping[str, TaxonRange]) -> Congruence:
    """The indices of a tree.

    Parameters
    ----------
    tree : ete3.Tree
        Left as it is; tips without a range are left out, as when the tree is dated.
    ranges : mapping of str to TaxonRange
        By name of the tip.

    Raises
    ------
    TreeError
        When fewer than two tips have a range.
    """
    shape = _dated_shape(tree, ranges)
    first = np.array([[ranges[name].first_appearance] for name in shape.tip_names])
    srl = sum(ranges[name].duration for name in shape.tip_names)
    gaps, consistent = _gaps_and_consistency(shape, first)
    mig = float(gaps[0])
    g_min, g_max = float(np.ptp(first)), float((first.max() - first).sum())
    forks = len(shape.inner()) - 1
    return Congruence(
        srl=srl,
        mig=mig,
        g_min=g_min,
        g_max=g_max,
        sci=float(consistent[0]) / forks if forks else math.nan,
        rci=(1 - mig / srl) * 100 if srl > 0 else math.nan,
        ger=1 - (mig - g_min) / (g_max - g_min) if g_max > g_min else math.nan,
        msm=g_min / mig if mig > 0 else math.nan,
    )


def permutation_test(
    tree: Tree, ranges: Mapping[str, TaxonRange], *, times: int = 1000, seed: int = 1, outgroup: str = ""
) -> PermutationTest:
    """Deal the ranges out among the tips anew, many times, and compare.

    Parameters
    ----------
    tree, ranges
        As for `congruence`.
    times : int
        How often.
    seed : int
        The same number gives the same dealings.
    outgroup : str
        A tip that keeps its own range each time; none when blank.

    Raises
    ------
    TreeError
        When fewer than two tips have a range, or the outgroup is not among them.
    """
    shape = _dated_shape(tree, ranges)
    names = shape.tip_names
    if outgroup and outgroup not in names:
        raise TreeError(message("The outgroup “{name}” is not a dated tip of the tree.", name=outgroup))
    first = np.array([ranges[name].first_appearance for name in names])
    chance = np.random.default_rng(seed)
    moving = np.array([name != outgroup for name in names])
    dealt = np.repeat(first[:, None], times + 1, axis=1)
    for column in range(1, times + 1):
        dealt[moving, column] = chance.permutation(first[moving])
    gaps, consistent = _gaps_and_consistency(shape, dealt)
    as_small = float(np.mean(gaps <= gaps[0] + _SAME))
    least, most = gaps.min(), gaps.max()
    return PermutationTest(
        times=times,
        p_sci=float(np.mean(consistent >= consistent[0])),
        p_ger=as_small,
        p_msm=as_small,
        ger_t=float(np.clip(1 - (gaps[0] - least) / (most - least), 0, 1)) if most > least else math.nan,
        ger_star=float(np.mean(gaps[1:] >= gaps[0] - _SAME)) if times else math.nan,
    )


def _dated_shape(tree: Tree, ranges: Mapping[str, TaxonRange]) -> Backbone:
    undated = {name for name in tip_names(tree) if name not in ranges}
    dated, _ = without_tips(tree, undated)
    if dated is None or len(dated.children) < 2:
        raise TreeError(message("At least two tips with a known range are needed."))
    return backbone_of(dated)[0]


def _gaps_and_consistency(shape: Backbone, first: Numbers) -> tuple[Numbers, Numbers]:
    """For each column of first appearances of the tips: the sum of the gaps in Myr, and the number of consistent clades.

    A clade is consistent when something beside it, below the same fork, appears no later than its own oldest member.
    """
    oldest = np.full((len(shape), first.shape[1]), -np.inf)
    oldest[list(shape.tips)] = first
    second = np.full_like(oldest, -np.inf)
    for node in shape.upwards():
        parent = shape.parents[node]
        second[parent] = np.maximum(second[parent], np.minimum(oldest[parent], oldest[node]))
        oldest[parent] = np.maximum(oldest[parent], oldest[node])
    above = np.array(shape.parents[1:])
    gaps: Numbers = (oldest[above] - oldest[1:]).sum(axis=0)
    consistent = np.zeros(first.shape[1])
    for node in shape.inner()[1:]:
        parent = shape.parents[node]
        beside = np.where(oldest[node] >= oldest[parent] - _SAME, second[parent], oldest[parent])
        consistent += beside >= oldest[node] - _SAME
    return gaps, consistent
