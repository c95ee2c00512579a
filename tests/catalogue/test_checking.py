"""Drafts that may not be kept, each told by its field and in words; and what follows from a good one."""

from typing import Any

import pytest

from catalogue.checking import LONGEST_TEXT, check, is_date

Draft = dict[str, Any]


def test_a_good_draft_has_no_problem_and_gains_its_age(draft: Draft) -> None:
    checked = check(draft)
    assert checked.problems == []
    assert (checked.values["max_ma"], checked.values["min_ma"]) == (201.4, 192.9)
    assert checked.values["timescale"] == "ICS 2024-12"
    assert checked.values["genus"] == "Lufengosaurus"
    assert "|Sauropodomorpha|" in str(checked.values["higher_classification"])


def test_the_draft_stays_as_it_was_typed(draft: Draft) -> None:
    before = dict(draft)
    check(draft)
    assert draft == before


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"earliest_interval": "Lufengian"}, "earliest_interval", "“Lufengian” is not an interval"),
        ({"latest_interval": "Sinemurien"}, "latest_interval", "Did you mean Sinemurian"),
        ({"earliest_interval": ""}, "earliest_interval", "Choose the earliest interval"),
        ({"earliest_interval": "Toarcian", "latest_interval": "Hettangian"}, "latest_interval", "Swap them?"),
        ({"decimal_latitude": 91}, "decimal_latitude", "Latitude runs from −90 (south) to 90 (north). 91 is outside."),
        ({"decimal_longitude": "-180.5"}, "decimal_longitude", "-180.5 is outside"),
        ({"decimal_latitude": "25° N"}, "decimal_latitude", "“25° N” is not a number"),
        ({"decimal_latitude": "nan"}, "decimal_latitude", "is outside"),
        ({"decimal_latitude": ""}, "decimal_latitude", "give both or none"),
        ({"decimal_longitude": None}, "decimal_longitude", "give both or none"),
        ({"coordinate_uncertainty_in_meters": 0}, "coordinate_uncertainty_in_meters", "above 0"),
        ({"coordinate_uncertainty_in_meters": "inf"}, "coordinate_uncertainty_in_meters", "is outside"),
        ({"verbatim_identification": "?"}, "verbatim_identification", "not which name"),
        ({"verbatim_identification": ""}, "verbatim_identification", "needs a name"),
        ({"catalog_number": " "}, "catalog_number", "needs its catalogue number"),
        ({"locality": ""}, "locality", "“unknown”"),
        ({"locality": "x" * (LONGEST_TEXT + 1)}, "locality", "10001 characters; at most 10000"),
        ({"locality": "Lufeng\x00"}, "locality", "control characters"),
        ({"country_code": "Atlantis"}, "country_code", "“Atlantis” is not a country"),
        ({"basis_of_record": "HumanObservation"}, "basis_of_record", "neither"),
        ({"event_date": "last summer"}, "event_date", "“last summer” is not a date"),
    ],
)
def test_a_bad_draft_is_told_by_field_and_in_words(draft: Draft, changes: Draft, field: str, said: str) -> None:
    problems = check(draft | changes).problems
    assert [problem.field for problem in problems] == [field]
    assert said in str(problems[0].message)


def test_all_problems_are_told_at_once(draft: Draft) -> None:
    bad = draft | {"verbatim_identification": "?", "earliest_interval": "", "decimal_latitude": 91, "event_date": "x"}
    assert {problem.field for problem in check(bad).problems} == {
        "verbatim_identification",
        "earliest_interval",
        "decimal_latitude",
        "event_date",
    }


def test_an_interval_that_is_not_on_the_chart_is_kept_as_it_was_written(draft: Draft) -> None:
    values = check(draft | {"earliest_interval": "Late Barremian", "latest_interval": ""}).values
    assert (values["earliest_interval"], values["verbatim_age"]) == ("Barremian", "Late Barremian")


def test_a_blank_latest_interval_is_the_earliest(draft: Draft) -> None:
    values = check(draft | {"latest_interval": ""}).values
    assert values["latest_interval"] == "Hettangian"


@pytest.mark.parametrize("written", ["CN", "cn", "China", "中国"])
def test_a_country_is_kept_by_its_code(draft: Draft, written: str) -> None:
    assert check(draft | {"country_code": written}).values["country_code"] == "CN"


def test_a_minus_sign_from_print_is_understood(draft: Draft) -> None:
    assert check(draft | {"decimal_latitude": "−43.5"}).values["decimal_latitude"] == -43.5


def test_a_published_find_needs_neither_number_nor_locality(draft: Draft) -> None:
    find = draft | {"basis_of_record": "MaterialCitation", "catalog_number": "", "locality": ""}
    assert check(find).problems == []


def test_markup_is_kept_as_text(draft: Draft) -> None:
    assert check(draft | {"locality": "<script>x</script>"}).values["locality"] == "<script>x</script>"


@pytest.mark.parametrize("written", ["1938", "1938-11", "1938-11-05", "1938/1939", "1938-11-05/1938-12-01"])
def test_dates(written: str) -> None:
    assert is_date(written)


@pytest.mark.parametrize("written", ["38", "1938-13", "1938-11-32", "5.11.1938", "Hettangian"])
def test_no_dates(written: str) -> None:
    assert not is_date(written)


def test_what_people_call_a_taxon_is_refused_with_its_name(draft: dict[str, Any]) -> None:
    (problem,) = check(draft | {"verbatim_identification": "许氏禄丰龙"}).problems
    assert str(problem.message).endswith("Lufengosaurus is called so: write that name.")
