"""`catalogue.diversity`: three counts of genera, held against sampling by hand and against a count that anyone can follow."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.diversity import FEWEST_FINDS, coverage, diversity, expected_at
from catalogue.geological_time import timescale
from catalogue.records import DatedFind

EPOCHS = [timescale()[name] for name in ("Late Triassic", "Early Jurassic", "Middle Jurassic", "Late Jurassic")]


def finds(interval: str, **counts: int) -> Iterator[DatedFind]:
    span = timescale()[interval].span
    for genus, count in counts.items():
        for number in range(count):
            yield DatedFind(genus, span.max_ma, span.min_ma, f"{genus}{interval}{number}")


def told(*found: Iterator[DatedFind]) -> dict[str, tuple[int, int, int]]:
    counted = diversity((one for some in found for one in some), EPOCHS)
    return {one.interval.name: (one.finds, one.raw, one.range_through) for one in counted}


def test_a_genus_counts_where_it_was_found_and_lasts_through_the_gap() -> None:
    counted = told(finds("Norian", A=2, B=1), finds("Oxfordian", A=1))
    assert counted == {
        "Late Triassic": (3, 2, 2),
        "Early Jurassic": (0, 0, 1),
        "Middle Jurassic": (0, 0, 1),
        "Late Jurassic": (1, 1, 1),
    }


def test_a_vague_find_counts_nowhere_and_stretches_nothing_that_is_not_certain() -> None:
    assert told(finds("Jurassic", A=1)) == {unit.name: (0, 0, 0) for unit in EPOCHS}


def test_a_find_of_an_age_counts_in_its_epoch() -> None:
    assert told(finds("Hettangian", A=1))["Early Jurassic"] == (1, 1, 1)


def test_too_few_finds_and_only_single_ones_give_no_number() -> None:
    few = diversity(finds("Hettangian", A=FEWEST_FINDS - 1), EPOCHS)[1]
    single = diversity(finds("Hettangian", **{f"G{n}": 1 for n in range(30)}), EPOCHS)[1]
    assert few.standardised is None and single.standardised is None


def test_the_more_even_fauna_has_more_genera_at_the_same_quorum() -> None:
    even = diversity(finds("Hettangian", A=5, B=5, C=5, D=5), EPOCHS)[1].standardised
    uneven = diversity(finds("Hettangian", A=17, B=1, C=1, D=1), EPOCHS)[1].standardised
    assert even is not None and uneven is not None
    assert even.genera > uneven.genera
    assert even.error > 0


def test_the_same_seed_gives_the_same_error() -> None:
    one, other = (diversity(finds("Hettangian", A=9, B=4, C=2, D=1), EPOCHS, seed=4)[1] for _ in range(2))
    assert one == other


def test_coverage_by_hand() -> None:
    # n = 10, one genus found once, one found twice: 1 - 1/10 * (9*1) / (9*1 + 2*1)
    assert coverage(np.array([1, 2, 7])) == pytest.approx(1 - 0.1 * 9 / 11)
    assert coverage(np.array([5, 5])) == 1.0
    assert coverage(np.array([1, 1, 1])) == 0.0


@pytest.mark.parametrize("counts", [[9, 4, 2, 1, 1], [3, 3, 3, 3], [20, 1, 1, 2]])
@pytest.mark.parametrize("quorum", [0.3, 0.5, 0.7])
def test_the_expected_number_is_that_of_many_samples_drawn_by_hand(counts: list[int], quorum: float) -> None:
    """Draw finds one by one; at each size, note how many genera there are and which share of all finds left out they belong to."""
    chance = np.random.default_rng(7)
    pool = np.repeat(np.arange(len(counts)), counts)
    genera, covered = np.zeros(len(pool)), np.zeros(len(pool))
    trials = 4000
    for _ in range(trials):
        drawn = chance.permutation(pool)
        seen = np.zeros(len(counts), bool)
        for size, genus in enumerate(drawn):  # the find that comes next tells whether its genus was seen before
            genera[size] += seen.sum()
            covered[size] += seen[genus]
            seen[genus] = True
    genera, covered = genera / trials, covered / trials
    size = int(np.argmax(covered >= quorum))
    step = (quorum - covered[size - 1]) / (covered[size] - covered[size - 1])
    by_hand = genera[size - 1] + step * (genera[size] - genera[size - 1])
    assert expected_at(np.array(counts), quorum) == pytest.approx(by_hand, rel=0.06)


def drawn_as_published(counts: list[int], quorum: float, trials: int = 1500) -> float:
    """Alroy's (2010) drawing, literally: finds one by one until the genera that were drawn hold the quorum of all individuals.

    A genus holds its share of the finds times Good's u, the share of all individuals that the finds stand for. The genus that
    crosses the quorum counts for as much as the quorum needs of it: so great steps do not count as overshooting.
    """
    chance = np.random.default_rng(11)
    pool, total = np.repeat(np.arange(len(counts)), counts), sum(counts)
    u = 1 - counts.count(1) / total
    genera = 0.0
    for _ in range(trials):
        held, seen = 0.0, set[int]()
        for genus in chance.permutation(pool):
            if genus in seen:
                continue
            share = u * counts[genus] / total
            if held + share >= quorum:
                genera += len(seen) + (quorum - held) / share
                break
            held += share
            seen.add(genus)
    return genera / trials


SPIDERS = ([46, 22, 17, 15, 15, 9, 8, 6, 6, 4, *[2] * 4, *[1] * 12], [88, 22, 16, 15, 13, 10, 8, 8, 7, 7, 7, 5, *[4] * 3, *[3] * 4, *[2] * 4, *[1] * 14])  # fmt: skip
"""Counts that the literature of these equations works through (Sackett et al. 2011, in the guide of iNEXT)."""


@pytest.mark.parametrize("counts", SPIDERS)
@pytest.mark.parametrize("quorum", [0.4, 0.6, 0.8])
def test_the_number_is_within_a_tenth_of_the_published_drawing(counts: list[int], quorum: float) -> None:
    assert expected_at(np.array(counts), quorum) == pytest.approx(drawn_as_published(counts, quorum), rel=0.1)


def test_coverage_is_that_of_the_published_examples() -> None:
    assert [round(coverage(np.array(counts)), 4) for counts in SPIDERS] == [0.9289, 0.9446]


@given(st.lists(st.integers(1, 12), min_size=2, max_size=12), st.floats(0.05, 0.9), st.floats(0.05, 0.9))
def test_a_greater_quorum_never_has_fewer_genera(counts: list[int], one: float, other: float) -> None:
    less, more = sorted((one, other))
    few, many = expected_at(np.array(counts), less), expected_at(np.array(counts), more)
    if many is not None:
        assert few is not None and few <= many + 1e-9 <= len(counts) + 2e-9


@pytest.mark.parametrize("quorum", [0.0, 1.0, -1.0, float("nan")])
def test_a_quorum_that_is_none(quorum: float) -> None:
    with pytest.raises(ValueError, match="quorum"):
        diversity([], EPOCHS, quorum=quorum)
