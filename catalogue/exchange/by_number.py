"""Rows without a key of their own: which record each of them means by its catalogue number.

It is the one that bears the number when all rows that have a key are judged, whatever its key. Where none bears it, it is the one whose
key comes of the number: a new one, or one that was given another number since, which it keeps. So no such row takes or moves a
number that a row with a key asks for, and the same file again finds what it found before.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from catalogue import numbers
from catalogue.exchange.preparing import Prepared
from catalogue.taking_over import TakingOver

NUMBER = ("institution_code", "catalog_number")
"""The fields of a catalogue number."""


def take_known_numbers(
    connection: Connection, batch: Sequence[Prepared], draft: Callable[[Sequence[Prepared]], None]
) -> None:
    """Give rows the keys of the records of the catalogue that bear their numbers; `draft` makes the drafts that this needs."""
    wanted = {number for one in batch if (number := one.number) is not None}
    bearers = numbers.bearers(connection, wanted) if wanted else {}
    known = [one for one in batch if one.number in bearers] if bearers else []
    draft(known)
    for one in known:
        if one.draft is not None and one.draft.number is not None:
            one.own_key = one.own_key or one.key
            one.draft["occurrence_id"] = next(iter(bearers[one.draft.number]))


def take_number_of_file(one: Prepared, door: TakingOver, keys: Sequence[str]) -> None:
    """Give a row the key, among those of the rows so far, of what bears its number by this file; its own where its record gave it up."""
    draft = one.draft
    if draft is None or draft.number is None:
        return
    place = door.taken_at(draft.number)
    if place is not None:
        draft["occurrence_id"] = keys[place]
    elif door.is_given_up(draft.number):
        draft["occurrence_id"] = one.own_key


def has_other_number(one: Prepared, door: TakingOver) -> bool:
    """Whether the record that a row means by its number is there, and was given another one since."""
    return one.number is not None and door.knows(one.key) and door.number_of(one.key) != one.number
