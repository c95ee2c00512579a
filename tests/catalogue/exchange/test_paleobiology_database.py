"""Rows of the Paleobiology Database become drafts."""

from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue.checking import check
from catalogue.exchange.formats import RefusedRow
from catalogue.exchange.paleobiology_database import OCCURRENCES, draft
from catalogue.exchange.pipeline import preview
from catalogue.exchange.reading import read_table

Make = Any


def row(make_file: Make, **changes: str) -> dict[str, str]:
    return read_table(make_file(changes)).rows[0].cells


def values(make_file: Make, **changes: str) -> dict[str, Any]:
    checked = check(draft(row(make_file, **changes)))
    assert checked.problems == []
    return checked.values


def test_a_row_becomes_a_published_find(make_file: Make) -> None:
    found = values(make_file)
    expected = {
        "occurrence_id": "pbdb:occ:138845",
        "basis_of_record": "MaterialCitation",
        "verbatim_identification": "Lufengosaurus cf. huenei",
        "scientific_name": "Lufengosaurus huenei",
        "identification_qualifier": "cf. huenei",
        "earliest_interval": "Hettangian",
        "latest_interval": "Sinemurian",
        "max_ma": 201.4,
        "min_ma": 192.9,
        "verbatim_age": "201.4–192.9 Ma (Hettangian – Sinemurian), as in the Paleobiology Database",
        "formation": "Lower Lufeng",
        "member": "Shawan",
        "country_code": "CN",
        "state_province": "Yunnan",
        "county": "Lufeng",
        "locality": "Shawan, Lufeng",
        "decimal_latitude": 25.1,
        "decimal_longitude": 102.1,
        "event_date": "1938",
        "recorded_by": "M. Bien",
        "dataset_name": "Paleobiology Database",
        "associated_references": "Paleobiology Database occurrence 138845, collection 11805 (CC BY 4.0) | Young 1941 (reference 6294 there)",
        "occurrence_remarks": "Accepted name in the Paleobiology Database: Lufengosaurus huenei. Held by: IVPP.",
    }
    assert {name: found[name] for name in expected} == expected
    assert "|Sauropodomorpha|" in found["higher_classification"]


def test_every_field_of_a_draft_names_its_columns(make_file: Make) -> None:
    made = set(draft(row(make_file))) - {"basis_of_record", "dataset_name"}
    assert made == set(OCCURRENCES.columns)


def test_a_blank_late_interval_is_the_early_one(make_file: Make) -> None:
    found = values(make_file, late_interval="")
    assert (found["latest_interval"], found["min_ma"]) == ("Hettangian", 199.5)


def test_a_stage_column_stands_in_for_intervals() -> None:
    cells = {
        "occurrence_no": "1",
        "accepted_name": "Lufengosaurus huenei",
        "max_ma": "201.3",
        "min_ma": "199.3",
        "stage": "Hettangian",
    }
    made = draft(cells)
    assert made["earliest_interval"] == "Hettangian"
    assert made["verbatim_age"] == "201.3–199.3 Ma (Hettangian), as in the Paleobiology Database"
    assert made["associated_references"] == "Paleobiology Database occurrence 1 (CC BY 4.0)"
    assert made["locality"] == ""


@pytest.mark.parametrize(("early", "late"), [("Nowherian", ""), ("Hettangian", "Nowherian"), ("", "")])
def test_an_interval_that_nobody_knows_gives_way_to_the_ma(make_file: Make, early: str, late: str) -> None:
    made = draft(row(make_file, early_interval=early, late_interval=late))
    assert made["earliest_interval"] == "Early Jurassic"
    assert made["latest_interval"] == ""
    assert all(name in str(made["verbatim_age"]) for name in (early, late, "201.4–192.9 Ma"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"occurrence_no": ""}, "no occurrence_no"),
        ({"occurrence_no": "4.10E+03"}, "“4.10E\\+03” is no number of the Paleobiology Database. Did a spreadsheet"),
        ({"early_interval": "Nowherian", "max_ma": ""}, "“Nowherian – Sinemurian” is not an interval that we know"),
        ({"early_interval": "", "late_interval": "", "max_ma": "", "min_ma": ""}, "The row has no age"),
        (
            {"early_interval": "", "late_interval": "", "max_ma": "9000"},
            "No interval of the chart holds 9000 to 192.9 Ma",
        ),
        ({"max_ma": "192.9", "min_ma": "201.4"}, r"max_ma \(192.9 Ma\) is younger than min_ma \(201.4 Ma\)"),
        ({"max_ma": "old"}, "max_ma: “old” is not an age in Ma"),
    ],
)
def test_a_row_without_number_or_age_is_refused(make_file: Make, changes: dict[str, str], said: str) -> None:
    with pytest.raises(RefusedRow, match=said):
        draft(row(make_file, **changes))


@pytest.mark.parametrize(
    ("number", "key"), [("138845", "138845"), ("occ:138845", "138845"), ("138845.0", "138845"), ("0138845", "138845")]
)
def test_the_number_in_all_its_forms(make_file: Make, number: str, key: str) -> None:
    assert draft(row(make_file, occurrence_no=number))["occurrence_id"] == f"pbdb:occ:{key}"


