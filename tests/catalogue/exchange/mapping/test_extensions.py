"""The further tables of an archive become the lists of a record."""

import pytest

from catalogue.exchange.formats import Drafted
from catalogue.exchange.mapping import extensions
from catalogue.exchange.mapping.extensions import lists_of
from catalogue.exchange.reading.extension_columns import TAKEN


def test_each_table_becomes_a_list() -> None:
    draft = Drafted({"verbatim_identification": "Lufengosaurus huenei"})
    lists = lists_of(
        {
            "Identification": (
                {"verbatimIdentification": "Lufengosaurus huenei"},
                {"scientificName": "Massospondylidae", "identifiedBy": "Young", "dateIdentified": "1941"},
            ),
            "MeasurementOrFact": (
                {"measurementType": "length", "measurementValue": "about 4", "measurementUnit": "m"},
            ),
            "ChronometricAge": ({"earliestChronometricAge": "195.5", "chronometricAgeProtocol": "U-Pb"},),
            "ResourceRelationship": ({"relationshipOfResource": "part of", "relatedResourceID": "k"},),
            "Multimedia": ({"identifier": "https://example.org/a.jpg", "license": "CC0"},),
        },
        draft,
    )
    assert set(lists) == {"identifications", "statements", "absolute_ages", "relations", "citations"}
    assert [one["verbatim_identification"] for one in _rows(lists, "identifications")] == ["Massospondylidae"]
    assert _rows(lists, "statements")[0]["measurement_value"] == "about 4"
    assert _rows(lists, "absolute_ages")[0]["age_ma"] == 195.5
    assert _rows(lists, "relations")[0]["of"] == "k"
    assert draft.notes == []


def test_what_is_not_read_is_told() -> None:
    draft = Drafted()
    lists_of(
        {
            "Audubon": ({"x": "1"},),
            "ResourceRelationship": ({"relationshipOfResource": "eats", "relatedResourceID": "k"},),
            "MeasurementOrFact": ({"measurementType": "length"}, {"measurementType": "width", "measurementValue": "3"}),
        },
        draft,
    )
    assert [str(note) for note in draft.notes] == [
        "The table “Audubon” of the archive is not read.",
        "The relation “eats” is not one that we know and is left out.",
        "A measurement that does not say what is measured, or its value, is left out.",
    ]


def test_what_is_told_of_a_picture_stands_beside_its_link() -> None:
    draft = Drafted()
    lists = lists_of(
        {
            "Multimedia": (
                {
                    "identifier": "media/a.jpg",
                    "references": "https://example.org/a",
                    "type": "StillImage",
                    "title": "Skull",
                    "creator": "Li",
                    "rightsHolder": "Li",
                    "license": "CC_BY_4_0",
                    "created": "2011",
                },
                {"identifier": "media/b.mp3", "type": "Sound"},
                {"title": "Lost"},
            )
        },
        draft,
    )
    assert [(one["bibliographic_citation"], one["remarks"]) for one in _rows(lists, "citations")] == [
        ("https://example.org/a", "Skull; Li; CC_BY_4_0; created: 2011; media/a.jpg"),
        ("media/b.mp3", "type: Sound"),
    ]
    assert [str(note) for note in draft.notes] == [
        "The picture “media/b.mp3” has no address of the web: it is named, and nobody can open it.",
        "A picture without an address is left out: “Lost”.",
    ]


@pytest.mark.parametrize(
    ("age", "system", "ma"),
    [
        ("195.5", "", 195.5),
        ("195.5", "Ma", 195.5),
        ("27.1", "kya", 0.0271),
        ("150", "Ma BP", 150.0),
        ("150", "百万年", 150.0),
        ("41000", "cal BP", 0.041),
        ("300", "BCE", None),
    ],
)
def test_measured_ages_count_in_their_own_system(age: str, system: str, ma: float | None) -> None:
    draft = Drafted()
    row = {"earliestChronometricAge": age, "earliestChronometricAgeReferenceSystem": system}
    lists = lists_of({"ChronometricAge": (row,)}, draft)
    assert [one["age_ma"] for one in lists.get("absolute_ages", [])] == ([] if ma is None else [ma])  # type: ignore[attr-defined]
    assert len(draft.notes) == (ma is None)


def test_an_identification_keeps_its_doubt_and_its_date() -> None:
    row = {"scientificName": "Lufengosaurus huenei", "identificationQualifier": "cf.", "dateIdentified": "03/04/1938"}
    (name,) = _rows(lists_of({"Identification": (row,)}, Drafted()), "identifications")
    assert name["verbatim_identification"] == "Lufengosaurus cf. huenei"
    assert (name["date_identified"], name["identification_remarks"]) == ("", "03/04/1938")


def test_every_extension_whose_columns_are_kept_is_read() -> None:
    assert set(TAKEN) == set(extensions._READERS)


def _rows(lists: dict[str, object], name: str) -> list[dict[str, object]]:
    rows = lists[name]
    assert isinstance(rows, list)
    return rows
