"""`trees.ranges`: first and last appearances, published and found."""

import pytest

from catalogue.facts import read_facts
from catalogue.geological_time import timescale
from catalogue.records import DatedFind
from trees.errors import TreeError
from trees.library import built_in_tree
from trees.model import tip_names
from trees.ranges import TaxonRange, combine, published_ranges, ranges_of_finds


def test_published_ranges_run_from_base_to_top_of_the_named_intervals() -> None:
    scale = timescale()
    ranges = published_ranges(scale)
    for row in read_facts("trees/ranges.tsv"):
        known = ranges[row["taxon"]]
        assert known.first_appearance == scale[row["earliest_interval"]].span.max_ma
        assert known.last_appearance == scale[row["latest_interval"] or row["earliest_interval"]].span.min_ma
        assert known.source == "published"


def test_every_tip_of_the_built_in_tree_has_a_range() -> None:
    assert set(tip_names(built_in_tree().tree)) <= set(published_ranges(timescale()))


def test_living_taxa_reach_today() -> None:
    ranges = published_ranges(timescale())
    assert ranges["Gallus"].living
    assert not ranges["Lufengosaurus"].living


def test_finds_set_the_ends_and_are_named() -> None:
    finds = [
        DatedFind("Lufengosaurus", 201.4, 199.5, "a"),
        DatedFind("Lufengosaurus", 192.9, 184.2, "b"),
        DatedFind("Lufengosaurus", 201.4, 199.5, "c"),
        DatedFind("Sinosaurus", 199.5, 192.9, "d"),
    ]
    ranges = ranges_of_finds(finds)
    assert ranges["Lufengosaurus"] == TaxonRange("Lufengosaurus", 201.4, 184.2, "catalogue", ("a", "c"), ("b",))
    assert ranges["Sinosaurus"].duration == pytest.approx(6.6)
    assert ranges_of_finds([]) == {}


def test_a_vaguely_dated_find_does_not_stretch_a_range() -> None:
    vague = DatedFind("Lufengosaurus", 201.4, 174.7, "Early Jurassic")
    published = {"Lufengosaurus": TaxonRange("Lufengosaurus", 201.4, 192.9)}
    assert ranges_of_finds([vague])["Lufengosaurus"].last_appearance == 174.7
    assert ranges_of_finds([vague], published) == {}
    better = DatedFind("Lufengosaurus", 199.5, 192.9, "Sinemurian")
    assert ranges_of_finds([vague, better])["Lufengosaurus"].first_finds == ("Sinemurian",)
    older = DatedFind("Lufengosaurus", 205.7, 201.4, "Rhaetian")
    assert ranges_of_finds([vague, older], published)["Lufengosaurus"].first_finds == ("Rhaetian",)
    assert combine(published, ranges_of_finds([vague, older], published))["Lufengosaurus"].last_appearance == 192.9


def test_a_combined_range_is_the_wider_one() -> None:
    published = {"A": TaxonRange("A", 100, 90), "B": TaxonRange("B", 50, 0), "C": TaxonRange("C", 9, 8)}
    found = ranges_of_finds([DatedFind("A", 105, 95, "a"), DatedFind("B", 50, 40, "b"), DatedFind("D", 7, 6, "d")])
    combined = combine(published, found)
    assert combined["A"] == TaxonRange("A", 105, 90, "both", first_finds=("a",))
    assert combined["B"] == TaxonRange("B", 50, 0, "both", first_finds=("b",))
    assert combined["C"] == published["C"]
    assert combined["D"] == found["D"]


@pytest.mark.parametrize(("first", "last"), [(90, 100), (10, -1), (float("nan"), 0), (float("inf"), 0)])
def test_a_range_that_runs_backwards_is_refused(first: float, last: float) -> None:
    with pytest.raises(TreeError, match="A: a range runs from old to young"):
        TaxonRange("A", first, last)
