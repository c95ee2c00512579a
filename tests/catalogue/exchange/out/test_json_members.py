"""JSON made column by column is what JSON made record by record is, letter for letter, whatever the texts hold."""

import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.exchange.out import cells
from catalogue.exchange.out.as_terms import as_darwin_core
from catalogue.exchange.out.found import Portion, of_specimens
from catalogue.exchange.out.geojson_file import features
from catalogue.exchange.out.json_members import members, texts
from catalogue.exchange.out.json_records import lists_of, record_lines
from catalogue.exchange.out.terms import COLUMNS
from catalogue.records import Specimen
from catalogue.rights import THIS_COMPUTER, VISITOR, Person
from tests.catalogue.exchange.out.conftest import Finds

TEXTS = st.one_of(st.just(""), st.sampled_from(("Lufeng", '", "', "\\u0000", "a\nb\u2028c", "null", "{}")), st.text())
NUMBERS = st.one_of(
    st.none(), st.sampled_from((0.0, -0.5, 1e-9, 1e22)), st.floats(-180, 180).map(lambda value: value + 0.0)
)
"""Without -0.0, which SQLite does not keep apart from 0.0."""
SAID: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    float: st.floats(0, 4_000),
    float | None: NUMBERS,
    int: st.integers(1, 9),
    int | None: st.none() | st.integers(0, 9),
}
TRANSLATED = st.dictionaries(
    st.sampled_from(("zh", "de")), st.dictionaries(st.sampled_from(("locality", "state_province")), TEXTS)
)


@st.composite
def records(draw: st.DrawFn) -> Specimen:
    """A record of which few fields say anything, as is usual."""
    every = {field.name: SAID.get(field.type, TRANSLATED) for field in fields(Specimen)}
    named = draw(st.sets(st.sampled_from(sorted(every)), max_size=12)) | {"occurrence_id", "basis_of_record"}
    said = {name: draw(every[name]) for name in sorted(named)}
    return Specimen(**said | {"occurrence_id": said["occurrence_id"] or "w:1"})


def in_words(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def feature(row: tuple[str, ...], one: Specimen) -> dict[str, Any]:
    """A feature made of the cells of a table."""
    said = {
        name: float(text) if name in cells.NUMBERS else json.loads(text) if name == "translations" else text
        for name, text in zip(COLUMNS, row, strict=True)
        if text
    }
    place = {"type": "Point", "coordinates": [one.decimal_longitude, one.decimal_latitude]} if one.has_place else None
    return {"type": "Feature", "id": one.occurrence_id, "geometry": place, "properties": said}


@given(st.lists(records(), min_size=1, max_size=4).map(lambda some: some * 3))
def test_records_are_those_made_one_by_one(some: list[Specimen]) -> None:
    portion = of_specimens(some)
    assert list(record_lines(portion)) == [in_words(as_darwin_core(one)) for one in some]
    made = zip(zip(*cells.columns(portion), strict=True), some, strict=True)
    assert [json.loads(line) for line in features(portion)] == [
        json.loads(in_words(feature(row, one))) for row, one in made
    ]


@pytest.mark.parametrize("who", [THIS_COMPUTER, VISITOR])
def test_lists_stand_behind_their_records(who: Person, finds: Finds) -> None:
    (portion,) = finds(who).portions(lists=True)
    expected = [as_darwin_core(one) | lists_of(portion, one.occurrence_id) for one in portion.specimens()]
    assert list(record_lines(portion)) == list(map(in_words, expected))
    assert any("identifications" in record for record in expected)


def test_a_record_whose_lists_were_emptied_is_whole(finds: Finds) -> None:
    (portion,) = finds().portions()
    emptied = Portion(portion.columns, {"other_numbers": {"w:withheld": []}})
    assert list(record_lines(emptied)) == list(record_lines(portion))


@given(st.lists(st.none() | TEXTS) | st.lists(NUMBERS))
def test_many_values_are_written_as_each_is(values: list[Any]) -> None:
    assert texts(values) == list(map(in_words, values))
    for column in (values, values * 3):
        expected = ["" if value in ("", None) else f', "bed": {in_words(value)}' for value in column]
        assert list(members("bed", column)) == expected
