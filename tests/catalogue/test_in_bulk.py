"""`catalogue.in_bulk`: what is written for many at once is what would have been written for each."""

from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, select, text

from catalogue import history, in_bulk, specimens, withholding
from catalogue.database import writing
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query
from catalogue.tables import touched
from catalogue.taking_over import TakingOver

ROW: dict[str, Any] = {
    "basis_of_record": "MaterialCitation",
    "verbatim_identification": "Lufengosaurus huenei",
    "earliest_interval": "Hettangian",
    "locality": "Dawa",
    "translations": {"zh": {"locality": "大洼"}},
}


def bring(connection: Connection, count: int, *, start: int = 0) -> None:
    door = TakingOver(connection)
    keys = [f"x:{number}" for number in range(start, start + count)]
    door.look_up(keys)
    judged = [door.judge(ROW | {"occurrence_id": key, "formation": f"Bed{key[2:]}"}) for key in keys]
    edit = None
    with in_bulk.many_added(connection, count) as follow:
        for at in range(0, count, 10):
            edit = door.keep(THIS_COMPUTER, judged[at : at + 10], edit=edit)
            follow()


def triggers(connection: Connection) -> dict[str, str]:
    if connection.dialect.name != "sqlite":
        return {}
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {name: written for name, written in rows}  # noqa: C416


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_bulk, "MANY", 5)
    monkeypatch.setattr(in_bulk, "_TOGETHER", 20)


@pytest.mark.usefixtures("few_are_many")
def test_many_records_are_found_and_have_a_history(connection: Connection) -> None:
    before = triggers(connection)
    bring(connection, 3)
    bring(connection, 57, start=3)
    assert triggers(connection) == before
    for words in ("lufengosaurus", "大洼", "hettangian"):
        assert specimens.count(connection, Query(text=words)) == 60
    assert specimens.count(connection, Query(text="bed41")) == 1
    assert {specimens.get(connection, f"x:{n}").translations["zh"]["locality"] for n in (0, 59)} == {"大洼"}
    (added,) = history.of_record(connection, "x:59")
    assert (added.field, added.before, added.after, added.version) == (history.WHOLE, None, {}, 1)
    assert connection.scalar(select(func.count(touched.c.specimen_id.distinct()))) == 60
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO specimens_fts(specimens_fts, rank) VALUES('integrity-check', 1)"))
        gathered = connection.scalar(text("SELECT v FROM specimens_fts_config WHERE k = 'hashsize'"))
        assert gathered == 2**20, "others gather as little in memory as before"


@pytest.mark.usefixtures("few_are_many")
def test_records_written_later_are_followed_one_by_one_again(connection: Connection) -> None:
    bring(connection, 30)
    specimens.add(connection, THIS_COMPUTER, ROW | {"occurrence_id": "late", "formation": "Zhanghe"})
    assert [one.occurrence_id for one in specimens.find(connection, Query(text="zhanghe")).specimens] == ["late"]


@pytest.mark.usefixtures("few_are_many")
def test_given_up_all_is_as_before(database: Engine) -> None:
    with writing(database) as connection:
        before, cache = triggers(connection), _cache(connection)
        with pytest.raises(RuntimeError), connection.begin_nested(), in_bulk.many_added(connection, 30):
            bring(connection, 3)
            raise RuntimeError
        assert (triggers(connection), _cache(connection)) == (before, cache)
        assert specimens.count(connection) == 0
        assert specimens.count(connection, Query(text="lufengosaurus")) == 0
        bring(connection, 4)
        assert specimens.count(connection, Query(text="lufengosaurus")) == 4


@pytest.mark.usefixtures("few_are_many")
def test_many_are_withheld_and_opened_again(connection: Connection) -> None:
    """Their words are written again together; one found by its place is not found by it while it is withheld."""
    bring(connection, 30)
    before, newest = triggers(connection), connection.scalar(select(func.max(touched.c.id)))
    rule = withholding.add_rule(connection, THIS_COMPUTER, "locality", "Dawa")
    assert triggers(connection) == before
    assert connection.scalar(select(func.max(touched.c.id))) == (newest or 0) + 30
    assert specimens.count(connection, Query(text="dawa")) == 0
    assert specimens.count(connection, Query(text="dawa"), who=THIS_COMPUTER) == 30
    withholding.end_rule(connection, THIS_COMPUTER, rule.id)
    assert specimens.count(connection, Query(text="dawa")) == 30
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO specimens_fts(specimens_fts, rank) VALUES('integrity-check', 1)"))


def _cache(connection: Connection) -> int:
    return connection.exec_driver_sql("PRAGMA cache_size").scalar_one() if connection.dialect.name == "sqlite" else 0
