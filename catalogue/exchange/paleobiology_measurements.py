"""Measurements of the Paleobiology Database: each row is a statement about a specimen that the catalogue has from there.

A specimen is known by its `specimen_no`; rows about one that is not in the catalogue are rejected, for a length without its bone says
nothing. A measurement is known again by its number, which stands in its remarks. The list has no units, so none is written.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from catalogue import history
from catalogue.changing import Changing
from catalogue.exchange.formats import Cells, Drafted, Format, RefusedRow, contradiction_by
from catalogue.exchange.judging_published import drafted
from catalogue.exchange.noted_rows import NotedRows
from catalogue.exchange.outcomes import FieldChange, RowOutcome, RowOutcomes
from catalogue.exchange.paleobiology_cells import DATASET, number, text
from catalogue.exchange.reading import Row, Table
from catalogue.exchange.refusing import refused
from catalogue.exchange.waiting import News
from catalogue.holding import batches, held
from catalogue.mended import by_people
from catalogue.messages import message
from catalogue.parts import STATEMENTS, plain
from catalogue.records import Measurement
from catalogue.rights import Person, require
from catalogue.tables import changes

_VALUE = re.compile(r"^-?\d+(?:[.,]\d+)?(?:[eE]-?\d+)?$")
_FIELDS = ("measurement_type", "measurement_value", "measurement_accuracy", "measurement_remarks")


def draft(cells: Cells) -> Drafted:
    """A statement of a row, with the key of its specimen.

    Raises
    ------
    RefusedRow
        When it lacks its number, its specimen, what was measured, or a value.
    """
    key, specimen = number(cells, "measurement_no"), number(cells, "specimen_no")
    if not key or not specimen:
        raise RefusedRow(message("The row has no measurement_no or no specimen_no, so nothing says what was measured."))
    kind = text(cells, "measurement_type")
    least, mean, most = (_value(cells, column) for column in ("min", "average", "max"))
    if not kind or not (mean or least or most):
        raise RefusedRow(message("The row does not say what was measured, or has no value."))
    span = f"{least}–{most}" if least and most and least != most else ""
    return Drafted(
        occurrence_id=f"pbdb:spm:{specimen}",
        measurement_type=" ".join(filter(None, (text(cells, "position"), kind))),
        measurement_value=mean or span or least or most,
        measurement_accuracy=span if mean else "",
        measurement_remarks=_remarks(key, text(cells, "n_measured")),
    )


def _value(cells: Cells, column: str) -> str:
    written = text(cells, column)
    if written and not _VALUE.match(written):
        raise RefusedRow(message("{column}: “{written}” is not a number.", column=column, written=written[:60]))
    return written.replace(",", ".")


def _remarks(key: str, count: str) -> str:
    of_many = f"; mean of {count}" if count not in {"", "0", "1"} else ""
    return f"{DATASET} measurement {key}{of_many}"


def _known_by(remarks: str) -> str:
    """The part of the remarks by which a measurement is known again; blank for what people wrote."""
    return remarks.partition(";")[0] if remarks.startswith(f"{DATASET} measurement ") else ""


class MeasurementJudging:
    """One run through the rows of a list of measurements; it is used by the pipeline as `Judging` is."""

    def __init__(self, connection: Connection, table: Table, of: Format, *, gather: bool) -> None:
        self.format = of
        self.door = _Door(connection)
        self.rows = RowOutcomes()
        self.noted = NotedRows()  # stays empty: rows that are not understood are rejected
        self.news = News()
        self._connection = connection
        self._table = table
        self._gather = gather
        self._seen: dict[str, tuple[Row, dict[str, str]]] = {}
        self._lists: dict[str, list[Measurement]] = {}
        self._changed: set[str] = set()
        self._of_people: dict[str, frozenset[str]] = {}

    @property
    def size(self) -> int:
        """How many rows the list has."""
        return len(self._table.rows)

    def through(self, size: int) -> Iterator[int]:
        """Judge all rows, some at a time; yields how many rows were looked at."""
        done = 0
        for batch in batches(self._table.rows, size):
            self._judge(batch)
            done += len(batch)
            yield done
        if self._gather:
            lists = [(key, [plain(one) for one in self._lists[key]]) for key in sorted(self._changed)]
            self.news.add([], lists)  # type: ignore[arg-type]
        self.rows.sort()

    def _judge(self, batch: Iterable[Row]) -> None:
        drafts: list[tuple[Row, Drafted]] = []
        for row in batch:
            try:
                drafts.append((row, drafted(self.format, row)))
            except RefusedRow as refusal:
                self.rows.add(refused(row, refusal))
        self._look_up({str(draft["occurrence_id"]) for _, draft in drafts} - self._lists.keys())
        for row, draft in drafts:
            self._outcome(row, draft)

    def _look_up(self, keys: set[str]) -> None:
        there = held(self._connection, sorted(keys))
        self._lists |= {key: list(one.parts[STATEMENTS]) for key, one in there.items()}
        mended = [key for key, names in by_people(self._connection, there).items() if STATEMENTS in names]
        self._of_people |= {key: _once_there(self._connection, key) for key in mended}

    def _outcome(self, row: Row, draft: Drafted) -> None:
        key, said = str(draft["occurrence_id"]), {name: str(draft[name]) for name in _FIELDS}
        name = f"{said['measurement_type']} {said['measurement_value']}"
        mark = _known_by(said["measurement_remarks"])
        if key not in self._lists:
            self.rows.add(refused(row, _unknown(key), key, name))
        elif mark in self._seen:
            self._repeated(row, key, name, said, mark)
        else:
            self._seen[mark] = row, said
            self.rows.add(self._taken(row, key, name, said, mark))

    def _repeated(self, row: Row, key: str, name: str, said: dict[str, str], mark: str) -> None:
        first, before = self._seen[mark]
        if said == before and first.cells.get("specimen_no") == row.cells.get("specimen_no"):
            self.rows.add(RowOutcome(row.number, "unchanged", key, name, repeats=first.number))
            return
        fields = [field for field in _FIELDS if said[field] != before[field]] or ["occurrence_id"]
        refusal = self.format.contradiction((first.number, row.number), (first.cells, row.cells), fields)
        self.rows.add(refused(row, refusal, key, name))

    def _taken(self, row: Row, key: str, name: str, said: dict[str, str], mark: str) -> RowOutcome:
        listed = self._lists[key]
        place = next((at for at, one in enumerate(listed) if _known_by(one.measurement_remarks) == mark), None)
        if place is None:
            if mark in self._of_people.get(key, ()):
                return RowOutcome(row.number, "unchanged", key, name, kept=(STATEMENTS,))
            listed.append(_measurement(key, said))
            self._changed.add(key)
            return RowOutcome(row.number, "accepted", key, name)
        before = {field: getattr(listed[place], field) for field in _FIELDS}
        if before == said:
            return RowOutcome(row.number, "unchanged", key, name)
        if key in self._of_people:
            return RowOutcome(row.number, "unchanged", key, name, kept=(STATEMENTS,))
        listed[place] = _measurement(key, said)
        self._changed.add(key)
        differing = tuple(
            FieldChange(field, before[field], said[field]) for field in _FIELDS if before[field] != said[field]
        )
        return RowOutcome(row.number, "changed", key, name, changes=differing)


def _measurement(key: str, said: dict[str, str]) -> Measurement:
    values: dict[str, Any] = dict(said)
    return Measurement(key, **values)


class _Door:
    """Writes the lists of measurements of some records, with their history."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(
        self,
        who: Person,
        lists: Sequence[tuple[str, list[dict[str, Any]]]],
        *,
        import_id: int | None = None,
        edit: int | None = None,
    ) -> int:
        """As `catalogue.taking_over.TakingOver.keep`."""
        require(who, "import")
        opened = edit if edit is not None else history.begin(self._connection, "import", who.login, import_id=import_id)
        changing = Changing(self._connection, who, lambda: opened, manner="lenient")
        wanted = dict(lists)
        for batch in batches(list(wanted)):
            changing.look_up(batch)
            for key in batch:
                changing.change(key, {STATEMENTS: wanted[key]})
            changing.write()
        return opened


