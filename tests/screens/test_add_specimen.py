"""Adding a specimen: four fields are enough, what is wrong is said beside its field, and nothing typed is ever lost."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue import database, specimens
from catalogue.geological_time import timescale
from catalogue.records import Specimen

OpenPage = Callable[..., Any]
GOOD = {
    "add_catalog_number": "LFGT 0123",
    "add_institution_code": "LFGT",
    "add_verbatim_identification": "Lufengosaurus huenei",
    "add_earliest_interval": "Rhaetian",
    "add_locality": "Dawa, Lufeng",
}


def read() -> list[Specimen]:
    """All records as they are now."""
    with database.reading() as connection:
        return specimens.find(connection, size=None).specimens


def errors_by_field(screen: Any) -> dict[str, list[str]]:
    """The red notes on the page, by the key of the field before each; those after the last field under its key."""
    found: dict[str, list[str]] = {}
    field = ""
    for element in screen.elements():
        field = str(element.key) if str(getattr(element, "key", "")).startswith(("add_", "save")) else field
        if element.type == "error":
            found.setdefault(field, []).append(element.value)
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_empty_form_has_no_complaints_yet(open_page: OpenPage, lang: str) -> None:
    assert open_page("add", lang=lang).app.error == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_saving_an_empty_form_says_which_fields_are_needed(
    open_page: OpenPage, records: list[Specimen], lang: str
) -> None:
    screen = open_page("add", lang=lang).press("save")
    told = errors_by_field(screen)
    assert {"add_catalog_number", "add_verbatim_identification", "add_earliest_interval", "add_locality"} <= set(told)
    assert "save" in told
    assert len(read()) == len(records)


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("add_verbatim_identification", "?", "?"),
        ("add_verbatim_identification", "12345", "12345"),
        ("add_catalog_number", "", "catalogue number"),
        ("add_locality", "", "unknown"),
        ("add_event_date", "yesterday", "yesterday"),
        ("add_coordinate_uncertainty_in_meters", "-5", "-5"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    open_page: OpenPage, records: list[Specimen], field: str, wrong: str, said: str
) -> None:
    screen = open_page("add").fill(**GOOD | {field: wrong}).press("save")
    told = errors_by_field(screen)
    assert said in " ".join(told[field])
    assert set(told) == {field, "save"}
    assert_nothing_lost(screen, GOOD | {field: wrong})
    assert len(read()) == len(records)


@pytest.mark.parametrize(
    ("latitude", "longitude", "field", "said"),
    [
        ("91", "102", "add_decimal_latitude", "91"),
        ("-90.5", "102", "add_decimal_latitude", "-90.5"),
        ("25", "181", "add_decimal_longitude", "181"),
        ("north", "102", "add_decimal_latitude", "north"),
        ("nan", "102", "add_decimal_latitude", "nan"),
        ("25", "", "add_decimal_longitude", "both"),
    ],
)
def test_a_place_off_the_earth_is_refused(
    open_page: OpenPage, latitude: str, longitude: str, field: str, said: str
) -> None:
    typed = GOOD | {"add_decimal_latitude": latitude, "add_decimal_longitude": longitude}
    screen = open_page("add").fill(**typed).press("save")
    assert said in " ".join(errors_by_field(screen)[field])
    assert_nothing_lost(screen, typed)


def test_an_inverted_range_is_refused(open_page: OpenPage) -> None:
    typed = GOOD | {"add_earliest_interval": "Toarcian", "add_latest_interval": "Hettangian"}
    screen = open_page("add").fill(**typed).press("save")
    told = " ".join(errors_by_field(screen)["add_latest_interval"])
    assert "Toarcian" in told
    assert "Hettangian" in told
    assert_nothing_lost(screen, typed)


def test_a_number_that_the_museum_gave_already_is_refused_until_it_is_changed(open_page: OpenPage) -> None:
    typed = GOOD | {"add_institution_code": "IVPP", "add_catalog_number": "IVPP V15"}
    screen = open_page("add").fill(**typed).press("save")
    assert "IVPP V15" in " ".join(errors_by_field(screen)["add_catalog_number"])
    assert_nothing_lost(screen, typed)
    assert screen.fill(add_catalog_number="IVPP V15 bis").app.error == []
    assert screen.press("save").address == "specimen"


def test_a_mistake_is_said_before_saving_but_a_blank_is_not(open_page: OpenPage) -> None:
    told = errors_by_field(open_page("add").fill(add_verbatim_identification="?", add_decimal_latitude="91"))
    assert set(told) == {"add_verbatim_identification", "add_decimal_latitude"}


def test_a_mistake_is_said_in_chinese(open_page: OpenPage) -> None:
    told = errors_by_field(open_page("add", lang="zh").fill(add_decimal_latitude="91"))["add_decimal_latitude"][0]
    assert "91" in told
    assert any("一" <= character <= "鿿" for character in told)


def test_the_interval_shows_its_age_at_once(open_page: OpenPage) -> None:
    span = timescale()["Rhaetian"].span
    shown = open_page("add").fill(add_earliest_interval="Rhaetian").text()
    assert f"{span.max_ma:g}" in shown
    assert f"{span.min_ma:g}" in shown
    assert "Maastrichtian" in open_page("add").fill(add_earliest_interval="Lancian").text()


def test_only_intervals_that_the_chart_knows_can_be_chosen(open_page: OpenPage) -> None:
    offered = [
        option.split(" · ")[0].split(" → ")[0]
        for option in open_page("add").app.selectbox(key="add_earliest_interval").options
    ]
    assert {"Jurassic", "Rhaetian", "Upper Triassic", "Lancian"} <= set(offered)
    assert [name for name in offered if timescale().find(name) is None] == []


def test_the_name_is_read_into_its_parts(open_page: OpenPage) -> None:
    captions = [
        caption.value
        for caption in open_page("add").fill(add_verbatim_identification="cf. Lufengosaurus huenei").app.caption
    ]
    assert any("*Lufengosaurus huenei*" in caption and "cf." in caption for caption in captions)


def test_what_was_typed_is_still_there_after_a_look_at_another_page(open_page: OpenPage) -> None:
    screen = open_page("add").fill(**GOOD)
    for address in ("tree", "add"):
        screen.go(address)
    assert_nothing_lost(screen, GOOD)


def test_saving_keeps_the_record_and_says_what_changed_on_the_tree(
    open_page: OpenPage, records: list[Specimen]
) -> None:
    screen = open_page("add").fill(**GOOD).press("save")
    added = next(record for record in read() if record.catalog_number == "LFGT 0123")
    assert (screen.address, screen.query) == ("specimen", {"id": added.occurrence_id})
    assert (added.earliest_interval, added.locality, added.is_own) == ("Rhaetian", "Dawa, Lufeng", True)
    assert screen.app.success
    changes = [line.value for line in screen.app.markdown if "Lufengosaurus" in line.value]
    assert any("earlier" in change and f"{added.max_ma:g}" in change for change in changes)
    assert len(read()) == len(records) + 1


def test_it_is_told_in_chinese_too(open_page: OpenPage) -> None:
    screen = open_page("add", lang="zh").fill(**GOOD).press("save")
    assert any(
        "一" <= character <= "鿿"
        for line in screen.app.markdown
        for character in line.value
        if "Lufengosaurus" in line.value
    )


def test_a_saved_specimen_can_be_taken_back(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("add").fill(**GOOD).press("save")
    assert len(read()) == len(records) + 1
    assert screen.press("take_back_saved").address == "add"
    assert any("Lufengosaurus" in line.value and "later" in line.value for line in screen.app.markdown)
    assert sorted(r.occurrence_id for r in read()) == sorted(r.occurrence_id for r in records)


def test_the_news_is_told_once_and_only_to_the_one_who_saved(open_page: OpenPage) -> None:
    screen = open_page("add").fill(**GOOD).press("save")
    assert open_page("specimen", **screen.query).app.success == []


def test_the_form_is_empty_for_the_next_but_keeps_museum_and_finder(open_page: OpenPage) -> None:
    screen = open_page("add").fill(**GOOD, add_recorded_by="Wang Tao", add_bed="3").press("save").go("add")
    kept = {key: screen.app.session_state.get(key) for key in (*GOOD, "add_recorded_by", "add_bed")}
    assert {key: value for key, value in kept.items() if value} == {
        "add_institution_code": "LFGT",
        "add_recorded_by": "Wang Tao",
    }
    assert screen.app.error == []


def test_an_unknown_locality_can_be_said(open_page: OpenPage) -> None:
    open_page("add").fill(**GOOD | {"add_locality": "", "add_locality_unknown": True}).press("save")
    assert next(record for record in read() if record.catalog_number == "LFGT 0123").locality == "unknown"


def test_a_script_in_the_locality_is_kept_as_text(open_page: OpenPage) -> None:
    evil = "<script>alert(1)</script>"
    screen = open_page("add").fill(**GOOD | {"add_locality": evil}).press("save")
    assert next(record for record in read() if record.catalog_number == "LFGT 0123").locality == evil
    assert evil in screen.text()
    assert evil not in screen.html()


def test_a_click_on_the_map_fills_in_the_place(open_page: OpenPage) -> None:
    screen = open_page("add").fill(**GOOD, add_on_map=True).click_place(25.1234, 102.0567)
    typed = {"add_decimal_latitude": "25.123", "add_decimal_longitude": "102.057"}
    assert_nothing_lost(screen, GOOD | typed)
    screen.press("save")
    added = next(record for record in read() if record.catalog_number == "LFGT 0123")
    assert (added.decimal_latitude, added.decimal_longitude) == (25.123, 102.057)


def test_a_place_in_another_country_is_questioned_but_not_refused(open_page: OpenPage) -> None:
    typed = GOOD | {"add_decimal_latitude": "48.9", "add_decimal_longitude": "11.2", "add_country_code": "CN"}
    screen = open_page("add").fill(**typed)
    assert screen.app.warning
    assert screen.press("save").address == "specimen"


@pytest.mark.parametrize("field", ["add_locality", "add_occurrence_remarks"])
def test_a_text_beyond_measure_is_refused(open_page: OpenPage, field: str) -> None:
    typed = GOOD | {field: "x" * 10_001}
    screen = open_page("add").fill(**typed).press("save")
    assert "10001" in " ".join(errors_by_field(screen)[field]).replace(",", "")
    assert_nothing_lost(screen, typed)


def assert_nothing_lost(screen: Any, typed: dict[str, Any]) -> None:
    """Every field still holds what was typed."""
    assert screen.address == "add"
    assert {key: screen.app.session_state.get(key) for key in typed} == typed
    shown = {
        element.key: element.value for element in (*screen.app.text_input, *screen.app.text_area, *screen.app.selectbox)
    }
    assert {key: shown[key] for key in typed if key in shown and typed[key]} == {
        key: typed[key] for key in typed if key in shown and typed[key]
    }
