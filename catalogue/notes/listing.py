"""Writing a person's own lists: make, rename and delete them, put specimens on and take them off, order them, note something beside one.

Whatever is deleted or taken off is handed back, and with it undone. Every deed reaches the person's own lists alone.
"""

from collections.abc import Sequence
from itertools import count

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from catalogue import finding
from catalogue.messages import CatalogueError, message
from catalogue.notes.lists import Entry, Heading, Opened, all_of, heading, opened
from catalogue.notes.texts import LONGEST_NAME, fit_name, fit_remark, known_as, this_moment
from catalogue.rights import Person, require
from catalogue.tables import private_list_entries, private_lists

MOST_LISTS = 100
"""Lists of one person."""
MOST_ENTRIES = 1_000
"""Specimens on a list."""


class ListRefused(CatalogueError):
    """A list cannot be made or filled like that."""


def make(connection: Connection, who: Person, name: str) -> Heading:
    """Make a list.

    Raises
    ------
    NotAllowed
        When the person may keep nothing.
    UnfitText
        When the name is blank or too long.
    ListRefused
        When the person has a list of that name, or as many as can be kept.
    """
    require(who, "keep_private_notes")
    name = fit_name(name)
    _refuse_taken(connection, who, name)
    if len(all_of(connection, who)) >= MOST_LISTS:
        said = message("You have {most} lists, as many as can be kept. Delete one you no longer need.", most=MOST_LISTS)
        raise ListRefused(said)
    made_at = this_moment()
    key = connection.execute(
        insert(private_lists).values(login=who.login, name=name, made_at=made_at)
    ).inserted_primary_key
    assert key is not None
    return Heading(key[0], name, made_at)


def rename(connection: Connection, who: Person, number: int, name: str) -> None:
    """Give a list another name.

    Raises
    ------
    NotAllowed, NoSuchList, UnfitText, ListRefused
    """
    head, name = heading(connection, who, number), fit_name(name)
    if name != head.name:
        _refuse_taken(connection, who, name)
        connection.execute(update(private_lists).where(private_lists.c.id == head.id).values(name=name))


def remove(connection: Connection, who: Person, number: int) -> Opened:
    """Delete a list; `bring_back` undoes it with what is returned. No record is touched.

    Raises
    ------
    NotAllowed, NoSuchList
    """
    whole = opened(connection, who, number)
    connection.execute(delete(private_lists).where(private_lists.c.id == whole.heading.id))
    return whole


def bring_back(connection: Connection, who: Person, deleted: Opened) -> Heading:
    """Make a deleted list again, as it was; under a name with a number where its name was given to another meanwhile.

    Raises
    ------
    NotAllowed, UnfitText, ListRefused
    """
    head = make(connection, who, _free_name(connection, who, deleted.heading.name))
    _insert(connection, head.id, deleted.entries, first=0)
    return heading(connection, who, head.id)


def put(connection: Connection, who: Person, number: int, occurrence_ids: Sequence[str]) -> int:
    """Put specimens at the end of a list, in their order; those that stand on it already stay where they are.

    Returns
    -------
    int
        How many were put there.

    Raises
    ------
    NotAllowed, NoSuchList
    NoSuchSpecimen
        When there is no record for one of the keys.
    ListRefused
        When the list would have more than `MOST_ENTRIES` specimens; then none is put there.
    """
    head = heading(connection, who, number)
    there = set(connection.scalars(select(private_list_entries.c.occurrence_id).where(_of(head.id))))
    new = [key for key in dict.fromkeys(occurrence_ids) if key not in there]
    refuse_endless(len(there) + len(new))
    found = finding.get_all(connection, new, who=who)
    if len(found) < len(new):
        finding.get(connection, next(key for key in new if key not in {one.occurrence_id for one in found}), who=who)
    entries = [Entry(one.occurrence_id, known_as(one)) for one in found]
    _insert(connection, head.id, entries, first=_end(connection, head.id))
    return len(entries)


