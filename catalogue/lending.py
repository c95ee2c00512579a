"""The book of loans and accessions, to read in: what left the house and is due, what came in, and what is overdue.

One loan holds many specimens, and a specimen goes on many loans. They are named by their key, so that a record that is removed and
brought back is on its loan again. Writing is in `catalogue.transactions`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, select

from catalogue import finding
from catalogue.messages import CatalogueError, message
from catalogue.parts import Parts
from catalogue.records import Specimen
from catalogue.rights import VISITOR, Person, may, require
from catalogue.tables import PART_TABLES, accession_specimens, accessions, loan_specimens, loans, specimens


@dataclass(frozen=True)
class Loan:
    """Specimens that were lent, to whom, what for, and until when; dates are ISO days, blank for "not yet".

    Parameters
    ----------
    occurrence_ids : tuple of str
        Keys of the specimens, in alphabetical order.
    """

    number: str
    borrower: str
    contact: str = ""
    purpose: str = ""
    sent: str = ""
    due: str = ""
    returned: str = ""
    remarks: str = ""
    occurrence_ids: tuple[str, ...] = ()
    id: int = 0
    version: int = 1

    def is_overdue(self, today: date) -> bool:
        """Whether it is not back although its day has passed."""
        return bool(self.due) and not self.returned and self.due < today.isoformat()


@dataclass(frozen=True)
class Accession:
    """How specimens came into the collection: from whom, when, as what, on which terms."""

    number: str
    received_from: str = ""
    received_on: str = ""
    accession_kind: str = ""
    terms: str = ""
    remarks: str = ""
    occurrence_ids: tuple[str, ...] = ()
    id: int = 0
    version: int = 1


Transaction: TypeAlias = Loan | Accession
ACCESSION_KINDS = ("gift", "purchase", "fieldwork", "exchange", "transfer", "found in collection")


@dataclass(frozen=True)
class Kind:
    """How one kind is kept: its class, its two tables, the fields that it needs, and those that hold a day."""

    made: type[Any]
    table: Table
    members: Table
    needed: tuple[str, ...]
    days: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "loan": Kind(Loan, loans, loan_specimens, ("number", "borrower", "sent", "due"), ("sent", "due", "returned")),
    "accession": Kind(Accession, accessions, accession_specimens, ("number",), ("received_on",)),
}


@dataclass(frozen=True)
class Lent:
    """One specimen of a loan, with its lists; `specimen` is None when it was removed from the catalogue."""

    occurrence_id: str
    specimen: Specimen | None
    parts: Parts


class NoSuchTransaction(CatalogueError):
    """There is no loan or accession of that number."""


@dataclass(frozen=True)
class DueCheck:
    """A specimen whose condition was to be looked at again by a day that has passed."""

    occurrence_id: str
    next_check_due: str
    condition: str


@dataclass(frozen=True)
class Overdue:
    """All that should have happened by now, the longest overdue first."""

    loans: tuple[Loan, ...] = field(default=())
    checks: tuple[DueCheck, ...] = field(default=())


def get(connection: Connection, kind: str, number: int) -> Any:
    """A `Loan` or an `Accession` (`kind` is ``loan`` or ``accession``) by its key in the database.

    Raises
    ------
    NoSuchTransaction
    """
    found = read(connection, kind, KINDS[kind].table.c.id == number)
    if not found:
        raise NoSuchTransaction(message("This is not in the book of loans and accessions (any more)."))
    return found[0]


def all_of(connection: Connection, who: Person, kind: str) -> list[Any]:
    """All loans or accessions, the newest first; only for those who keep that book."""
    require(who, "manage_loans")
    return read(connection, kind, None)


def lent_on(connection: Connection, loan: Loan, *, who: Person = VISITOR) -> list[Lent]:
    """The specimens of a loan with all that its papers say of them, in the order of their catalogue numbers.

    Raises
    ------
    NotAllowed
    """
    require(who, "manage_loans")
    found = {one.occurrence_id: one for one in finding.get_all(connection, loan.occurrence_ids, who=who)}
    lent = [
        Lent(key, found.get(key), finding.parts_of(connection, key, who=who) if key in found else {})
        for key in loan.occurrence_ids
    ]
    return sorted(lent, key=lambda one: _in_order(one.specimen.catalog_number if one.specimen else one.occurrence_id))


def _in_order(number: str) -> list[tuple[int, str]]:
    """Numbers as people count: V 9 before V 15."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", number)]


def of_specimen(connection: Connection, kind: str, occurrence_id: str, *, who: Person = VISITOR) -> list[Any]:
    """The loans or accessions of one specimen, the newest first; none for whoever may not see where specimens are."""
    if not may(who, "see_storage"):
        return []
    of = KINDS[kind]
    keys = select(of.members.c[f"{kind}_id"]).where(of.members.c.occurrence_id == occurrence_id)
    return read(connection, kind, of.table.c.id.in_(keys))


def overdue(connection: Connection, today: date, *, who: Person = VISITOR) -> Overdue:
    """The loans that are not back, and the specimens that were not looked at again, although their day has passed.

    Parameters
    ----------
    today : date
        The day before which a due day lies.
    who : Person
        Who asks; nothing is overdue for whoever does not keep the book of loans.
    """
    if not may(who, "manage_loans"):
        return Overdue()
    column = loans.c
    wanted = (column.returned == "") & (column.due != "") & (column.due < today.isoformat())
    late = sorted(read(connection, "loan", wanted), key=lambda loan: loan.due)
    return Overdue(tuple(late), tuple(_due_checks(connection, today)))


def _due_checks(connection: Connection, today: date) -> list[DueCheck]:
    """Of each specimen only the latest report counts: whoever looked again has done what was due."""
    reports = PART_TABLES["condition_reports"]
    query = (
        select(specimens.c.occurrence_id, reports.c.checked_on, reports.c.next_check_due, reports.c.condition)
        .join_from(reports, specimens)
        .order_by(reports.c.checked_on, reports.c.position.desc())
    )
    latest = {row.occurrence_id: row for row in connection.execute(query)}
    due = [
        DueCheck(key, row.next_check_due, row.condition)
        for key, row in latest.items()
        if row.next_check_due and row.next_check_due < today.isoformat()
    ]
    return sorted(due, key=lambda one: (one.next_check_due, one.occurrence_id))


def read(connection: Connection, kind: str, wanted: Any) -> list[Any]:
    """The loans or accessions that fulfil a condition, the newest first; all when it is None."""
    of = KINDS[kind]
    query = select(of.table).order_by(of.table.c.id.desc())
    rows = connection.execute(query if wanted is None else query.where(wanted)).all()
    column = of.members.c
    members: dict[int, list[str]] = {row.id: [] for row in rows}
    inside = column[f"{kind}_id"].in_(list(members))
    for number, key in connection.execute(select(column[f"{kind}_id"], column.occurrence_id).where(inside)):
        members[number].append(key)
    return [of.made(**row._mapping, occurrence_ids=tuple(sorted(members[row.id]))) for row in rows]
