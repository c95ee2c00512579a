"""Measurements of the Paleobiology Database join the specimens that the catalogue has from there."""

import pytest
from sqlalchemy import Connection

from catalogue import imports, specimens, undoing
from catalogue.exchange import pipeline
from catalogue.exchange.formats import RefusedRow
from catalogue.exchange.outcomes import Report
from catalogue.exchange.paleobiology_measurements import draft
from catalogue.parts import plain
from catalogue.records import Measurement
from catalogue.rights import THIS_COMPUTER

SPECIMEN = b"specimen_no,accepted_name,early_interval\n18592,Dryptosaurus aquilunguis,Maastrichtian\n"
KEY = "pbdb:spm:18592"
HEADINGS = "measurement_no,specimen_no,record_type,n_measured,position,measurement_type,average,min,max"
LENGTH = "77,18592,mea,1,,length,584.2,,"
WIDTH = "78,18592,mea,3,distal,width,60,55.5,64"


def bring_in(connection: Connection, *rows: str) -> Report:
    return pipeline.commit(connection, THIS_COMPUTER, "measurements.csv", "\n".join([HEADINGS, *rows]).encode())


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return report.read, report.accepted, report.changed, report.unchanged, report.rejected


def held(connection: Connection) -> list[Measurement]:
    return specimens.statements(connection, KEY, who=THIS_COMPUTER)


@pytest.fixture
def with_specimen(connection: Connection) -> Connection:
    pipeline.commit(connection, THIS_COMPUTER, "specimens.csv", SPECIMEN)
    return connection


def test_rows_become_measurements_of_their_specimen(with_specimen: Connection) -> None:
    assert counts(bring_in(with_specimen, LENGTH, WIDTH)) == (2, 2, 0, 0, 0)
    assert held(with_specimen) == [
        Measurement(KEY, "length", "584.2", measurement_remarks="Paleobiology Database measurement 77"),
        Measurement(
            KEY,
            "distal width",
            "60",
            measurement_accuracy="55.5–64",
            measurement_remarks="Paleobiology Database measurement 78; mean of 3",
        ),
    ]
    again = bring_in(with_specimen, LENGTH, WIDTH)
    assert (counts(again), again.import_id) == ((2, 0, 0, 2, 0), None)


def test_rows_of_a_specimen_that_is_not_there_are_rejected_with_that_reason(with_specimen: Connection) -> None:
    report = bring_in(
        with_specimen, LENGTH, LENGTH.replace("18592", "5").replace("77", "79"), "80,6,mea,1,,length,x,,", LENGTH
    )
    assert counts(report) == (4, 1, 0, 1, 2)
    assert {str(reason): number for reason, number in report.reasons()} == {
        "Its specimen is not in the catalogue. Import the list of specimens first, then this one.": 1,
        "average: “x” is not a number.": 1,
    }


def test_a_number_that_stands_twice_and_differs_is_rejected(with_specimen: Connection) -> None:
    report = bring_in(with_specimen, LENGTH, LENGTH.replace("584.2", "580"))
    assert [str(row.reason) for row in report.rejects] == [
        "Rows 2 and 3 have the same measurement_no, but differ in average. Row 2 was taken; which one is right?"
    ]
    assert counts(bring_in(with_specimen, LENGTH, LENGTH.replace("584.2", "580"))) == (2, 0, 0, 1, 1)


def test_a_newer_value_changes_it_and_undoing_puts_it_back(with_specimen: Connection) -> None:
    bring_in(with_specimen, LENGTH)
    before = held(with_specimen)
    report = bring_in(with_specimen, LENGTH.replace("584.2", "580"), WIDTH)
    assert counts(report) == (2, 1, 1, 0, 0)
    edit = imports.book(with_specimen, THIS_COMPUTER)[0].edit
    assert edit is not None
    assert undoing.undo(with_specimen, THIS_COMPUTER, edit).kept == ()
    assert held(with_specimen) == before


def test_what_people_did_to_the_measurements_stays(with_specimen: Connection) -> None:
    bring_in(with_specimen, LENGTH, WIDTH)
    mine = {"measurement_type": "length", "measurement_value": "23", "measurement_unit": "in"}
    length = held(with_specimen)[0]
    changed = plain(length) | {"measurement_value": "585"}
    version = specimens.get(with_specimen, KEY, who=THIS_COMPUTER).version
    specimens.amend(with_specimen, THIS_COMPUTER, KEY, {"statements": [changed, mine]}, version=version)
    report = bring_in(with_specimen, LENGTH, WIDTH, "79,18592,mea,1,,height,9,,")
    assert counts(report) == (3, 1, 0, 2, 0)
    assert [row.kept for row in report.rows] == [("statements",), ("statements",), ()]
    assert [one.measurement_value for one in held(with_specimen)] == ["585", "23", "9"]


def test_a_row_without_what_was_measured_is_refused() -> None:
    good = dict(zip(HEADINGS.split(","), LENGTH.split(","), strict=True))
    for changes in ({"measurement_no": ""}, {"specimen_no": "0x"}, {"measurement_type": "NA"}, {"average": ""}):
        with pytest.raises(RefusedRow):
            draft(good | changes)
    assert draft(good | {"average": "", "min": "5", "max": "7"})["measurement_value"] == "5–7"
    assert draft(good | {"average": "58,4", "specimen_no": "spm:18592"})["measurement_value"] == "58.4"
