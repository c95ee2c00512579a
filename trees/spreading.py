"""Give length to branches that have none, by sharing the time of the branches below them: the methods ``equal`` and ``ruta``.

Under the rule "a clade is as old as its oldest member" many branches have no length. Both methods lengthen the root by a chosen
time, and then let each such branch, with those beneath it on the way to the root, share the time of the first branch that has
some: in equal parts, or in proportion to the lengths of the tree as it was published.

The deepest branches are served first. A branch that lies beside the way grows with it, so that none is served twice and the whole
takes as many steps as the tree has branches.

References
----------
Brusatte, S. L., Benton, M. J., Ruta, M. and Lloyd, G. T. 2008. Superiority, competition, and opportunism in the evolutionary radiation
of dinosaurs. Science 321: 1485-1488. doi:10.1126/science.1161833
Ruta, M., Wagner, P. J. and Coates, M. I. 2006. Evolutionary patterns in early tetrapods. I. Rapid initial diversification followed by
decrease in rates of character change. Proceedings of the Royal Society B 273: 2107-2111. doi:10.1098/rspb.2006.3577
Bell, M. A. and Lloyd, G. T. 2015. strap: an R package for plotting phylogenies against stratigraphy and assessing their stratigraphic
congruence. Palaeontology 58: 379-389. doi:10.1111/pala.12142
"""

from collections.abc import Sequence

from trees.backbone import Backbone

_NOTHING = 1e-9
"""Myr; a shorter branch counts as having no length."""


def spread_equally(shape: Backbone, ages: list[float]) -> None:
    """Share time in equal parts (``equal``).

    Parameters
    ----------
    shape : Backbone
    ages : list of float
        Of each node in Ma, the root lengthened already; changed in place.
    """
    depths = [0.0] * len(shape)
    for node in range(1, len(shape)):
        depths[node] = depths[shape.parents[node]] + 1
    _spread(shape, ages, depths, [1.0] * len(shape))


def spread_by_length(shape: Backbone, ages: list[float]) -> None:
    """Share time in proportion to the branch lengths of the tree (``ruta``); a branch without a length there, or shorter than nothing, gets none.

    Parameters
    ----------
    shape, ages
        As for `spread_equally`.
    """
    lengths = [max(0.0, length) for length in shape.lengths]
    depths = [0.0] * len(shape)
    for node in range(1, len(shape)):
        depths[node] = depths[shape.parents[node]] + lengths[node]
    _spread(shape, ages, depths, lengths)


def _spread(shape: Backbone, ages: list[float], depths: Sequence[float], weights: Sequence[float]) -> None:
    parents = shape.parents
    waiting = [node for node in range(1, len(shape)) if weights[node] > 0 and _is_short(ages, parents, node)]
    for node in sorted(waiting, key=lambda node: -depths[node]):
        if not _is_short(ages, parents, node):
            continue
        way = [node]
        while _is_short(ages, parents, way[-1]) and parents[parents[way[-1]]] >= 0:
            way.append(parents[way[-1]])
        youngest = ages[node]
        time = ages[parents[way[-1]]] - youngest
        share = time / sum(weights[branch] for branch in way)
        passed = 0.0
        for branch in way[:-1]:
            passed += weights[branch]
            ages[parents[branch]] = youngest + share * passed


def _is_short(ages: list[float], parents: Sequence[int], node: int) -> bool:
    return ages[parents[node]] - ages[node] <= _NOTHING
