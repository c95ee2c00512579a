"""Places of taxa and their common names."""

import pytest

from catalogue.taxonomy import Taxonomy


@pytest.fixture
def taxonomy() -> Taxonomy:
    rows = [
        ("Dinosauria", "", "no", "dinosaurs", "恐龙"),
        ("Aves", "Dinosauria", "yes", "birds", "鸟类"),
        ("Gallus", "Aves", "yes", "chicken", "原鸡"),
        ("Loop", "Loop", "no", "", ""),
    ]
    return Taxonomy(
        {"taxon": taxon, "parent": parent, "extant": extant, "english_name": english, "chinese_name": chinese}
        for taxon, parent, extant, english, chinese in rows
    )


def test_a_lineage_runs_from_the_widest_group_to_the_taxon(taxonomy: Taxonomy) -> None:
    assert taxonomy.lineage("Gallus") == ("Dinosauria", "Aves", "Gallus")
    assert taxonomy.lineage("Gallus gallus") == ("Dinosauria", "Aves", "Gallus")
    assert taxonomy.lineage("Nobody") == taxonomy.lineage("") == ()


def test_a_parent_of_itself_ends_the_lineage(taxonomy: Taxonomy) -> None:
    assert taxonomy.lineage("Loop") == ("Loop",)


def test_common_names_in_both_languages(taxonomy: Taxonomy) -> None:
    assert taxonomy.common_name("Gallus gallus") == "chicken"
    assert taxonomy.common_name("Gallus", "zh") == "原鸡"
    assert taxonomy.common_name("Nobody") == ""


def test_living_and_extinct(taxonomy: Taxonomy) -> None:
    assert taxonomy.is_extant("Gallus gallus")
    assert not taxonomy.is_extant("Dinosauria")
    assert not taxonomy.is_extant("Nobody")
    assert "Aves" in taxonomy
    assert "Nobody" not in taxonomy


def test_what_people_call_a_taxon_leads_to_it(taxonomy: Taxonomy) -> None:
    assert taxonomy.called("原鸡") == taxonomy.called(" Chicken ") == "Gallus"
    assert taxonomy.called("云南原鸡") == "Gallus"
    assert taxonomy.called("鸡") == taxonomy.called("spring chicken") == taxonomy.called("") == ""
