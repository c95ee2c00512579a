"""The list's facets, ranges, page sizes, saved searches and file: what a count promises, its link finds."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from catalogue.records import Specimen

OpenPage = Callable[..., Any]


def total(screen: Any) -> int:
    found = re.search(r"\d[\d,]*", screen.app.markdown[0].value)
    assert found
    return int(found[0].replace(",", ""))


def counted(screen: Any) -> dict[str, int]:
    """The values of the panel, as "facet=value", with their counts."""
    lines = re.findall(r'data-name="([^"]*)"[^>]*>.*?<b>([\d,]+)</b>', screen.markup("facets"))
    return {unescape(name): int(count.replace(",", "")) for name, count in lines}


@pytest.mark.parametrize(
    "asked", [{}, {"q": "yunnan"}, {"taxon": "Theropoda", "interval": "Jurassic", "fit": "within"}]
)
def test_what_a_count_promises_its_link_finds(open_page: OpenPage, asked: dict[str, str]) -> None:
    screen = open_page("specimens", **asked)
    counts = {
        name: count
        for name, count in counted(screen).items()
        if asked.get(name.partition("=")[0]) != name.partition("=")[2]
    }
    facets = {name.partition("=")[0] for name in counts}
    assert {"interval", "taxon", "country", "formation", "type", "preservation"} <= facets
    for facet in facets:
        name = next(name for name in counts if name.startswith(f"{facet}="))
        narrowed = open_page("specimens", **asked).choose("facets", name)
        assert narrowed.address == "specimens"
        assert narrowed.query == {**asked, facet: name.partition("=")[2]}
        assert total(narrowed) == counts[name]


def test_choosing_again_takes_the_choice_away(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("specimens", country="CN")
    assert 'aria-current="true"' in screen.markup("facets")
    widened = screen.choose("facets", "country=CN")
    assert widened.query == {}
    assert total(widened) == len(records)


def test_time_and_groups_unfold_from_what_was_chosen(open_page: OpenPage) -> None:
    counts = counted(open_page("specimens", interval="Jurassic", taxon="Sauropodomorpha"))
    assert [name for name in counts if name.startswith("interval=")] == [
        "interval=Mesozoic",
        "interval=Jurassic",
        "interval=Early Jurassic",
        "interval=Middle Jurassic",
        "interval=Late Jurassic",
    ]
    assert "taxon=Saurischia" in counts and "taxon=Theropoda" not in counts


def test_without_a_choice_the_groups_part_the_collection(open_page: OpenPage, records: list[Specimen]) -> None:
    counts = counted(open_page("specimens"))
    groups = [count for name, count in counts.items() if name.startswith("taxon=")]
    assert len(groups) > 2
    assert max(groups) < len(records)


def test_a_choice_without_records_is_still_shown(open_page: OpenPage) -> None:
    screen = open_page("specimens", formation="Nowhere", country="CN")
    assert total(screen) == 0
    assert counted(screen)["formation=Nowhere"] == 0
    assert screen.choose("facets", "formation=Nowhere").query == {"country": "CN"}


def test_values_speak_the_readers_language(open_page: OpenPage) -> None:
    markup = open_page("specimens", lang="zh").markup("facets")
    assert "中国" in markup and "正模" in markup and "侏罗纪" in markup and "软组织" in markup
    assert "China" not in markup


@pytest.mark.parametrize(
    ("given", "oldest", "youngest"),
    [({"oldest": 190.0}, 190, 0), ({"youngest": 190.0}, 4600, 190), ({"oldest": 150.0, "youngest": 190.0}, 190, 150)],
)
def test_a_range_in_ma(
    open_page: OpenPage, records: list[Specimen], given: dict[str, float], oldest: float, youngest: float
) -> None:
    screen = open_page("specimens").fill(**given)
    assert total(screen) == sum(r.max_ma > youngest and r.min_ma < oldest for r in records)
    assert screen.query == {name: f"{age:g}" for name, age in given.items()}
    within = screen.fill(fit="within")
    assert total(within) == sum(r.max_ma <= oldest and r.min_ma >= youngest for r in records)
    assert total(open_page("specimens", **within.query)) == total(within)


@pytest.mark.parametrize(
    "nonsense",
    [{"oldest": "x"}, {"oldest": "-1"}, {"youngest": "nan"}, {"youngest": "1e9"}, {"fit": "x"}, {"image": "x"}, {"changed": "2"}, {"size": "25"}],
)  # fmt: skip
def test_a_link_that_means_nothing_shows_everything(
    open_page: OpenPage, records: list[Specimen], nonsense: dict[str, str]
) -> None:
    screen = open_page("specimens", **nonsense)
    assert (total(screen), screen.query) == (len(records), {})


def test_scripts_in_a_link_are_harmless(open_page: OpenPage) -> None:
    screen = open_page("specimens", formation="<script>alert(1)</script>", type='"><img src=x onerror=alert(1)>')
    assert "<script>" not in screen.html()
    assert "<img" not in screen.html()


@pytest.mark.parametrize("size", [48, 96])
def test_more_records_a_page(open_page: OpenPage, size: int) -> None:
    screen = open_page("specimens", page="2").fill(size=size)
    assert screen.query == {"size": str(size)}
    assert len(screen.names("found")) == size


def test_other_screens_say_what_a_link_asks_beyond_their_row(open_page: OpenPage) -> None:
    screen = open_page("bulk", formation="Lufeng", fit="within", interval="Jurassic")
    said = [caption.value for caption in screen.app.caption if "Lufeng" in caption.value]
    assert said and "Lies within it" in said[0]


def test_a_search_is_saved_opened_and_forgotten(open_page: OpenPage) -> None:
    screen = open_page("specimens", country="CN", order="name", page="2")
    screen.app.text_input(key="search_name").set_value("China by name")
    screen.app.button(key="FormSubmitter:save_search-Save this search").click()
    screen.run()
    (link,) = [link for link in open_page("specimens").app.get("page_link") if link.proto.label == "China by name"]
    assert dict(pair.split("=") for pair in link.proto.query_string.split("&")) == {"country": "CN", "order": "name"}
    screen.press("forget_0")
    labels = [link.proto.label for link in open_page("specimens").app.get("page_link")]
    assert "China by name" not in labels


def test_a_search_without_a_name_is_not_saved(open_page: OpenPage) -> None:
    screen = open_page("specimens")
    screen.app.button(key="FormSubmitter:save_search-Save this search").click()
    assert "Give the search a name" in screen.run().app.error[0].value


def test_each_parameter_is_described_and_each_described_one_exists() -> None:
    from screens.find_specimens import _DEFAULTS

    page = (Path(__file__).resolve().parents[2] / "docs" / "search.md").read_text(encoding="utf-8")
    rows = page.partition("| parameter |")[2].partition("\n\n")[0].splitlines()[2:]
    described = [name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert sorted(described) == sorted(_DEFAULTS)
