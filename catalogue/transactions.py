"""Writing in the book of loans and accessions: enter, change, take out, undo.

Who changed what stands in the same history as the records', under ``loan:7``, and `catalogue.undoing` takes it back there. Reading is
in `catalogue.lending`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from catalogue import history
from catalogue.checking import Draft, InvalidDraft, check_text
from catalogue.checking_parts import is_day
from catalogue.lending import KINDS, Loan, Transaction, get
from catalogue.messages import CatalogueError, Problem, message
from catalogue.records import Change
from catalogue.rights import Person, require
from catalogue.tables import loan_specimens, loans, specimens


class TransactionChanged(CatalogueError):
    """Somebody else changed the loan or accession since it was opened."""


def add(connection: Connection, who: Person, kind: str, draft: Draft, *, why: str = "") -> Any:
    """Enter a loan or an accession.

    Parameters
    ----------
    connection : Connection
        In a transaction (`catalogue.database.writing`).
    kind : str
        ``loan`` or ``accession``.
    draft : mapping
        Its fields as typed; ``occurrence_ids`` are keys of records.

    Raises
    ------
    NotAllowed
    InvalidDraft
        With every problem; nothing is written.
    """
    require(who, "manage_loans")
    made = _checked(connection, kind, draft)
    kept = _insert(connection, kind, made)
    edit = history.begin(connection, "add", who.login, why=why)
    history.note_added(connection, edit, [key_of(kept)])
    return kept


def amend(
    connection: Connection, who: Person, kind: str, number: int, draft: Draft, *, version: int, why: str = ""
) -> Any:
    """Change a loan or an accession; fields that the draft leaves out stay.

    Raises
    ------
    NotAllowed, InvalidDraft, NoSuchTransaction
    TransactionChanged
        When it is not of that version any more; nothing is written.
    """
    require(who, "manage_loans")
    before = get(connection, kind, number)
    if before.version != version:
        raise TransactionChanged(message("Somebody changed this while you had it open. Look at it again."))
    return _change(connection, kind, before, draft, lambda: history.begin(connection, "amend", who.login, why=why))


def remove(connection: Connection, who: Person, kind: str, number: int, *, why: str = "") -> int:
    """Take a loan or an accession out of the book; undoing brings it back. Returns the number of the edit."""
    require(who, "manage_loans")
    before = get(connection, kind, number)
    edit = history.begin(connection, "remove", who.login, why=why)
    _take_out(connection, edit, before)
    return edit


def key_of(made: Transaction) -> str:
    """Under which key its changes stand in the history: ``loan:7``."""
    return f"{'loan' if isinstance(made, Loan) else 'accession'}:{made.id}"


def is_key(key: str) -> bool:
    """Whether a key of the history is that of a loan or an accession."""
    kind, _, number = key.partition(":")
    return kind in KINDS and number.isdecimal()


def take_back(connection: Connection, edit: int, key: str, made: list[Change]) -> tuple[str, ...] | None:
    """Take back what an edit did to a loan or an accession, as a part of another edit.

    Returns
    -------
    tuple of str or None
        The fields that were changed again since and stay; None when all was taken back.

    Raises
    ------
    NoSuchTransaction, TransactionChanged, InvalidDraft
        When nothing can be taken back.
    """
    kind, _, text = key.partition(":")
    number = int(text)
    whole = next((one for one in made if one.field == history.WHOLE), None)
    if whole is not None and isinstance(whole.before, dict):
        back = _checked(connection, kind, whole.before)
        kept = _insert(connection, kind, back, number=number, version=whole.version + 1)
        history.note_added(connection, edit, [key], version=kept.version)
        return None
    now = get(connection, kind, number)
    if whole is not None:
        if now.version != whole.version:
            raise TransactionChanged(message("It was changed since it was added, so it stays."))
        _take_out(connection, edit, now)
        return None
    held = _plain(now)
    back_to = {one.field: one.before for one in made if held[one.field] == one.after}
    _change(connection, kind, now, back_to, lambda: edit)
    since = tuple(one.field for one in made if one.field not in back_to)
    return since or None


def _change(connection: Connection, kind: str, before: Any, draft: Draft, begin: Callable[[], int]) -> Any:
    held = _plain(before)
    wanted = _checked(connection, kind, {**held, **draft}, before=before)
    after = _plain(wanted)
    if after == held:
        return before
    of = KINDS[kind]
    version = before.version + 1
    values = {name: value for name, value in after.items() if name != "occurrence_ids"}
    connection.execute(update(of.table).where(of.table.c.id == before.id).values(**values, version=version))
    connection.execute(delete(of.members).where(of.members.c[f"{kind}_id"] == before.id))
    _insert_members(connection, kind, before.id, wanted.occurrence_ids)
    history.note(connection, begin(), key_of(before), version, held, after)
    return get(connection, kind, before.id)


def _take_out(connection: Connection, edit: int, made: Any) -> None:
    kind = key_of(made).partition(":")[0]
    connection.execute(delete(KINDS[kind].table).where(KINDS[kind].table.c.id == made.id))
    history.note_removed(connection, edit, key_of(made), made.version + 1, _plain(made))


def _insert(connection: Connection, kind: str, made: Any, *, number: int | None = None, version: int = 1) -> Any:
    of = KINDS[kind]
    values = {name: value for name, value in _plain(made).items() if name != "occurrence_ids"}
    own = {"id": number} if number is not None else {}
    key = connection.execute(insert(of.table).values(**values, **own, version=version)).inserted_primary_key
    assert key is not None
    _insert_members(connection, kind, key[0], made.occurrence_ids)
    return get(connection, kind, key[0])


def _insert_members(connection: Connection, kind: str, number: int, keys: Iterable[str]) -> None:
    rows = [{f"{kind}_id": number, "occurrence_id": key} for key in keys]
    if rows:
        connection.execute(insert(KINDS[kind].members), rows)


def _plain(made: Any) -> dict[str, Any]:
    """Its fields as the history keeps them."""
    kept = {name: value for name, value in asdict(made).items() if name not in {"id", "version"}}
    return kept | {"occurrence_ids": list(made.occurrence_ids)}


def _checked(connection: Connection, kind: str, draft: Draft, *, before: Any = None) -> Any:
    """A loan or an accession from what was typed, or `InvalidDraft` with every problem."""
    of = KINDS[kind]
    texts = [one.name for one in fields(of.made) if one.type is str]
    values = {name: str(draft.get(name) or "").strip() for name in texts}
    problems = [problem for name in texts for problem in check_text(name, values[name])]
    problems += [Problem(name, message("This is needed.")) for name in of.needed if not values[name]]
    for name in of.days:
        if values[name] and not is_day(values[name]):
            said = message("“{written}” is not a day. Write it as 2027-03-31.", written=values[name][:60])
            problems.append(Problem(name, said))
    keys = _keys(draft.get("occurrence_ids"))
    problems += _problems_as_a_whole(connection, kind, values, keys, before) if not problems else []
    if problems:
        raise InvalidDraft(problems)
    return of.made(**values, occurrence_ids=keys)


def _keys(given: object) -> tuple[str, ...]:
    return tuple(sorted({str(key) for key in given})) if isinstance(given, list | tuple | set | frozenset) else ()


def _problems_as_a_whole(
    connection: Connection, kind: str, values: Mapping[str, str], keys: tuple[str, ...], before: Any
) -> list[Problem]:
    column = KINDS[kind].table.c
    own = before.id if before is not None else 0
    if connection.scalar(select(column.id).where(column.number == values["number"], column.id != own)) is not None:
        return [Problem("number", message("The number “{number}” is already in use.", number=values["number"]))]
    if kind == "loan" and values["due"] < values["sent"]:
        return [
            Problem("due", message("The day on which it is due lies before the day on which it was sent. Swap them?"))
        ]
    if kind == "loan" and values["returned"] and values["returned"] < values["sent"]:
        return [Problem("returned", message("It cannot have come back before it was sent."))]
    new = set(keys) - set(before.occurrence_ids if before is not None else ())
    return _problems_with_members(connection, kind, values, new, own)


def _problems_with_members(
    connection: Connection, kind: str, values: Mapping[str, str], new: set[str], own: int
) -> list[Problem]:
    """New specimens must be there, and not be out on another loan."""
    known = set(connection.scalars(select(specimens.c.occurrence_id).where(specimens.c.occurrence_id.in_(new))))
    problems = [
        Problem("occurrence_ids", message("There is no record “{occurrence_id}” in this catalogue.", occurrence_id=key))
        for key in sorted(new - known)
    ]
    if kind != "loan" or values["returned"]:
        return problems
    out = (
        select(loans.c.number, loan_specimens.c.occurrence_id)
        .join_from(loan_specimens, loans)
        .where(loans.c.returned == "", loans.c.id != own, loan_specimens.c.occurrence_id.in_(known))
    )
    for number, key in connection.execute(out):
        said = message("“{occurrence_id}” is out on loan {number} already.", occurrence_id=key, number=number)
        problems.append(Problem("occurrence_ids", said))
    return problems
