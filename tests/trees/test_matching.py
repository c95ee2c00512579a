"""`trees.matching`: which taxon each tip is, when it lived by which source, and what is worth a look."""

from collections.abc import Callable

import pytest

from trees.matching import TABLE, Matching, TipRemark, match_tips, nearest
from trees.ranges import CATALOGUE, PUBLISHED, TaxonRange
from trees.reading.ages import read_ages

KNOWN = {
    "Lufengosaurus": TaxonRange("Lufengosaurus", 201.4, 192.9, CATALOGUE, ("w:1",), ("w:2",)),
    "Sinosaurus": TaxonRange("Sinosaurus", 199.5, 192.9, PUBLISHED),
}


def match(*tips: str, **more: object) -> Matching:
    return match_tips(tips, KNOWN, {"Sinosaurus triassicus", "Anchisaurus"}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tip", "taxon", "how"),
    [
        ("Lufengosaurus", "Lufengosaurus", "same"),
        ("lufengosaurus", "Lufengosaurus", "spelling"),
        ("SINOSAURUS_TRIASSICUS", "Sinosaurus triassicus", "spelling"),
        ("Lufengosaurus huenei", "Lufengosaurus", "genus"),
        ("Lufengosaurus_huenei", "Lufengosaurus", "genus"),
        ("Lufengosaurus huenei Young, 1941", "Lufengosaurus", "genus"),
        ("Lufengosaurus IVPP V15", "Lufengosaurus", "genus"),
        ("Anchisaurus", "Anchisaurus", "same"),
        ("cf. Lufengosaurus", "", "none"),
        ("Lufengosaurus?", "", "none"),
        ("Lufengasaurus", "", "none"),
        ("Outgroup", "", "none"),
        ("?", "", "none"),
    ],
)
def test_each_way_in_which_a_tip_is_matched(tip: str, taxon: str, how: str) -> None:
    found = match(tip).tips[0]
    assert (found.taxon, found.how) == (taxon, how)


def test_a_range_bears_the_name_of_the_tip_and_where_it_is_from() -> None:
    found = match("Lufengosaurus huenei", "Sinosaurus triassicus", "Outgroup")
    assert found.ranges == {
        "Lufengosaurus huenei": TaxonRange("Lufengosaurus huenei", 201.4, 192.9, CATALOGUE, ("w:1",), ("w:2",)),
        "Sinosaurus triassicus": TaxonRange("Sinosaurus triassicus", 199.5, 192.9, PUBLISHED),
    }
    assert found.taxa == {"Lufengosaurus huenei": "Lufengosaurus", "Sinosaurus triassicus": "Sinosaurus triassicus"}
    assert [one.tip for one in found.troubled] == ["Outgroup"]


def told(found: Matching, tip: str) -> list[str]:
    return [str(what) for one in found.tips if one.tip == tip for what in one.troubles]


def test_two_species_of_a_genus_and_a_name_that_stands_twice() -> None:
    found = match("Lufengosaurus huenei", "Lufengosaurus magnus", "Anchisaurus (2)")
    assert told(found, "Lufengosaurus magnus") == ["2 tips are Lufengosaurus; all get its age."]
    assert told(found, "Anchisaurus (2)")[-1].startswith("This name stands on the tree more than once")


def test_a_table_of_ages_counts_before_the_catalogue_and_says_what_contradicts_itself() -> None:
    table = read_ages(
        "taxon,FAD,LAD,early interval\nLufengosaurus_huenei,190,180,\nSinosaurus,150,160,\nOutgroup,230,220,Jurassic\nNobody,3,2,\n"
    )
    found = match("Lufengosaurus huenei", "Sinosaurus", "Outgroup", table=table)
    lufengosaurus = found.ranges["Lufengosaurus huenei"]
    assert (lufengosaurus.first_appearance, lufengosaurus.source) == (190, TABLE)
    assert told(found, "Lufengosaurus huenei")[0].startswith(
        "The table says 190 to 180 Ma, publications and finds say 201.4"
    )
    assert found.ranges["Sinosaurus"].source == PUBLISHED
    assert "150 Ma, is younger than its last, 160 Ma. Swap them?" in told(found, "Sinosaurus")[0]
    assert any("outside of its own interval" in what for what in told(found, "Outgroup"))
    assert found.unused == ("Nobody",)


def test_what_a_person_said_counts_before_all_else() -> None:
    table = read_ages("taxon,FAD,LAD\nOutgroup,230,220\n")
    remarks = [
        TipRemark("Outgroup", "Anchisaurus", False, 199.0, 195.0, "Yates 2010"),
        TipRemark("Lufengosaurus", left_out=True),
        TipRemark("Lufengasaurus", "Lufengosaurus"),
    ]
    found = match("Outgroup", "Lufengosaurus", "Lufengasaurus", table=table, remarks=remarks)
    assert [(one.taxon, one.how, one.source) for one in found.tips] == [
        ("Anchisaurus", "said", "Yates 2010"),
        ("", "left out", ""),
        ("Lufengosaurus", "said", ""),
    ]
    assert (found.ranges["Outgroup"].first_appearance, found.ranges["Outgroup"].last_appearance) == (199, 195)
    assert set(found.ranges) == {"Outgroup", "Lufengasaurus"}
    assert found.troubled == []


@pytest.mark.parametrize(
    ("tip", "near"),
    [
        ("Lufengasaurus huenei", ["Lufengosaurus"]),
        ("Lufengosuarus", ["Lufengosaurus"]),
        ("Xinosaurus", ["Sinosaurus"]),
        ("Outgroup", []),
    ],
)
def test_the_nearest_names_are_offered(tip: str, near: list[str]) -> None:
    assert nearest(tip, ["Lufengosaurus", "Sinosaurus", "Tyrannosaurus"]) == near


def test_no_tip_is_matched_twice_over(make_ranges: Callable[..., dict[str, TaxonRange]]) -> None:
    known = make_ranges({f"Genus{letter}": 10.0 for letter in "abc"})
    found = match_tips(["Genusa", "Genusb", "Genusc"], known)
    assert [one.taxon for one in found.tips] == ["Genusa", "Genusb", "Genusc"]
    assert found.troubled == []