def _once_there(connection: Connection, key: str) -> frozenset[str]:
    """The measurements that a record's list ever held: what people took out is not brought back."""
    column = changes.c
    past = connection.scalars(select(column.before).where(column.occurrence_id == key, column.field == STATEMENTS))
    return frozenset(_known_by(str(one["measurement_remarks"])) for listed in past for one in listed or ())


def _unknown(key: str) -> RefusedRow:
    number_there = key.rpartition(":")[2]
    return RefusedRow(
        message(
            "Specimen {number} of the Paleobiology Database is not in the catalogue. Import the list of specimens first, then this one.",
            number=number_there,
        ),
        message("Its specimen is not in the catalogue. Import the list of specimens first, then this one."),
    )


MEASUREMENTS: Format = Format(
    name="Paleobiology Database measurements",
    needs=(("measurement_no",), ("specimen_no",), ("average", "min", "max")),
    columns={
        "occurrence_id": ("specimen_no",),
        "measurement_type": ("measurement_type", "position"),
        "measurement_value": ("average", "min", "max"),
        "measurement_accuracy": ("min", "max"),
        "measurement_remarks": ("measurement_no", "n_measured"),
    },
    draft=draft,
    contradiction=contradiction_by("measurement_no", lambda: MEASUREMENTS),
    judged_by=MeasurementJudging,
)
