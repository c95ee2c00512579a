"""Others save while the rows of an import are judged: both are kept, and nothing is kept that does not hold any more."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from catalogue import specimens, withholding
from catalogue.database import reading, writing
from catalogue.exchange import pipeline
from catalogue.exchange.outcomes import Report
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query

HEADINGS = (
    "occurrenceID,basisOfRecord,institutionCode,catalogNumber,scientificName,earliestAgeOrLowestStage,formation\n"
)
FILE = (
    HEADINGS + "".join(f"k:{n},FossilSpecimen,LFGT,V{n},Lufengosaurus huenei,Hettangian,Lufeng\n" for n in range(3))
).encode()
DRAFT: dict[str, Any] = {
    "basis_of_record": "FossilSpecimen",
    "institution_code": "LFGT",
    "verbatim_identification": "Sinosaurus triassicus",
    "earliest_interval": "Sinemurian",
    "locality": "Dawa",
}
Save = Callable[[Connection], object]


@pytest.fixture
def bring_in(database: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Report, int]]:
    """Imports the file, and lets somebody save when its rows are judged; gives the report, and how often they were judged."""
    monkeypatch.setattr(pipeline, "reading", lambda: reading(database))
    monkeypatch.setattr(pipeline, "writing", lambda: writing(database))
    judged = []
    real = pipeline._judge

    def judge(*given: Any, **more: Any) -> None:
        judged.append(1)
        real(*given, **more)

    monkeypatch.setattr(pipeline, "_judge", judge)

    def bring(save: Save | None = None) -> tuple[Report, int]:
        judged.clear()
        still_to_save = [save] if save else []

        def progress(done: int, whole: int) -> None:
            if still_to_save:
                assert 2 * done <= whole, "it is judged, and nothing is written yet"
                with writing(database) as connection:
                    still_to_save.pop()(connection)

        return pipeline.bring_in(THIS_COMPUTER, "a.csv", FILE, progress=progress), len(judged)

    return bring


def counts(report: Report) -> tuple[int, int, int, int]:
    assert report.read == report.accepted + report.changed + report.unchanged + report.rejected
    return report.accepted, report.changed, report.unchanged, report.rejected


def add(**more: object) -> Save:
    return lambda connection: specimens.add(connection, THIS_COMPUTER, DRAFT | more)


def test_who_saves_another_record_does_not_wait(database: Engine, bring_in: Any) -> None:
    report, judged = bring_in(add(catalog_number="V77"))
    assert (counts(report), judged) == ((3, 0, 0, 0), 1)
    with reading(database) as connection:
        assert specimens.count(connection) == 4
        assert specimens.count(connection, Query(text="lufeng")) == 3


def test_a_record_that_came_meanwhile_is_changed_not_added(database: Engine, bring_in: Any) -> None:
    report, judged = bring_in(add(occurrence_id="k:1", catalog_number="V1"))
    assert (counts(report), judged) == ((2, 1, 0, 0), 2)
    with reading(database) as connection:
        assert specimens.get(connection, "k:1").verbatim_identification == "Lufengosaurus huenei"


def test_a_number_that_was_given_away_meanwhile_is_told(bring_in: Any) -> None:
    report, judged = bring_in(add(catalog_number="V2"))
    assert (counts(report), judged) == ((2, 0, 0, 1), 2)
    assert "already in use" in str(report.rejects[0].reason)


def test_what_a_person_changed_meanwhile_stays(database: Engine, bring_in: Any) -> None:
    bring_in()
    with writing(database) as connection:
        specimens.amend(connection, THIS_COMPUTER, "k:0", {"formation": "Zhanghe"}, version=1)
    assert counts(bring_in()[0]) == (0, 0, 3, 0)
    with reading(database) as connection:
        assert specimens.get(connection, "k:0").formation == "Zhanghe"


def test_a_site_that_is_withheld_from_now_on_is_withheld(database: Engine, bring_in: Any) -> None:
    report, judged = bring_in(lambda one: withholding.add_rule(one, THIS_COMPUTER, "formation", "Lufeng"))
    assert (counts(report), judged) == ((3, 0, 0, 0), 2)
    with reading(database) as connection:
        assert all(withholding.is_withheld(connection, f"k:{n}") for n in range(3))


def test_the_same_file_again_does_not_write(bring_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in()

    def no_writing() -> None:
        raise AssertionError("nothing is new, so nobody need wait")

    monkeypatch.setattr(pipeline, "writing", no_writing)
    assert counts(bring_in()[0]) == (0, 0, 3, 0)
