"""Taking entries over from files, and taking that back; who brought what stands in the same history as the records'.

An entry stands there under ``published:12``, and `catalogue.undoing` takes it back. Judging reads only, so that a preview and an
import judge alike. Nobody edits an entry by hand: it says what its source says, and the next file of that source may say otherwise.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, delete, insert, select, update

from catalogue import history
from catalogue.messages import Message, message
from catalogue.published.entries import Entry, Kind, from_plain, plain
from catalogue.records import Change
from catalogue.rights import Person, require
from catalogue.tables import published_entries

KEY = "published:"
"""How the keys begin under which changes of entries stand in the history."""
Left: TypeAlias = tuple[str, ...] | Message | None
"""What taking back left of an entry: the fields that people changed since, why all of it stays, or nothing."""
_column = published_entries.c


@dataclass(frozen=True)
class Judged:
    """What taking over an entry means: whether it is new, changed, or as it was; and, where it was there, what it said."""

    outcome: Literal["accepted", "changed", "unchanged"]
    entry: Entry
    before: Entry | None


class TakingOver:
    """Many entries taken over from a file. Each key may come once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._present: dict[str, Entry] = {}

    def look_up(self, keys: Iterable[str]) -> None:
        """Find the entries of the next rows; those of rows before are forgotten."""
        rows = self._connection.execute(select(published_entries).where(_column.key.in_(list(keys))))
        self._present = {entry.key: entry for entry in map(entry_of, rows)}

    def judge(self, entry: Entry) -> Judged:
        """Say what an entry that was looked up means. What its file says nothing of becomes blank: the source is one list."""
        before = self._present.get(entry.key)
        if before is None:
            return Judged("accepted", entry, None)
        return Judged("unchanged" if before.says == entry.says else "changed", entry, before)

    def keep(
        self, who: Person, judged: Sequence[Judged], *, import_id: int | None = None, edit: int | None = None
    ) -> int:
        """Write what was judged. Returns the number of the edit, for the next batch.

        Raises
        ------
        NotAllowed
            When the person may not import.
        """
        require(who, "import")
        number = edit if edit is not None else history.begin(self._connection, "import", who.login, import_id=import_id)
        for one in judged:
            if one.outcome == "changed" and one.before is not None:
                _write(self._connection, number, one.before, plain(one.entry.says))
        new = [_row(one.entry, import_id) for one in judged if one.outcome == "accepted"]
        if new:
            self._connection.execute(insert(published_entries), new)
            keys = [row["key"] for row in new]
            ids = self._connection.scalars(select(_column.id).where(_column.key.in_(keys)).order_by(_column.id))
            history.note_added(self._connection, number, [f"{KEY}{one}" for one in ids])
        return number


def is_key(key: str) -> bool:
    """Whether a key of the history is that of an entry."""
    return key.startswith(KEY) and key.removeprefix(KEY).isdecimal()


def take_back(connection: Connection, edit: int, made_of: Mapping[str, list[Change]]) -> dict[str, Left]:
    """Take back what an edit did to some entries, as a part of another edit.

    Returns
    -------
    dict of str to tuple of str, Message or None
        By key: the fields that were changed again since and stay, why nothing could be taken back, or None when all was.
    """
    present = _present(connection, made_of)
    lefts: dict[str, Left] = {}
    back: list[dict[str, Any]] = []
    leaving: list[Any] = []
    for key, made in made_of.items():
        whole = next((one for one in made if one.field == history.WHOLE), None)
        row = present.get(key)
        if whole is not None and isinstance(whole.before, dict):
            back.append({**whole.before, "id": _number(key), "version": whole.version + 1})
        elif row is None:
            lefts[key] = message("It is not there any more.")
        elif whole is None:
            lefts[key] = _fields_back(connection, edit, entry_of(row), made)
        elif row.version != whole.version:
            lefts[key] = message("It was changed since it was added, so it stays.")
        else:
            leaving.append(row)
    _take_out(connection, edit, leaving)
    _put_back(connection, edit, back)
    return {key: lefts.get(key) for key in made_of}


def _present(connection: Connection, keys: Iterable[str]) -> dict[str, Any]:
    rows = connection.execute(select(published_entries).where(_column.id.in_(list(map(_number, keys)))))
    return {f"{KEY}{row.id}": row for row in rows}


def _number(key: str) -> int:
    return int(key.removeprefix(KEY))


def _fields_back(connection: Connection, edit: int, now: Entry, made: Sequence[Change]) -> tuple[str, ...] | None:
    held = plain(now.says)
    back_to = {one.field: one.before for one in made if held.get(one.field) == one.after}
    if back_to:
        _write(connection, edit, now, held | back_to)
    return tuple(one.field for one in made if one.field not in back_to) or None


def _take_out(connection: Connection, edit: int, leaving: Sequence[Any]) -> None:
    rows = [(row.id, row.version, dict(row._mapping)) for row in leaving]
    connection.execute(delete(published_entries).where(_column.id.in_([number for number, _, _ in rows])))
    history.keep(
        connection, [history.removed(edit, f"{KEY}{number}", version + 1, held) for number, version, held in rows]
    )


def _put_back(connection: Connection, edit: int, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(published_entries), list(rows))
    for row in rows:
        history.note_added(connection, edit, [f"{KEY}{row['id']}"], version=row["version"])


def entry_of(row: Any) -> Entry:
    """A row of the table."""
    kind: Kind = row.kind
    return Entry(row.key, kind, from_plain(kind, row.says), row.source, row.id, row.version)


def _row(entry: Entry, import_id: int | None) -> dict[str, Any]:
    return {
        "key": entry.key,
        "kind": entry.kind,
        "title": entry.says.title,
        "looked_up_by": entry.says.looked_up_by,
        "says": plain(entry.says),
        "source": entry.source,
        "import_id": import_id,
        "version": 1,
    }


def _write(connection: Connection, edit: int, before: Entry, after: Mapping[str, Any]) -> None:
    says, version = from_plain(before.kind, after), before.version + 1
    values = {"says": plain(says), "title": says.title, "looked_up_by": says.looked_up_by, "version": version}
    connection.execute(update(published_entries).where(_column.id == before.id).values(values))
    history.note(connection, edit, f"{KEY}{before.id}", version, plain(before.says), after)
