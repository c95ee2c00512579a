"""What ancestors may have been like: measurements under Brownian motion, and states under a model of equal rates.

Both take the lengths of branches as the time or the change that went by. They spread what is known of the tips over the tree; a trend
that all lineages shared, such as growth, they cannot see, and the estimates for the deepest forks draw towards the middle.

References
----------
Felsenstein, J. 1985. Phylogenies and the comparative method. American Naturalist 125: 1-15. doi:10.1086/284325
Maddison, W. P. 1991. Squared-change parsimony reconstructions of ancestral states for continuous-valued characters on a phylogenetic tree.
Systematic Zoology 40: 304-314. doi:10.1093/sysbio/40.3.304
Lewis, P. O. 2001. A likelihood approach to estimating phylogeny from discrete morphological character data. Systematic Biology 50:
913-925. doi:10.1080/106351501753462876
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from catalogue.messages import message
from trees.backbone import Backbone, backbone_of
from trees.errors import TreeError
from trees.model import Tree, tip_names, without_tips

Numbers: TypeAlias = npt.NDArray[np.float64]

_LEAST_LENGTH = 1e-9
_RATES = (1e-6, 1e3)
"""Changes for each unit of branch length, between which the likeliest rate is sought."""
_CLOSE = 1e-5


@dataclass(frozen=True)
class Estimate:
    """A measurement of an ancestor: the likeliest value, and the variance of the estimate (in squared units of the measurement)."""

    value: float
    variance: float


def ancestral_values(tree: Tree, values: Mapping[str, float]) -> dict[Tree, Estimate]:
    """The likeliest values of inner nodes, the rate of change estimated from the tips.

    Parameters
    ----------
    tree : ete3.Tree
        With lengths of branches. Tips without a value are left out.
    values : mapping of str to float
        By name of the tip; for body mass the logarithm, for it changes by shares.

    Returns
    -------
    dict
        By inner node of a copy of the tree without the tips that have no value, the root first.

    Raises
    ------
    TreeError
        When fewer than three tips have a value.
    """
    shape, nodes = _known(tree, set(values), least=3)
    size = len(shape)
    mean, spread = [0.0] * size, [0.0] * size
    for tip in shape.tips:
        mean[tip] = values[shape.names[tip]]
    lengths = [max(length, _LEAST_LENGTH) for length in shape.lengths]
    weighed, weights = [0.0] * size, [0.0] * size
    inner = shape.inner()
    is_inner = [False] * size
    for node in inner:
        is_inner[node] = True
    squares = 0.0
    for node in range(size - 1, -1, -1):
        if is_inner[node]:
            mean[node], spread[node] = weighed[node] / weights[node], 1 / weights[node]
        if node:
            share = 1 / (lengths[node] + spread[node])
            parent = shape.parents[node]
            if weights[parent]:  # a contrast between this branch and those that came before it
                before = weighed[parent] / weights[parent]
                squares += (mean[node] - before) ** 2 / (1 / share + 1 / weights[parent])
            weighed[parent] += share * mean[node]
            weights[parent] += share
    rate = squares / (len(shape.tips) - 1)
    return _with_what_is_above(shape, nodes, inner, mean, spread, weighed, weights, lengths, rate)


def _with_what_is_above(
    shape: Backbone,
    nodes: Sequence[Tree],
    inner: Sequence[int],
    mean: list[float],
    spread: list[float],
    weighed: list[float],
    weights: list[float],
    lengths: Sequence[float],
    rate: float,
) -> dict[Tree, Estimate]:
    found: dict[Tree, Estimate] = {}
    for node in inner:
        if node:
            parent = shape.parents[node]
            own = 1 / (lengths[node] + spread[node])
            rest = weights[parent] - own
            if rest > 0:
                above = (weighed[parent] - own * mean[node]) / rest
                share = 1 / (lengths[node] + 1 / rest)
                weighed[node] += share * above
                weights[node] += share
        found[nodes[node]] = Estimate(weighed[node] / weights[node], rate / weights[node])
    return found


def ancestral_states(tree: Tree, states: Mapping[str, str]) -> dict[Tree, dict[str, float]]:
    """How likely each state is at each inner node, when all changes are equally likely (Mk, equal rates, marginal).

    Parameters
    ----------
    tree : ete3.Tree
        With lengths of branches. Tips without a state are left out.
    states : mapping of str to str
        By name of the tip.

    Returns
    -------
    dict
        By inner node of a copy of the tree without the tips that have no state, the root first.

    Raises
    ------
    TreeError
        When fewer than two tips have a state, or all have the same.
    """
    shape, nodes = _known(tree, set(states), least=2)
    symbols = sorted({states[name] for name in shape.tip_names})
    if len(symbols) < 2:
        raise TreeError(message("All tips have the same state; there is nothing to ask of their ancestors."))
    tips = np.array([[symbol == states[name] for symbol in symbols] for name in shape.tip_names], np.float64)
    rate = _likeliest(lambda rate: _Pruned(shape, tips, rate).log_likelihood)
    pruned = _Pruned(shape, tips, rate)
    above = np.ones_like(pruned.below)
    found: dict[Tree, dict[str, float]] = {}
    for node in range(len(shape)):
        if node:
            parent = shape.parents[node]
            rest = above[parent] * pruned.below[parent] / pruned.upwards[node]
            above[node] = _chances(shape.lengths[node], rate, len(symbols)) @ (rest / rest.max())
        if nodes[node].children:
            whole = above[node] * pruned.below[node]
            found[nodes[node]] = dict(zip(symbols, (whole / whole.sum()).tolist(), strict=True))
    return found


class _Pruned:
    """Likelihoods below each node by its state, and at the upper end of its branch; kept within bounds by scaling."""

    def __init__(self, shape: Backbone, tips: Numbers, rate: float) -> None:
        self.below = np.ones((len(shape), tips.shape[1]))
        self.below[list(shape.tips)] = tips
        self.upwards = np.ones_like(self.below)
        scaled = 0.0
        for node in shape.upwards():
            parent = shape.parents[node]
            self.upwards[node] = _chances(shape.lengths[node], rate, tips.shape[1]) @ self.below[node]
            self.below[parent] *= self.upwards[node]
            largest = float(self.below[parent].max())
            self.below[parent] /= largest
            scaled += math.log(largest)
        self.log_likelihood = math.log(float(self.below[0].mean())) + scaled


def _chances(length: float, rate: float, size: int) -> Numbers:
    """The chances to go from each state to each over a branch."""
    stay = math.exp(-size * rate * max(length, _LEAST_LENGTH))
    chances: Numbers = np.full((size, size), (1 - stay) / size)
    np.fill_diagonal(chances, 1 / size + (size - 1) / size * stay)
    return chances


def _likeliest(log_likelihood: Callable[[float], float]) -> float:
    """The rate with the greatest likelihood, by golden section over its logarithm."""
    low, high = math.log(_RATES[0]), math.log(_RATES[1])
    golden = (math.sqrt(5) - 1) / 2
    while high - low > _CLOSE:
        left, right = high - golden * (high - low), low + golden * (high - low)
        if log_likelihood(math.exp(left)) >= log_likelihood(math.exp(right)):
            high = right
        else:
            low = left
    return math.exp((low + high) / 2)


def _known(tree: Tree, names: set[str], *, least: int) -> tuple[Backbone, list[Tree]]:
    unknown = {name for name in tip_names(tree) if name not in names}
    cut, _ = without_tips(tree, unknown)
    if cut is None or len(tip_names(cut)) < least:
        raise TreeError(message("At least {least} tips must be known.", least=least))
    return backbone_of(cut)