def refuse_endless(count: int) -> None:
    """Refuse more specimens than a list holds; for callers that would have to read them first.

    Raises
    ------
    ListRefused
    """
    if count > MOST_ENTRIES:
        raise ListRefused(
            message(
                "A list holds at most {most} specimens; this one would have {count}. Narrow the search, or make another list.",
                most=MOST_ENTRIES,
                count=count,
            )
        )


def take_off(connection: Connection, who: Person, number: int, occurrence_id: str) -> tuple[int, Entry] | None:
    """Take a specimen off a list; `put_back` undoes it with what is returned: its place, from 0, and what stood there.

    Raises
    ------
    NotAllowed, NoSuchList
    """
    entries = opened(connection, who, number).entries
    for place, entry in enumerate(entries):
        if entry.occurrence_id == occurrence_id:
            connection.execute(delete(private_list_entries).where(_is(number, occurrence_id)))
            return place, entry
    return None


def put_back(connection: Connection, who: Person, number: int, taken: tuple[int, Entry]) -> None:
    """Put a specimen back where it stood, with its remark.

    Raises
    ------
    NotAllowed, NoSuchList, ListRefused
    """
    place, entry = taken
    head = heading(connection, who, number)
    if head.count >= MOST_ENTRIES:
        raise ListRefused(message("The list is full: it holds {most} specimens.", most=MOST_ENTRIES))
    if connection.scalar(select(private_list_entries.c.id).where(_is(number, entry.occurrence_id))) is None:
        _insert(connection, number, [entry], first=_end(connection, number))
        move(connection, who, number, entry.occurrence_id, place)


def move(connection: Connection, who: Person, number: int, occurrence_id: str, place: int) -> None:
    """Move a specimen to another place of its list, counted from 0; beyond the ends means the end.

    Raises
    ------
    NotAllowed, NoSuchList
    """
    heading(connection, who, number)
    column = private_list_entries.c
    query = select(column.id, column.occurrence_id, column.position).where(_of(number))
    rows = connection.execute(query.order_by(column.position, column.id)).all()
    moved = [row for row in rows if row.occurrence_id == occurrence_id]
    others = [row for row in rows if row.occurrence_id != occurrence_id]
    place = max(0, place)
    for position, row in enumerate([*others[:place], *moved, *others[place:]]):
        if row.position != position:
            connection.execute(update(private_list_entries).where(column.id == row.id).values(position=position))


def remark(connection: Connection, who: Person, number: int, occurrence_id: str, written: str) -> None:
    """Write the note beside a specimen of a list; a blank one takes it away.

    Raises
    ------
    NotAllowed, NoSuchList, UnfitText
    """
    heading(connection, who, number)
    values = {"remark": fit_remark(written)}
    connection.execute(update(private_list_entries).where(_is(number, occurrence_id)).values(**values))


def _insert(connection: Connection, number: int, entries: Sequence[Entry], *, first: int) -> None:
    rows = [
        {"list_id": number, "position": position, "occurrence_id": one.occurrence_id, "known_as": one.known_as,
         "remark": one.remark}
        for position, one in enumerate(entries, start=first)
    ]  # fmt: skip
    if rows:
        connection.execute(insert(private_list_entries), rows)


def _end(connection: Connection, number: int) -> int:
    last = connection.scalar(select(func.max(private_list_entries.c.position)).where(_of(number)))
    return 0 if last is None else last + 1


def _refuse_taken(connection: Connection, who: Person, name: str) -> None:
    if name in {one.name for one in all_of(connection, who)}:
        raise ListRefused(message("You already have a list “{name}”.", name=name))


def _free_name(connection: Connection, who: Person, name: str) -> str:
    taken = {one.name for one in all_of(connection, who)}
    others = (f"{name[: LONGEST_NAME - 6]} ({number})" for number in count(2))
    return name if name not in taken else next(other for other in others if other not in taken)


def _of(number: int) -> ColumnElement[bool]:
    return private_list_entries.c.list_id == number


def _is(number: int, occurrence_id: str) -> ColumnElement[bool]:
    return and_(_of(number), private_list_entries.c.occurrence_id == occurrence_id)
