"""The further tables of an archive become the lists of a record."""

from catalogue.exchange.formats import Drafted
from catalogue.exchange.mapping.extensions import lists_of


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


def _rows(lists: dict[str, object], name: str) -> list[dict[str, object]]:
    rows = lists[name]
    assert isinstance(rows, list)
    return rows
