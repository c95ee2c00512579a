"""`trees.lineages`: who was alive, found or not, beside a count by hand."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trees.dating import DatedTree, date_tree
from trees.lineages import lineages_through_time
from trees.ranges import TaxonRange
from trees.reading import read_newick


def by_hand(dated: DatedTree, age: float) -> tuple[int, int]:
    known = sum(found.first_appearance >= age >= found.last_appearance for found in dated.ranges.values())
    ghosts = sum(node.up is not None and node.up.age >= age > node.age for node in dated.tree.traverse())
    return known, ghosts


def test_two_sisters_far_apart(make_ranges: Callable[..., dict[str, TaxonRange]]) -> None:
    dated = date_tree(
        read_newick("(Old,Young);"), make_ranges({"Old": 200, "Young": 100}, {"Old": 180, "Young": 90}), "basic"
    )
    alive = lineages_through_time(dated)
    assert [alive.at(age) for age in (201, 200, 190, 180, 179, 100, 95, 90, 89)] == [
        (0, 0), (1, 1), (1, 1), (1, 1), (0, 1), (1, 0), (1, 0), (1, 0), (0, 0),
    ]  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), min_size=6, max_size=6),
    st.sampled_from(["basic", "mbl"]),
)
def test_as_counted_by_hand(ages: list[tuple[int, int]], method: str) -> None:
    ranges = {name: TaxonRange(name, last + more, last) for name, (last, more) in zip("ABCDEF", ages, strict=True)}
    dated = date_tree(read_newick("((A,(B,C)),((D,E),F));"), ranges, method)
    alive = lineages_through_time(dated)
    for age in [0.5 * half for half in range(120)]:
        assert alive.at(age) == by_hand(dated, age)


def test_steps_for_a_browser_say_the_same(dinosaurs: DatedTree) -> None:
    alive = lineages_through_time(dinosaurs)
    ages, known, ghosts = alive.as_steps()
    assert len(ages) == len(known) == len(ghosts)
    assert ages == sorted(ages, reverse=True)
    place = max(number for number, age in enumerate(ages) if age >= 195)
    assert (known[place], ghosts[place]) == by_hand(dinosaurs, 195) == alive.at(195)


def test_birds_are_with_us(dinosaurs: DatedTree) -> None:
    assert lineages_through_time(dinosaurs).at(0) == (1, 0)
    assert lineages_through_time(dinosaurs).at(400) == (0, 0)


@pytest.mark.parametrize("text", ["(A,B);"])
def test_all_at_one_moment(text: str) -> None:
    ranges = {name: TaxonRange(name, 10, 10) for name in "AB"}
    assert lineages_through_time(date_tree(read_newick(text), ranges, "basic")).at(10) == (2, 0)
