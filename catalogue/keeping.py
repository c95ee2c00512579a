"""Writing a record and its history: what the doors share (`catalogue.specimens`, taking over, undoing, changing many).

Nothing here asks for rights: each door does so before it comes here. What is written is checked, and stands in the history in the
same transaction.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from catalogue import history
from catalogue.checking import Draft, InvalidDraft, Values, check
from catalogue.checking_parts import check_parts
from catalogue.finding import NoSuchSpecimen, get, parts_of
from catalogue.messages import CatalogueError, Problem, message
from catalogue.names import UnreadableName, parse_name
from catalogue.parts import IDENTIFICATIONS, PARTS, RELATED, Identification, Parts, all_plain, part_of, plain, words_of
from catalogue.records import OWN, Change, Specimen
from catalogue.relations import problems_with_relations
from catalogue.rights import THIS_COMPUTER, Person
from catalogue.searching.words import search_text
from catalogue.tables import PART_TABLES, specimens

_MADE_BY_US = frozenset({"created", "modified", "version", "import_id"})
_KEPT = tuple(field.name for field in fields(Specimen) if field.name not in _MADE_BY_US)
_OF_THE_NAME = tuple(
    field.name for field in fields(Identification) if field.name not in {"verbatim_identification", "type_status"}
)
"""What is known of a name and not of the specimen: it goes when another name comes."""


class Conflict(CatalogueError):
    """Somebody else changed the record since it was opened.

    Parameters
    ----------
    theirs : Specimen
        The record as it is now.
    since : list of Change
        What was changed since it was opened, newest first.
    """

    def __init__(self, theirs: Specimen, since: list[Change]) -> None:
        who = since[0].edit.made_by if since else THIS_COMPUTER.login
        somebody = message("Somebody") if who == THIS_COMPUTER.login else who
        super().__init__(
            message(
                "{who} changed this record while you had it open. Nothing you typed is lost: choose what to keep.",
                who=somebody,
            )
        )
        self.theirs = theirs
        self.since = since


def held_by(connection: Connection, specimen: Specimen) -> dict[str, object]:
    """All that a record holds, by field, with its lists of parts; what `history.state_at` reckons back from."""
    return _held(specimen, parts_of(connection, specimen.occurrence_id))


def checked_values(
    connection: Connection,
    draft: Draft,
    *,
    replaces: str = "",
    taken: Mapping[tuple[object, object], object] | None = None,
    also: Iterable[Problem] = (),
) -> Values:
    """The clean values of a draft, or `InvalidDraft` with every problem; `also` are those that were found elsewhere."""
    checked = check(draft)
    problems = checked.problems or _problems_with_number(connection, checked.values, replaces, taken or {})
    problems = [*problems, *also]
    if problems:
        raise InvalidDraft(problems)
    return checked.values


def checked_parts(
    connection: Connection, draft: Draft, held: Parts, *, occurrence_id: str = "", new: bool = True
) -> tuple[dict[str, list[Any]], list[Problem]]:
    """The lists of a record as a draft wants them, and what is wrong with them; a list that the draft leaves out stays.

    `new` says whether what they relate to must exist: what is brought back from history stays as it was.
    """
    parts = dict(held)
    problems: list[Problem] = []
    for name in PARTS.keys() & draft.keys():
        rows = draft[name]
        assert isinstance(rows, list | tuple)
        parts[name], wrong = check_parts(name, occurrence_id, rows)
        problems += wrong
    if new and RELATED in draft and not problems:
        problems += problems_with_relations(connection, occurrence_id, parts[RELATED], held[RELATED])
    return parts, problems


def as_new(values: Values, import_id: int | None) -> Values:
    """Values with what a new record gets from us: a key, times, version 1."""
    now = _now()
    key = values["occurrence_id"] or f"urn:uuid:{uuid.uuid4()}"
    return {**values, "occurrence_id": key, "created": now, "modified": now, "version": 1, "import_id": import_id}


def insert_new(connection: Connection, values: Values, parts: Parts) -> Specimen:
    """Write a record that is not there yet, with its parts."""
    specimen = Specimen(**values)  # type: ignore[arg-type]
    row = {**values, "search_text": search_text(specimen, words_of(parts))}
    key = connection.execute(insert(specimens).values(**row)).inserted_primary_key
    assert key is not None
    for name, part_list in parts.items():
        _write_parts(connection, key[0], name, part_list)
    return specimen


def change(
    connection: Connection,
    who: Person,
    occurrence_id: str,
    draft: Draft,
    *,
    kind: str,
    why: str = "",
    edit: int | None = None,
) -> Specimen:
    """Bring a record to what a draft says, and write down what differs; without a difference nothing is written."""
    before = get(connection, occurrence_id)
    had = parts_of(connection, occurrence_id)
    held = _held(before, had)
    back = kind == "undo"
    draft = draft if back else _with_former_name(held, draft)
    parts, problems = checked_parts(connection, draft, had, occurrence_id=occurrence_id, new=not back)
    values = checked_values(connection, {**held, **draft}, replaces=occurrence_id, also=problems)
    after = {**values, **all_plain(parts)}
    if all(held[name] == value for name, value in after.items()):
        return before
    edit = edit if edit is not None else history.begin(connection, kind, who.login, why=why)
    changed = _write(connection, before, values, had, parts)
    history.note(connection, edit, occurrence_id, changed.version, held, after)
    return changed


def take_out(connection: Connection, edit: int, occurrence_id: str) -> None:
    """Delete a record and write down all that it held."""
    specimen = get(connection, occurrence_id)
    kept = held_by(connection, specimen) | {"created": specimen.created, "import_id": specimen.import_id}
    connection.execute(delete(specimens).where(specimens.c.occurrence_id == occurrence_id))
    history.note_removed(connection, edit, occurrence_id, specimen.version + 1, kept)


def put_back(connection: Connection, edit: int, occurrence_id: str) -> Specimen:
    """Write a removed record again, from what its history kept."""
    past = history.of_record(connection, occurrence_id)
    if not past or past[0].field != history.WHOLE or not isinstance(past[0].before, dict):
        raise NoSuchSpecimen(message("No record “{occurrence_id}” was removed.", occurrence_id=occurrence_id))
    held = dict(past[0].before)
    parts = {name: [part_of(name, occurrence_id, one) for one in held.pop(name, [])] for name in PARTS}
    of_us: Values = {
        "created": held.pop("created"),
        "import_id": held.pop("import_id"),
        "modified": _now(),
        "version": past[0].version + 1,
    }
    specimen = insert_new(connection, checked_values(connection, held, replaces=occurrence_id) | of_us, parts)
    history.note_added(connection, edit, [occurrence_id], version=specimen.version)
    return specimen


def refuse_stale(connection: Connection, occurrence_id: str, version: int) -> None:
    """Raise `Conflict` when a record is not of the version that somebody had open."""
    current = get(connection, occurrence_id)
    if current.version != version:
        past = history.of_record(connection, occurrence_id)
        raise Conflict(current, [made for made in past if made.version > version])


def _held(specimen: Specimen, parts: Parts) -> dict[str, object]:
    return {name: getattr(specimen, name) for name in _KEPT} | all_plain(parts)


def _with_former_name(held: Mapping[str, object], draft: Draft) -> Draft:
    """When a draft brings another name, the old one goes into the list of identifications, with who gave it and when."""
    written = draft.get("verbatim_identification")
    if written is None or IDENTIFICATIONS in draft or _same_name(written, held["verbatim_identification"]):
        return draft
    former = {field.name: held[field.name] for field in fields(Identification)}
    listed_before = held[IDENTIFICATIONS]
    assert isinstance(listed_before, list)
    return {**dict.fromkeys(_OF_THE_NAME, ""), **draft, IDENTIFICATIONS: [former, *listed_before]}


def _same_name(written: object, held: object) -> bool:
    try:
        return parse_name(str(written)).verbatim == held
    except UnreadableName:
        return True  # the check of the draft says what is wrong with it


def _write(connection: Connection, before: Specimen, values: Values, had: Parts, parts: Parts) -> Specimen:
    of_us: Values = {"modified": _now(), "version": before.version + 1}
    after = Specimen(**values, **of_us, created=before.created, import_id=before.import_id)  # type: ignore[arg-type]
    column = specimens.c
    written = connection.execute(
        update(specimens)
        .where(column.occurrence_id == before.occurrence_id, column.version == before.version)
        .values(**values, **of_us, search_text=search_text(after, words_of(parts)))
    )
    if written.rowcount == 0:
        refuse_stale(connection, before.occurrence_id, before.version)
    key = connection.scalar(select(column.id).where(column.occurrence_id == before.occurrence_id))
    for name in (name for name in PARTS if parts[name] != had[name]):
        connection.execute(delete(PART_TABLES[name]).where(PART_TABLES[name].c.specimen_id == key))
        _write_parts(connection, key, name, parts[name])
    return after


def _write_parts(connection: Connection, specimen_id: object, name: str, part_list: Iterable[Any]) -> None:
    rows = [
        {"specimen_id": specimen_id, "position": position, **plain(part)} for position, part in enumerate(part_list)
    ]
    if rows:
        connection.execute(insert(PART_TABLES[name]), rows)


def _problems_with_number(
    connection: Connection, values: Values, replaces: str, taken: Mapping[tuple[object, object], object]
) -> list[Problem]:
    if values["basis_of_record"] != OWN:
        return []
    column = specimens.c
    holder = taken.get((values["institution_code"], values["catalog_number"])) or connection.scalar(
        select(column.verbatim_identification).where(
            column.basis_of_record == OWN,
            column.institution_code == values["institution_code"],
            column.catalog_number == values["catalog_number"],
            column.occurrence_id != replaces,
        )
    )
    if holder is None:
        return []
    said = message(
        "Catalogue number “{number}” is already in use, for {name}. Each specimen has its own number.",
        number=values["catalog_number"],
        name=holder,
    )
    return [Problem("catalog_number", said)]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
