"""Rows that may be about one record, brought together: further identifications of a find become its history of names."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from catalogue.checking import check
from catalogue.exchange.formats import Drafted, Format
from catalogue.exchange.preparing import Prepared
from catalogue.exchange.reading import Table
from catalogue.parts import IDENTIFICATIONS, Identification

_OF_A_NAME = tuple(Identification.__dataclass_fields__)


class Together:
    """Brings rows that may be about one record together, where a format has such rows; all others pass one by one."""

    def __init__(self, table: Table, of: Format) -> None:
        self._key = of.same_record if of.identification is not None else None
        self._left: Counter[str] = Counter()
        self._waiting: dict[str, list[Prepared]] = {}
        if self._key is not None:
            counted = Counter(self._key(row.cells) for row in table.rows)
            self._left = Counter({key: count for key, count in counted.items() if count > 1 and key})

    def complete(self, one: Prepared) -> list[list[Prepared]]:
        """The groups that are complete with this row."""
        key = self._key(one.cells) if self._key is not None else ""
        if key not in self._left:
            return [[one]]
        waiting = self._waiting.setdefault(key, [])
        waiting.append(one)
        return [self._waiting.pop(key)] if len(waiting) == self._left[key] else []


def joined(
    of: Format,
    group: list[Prepared],
    *,
    alone: Callable[[Prepared], None],
    again: Callable[[Prepared, int], None],
) -> Prepared | None:
    """The rows of one find as one draft: the newest identification is the current one, the others become its list.

    Parameters
    ----------
    group : list of Prepared
        With their drafts.
    alone : callable
        Told of each row that cannot be taken; it is judged by itself.
    again : callable
        Told of each row that names an identification again, with the number of the row that named it first.
    """
    assert of.identification is not None
    by_name: dict[str, Prepared] = {}
    for one in group:
        if one.draft is None or check(one.draft).problems:
            alone(one)
            continue
        which, _ = of.identification(one.cells)
        if which in by_name:
            again(one, by_name[which].row.number)
        else:
            by_name[which] = one
    if not by_name:
        return None
    place = of.identification
    newest, *others = sorted(by_name.values(), key=lambda one: place(one.cells)[1], reverse=True)
    if others and newest.draft is not None:
        newest.draft[IDENTIFICATIONS] = [_identification(one.draft) for one in others if one.draft is not None]
        newest.further = others
    return newest


def _identification(draft: Drafted) -> dict[str, Any]:
    return {name: draft.get(name, "") for name in _OF_A_NAME}