def test_an_identification_that_is_no_name_stays_in_the_remarks(make_file: Make) -> None:
    made = draft(row(make_file, identified_name="Prosauropod B", difference="corrected to"))
    assert made["verbatim_identification"] == "Lufengosaurus huenei"
    assert "Identified as “Prosauropod B” in the source (corrected to)." in str(made["occurrence_remarks"])


def test_the_accepted_name_and_why_it_differs_stay_in_the_remarks(make_file: Make) -> None:
    made = draft(row(make_file, identified_name="Gyposaurus sinensis", difference="subjective synonym of"))
    assert made["verbatim_identification"] == "Gyposaurus sinensis"
    assert "Accepted name in the Paleobiology Database: Lufengosaurus huenei (subjective synonym of)." in str(
        made["occurrence_remarks"]
    )


def test_class_is_no_key_and_placeholders_say_nothing(make_file: Make) -> None:
    groups = str(
        draft(row(make_file, genus="Incognitosaurus", accepted_name="Incognitosaurus", family="NO_FAMILY_SPECIFIED"))[
            "higher_classification"
        ]
    )
    assert groups == ""
    unknown = draft(row(make_file, genus="", accepted_name="Incognitosaurus", family="Incognitidae", order="Theropoda"))
    assert str(unknown["higher_classification"]).endswith("|Theropoda|")
    stated = draft(row(make_file, genus="", accepted_name="X", family="Incognitidae", order="Incognita"))
    assert stated["higher_classification"] == "|Incognita|Incognitidae|"


@pytest.mark.parametrize(
    ("code", "lat", "lng", "country"),
    [
        ("UK", "51", "0", "GB"), ("AA", "-84", "166", "AQ"), ("NA", "-20.7", "16.9", "NA"), ("NA", "35.7", "-111", ""),
        ("NA", "", "", ""), ("", "51", "0", ""),
    ],
)  # fmt: skip
def test_countries_have_the_codes_of_the_source(make_file: Make, code: str, lat: str, lng: str, country: str) -> None:
    assert draft(row(make_file, cc=code, lat=lat, lng=lng))["country_code"] == country


def test_a_code_of_no_country_stays_in_the_remarks(make_file: Make) -> None:
    made = draft(row(make_file, cc="OPC"))
    assert made["country_code"] == ""
    assert "Country in the Paleobiology Database: OPC." in str(made["occurrence_remarks"])


def test_na_of_r_says_nothing(make_file: Make) -> None:
    made = draft(row(make_file, formation="NA", late_interval="NA", member="NA", museum="NA"))
    assert (made["formation"], made["member"], made["latest_interval"]) == ("", "", "")


def test_decimal_commas_are_understood(make_file: Make) -> None:
    found = values(make_file, lat="-43,96", lng="-69,5", max_ma="201,4", min_ma="192,9")
    assert (found["decimal_latitude"], found["decimal_longitude"]) == (-43.96, -69.5)


def test_a_date_in_words_stays_in_the_remarks(make_file: Make) -> None:
    made = draft(row(make_file, collection_dates="summer of 1938"))
    assert made["event_date"] == ""
    assert "Collected: summer of 1938." in str(made["occurrence_remarks"])


@pytest.mark.parametrize(
    ("max_ma", "min_ma", "stage", "earliest", "latest"),
    [
        ("237", "208.5", "Norian", "Carnian", "Norian"),
        ("199.3", "182.7", "Sinemurian", "Sinemurian", "Pliensbachian"),
        ("201.3", "190.8", "Sinemurian", "Sinemurian", "Sinemurian"),
        ("201.3", "182.7", "Sinemurian", "Hettangian", "Pliensbachian"),
        ("228", "208.5", "Norian", "Norian", "Norian"),
    ],
)
def test_a_stage_that_is_narrower_than_the_ages_of_its_row_gives_way(
    max_ma: str, min_ma: str, stage: str, earliest: str, latest: str
) -> None:
    made = check(
        draft({"occurrence_no": "1", "accepted_name": "Aus", "max_ma": max_ma, "min_ma": min_ma, "stage": stage})
    )
    assert (made.values["earliest_interval"], made.values["latest_interval"]) == (earliest, latest)
    assert stage in str(made.values["verbatim_age"])


def test_what_is_not_understood_in_a_row_that_is_taken_is_told(connection: Connection, make_file: Make) -> None:
    odd = {"cc": "ZZ", "early_interval": "Grubenian", "late_interval": "", "max_ma": "95", "min_ma": "90"}
    outcomes = preview(
        connection, "a.csv", make_file(odd, {"occurrence_no": "7", "early_interval": "Lancian", "late_interval": ""})
    )
    assert outcomes.accepted == 2
    assert [(str(note), count) for note, count in outcomes.notes] == [
        ("cc: “ZZ” is not a country that we know. It stands in the remarks.", 1),
        (
            "early_interval: “Grubenian” is not an interval that we know. The narrowest that holds max_ma to min_ma is taken, and the name is kept as written.",
            1,
        ),
    ]
