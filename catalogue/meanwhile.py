"""What others saved while something was judged: so that rows may be judged before the database is held, and what was found still holds.

Each change of a record stands in the history, and so does each change of a word of the vocabularies; the rules by which sites are
withheld have numbers of their own. What is newer than a moment can therefore be asked for, and need not be guarded against.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from catalogue.numbers import Number
from catalogue.records import OWN
from catalogue.tables import changes, edits, specimens, withholding_rules
from catalogue.vocabularies import editing


@dataclass(frozen=True)
class Moment:
    """How far history and rules had come: the newest edit, the newest rule, and how many rules were ended."""

    edit: int
    rule: int
    ended: int


def moment(connection: Connection) -> Moment:
    """The moment of the state that a connection sees."""
    column = withholding_rules.c
    edit = connection.scalar(select(func.max(edits.c.id))) or 0
    rule = connection.scalar(select(func.max(column.id))) or 0
    ended = connection.scalar(select(func.count()).where(column.ended_at != "")) or 0
    return Moment(edit, rule, ended)


def still_holds(
    connection: Connection, since: Moment, *, is_key: Callable[[str], bool], is_number: Callable[[Number], bool]
) -> bool:
    """Whether nothing was changed since a moment on which a judgement rests.

    Parameters
    ----------
    connection : Connection
        In a transaction (`catalogue.database.writing`), so that nobody changes anything after the answer.
    is_key : callable
        Whether the judgement rests on what there is, or is not, under the key of a record.
    is_number : callable
        Whether it rests on who bears a number, or that nobody does.
    """
    now = moment(connection)
    if (now.rule, now.ended) != (since.rule, since.ended):
        return False
    if now.edit == since.edit:
        return True
    column = specimens.c
    newer = (
        select(changes.c.occurrence_id, column.basis_of_record, column.institution_code, column.catalog_number)
        .outerjoin_from(changes, specimens, column.occurrence_id == changes.c.occurrence_id)
        .where(changes.c.edit_id > since.edit)
        .execution_options(stream_results=True)
    )
    with connection.execute(newer) as rows:
        return not any(
            editing.is_key(key) or is_key(key) or (basis == OWN and is_number((owner, number)))
            for key, basis, owner, number in rows
        )
