"""How fast many records are changed and put back, beside plain SQLAlchemy Core: the same updates with an audit row each, and no more.

Run with ``python -m pytest -m benchmark -s tests/benchmarks/test_bulk.py``.
"""

import time
from collections.abc import Callable
from typing import TypeVar

import pytest
from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from catalogue import bulk, history, undoing
from catalogue.bulk import Rule
from catalogue.database import reading, writing
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query
from catalogue.tables import changes, specimens
from tests.benchmarks.sizes import sized
from tests.benchmarks.worlds import fill

RECORDS = sized(10_000, 500)
Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What some work gives, and the seconds it took."""
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def plain_core(connection: Connection, formation: str) -> int:
    """Set one column of every record and write an audit row each: no check, no search words, no lists, no versions compared."""
    rows = connection.execute(
        select(specimens.c.id, specimens.c.occurrence_id, specimens.c.version, specimens.c.formation)
    ).all()
    edit = history.begin(connection, "bulk", "plain")
    statement = (
        update(specimens)
        .where(specimens.c.id == bindparam("row"))
        .values(formation=bindparam("to"), version=bindparam("next"))
    )
    connection.execute(statement, [{"row": row.id, "to": formation, "next": row.version + 1} for row in rows])
    audit = [
        {
            "edit_id": edit,
            "occurrence_id": row.occurrence_id,
            "version": row.version + 1,
            "field": "formation",
            "before": row.formation,
            "after": formation,
        }
        for row in rows
    ]
    connection.execute(insert(changes), audit)
    return len(rows)


@pytest.mark.benchmark
def test_a_bulk_edit_beside_plain_core(database: Engine) -> None:
    fill(database, RECORDS)
    with reading(database) as connection:
        shown, looked = timed(
            lambda: bulk.preview(connection, THIS_COMPUTER, Query(), "formation", Rule("set", "Yimen"))
        )
    with writing(database) as connection:
        edit, applied = timed(lambda: bulk.apply(connection, THIS_COMPUTER, shown))
    with writing(database) as connection:
        undone, taken_back = timed(lambda: undoing.undo(connection, THIS_COMPUTER, edit.id))
    with writing(database) as connection:
        plain, bare = timed(lambda: plain_core(connection, "Zhanghe"))
    print(
        f"\n{RECORDS:,} records on {database.dialect.name}: preview {looked:.2f} s, apply {applied:.2f} s, undo {taken_back:.2f} s\n"
        f"plain SQLAlchemy Core, an update and an audit row each: {bare:.2f} s; apply takes {applied / bare:.1f} times that"
    )
    assert (shown.changed, len(undone.records), undone.kept, plain) == (RECORDS, RECORDS, (), RECORDS)
