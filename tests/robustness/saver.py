"""A process of its own that saves records as it is told, one line of JSON at a time, and says of each save whether it was kept.

Only what the database has acknowledged is told, so that whoever reads may kill this process at any moment and knows what must be there.
"""

import json
import random
import sys
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine

from catalogue import bulk, history, specimens, undoing
from catalogue.bulk import NothingToChange, Rule
from catalogue.database import open_database, reading, writing
from catalogue.exchange import pipeline
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query
from catalogue.specimens import Conflict, NoSuchSpecimen

DRAFT = {
    "verbatim_identification": "Lufengosaurus huenei",
    "earliest_interval": "Hettangian",
    "locality": "Dawa",
}
_FIELDS = ("formation", "locality", "occurrence_remarks", "verbatim_identification", "earliest_interval")
_CHOICES = {
    "verbatim_identification": ["cf. Lufengosaurus", "Sinosaurus triassicus", "Theropoda indet."],
    "earliest_interval": ["Norian", "Rhaetian", "Hettangian"],
}


def tell(**said: object) -> None:
    """One line for whoever reads."""
    print(json.dumps(said), flush=True)


def race(engine: Engine, key: str) -> None:
    """Save one record again and again, with the version that was seen when told to ``open``."""
    version = 0
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "open":
            with reading(engine) as connection:
                version = specimens.get(connection, key).version
            tell(opened=version)
            continue
        try:
            with writing(engine) as connection:
                draft = {order["field"]: order["value"]}
                after = specimens.amend(connection, THIS_COMPUTER, key, draft, version=version)
        except Conflict as conflict:
            tell(conflict=conflict.theirs.version)
        else:
            tell(saved=after.version)


def work(engine: Engine, seed: str) -> None:
    """Add, change, remove, bring back, change many and undo, at random and without end."""
    chance = random.Random(seed)
    deeds: list[Callable[[Connection, random.Random], object]] = [_add, _amend, _amend, _amend, _remove, _many, _undo]
    while True:
        try:
            with writing(engine) as connection:
                chance.choice(deeds)(connection, chance)
                made = _what_was_made(connection)
        except (NoSuchSpecimen, NothingToChange, IndexError, undoing.AlreadyUndone):
            continue
        tell(**made)


def _what_was_made(connection: Connection) -> dict[str, Any]:
    edit = history.edits_of(connection, limit=1)[0]
    return {"edit": edit.id, "kind": edit.kind, "changes": len(history.of_edit(connection, edit.id))}


def _keys(connection: Connection) -> list[str]:
    return [one.occurrence_id for one in specimens.find(connection, size=None).specimens]


def _add(connection: Connection, chance: random.Random) -> None:
    specimens.add(connection, THIS_COMPUTER, DRAFT | {"catalog_number": f"K {chance.random()}"})


def _amend(connection: Connection, chance: random.Random) -> None:
    key, name = chance.choice(_keys(connection)), chance.choice(_FIELDS)
    value = chance.choice(_CHOICES.get(name, [f"word{chance.random()}"]))
    specimens.amend(connection, THIS_COMPUTER, key, {name: value}, version=specimens.get(connection, key).version)


def _remove(connection: Connection, chance: random.Random) -> None:
    key = chance.choice(_keys(connection))
    specimens.remove(connection, THIS_COMPUTER, key, version=specimens.get(connection, key).version)


def _many(connection: Connection, chance: random.Random) -> None:
    shown = bulk.preview(connection, THIS_COMPUTER, Query(), "member", Rule("set", f"word{chance.random()}"))
    bulk.apply(connection, THIS_COMPUTER, shown)


def _undo(connection: Connection, chance: random.Random) -> None:
    edits = [edit for edit in history.edits_of(connection) if edit.kind != "undo"]
    undoing.undo(connection, THIS_COMPUTER, chance.choice(edits).id)


def take_in(engine: Engine, rows: str) -> None:
    """Import one file after the other, each with as many rows."""
    for number in range(1_000_000):
        with writing(engine) as connection:
            start = specimens.count(connection)
            report = pipeline.commit(
                connection, THIS_COMPUTER, f"{number}.csv", _file(start, int(rows)), progress=_tell_progress
            )
        tell(import_id=report.import_id, accepted=report.accepted)


def _tell_progress(done: int, whole: int) -> None:
    tell(done=done, whole=whole)


def _file(start: int, rows: int) -> bytes:
    heading = "occurrence_no,accepted_name,early_interval,max_ma,min_ma,formation\n"
    lines = (f"{number},Lufengosaurus,Hettangian,201.4,199.5,F{number}\n" for number in range(start, start + rows))
    return (heading + "".join(lines)).encode()


if __name__ == "__main__":
    {"race": race, "work": work, "take_in": take_in}[sys.argv[1]](open_database(sys.argv[2]), sys.argv[3])
