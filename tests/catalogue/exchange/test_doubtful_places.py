"""Doubts about places are counted among the notes of an import, and keep no row out."""

from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import Connection, Engine

from catalogue import database as opened
from catalogue.exchange.pipeline import bring_in, preview
from catalogue.messages import Message, message
from catalogue.rights import THIS_COMPUTER

FILE = """occurrenceID,basisOfRecord,scientificName,earliestAgeOrLowestStage,locality,decimalLatitude,decimalLongitude,countryCode
a,MaterialCitation,Lufengosaurus,Sinemurian,Dawa,0,0,CN
b,MaterialCitation,Lufengosaurus,Sinemurian,Dawa,25.1,102.1,CN
c,MaterialCitation,Lufengosaurus,Sinemurian,Dawa,,,CN
d,MaterialCitation,Lufengosaurus,Sinemurian,Dawa,0,0,CN
"""
ODD = message("That is odd.")


def test_doubts_are_counted_and_no_row_is_kept_out(connection: Connection) -> None:
    asked: list[tuple[float, float, str]] = []

    def doubts(north: Sequence[float], east: Sequence[float], codes: Sequence[str]) -> Mapping[int, list[Message]]:
        asked.extend(zip(north, east, codes, strict=True))
        return {number: [ODD] for number, latitude in enumerate(north) if latitude == 0}

    plain = preview(connection, "finds.csv", FILE.encode())
    outcome = preview(connection, "finds.csv", FILE.encode(), place_doubts=doubts)
    assert outcome.accepted == plain.accepted == 4
    assert asked == [(0, 0, "CN"), (25.1, 102.1, "CN"), (0, 0, "CN")]
    assert outcome.notes == ((ODD, 2),)
    assert outcome.as_json()["note_rows"] == {"That is odd.": [2, 5]}
    assert plain.notes == ()


def test_they_are_counted_when_rows_are_judged_before_the_catalogue_is_held(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "engine", lambda: database)
    report = bring_in(
        THIS_COMPUTER, "finds.csv", FILE.encode(), place_doubts=lambda north, east, codes: {len(north) - 1: [ODD]}
    )
    assert (report.accepted, report.notes) == (4, ((ODD, 1),))
    assert list(report.noted) == [(5, [ODD])]
