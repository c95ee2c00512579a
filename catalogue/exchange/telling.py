"""What is told of a row that was taken: which fields of its record it changes, and that it is a further identification of a find."""

from collections.abc import Iterator

from sqlalchemy import Connection

from catalogue import stored
from catalogue.exchange.outcomes import FieldChange, RowOutcome
from catalogue.exchange.preparing import Prepared
from catalogue.history import DERIVED
from catalogue.messages import message
from catalogue.parts import all_plain
from catalogue.taking_over import Judgement


def told(connection: Connection, one: Prepared, judgement: Judgement) -> Iterator[RowOutcome]:
    """What becomes of a row, and of those that go with it."""
    changed = changes_of(connection, judgement) if judgement.outcome == "changed" else ()
    note = None
    for each in (one, *one.further):
        outcome = judgement.outcome if each is one or judgement.outcome == "unchanged" else "changed"
        if each is not one:
            note = message(
                "another identification of the find in row {number}, kept in its list of names",
                number=one.row.number,
            )
        yield RowOutcome(each.row.number, outcome, one.key, each.name, changes=changed, kept=judgement.kept, note=note)


def changes_of(connection: Connection, judgement: Judgement) -> tuple[FieldChange, ...]:
    """The fields and lists in which a record differs; those that follow from others are left out."""
    before = judgement.before
    assert before is not None
    fields = [
        FieldChange(name, getattr(before, name), value)
        for name, value in judgement.values.items()
        if name not in DERIVED and getattr(before, name) != value
    ]
    held = {name: stored.listed(connection, before.occurrence_id, name) for name in judgement.parts}
    lists = [
        FieldChange(name, all_plain({name: held[name]})[name], all_plain({name: parts})[name])
        for name, parts in judgement.parts.items()
        if held[name] != parts
    ]
    return (*fields, *lists)
