"""Round trips: what goes out as Bonebed JSON, an archive or a workbook and is taken over into an empty catalogue is the same as before."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, delete

from catalogue import collection, specimens
from catalogue.checking import InvalidDraft
from catalogue.database import writing
from catalogue.exchange.bonebed_json import draft_of, record_in_archive
from catalogue.exchange.out.found import find
from catalogue.exchange.out.writing import content
from catalogue.exchange.pipeline import commit
from catalogue.holding import held
from catalogue.media import keeping as media
from catalogue.parts import FOR_STAFF
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query
from catalogue.settings import settings as program_settings
from catalogue.tables import changes, edits, imports
from catalogue.tables import specimens as specimen_table
from tests.catalogue.exchange.out.conftest import HOLOTYPE, OTHERS
from tests.catalogue.photographs_and_scans import telephone_jpeg
from tests.thoroughness import often

FILES = {"json": "records.json", "dwca": "archive.zip", "xlsx": "records.xlsx"}


def state(connection: Connection) -> dict[str, dict[str, object]]:
    """All that the catalogue holds, record by record, without history and times."""
    keys = list(connection.scalars(specimen_table.select().with_only_columns(specimen_table.c.occurrence_id)))
    return {key: one.fields for key, one in held(connection, keys).items()}


def wipe(connection: Connection) -> None:
    for table in (changes, edits, specimen_table, imports):
        connection.execute(delete(table))


def there_and_back(connection: Connection, kind: str) -> Any:
    """Export, wipe, import; returns the report."""
    file = content(find(connection, Query(), THIS_COMPUTER), kind)
    wipe(connection)
    assert state(connection) == {}
    return commit(connection, THIS_COMPUTER, FILES[kind], file)


@pytest.mark.parametrize("kind", FILES)
def test_the_built_in_collection_comes_back(connection: Connection, kind: str) -> None:
    count = collection.fill_if_new(connection)
    before = state(connection)
    report = there_and_back(connection, kind)
    assert (report.read, report.accepted, report.rejected) == (count, count, 0)
    assert state(connection) == before
    assert len(before) == count > 100


@pytest.mark.parametrize(("kind", "name"), [("json", "Bonebed JSON"), ("xlsx", "Bonebed workbook")])
def test_every_list_and_text_comes_back(connection: Connection, kind: str, name: str) -> None:
    for draft in (HOLOTYPE, *OTHERS):
        specimens.add(connection, THIS_COMPUTER, draft)
    before = state(connection)
    assert all(before["w:holotype"][name] for name in ("storage", "condition_reports", "absolute_ages", "citations"))
    report = there_and_back(connection, kind)
    assert (report.format, report.accepted, report.columns_left) == (name, 3, ())
    assert (report.file_notes, report.notes) == ((), ())
    assert state(connection) == before


def test_an_archive_names_photographs_that_are_here_once(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONEBED_PUBLIC_URL", "https://bones.example.org")
    program_settings.cache_clear()
    key = specimens.add(connection, THIS_COMPUTER, OTHERS[1]).occurrence_id
    photograph = media.receive(THIS_COMPUTER, telephone_jpeg(), license="CC-BY-4.0", credit="Li Ming", caption="Skull")
    media.add(connection, THIS_COMPUTER, key, [photograph], version=1)
    before = state(connection)
    file = content(find(connection, Query(), THIS_COMPUTER), "dwca")
    assert commit(connection, THIS_COMPUTER, FILES["dwca"], file).unchanged == 1
    wipe(connection)
    assert commit(connection, THIS_COMPUTER, FILES["dwca"], file).accepted == 1
    assert state(connection) == before
    assert before[key]["citations"] == []


def test_an_archive_brings_back_all_but_what_is_for_the_staff(connection: Connection) -> None:
    for draft in (HOLOTYPE, OTHERS[1]):
        specimens.add(connection, THIS_COMPUTER, draft)
    before = state(connection)
    there_and_back(connection, "dwca")
    after = state(connection)
    for key, record in before.items():
        assert after[key] == {**record, **{name: [] for name in FOR_STAFF}}


def test_a_withheld_record_comes_back_from_an_archive_without_its_place(connection: Connection) -> None:
    for draft in (HOLOTYPE, *OTHERS):
        specimens.add(connection, THIS_COMPUTER, draft)
    report = there_and_back(connection, "dwca")
    assert (report.accepted, report.rejected) == (3, 0)
    after = state(connection)["w:withheld"]
    assert (after["locality"], after["decimal_latitude"]) == ("unknown", 25.15)


@pytest.mark.parametrize("kind", ["csv", "geojson", "gpkg", "kml"])
def test_files_for_others_change_nothing_where_they_came_from(connection: Connection, kind: str) -> None:
    for draft in (HOLOTYPE, *OTHERS):
        specimens.add(connection, THIS_COMPUTER, draft)
    before = state(connection)
    report = commit(connection, THIS_COMPUTER, "a", content(find(connection, Query(), THIS_COMPUTER), kind))
    assert (report.accepted, report.changed, report.rejected) == (0, 0, 0), report.rows.told
    assert state(connection) == before


@pytest.mark.parametrize("kind", FILES)
def test_the_same_file_again_changes_nothing(connection: Connection, kind: str) -> None:
    for draft in (HOLOTYPE, OTHERS[1]):
        specimens.add(connection, THIS_COMPUTER, draft)
    file = content(find(connection, Query(), THIS_COMPUTER), kind)
    report = commit(connection, THIS_COMPUTER, FILES[kind], file)
    assert (report.unchanged, report.changed, report.accepted, report.rejected) == (2, 0, 0, 0)


def test_numbers_come_back_with_all_their_digits(connection: Connection) -> None:
    odd = {"decimal_latitude": 25 + 6 / 60 + 12 / 3600, "decimal_longitude": 1e-7 / 3, "absolute_ages": [{"age_ma": 0.1 + 0.2}]}  # fmt: skip
    specimens.add(connection, THIS_COMPUTER, {**OTHERS[1], **odd})
    before = state(connection)
    assert there_and_back(connection, "json").accepted == 1
    assert state(connection) == before


def test_what_a_person_changed_in_the_table_of_an_archive_counts(connection: Connection) -> None:
    specimens.add(connection, THIS_COMPUTER, HOLOTYPE)
    record = record_in_archive(
        {"formation": "Changed", "locality": "x", "dynamicProperties": '{"bonebed": {"locality": "Dawa"}}'}
    )
    assert record is not None
    assert draft_of(record) == {"formation": "Changed", "locality": "Dawa"}


@pytest.mark.parametrize("text", ["", "{}", "[]", "no json", '{"bonebed": 3}', '{"length": "3 m"}', "[" * 100_000])
def test_dynamic_properties_of_others_are_not_ours(text: str) -> None:
    assert record_in_archive({"dynamicProperties": text}) is None


def test_photographs_that_are_not_here_stay_behind_and_are_told() -> None:
    draft = draft_of({"occurrenceID": "a", "media": [{"sha256": "a" * 64, "license": "CC0-1.0"}]})
    assert "media" not in draft
    assert "1 photographs" in str(draft.notes[0])


def test_what_is_no_list_of_parts_is_left_alone() -> None:
    assert draft_of({"pieces": "femur", "citations": [3, {"doi": "10.1/x"}]}) == {"citations": [{"doi": "10.1/x"}]}


@pytest.mark.parametrize("damage", [b"", b"{", b'{"records": []}', b"null", b'{"records": 3}'])
def test_a_damaged_file_is_told(connection: Connection, damage: bytes) -> None:
    from catalogue.exchange.reading import UnreadableFile

    with pytest.raises(UnreadableFile):
        commit(connection, THIS_COMPUTER, "a.json", damage)


def test_a_file_says_what_it_is(connection: Connection) -> None:
    specimens.add(connection, THIS_COMPUTER, HOLOTYPE)
    told = json.loads(content(find(connection, Query(), THIS_COMPUTER), "json"))
    assert (told["format"], told["version"], len(told["records"])) == ("Bonebed JSON", 1, 1)
    record = told["records"][0]
    assert record["earliestAgeOrLowestStage"] == "Hettangian"
    assert record["translations"]["zh"] == {"locality": "禄丰沙湾", "stateProvince": "云南"}
    assert record["absoluteAges"] == [{"ageMa": 195.2, "errorMa": 0.4, "datingMethod": "U-Pb"}]


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=25
) | st.sampled_from(
    [
        "a\tb",
        "line\nbreak",
        "=1+1",
        "'quoted",
        '"',
        "NA",
        "null",
        "  ",
        "禄丰",
        "a | b",
        "\u2028",
        "[1]",
        "{}",
        "-1",
        "1e3",
        "_x000D_",
        "_x005F_",
        "\r\n",
        "'=1",
    ]
)
NAMES = st.sampled_from(
    ["Lufengosaurus huenei", "cf. Lufengosaurus", "?Sinosaurus sp.", "Theropoda indet.", "Nova bestia"]
)
INTERVALS = st.sampled_from(
    [
        "Hettangian",
        "Mississippian",
        "Precambrian",
        "Early Jurassic",
        "Rhaetian",
        "Upper Jurassic",
        "Holocene",
        "下侏罗统",
    ]
)
DATES = st.sampled_from(["", "1938", "1938-11", "1938-11-05", "1938/1939"])
TRANSLATIONS = st.dictionaries(
    st.sampled_from(["zh", "de"]),
    st.dictionaries(st.sampled_from(["locality", "state_province", "bed"]), TEXTS, min_size=1),
)
RECORDS = st.fixed_dictionaries(
    {"verbatim_identification": NAMES, "earliest_interval": INTERVALS, "basis_of_record": st.sampled_from(["FossilSpecimen", "MaterialCitation"])},
    optional={
        **dict.fromkeys(("formation", "bed", "locality", "recorded_by", "occurrence_remarks", "license", "verbatim_age"), TEXTS),
        **dict.fromkeys(("associated_references", "geodetic_datum", "dataset_name", "verbatim_label", "field_number"), TEXTS),
        "event_date": DATES,
        "date_identified": DATES,
        "country_code": st.sampled_from(["", "CN", "NA"]),
        "individual_count": st.none() | st.integers(1, 10**6),
        "coordinate_uncertainty_in_meters": st.none() | st.floats(0.001, 1e6).map(lambda metres: round(metres, 3)),
        "translations": TRANSLATIONS,
        "statements": st.lists(st.fixed_dictionaries({"measurement_type": TEXTS, "measurement_value": TEXTS, "reference": TEXTS}, optional={"translations": TRANSLATIONS}), max_size=2),
        "identifications": st.lists(st.fixed_dictionaries({"verbatim_identification": NAMES, "identified_by": TEXTS}), max_size=2),
        "pieces": st.lists(st.fixed_dictionaries({"element": TEXTS, "remarks": TEXTS}), max_size=2),
        "absolute_ages": st.lists(st.fixed_dictionaries({"age_ma": st.floats(0, 4000).map(lambda age: round(age, 5)), "reference": TEXTS}), max_size=2),
        "other_numbers": st.lists(st.fixed_dictionaries({"other_catalog_number": TEXTS, "institution_code": TEXTS}), max_size=2),
        "storage": st.lists(st.fixed_dictionaries({"storage_location": TEXTS, "since": DATES}), max_size=2),
        "citations": st.lists(st.fixed_dictionaries({"bibliographic_citation": TEXTS, "doi": TEXTS}), max_size=2),
    },
)  # fmt: skip
DEGREES = st.floats(-90, 90).map(lambda degrees: round(degrees, 9))  # 15 digits come back from a workbook
PLACES = st.none() | st.tuples(DEGREES, DEGREES)


@contextmanager
def rolled_back(database: Engine) -> Iterator[Connection]:
    with writing(database) as connection:
        yield connection
        connection.rollback()


@pytest.mark.parametrize("kind", FILES)
@settings(
    max_examples=often(15, least=5),
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(records=st.lists(st.tuples(RECORDS, PLACES), min_size=1, max_size=4))
def test_any_collection_comes_back(database: Engine, kind: str, records: list[tuple[dict[str, Any], Any]]) -> None:
    with rolled_back(database) as connection:
        for number, (draft, place) in enumerate(records):
            more = {
                "occurrence_id": f"r:{number}",
                "catalog_number": f"R {number}",
                "locality": draft.get("locality") or "Dawa",
            }
            if place is not None:
                more |= {"decimal_latitude": place[0], "decimal_longitude": place[1]}
            try:
                specimens.add(connection, THIS_COMPUTER, draft | more)
            except InvalidDraft:
                continue
        before = state(connection)
        if before:
            report = there_and_back(connection, kind)
            assert (report.accepted, report.rejected) == (len(before), 0), report.reasons()
            after, lost = state(connection), FOR_STAFF if kind == "dwca" else ()
            assert [
                (key, name, before[key][name], after[key][name])
                for key in before
                for name in before[key]
                if name not in lost and after[key][name] != before[key][name]
            ] == []
