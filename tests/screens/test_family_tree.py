"""The tree page: a name can be chosen and linked, and what dates the tree can be chosen too."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue.records import Specimen

OpenPage = Callable[..., Any]
AddRecord = Callable[..., Specimen]


def test_the_tree_is_as_large_as_promised_and_leads_to_living_birds(open_page: OpenPage) -> None:
    drawn = open_page("tree").markup("tree")
    assert 40 <= drawn.count('class="tip ') <= 170
    assert drawn.count('class="tip living"') >= 3
    for group in (
        "Ornithischia",
        "Sauropodomorpha",
        "Coelurosauria",
        "Paraves",
        "Avialae",
        "Lufengosaurus",
        "Sinosaurus",
    ):
        assert f'data-name="{group}"' in drawn


def test_ghost_lineages_are_dashed(open_page: OpenPage) -> None:
    drawn = open_page("tree").markup("tree")
    assert 'class="ghost"' in drawn
    assert "stroke-dasharray" in drawn


def test_a_tip_shows_its_specimens_and_can_be_left_again(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("tree").choose("tree", "Lufengosaurus")
    assert screen.query == {"taxon": "Lufengosaurus"}
    assert sorted(screen.names("of_taxon")) == sorted(
        r.occurrence_id for r in records if "|Lufengosaurus|" in r.higher_classification
    )
    left = screen.choose("tree", "Lufengosaurus")
    assert left.query == {}
    assert "of_taxon" not in left.pictures()


def test_the_finds_of_a_clade_are_on_a_map_once_it_is_opened(open_page: OpenPage) -> None:
    screen = open_page("tree", taxon="Lufengosaurus")
    assert screen.maps() == []
    screen.app.session_state["tree_map"] = True
    rows = screen.run().finds_on_map()
    assert {"bonebed:ivpp-v15"} <= {row[0] for row in rows}


def test_a_specimen_of_a_tip_opens(open_page: OpenPage) -> None:
    screen = open_page("tree", taxon="Lufengosaurus").choose("of_taxon", "bonebed:ivpp-v15")
    assert (screen.address, screen.query) == ("specimen", {"id": "bonebed:ivpp-v15"})


def test_a_clade_shows_a_first_handful_and_leads_to_all(open_page: OpenPage) -> None:
    screen = open_page("tree", taxon="Theropoda")
    assert 1 < len(screen.names("of_taxon")) <= 12
    link = screen.app.get("page_link")[0].proto
    assert link.page == "specimens"
    assert "taxon=Theropoda" in link.query_string


@pytest.mark.parametrize("taxon", ["Unknownosaurus", "<script>", "'", ""])
def test_a_link_to_what_is_not_on_the_tree_shows_the_whole(open_page: OpenPage, taxon: str) -> None:
    screen = open_page("tree", taxon=taxon)
    assert screen.query == {}
    assert "of_taxon" not in screen.pictures()


def test_an_older_find_moves_the_bar_but_only_where_it_counts(open_page: OpenPage, add_record: AddRecord) -> None:
    before = {kind: open_page("tree", kind=kind).markup("tree") for kind in ("all", "own", "published")}
    add_record(verbatim_identification="Lufengosaurus", earliest_interval="Rhaetian")
    after = {kind: open_page("tree", kind=kind).markup("tree") for kind in before}
    assert bar(after["all"], "Lufengosaurus") != bar(before["all"], "Lufengosaurus")
    assert bar(after["own"], "Lufengosaurus") != bar(before["own"], "Lufengosaurus")
    assert bar(after["published"], "Lufengosaurus") == bar(before["published"], "Lufengosaurus")
    assert bar(after["all"], "Sinosaurus") == bar(before["all"], "Sinosaurus")


def test_a_doubtful_find_moves_nothing(open_page: OpenPage, add_record: AddRecord) -> None:
    before = open_page("tree").markup("tree")
    add_record(verbatim_identification="cf. Lufengosaurus", earliest_interval="Rhaetian")
    assert bar(open_page("tree").markup("tree"), "Lufengosaurus") == bar(before, "Lufengosaurus")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_sources_are_named(open_page: OpenPage, lang: str) -> None:
    assert "Apaldetti" in open_page("tree", lang=lang).text()


def bar(drawn: str, tip: str) -> str:
    """The known range of a tip, as it is drawn."""
    group = drawn[drawn.index(f'data-name="{tip}"') :]
    start = group.index('class="range"')
    return group[start : group.index(">", start)]
