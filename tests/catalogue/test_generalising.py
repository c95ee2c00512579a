"""What visitors get of a withheld record: the cell of a grid that holds the place, and no word or digit of the place itself."""

import math
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.generalising import (
    FATES,
    PART_FATES,
    WITHHELD,
    generalise,
    generalise_parts,
    in_its_own_words,
    is_generalised,
)
from catalogue.parts import PARTS, OtherNumber, nothing
from catalogue.records import Specimen
from tests.withheld import CANARIES, PARTS_OF_IT, SPECIMEN, betrayed

EARTH = 6_371_008.8
"""Mean radius of the Earth in m."""
RECORD = Specimen(**{"basis_of_record": "FossilSpecimen", **SPECIMEN})


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance in m, by the haversine formula."""
    (a, b), (c, d) = (tuple(map(math.radians, place)) for place in (one, other))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(h)))


def test_every_field_has_a_fate() -> None:
    """A new field is left blank until somebody has thought about it; this says that nobody has."""
    assert set(FATES) == {field.name for field in fields(Specimen)}
    assert {name: set(fates) for name, fates in PART_FATES.items()} == {
        name: {field.name for field in fields(kind)} for name, kind in PARTS.items()
    }


def test_the_canaries_are_in_the_record_and_not_in_what_visitors_get() -> None:
    everything = betrayed((RECORD, PARTS_OF_IT))
    assert set(CANARIES) <= set(everything)
    assert betrayed(generalise(RECORD)) == []
    hidden = {name: part for name, part in PARTS_OF_IT.items() if name not in {"storage", "condition_reports"}}
    assert betrayed(generalise_parts(hidden)) == []


def test_the_place_is_the_middle_of_its_cell() -> None:
    seen = generalise(RECORD, "0.1")
    assert (seen.decimal_latitude, seen.decimal_longitude) == (61.25, 102.95)
    assert (seen.country_code, seen.state_province, seen.county, seen.formation) == (
        "CN",
        "Yunnan",
        "Lufeng City",
        "Lufeng",
    )
    assert (seen.locality, seen.event_date, seen.minimum_elevation_in_meters) == ("", "1938", None)
    assert seen.translations == {"zh": {"state_province": "云南"}}


@pytest.mark.parametrize(
    ("grid", "latitude", "longitude", "county"),
    [("1", 61.5, 102.5, ""), ("0.1", 61.25, 102.95, "Lufeng City"), ("0.01", 61.235, 102.985, "Lufeng City")],
)
def test_the_grid_can_be_chosen(grid: str, latitude: float, longitude: float, county: str) -> None:
    seen = generalise(RECORD, grid)
    assert (seen.decimal_latitude, seen.decimal_longitude, seen.county) == (latitude, longitude, county)


@pytest.mark.parametrize(
    ("place", "middle"),
    [
        ((25.1, 102.1), (25.15, 102.15)),
        ((-0.01, -0.01), (-0.05, -0.05)),
        ((90.0, 180.0), (89.95, 179.95)),
        ((-90.0, -180.0), (-89.95, -179.95)),
    ],
)
def test_borders_of_cells_and_ends_of_the_earth(place: tuple[float, float], middle: tuple[float, float]) -> None:
    seen = generalise(replace(RECORD, decimal_latitude=place[0], decimal_longitude=place[1]), "0.1")
    assert (seen.decimal_latitude, seen.decimal_longitude) == middle


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(["1", "0.1", "0.01"]))
def test_the_circle_holds_the_true_place_and_all_places_of_a_cell_look_alike(
    latitude: float, longitude: float, grid: str
) -> None:
    seen = generalise(replace(RECORD, decimal_latitude=latitude, decimal_longitude=longitude), grid)
    assert seen.decimal_latitude is not None and seen.decimal_longitude is not None
    assert seen.coordinate_uncertainty_in_meters is not None
    middle = (seen.decimal_latitude, seen.decimal_longitude)
    assert distance((latitude, longitude), middle) <= seen.coordinate_uncertainty_in_meters - 30
    again = generalise(replace(RECORD, decimal_latitude=middle[0], decimal_longitude=middle[1]), grid)
    assert (again.decimal_latitude, again.decimal_longitude) == middle


@given(
    st.fixed_dictionaries(
        {name: st.text("qzx秘", min_size=3) for name in FATES if FATES[name] == "blank" and "elevation" not in name}
    ),
    st.dictionaries(
        st.sampled_from(["zh", "fr"]), st.dictionaries(st.sampled_from(list(FATES)), st.text("qzx秘", min_size=3))
    ),
)
def test_no_hidden_value_is_ever_left(hidden: dict[str, str], translations: dict[str, dict[str, str]]) -> None:
    seen = generalise(replace(RECORD, **hidden, translations=translations))  # type: ignore[arg-type]
    assert all(getattr(seen, name) == "" for name in hidden)
    kept = {name for texts in seen.translations.values() for name in texts}
    assert not kept & {name for name, fate in FATES.items() if fate not in {"shown", "county"}}


def test_what_was_done_is_told_and_can_be_told_apart() -> None:
    record = replace(RECORD, information_withheld="The donor's name.", data_generalizations="Rounded.")
    seen = generalise(record)
    assert seen.information_withheld == f"The donor's name. {WITHHELD}"
    assert "0.1 degrees" in seen.data_generalizations
    assert is_generalised(seen) and not is_generalised(record)
    own = in_its_own_words(seen)
    assert (own.information_withheld, own.data_generalizations) == ("The donor's name.", "Rounded.")
    assert in_its_own_words(record) is record


def test_a_record_without_coordinates_gets_none() -> None:
    seen = generalise(replace(RECORD, decimal_latitude=None, decimal_longitude=None))
    assert (seen.decimal_latitude, seen.coordinate_uncertainty_in_meters) == (None, None)


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        (OtherNumber("12", "IVPP"), True),
        (OtherNumber("12", number_kind="old number"), True),
        (OtherNumber("12", number_kind="Field No."), False),
        (OtherNumber("12", "IVPP", "野外号"), False),
        (OtherNumber("12"), False),
    ],
)
def test_numbers_of_the_field_go_as_a_whole(number: OtherNumber, kept: bool) -> None:
    seen = generalise_parts(nothing() | {"other_numbers": [number]})["other_numbers"]
    assert [one.other_catalog_number for one in seen] == (["12"] if kept else [])
