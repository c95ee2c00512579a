"""What stands beside the records and follows from the names of formations, brought up to date where a release knows more names.

Records keep the words by which they are found and whether their site is withheld, written when they were saved. A record that
says ``禄丰组`` and was saved before Bonebed knew that this is the Lufeng is then not found by that name, and a rule for the Lufeng does
not protect it. So when a database is opened by a release that knows other names than the one that opened it last, the records of those
formations are written anew, once and before anybody reads.
"""

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from catalogue.facts import FACTS
from catalogue.formations import other_names
from catalogue.tables import settled, specimens
from catalogue.withholding import in_force, is_same, write_beside

_NAME = "formations"
_COMPARED_BY = 1
"""To be raised when `catalogue.formations` or `catalogue.withholding` compare names in another way."""
_TOGETHER = 500
"""Formations asked for with one statement."""


def is_settled(connection: Connection) -> bool:
    """Whether what stands beside the records was written by the names that we know."""
    held = connection.scalar(select(settled.c.settled_by).where(settled.c.name == _NAME))
    return held == _known_by()


def settle(connection: Connection) -> int:
    """Write anew what follows from the names of formations, in a transaction that writes.

    Returns
    -------
    int
        How many records were written anew.
    """
    changed = write_beside(connection, _affected(connection))
    connection.execute(delete(settled).where(settled.c.name == _NAME))
    connection.execute(insert(settled).values(name=_NAME, settled_by=_known_by()))
    return changed


def _known_by() -> str:
    table = (FACTS / "formations.tsv").read_bytes().replace(b"\r\n", b"\n")
    return f"{_COMPARED_BY} {hashlib.sha256(table).hexdigest()}"


def _affected(connection: Connection) -> Sequence[str]:
    """The `occurrence_id` of the records whose formation has further names, or may be meant by a rule under another name."""
    column = specimens.c
    ruled = [rule.value for rule in in_force(connection) if rule.field == "formation"]
    written = connection.scalars(select(column.formation).where(column.formation != "").distinct())
    some = [one for one in written if other_names(one) or any(is_same("formation", one, value) for value in ruled)]
    found: list[str] = []
    for start in range(0, len(some), _TOGETHER):
        these = column.formation.in_(some[start : start + _TOGETHER])
        found += connection.scalars(select(column.occurrence_id).where(these))
    return found
