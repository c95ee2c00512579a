"""How many genera lived when: as they were found, as they must have lasted, and as if all times had been searched equally well.

Three counts for each interval of the chart. *Raw*: genera with a find dated to it. *Range-through*: genera that were found before and after
it, or in it, for they must have lived through it. *Standardised*: how many genera a sample would hold that covers the same share of all the
individuals of its time (shareholder quorum subsampling), with its error; a time with too few finds gets none, never a guess.

Alroy (2010) drew finds by chance until the genera drawn held the quorum. Here the expectation itself is computed, by the equations of Chao
and Jost (2012), to which the exact algorithm is identical (Close et al. 2018); so the quorum is a share of all individuals as the finds let
estimate them, the commonest genus is not set apart as Alroy (2010) did, and no trial adds noise of its own. A test holds it
against that drawing, whose numbers lie up to a tenth above: a drawing that stops when the quorum is crossed is stopped late.

References
----------
Alroy, J. 2010. The shifting balance of diversity among major marine animal groups. Science 329: 1191-1194. doi:10.1126/science.1189910
Chao, A. and Jost, L. 2012. Coverage-based rarefaction and extrapolation: standardizing samples by completeness rather than size. Ecology
93: 2533-2547. doi:10.1890/11-1952.1
Close, R. A., Evers, S. W., Alroy, J. and Butler, R. J. 2018. How should we estimate diversity in the fossil record? Testing richness
estimators using sampling-standardised discovery curves. Methods in Ecology and Evolution 9: 1386-1400. doi:10.1111/2041-210X.12987
Hurlbert, S. H. 1971. The nonconcept of species diversity. Ecology 52: 577-586. doi:10.2307/1934145
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from catalogue.geological_time import AgeRange, Interval
from catalogue.records import DatedFind

QUORUM = 0.4
"""Share of all individuals of its time that a sample is to cover; Alroy (2010) uses values about this."""
FEWEST_FINDS = 6
_TRIALS = 200
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Standardised:
    """A number of genera at a quorum.

    Parameters
    ----------
    genera : float
        Expected in a sample that covers the quorum.
    error : float
        Standard error, by resampling the finds.
    coverage : float
        Which share of the individuals of its time the finds themselves cover, as estimated; 0 to 1.
    """

    genera: float
    error: float
    coverage: float


@dataclass(frozen=True)
class Diversity:
    """What is known of one interval.

    Parameters
    ----------
    interval : Interval
    finds : int
        Dated to it alone.
    raw, range_through : int
        Genera.
    standardised : Standardised or None
        None where the finds are fewer than `FEWEST_FINDS` or do not cover the quorum.
    """

    interval: Interval
    finds: int
    raw: int
    range_through: int
    standardised: Standardised | None


def diversity(
    finds: Iterable[DatedFind], intervals: Sequence[Interval], *, quorum: float = QUORUM, seed: int = 0
) -> list[Diversity]:
    """Count genera through time.

    Parameters
    ----------
    finds : iterable of DatedFind
        Each with its genus and its age in Ma. One that may belong to several of the intervals is left out of the raw and the
        standardised count, and stretches the range of its genus only over times in which it must have lived.
    intervals : sequence of Interval
        Of one rank, side by side.
    quorum : float
        Between 0 and 1.
    seed : int
        Of the resampling for the error.

    Returns
    -------
    list of Diversity
        One for each interval, in their order.

    Raises
    ------
    ValueError
        When the quorum is not between 0 and 1.
    """
    if not 0 < quorum < 1:
        raise ValueError(f"quorum {quorum} is not between 0 and 1")
    listed = list(finds)
    sampled = {unit.name: Counter[str]() for unit in intervals}
    for find in listed:
        unit = _only_one(find, intervals)
        if unit is not None:
            sampled[unit.name][find.taxon] += 1
    lasting = _ranges(listed)
    chance = np.random.default_rng(seed)
    return [_of(unit, sampled[unit.name], lasting, quorum, chance) for unit in intervals]


def coverage(counts: Counts) -> float:
    """Which share of the individuals of a time its finds cover, by genus: Good's estimate as bettered by Chao and Jost (2012, equation 4a).

    Parameters
    ----------
    counts : array of int
        Finds of each genus, all greater than 0.
    """
    total, once, twice = counts.sum(), np.count_nonzero(counts == 1), np.count_nonzero(counts == 2)
    if total == 0 or once == total:
        return 0.0
    rare = (total - 1) * once / ((total - 1) * once + 2 * twice) if once else 0.0
    return float(1 - once / total * rare)


def expected_at(counts: Counts, quorum: float) -> float | None:
    """How many genera a sample is expected to hold that is just large enough to cover the quorum.

    Parameters
    ----------
    counts : array of int
        Finds of each genus.
    quorum : float

    Returns
    -------
    float or None
        None where all finds together do not cover it.
    """
    if coverage(counts) < quorum:
        return None
    total = int(counts.sum())
    above = bisect_left(range(total), quorum, key=lambda size: _covered(counts, size))
    if above == total:
        return float(_genera(counts, total))
    below = above - 1
    covered = _covered(counts, below)
    step = (quorum - covered) / (_covered(counts, above) - covered)
    return _genera(counts, below) + step * (_genera(counts, above) - _genera(counts, below))


def _only_one(find: DatedFind, intervals: Sequence[Interval]) -> Interval | None:
    span = AgeRange(find.max_ma, find.min_ma)
    return next((unit for unit in intervals if span.lies_within(unit.span)), None)


def _ranges(finds: Iterable[DatedFind]) -> Mapping[str, tuple[float, float]]:
    """From when to when each genus must have lived at least, in Ma: from its oldest find, as young as it may be, to its youngest, as old."""
    ranges: dict[str, tuple[float, float]] = {}
    for find in finds:
        first, last = ranges.get(find.taxon, (find.min_ma, find.max_ma))
        ranges[find.taxon] = (max(first, find.min_ma), min(last, find.max_ma))
    return ranges


def _of(
    unit: Interval,
    sampled: Counter[str],
    lasting: Mapping[str, tuple[float, float]],
    quorum: float,
    chance: np.random.Generator,
) -> Diversity:
    through = {
        genus for genus, (first, last) in lasting.items() if first >= unit.span.max_ma and last <= unit.span.min_ma
    }
    counts = np.array(sorted(sampled.values()), np.int64)
    return Diversity(
        unit, int(counts.sum()), len(sampled), len(through | set(sampled)), _standardised(counts, quorum, chance)
    )


def _standardised(counts: Counts, quorum: float, chance: np.random.Generator) -> Standardised | None:
    total = int(counts.sum())
    if total < FEWEST_FINDS:
        return None
    genera = expected_at(counts, quorum)
    if genera is None:
        return None
    drawn = (chance.multinomial(total, counts / total) for _ in range(_TRIALS))
    tried = [one for again in drawn if (one := expected_at(again[again > 0], quorum)) is not None]
    error = float(np.std(tried, ddof=1)) if len(tried) > 1 else 0.0
    return Standardised(genera, error, coverage(counts))


def _genera(counts: Counts, size: int) -> float:
    """Genera expected in a sample of so many finds (Hurlbert 1971)."""
    return float(np.sum(1 - _left_out(counts, int(counts.sum()), size)))


def _covered(counts: Counts, size: int) -> float:
    """Coverage expected of a sample of so many finds (Chao and Jost 2012, equation 5)."""
    total = int(counts.sum())
    return float(1 - np.sum(counts / total * _left_out(counts, total - 1, size, of=total)))


def _left_out(counts: Counts, pool: int, size: int, of: int | None = None) -> npt.NDArray[np.float64]:
    """The chance that a sample of `size` from `pool` finds holds none of each genus: C(of - count, size) / C(pool, size)."""
    left = (pool if of is None else of) - counts
    logs = _log_factorials(1 << int(max(pool, left.max())).bit_length())
    ways = logs[left] - logs[np.maximum(left - size, 0)] - (logs[pool] - logs[pool - size])
    return np.where(left < size, 0.0, np.exp(ways))


@lru_cache(maxsize=32)
def _log_factorials(below: int) -> npt.NDArray[np.float64]:
    """Natural logarithms of 0! and on: with them, samples from very many finds take no longer than from few."""
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, below)))])
