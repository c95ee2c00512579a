"""Specimens of the Paleobiology Database become published records, tied to their finds."""

from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.checking import check
from catalogue.exchange import pipeline
from catalogue.exchange.formats import RefusedRow
from catalogue.exchange.paleobiology_specimens import SPECIMENS, draft
from catalogue.parts import Piece, Relation
from catalogue.rights import THIS_COMPUTER

ROW = {
    "specimen_no": "18592", "record_type": "spm", "flags": "", "occurrence_no": "485130", "reid_no": "0", "collection_no": "48570",
    "specimen_id": "ANSP 9995", "is_type": "holotype", "specimen_side": "right", "specimen_part": "fibula", "specimen_sex": "",
    "n_measured": "1", "comments": "“preserved” length 23 inches", "accepted_name": "Dryptosaurus aquilunguis", "accepted_rank": "species",
    "max_ma": "70.6", "min_ma": "66", "ref_author": "Christiansen", "ref_pubyr": "1999", "reference_no": "34423", "lng": "-75.160278",
    "lat": "39.732777", "cc": "US", "state": "New Jersey", "geogcomments": r"Marl Pit\r\nMantua Township<br>Gloucester Co.",
}  # fmt: skip
OCCURRENCE = b"occurrence_no,accepted_name,early_interval\n485130,Dryptosaurus aquilunguis,Maastrichtian\n"


def file_of(*rows: dict[str, str]) -> bytes:
    lines = [",".join(ROW), *(",".join(f'"{cell}"' for cell in (ROW | row).values()) for row in rows)]
    return "\n".join(lines).encode()


def test_a_row_becomes_a_published_record() -> None:
    made = draft(ROW)
    expected = {
        "occurrence_id": "pbdb:spm:18592",
        "basis_of_record": "MaterialCitation",
        "institution_code": "ANSP",
        "catalog_number": "ANSP 9995",
        "verbatim_identification": "Dryptosaurus aquilunguis",
        "type_status": "holotype",
        "country_code": "US",
        "verbatim_locality": "Marl Pit Mantua Township Gloucester Co.",
        "occurrence_remarks": "“preserved” length 23 inches",
        "associated_references": "Paleobiology Database specimen 18592, occurrence 485130, collection 48570 (CC BY 4.0)"
        " | Christiansen 1999 (reference 34423 there)",
        "pieces": [{"element": "fibula", "side": "right", "piece_count": "", "remarks": ""}],
    }
    assert {name: made[name] for name in expected} == expected
    checked = check({name: value for name, value in made.items() if name not in {"pieces", "relations"}})
    assert checked.problems == []
    assert (checked.values["earliest_interval"], checked.values["decimal_latitude"]) == ("Maastrichtian", 39.732777)


def test_every_field_of_a_draft_names_its_columns() -> None:
    assert set(draft(ROW)) - {"basis_of_record", "dataset_name"} == set(SPECIMENS.columns)


@pytest.mark.parametrize(
    ("label", "museum"),
    [
        ("ANSP 9995", "ANSP"), ("OMNH 10131", "OMNH"), ("IVPP V.15", "IVPP"), ("A.N.S.P. 10005", ""), ("Amer. Mus. No. 5464", ""),
        ("", ""), ("HOLOTYPE", ""), ("USNM", ""), ("CM 9780 (AMNH 5027)", "CM"),
    ],
)  # fmt: skip
def test_the_letters_of_a_museum(label: str, museum: str) -> None:
    made = draft(ROW | {"specimen_id": label})
    assert (made["institution_code"], made["catalog_number"]) == (museum, label)


@pytest.mark.parametrize(
    ("cells", "pieces"),
    [
        ({"specimen_side": "both", "n_measured": "8"}, [("left and right", "8", "")]),
        ({"specimen_side": "dorsal"}, [("", "", "dorsal")]),
        ({"specimen_part": ""}, []),
    ],
)
def test_pieces(cells: dict[str, str], pieces: list[tuple[str, str, str]]) -> None:
    made: Any = draft(ROW | cells)["pieces"]
    assert [(piece["side"], piece["piece_count"], piece["remarks"]) for piece in made] == pieces


def test_a_row_without_its_number_is_refused() -> None:
    with pytest.raises(RefusedRow, match="no specimen_no"):
        draft(ROW | {"specimen_no": "ANSP"})


def test_a_specimen_is_part_of_its_find_where_that_is_in_the_catalogue(connection: Connection) -> None:
    first = pipeline.commit(connection, THIS_COMPUTER, "specimens.csv", file_of({}))
    assert (first.format, first.accepted) == ("Paleobiology Database specimens", 1)
    parts = specimens.parts_of(connection, "pbdb:spm:18592")
    assert parts["pieces"] == [Piece("fibula", "right")]
    assert parts["relations"] == [Relation("part of", related_resource="Paleobiology Database occurrence 485130")]
    pipeline.commit(connection, THIS_COMPUTER, "occurrences.csv", OCCURRENCE)
    again = pipeline.commit(connection, THIS_COMPUTER, "specimens.csv", file_of({}))
    assert again.changed == 1
    assert specimens.parts_of(connection, "pbdb:spm:18592")["relations"] == [Relation("part of", "pbdb:occ:485130")]
    assert pipeline.commit(connection, THIS_COMPUTER, "specimens.csv", file_of({})).unchanged == 1


def test_two_rows_of_one_specimen_that_differ(connection: Connection) -> None:
    report = pipeline.preview(connection, "specimens.csv", file_of({}, {}, {"specimen_id": "ANSP 9996"}))
    assert (report.read, report.accepted, report.unchanged, report.rejected) == (3, 1, 1, 1)
    assert "Rows 2 and 4 have the same specimen_no, but differ in specimen_id." in str(report.rejects[0].reason)
