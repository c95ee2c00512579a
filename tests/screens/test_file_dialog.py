"""Take along: each kind of file says what it is for, what stays behind, and what GBIF would make of it."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from catalogue.exchange.out.kinds import KINDS
from catalogue.records import Specimen
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query
from screens.parts.file_dialog import written

OpenPage = Callable[..., Any]


def opened(open_page: OpenPage, kind: str = "csv", **asked: str) -> Any:
    """The dialog with a kind chosen; a test runs whole pages, and a page without the click has no dialog."""
    screen = open_page("specimens", **asked)
    screen.app.session_state["file_kind"] = kind
    return screen.press("take_along")


def test_a_search_without_records_offers_nothing(open_page: OpenPage) -> None:
    assert "take_along" not in [button.key for button in open_page("specimens", q="zzzz").app.button]


def test_the_dialog_offers_every_kind_with_what_it_is_for(open_page: OpenPage) -> None:
    screen = opened(open_page)
    assert list(screen.app.selectbox(key="file_kind").options) == [str(kind.label) for kind in KINDS.values()]
    assert str(KINDS["csv"].purpose) in screen.text()
    assert [button.proto.label for button in screen.app.get("download_button")] == ["Download"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_can_be_chosen(open_page: OpenPage, kind: str) -> None:
    screen = opened(open_page, kind, country="CN")
    assert not screen.app.exception
    assert str(KINDS[kind].purpose) in screen.text()


def test_what_a_map_leaves_out_is_told(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = opened(open_page, "kml")
    unplaced = sum(not record.has_place for record in records)
    assert f"{unplaced} records without coordinates are left out." in screen.text()


def test_what_gbif_would_say_has_links_to_the_records(open_page: OpenPage) -> None:
    text = opened(open_page, "dwca").text()
    assert "GBIF would refuse · 5 matters" in text
    assert "The data set has no licence." in text
    assert "./specimen?id=bonebed%3Ajiayin-mandschurosaurus-amurensis" in text


def test_a_chinese_reader_reads_chinese(open_page: OpenPage) -> None:
    text = opened(open_page, "dwca", lang="zh").text()
    assert "GBIF would" not in text
    assert "数据集" in text


def test_the_file_holds_what_is_shown_in_its_order(open_page: OpenPage, records: list[Specimen]) -> None:
    open_page("specimens")
    text = written(Query(country_code="CN"), "name", THIS_COMPUTER, "csv").decode()
    names = [row["scientificName"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert names == sorted(record.scientific_name for record in records if record.country_code == "CN")


def test_a_table_can_have_its_citation_beside_it(open_page: OpenPage) -> None:
    assert opened(open_page).app.toggle(key="with_citation").value is False
    assert "with_citation" not in [toggle.key for toggle in opened(open_page, "xlsx").app.toggle]
    zipped = written(Query(), "name", THIS_COMPUTER, "csv", with_citation=True)
    assert zipped.startswith(b"PK")
