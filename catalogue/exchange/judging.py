"""Judging the rows of a table, batch by batch: what becomes of each, and what is to be kept.

Rows about one record are brought together first: a row that stands twice, and, where a format has them, further identifications of one
find, which become its history of names. What is to be kept waits in a file, so that a million rows need little memory.

The same file again changes nothing. Which of several rows about one specimen counts must therefore not hang on whether an earlier
import of the file has made a record of one of them.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from catalogue import meanwhile, numbers, ready, stored
from catalogue.checking import InvalidDraft, check
from catalogue.compact import Places
from catalogue.exchange.doubtful_places import PlaceDoubts, note_doubts
from catalogue.exchange.formats import Drafted, Format, RefusedRow
from catalogue.exchange.outcomes import FieldChange, RowOutcome, RowOutcomes
from catalogue.exchange.reading import Row, Table
from catalogue.exchange.refusing import refused, surplus
from catalogue.exchange.waiting import News, Together
from catalogue.generalising import FATES, WITHHELD
from catalogue.history import DERIVED
from catalogue.holding import batches
from catalogue.messages import Message, Problem, message
from catalogue.parts import IDENTIFICATIONS, PARTS, RELATED, Identification, all_plain
from catalogue.taking_over import Judgement, TakingOver

_OF_A_NAME = tuple(Identification.__dataclass_fields__)
_HANG_ON_THE_KIND = frozenset({"catalog_number", "locality"})
"""What a specimen of a museum needs and a published find does not."""


@dataclass
class _Draft:
    """A row with its draft, or why there is none."""

    row: Row
    cells: dict[str, str]
    draft: Drafted | None
    refusal: RefusedRow | None = None
    further: list["_Draft"] = field(default_factory=list)
    """Other identifications of the same find, newest first."""

    @property
    def key(self) -> str:
        return str(self.draft["occurrence_id"]) if self.draft is not None else ""

    @property
    def bears(self) -> tuple[str, str]:
        """Its institution and catalogue number."""
        if self.draft is None:
            return "", ""
        said = self.draft.get
        return str(said("institution_code") or "").strip(), str(said("catalog_number") or "").strip()

    @property
    def name(self) -> str:
        return str(self.draft.get("verbatim_identification", "")) if self.draft is not None else ""


class Judging:
    """One run through the rows of a table.

    Parameters
    ----------
    gather : bool
        Whether what is new or changes a record is gathered in `news`, to be kept.
    """

    def __init__(self, connection: Connection, table: Table, of: Format, *, gather: bool) -> None:
        self.format = of
        self.door = TakingOver(connection)
        self.rows = RowOutcomes()
        self.news = News()
        self.place_doubts: PlaceDoubts | None = None
        self._connection = connection
        self._table = table
        self._gather = gather
        self._seen = Places(self.rows.keys)
        self._again: list[tuple[_Draft, int]] = []
        self._late = array("I")
        self._first_late: int | None = None
        self._notes: Counter[str] = Counter()
        self._said: dict[str, Message] = {}
        self._keys: set[str] | None = None
        self._ends: set[str] = set()
        self._moment = meanwhile.moment(connection)

    def still_holds(self, connection: Connection) -> bool:
        """Whether nothing that was judged would be judged otherwise now, by what others saved meanwhile.

        Parameters
        ----------
        connection : Connection
            In a transaction (`catalogue.database.writing`), so that the answer stays true.
        """
        return meanwhile.still_holds(
            connection,
            self._moment,
            is_key=lambda key: key in self._ends or self._seen.find(key) is not None,
            is_number=self.door.bears,
        )

    def release(self) -> None:
        """Let go of what only judging needs, so that writing has the memory."""
        self.door = TakingOver(self._connection)
        self._seen = Places(self.rows.keys)

    @property
    def size(self) -> int:
        """How many rows the table has."""
        return len(self._table.rows)

    def through(self, size: int) -> Iterator[int]:
        """Judge all rows, some at a time; yields how many rows were looked at."""
        together = Together(self._table, self.format)
        done = 0
        for batch in batches(self._table.rows, size):
            done += len(batch)
            self._judge([self._drafted(group) for row in batch for group in together.complete(row)])
            yield done
        self._first_late = len(self.rows)
        late = self._late_rows()
        while some := list(islice(late, size)):
            self._judge([self._draft(row) for row in some])
            yield done
        self._settle_repeated()
        self.rows.sort()

    def _late_rows(self) -> Iterator[Row]:
        """The rows that were put off, read again: there may be very many."""
        numbers_left = iter(self._late)
        number = next(numbers_left, None)
        for row in self._table.rows if self._late else ():
            if row.number == number:
                yield row
                number = next(numbers_left, None)

    def counted_notes(self) -> tuple[tuple[Message, int], ...]:
        """What was not understood although the row was taken, with the number of rows; the most frequent first."""
        return tuple((self._said[text], count) for text, count in self._notes.most_common())

    def _drafted(self, group: list[Row]) -> _Draft:
        drafts = [self._draft(row) for row in group]
        if len(drafts) == 1:
            return drafts[0]
        return self._joined(drafts)

    def _draft(self, row: Row) -> _Draft:
        cells = row.cells
        try:
            if row.surplus:
                raise surplus(row)
            made = self.format.said(cells)
            draft = made if isinstance(made, Drafted) else Drafted(made)
            if row.extensions and self.format.lists is not None:
                draft.update(self.format.lists(row.extensions, draft))
            return _Draft(row, cells, draft)
        except RefusedRow as refusal:
            return _Draft(row, cells, None, refusal)

    def _joined(self, drafts: list[_Draft]) -> _Draft:
        """The rows of one find as one draft: the newest identification is the current one, the others become its list."""
        assert self.format.identification is not None
        by_name: dict[str, _Draft] = {}
        for one in drafts:
            if one.draft is None or check(one.draft).problems:
                self._judge([one])
                continue
            which, _ = self.format.identification(one.cells)
            if which in by_name:
                self._again.append((one, by_name[which].row.number))
            else:
                by_name[which] = one
        if not by_name:
            return _Draft(drafts[0].row, {}, None)
        newest, *others = sorted(by_name.values(), key=self._place, reverse=True)
        if others and newest.draft is not None:
            newest.draft[IDENTIFICATIONS] = [_identification(one.draft) for one in others if one.draft is not None]
            newest.further = others
        return newest

    def _place(self, one: _Draft) -> tuple[int, ...]:
        assert self.format.identification is not None
        return self.format.identification(one.cells)[1]

    def _judge(self, drafts: Sequence[_Draft]) -> None:
        fit = [one for one in drafts if one.draft is not None]
        if self.place_doubts is not None:
            note_doubts([one.draft for one in fit if one.draft is not None], self.place_doubts)
        self._take_known_numbers(fit)
        bearing = [one.bears for one in fit]
        self.door.look_up([one.key for one in fit], [number for number in bearing if number[1]])
        news: list[Judgement] = []
        for one in drafts:
            if one.refusal is not None:
                self.rows.add(_refused(one, one.refusal))
            elif one.draft is not None:
                self._outcome(one, one.draft, news)
        if self._gather:
            self._put_aside(news)

    def _put_aside(self, news: list[Judgement]) -> None:
        """Let what is to be kept wait; of new records all is reckoned now, so that only writing is left."""
        rows: list[ready.Row] = []
        others: list[Judgement] = []
        for judgement in news:
            row = self.door.row_of(judgement)
            if row is None:
                others.append(judgement)
            else:
                rows.append(row)
        self.news.add(rows, others)

    def _outcome(self, one: _Draft, draft: Drafted, news: list[Judgement]) -> None:
        self._take_number_of_file(draft)
        key = one.key
        seen = self._seen.find(key)
        if seen is not None:
            self._stands_further_up(one, draft, seen)
            return
        if self._waits_for_others(draft, key):
            self._late.append(one.row.number)
            return
        try:
            judgement = self.door.judge(self._complete(draft, key), at=len(self.rows))
        except RefusedRow as refusal:
            self._add([_refused(each, refusal) for each in (one, *one.further)])
            return
        except InvalidDraft as refusal:
            self._add([self._invalid(each, refusal) for each in (one, *one.further)])
            return
        for note in draft.notes:
            self._said[str(note)] = note
            self._notes[str(note)] += 1
        self._enter(one, judgement)
        if judgement.outcome != "unchanged":
            news.append(judgement)

    def _waits_for_others(self, draft: Drafted, key: str) -> bool:
        """Whether a row that could not make a record, but finds one, is put off until all others had their turn.

        The record may be there because another row of this file made it. Then that row counts now as it did then.
        """
        return (
            self._first_late is None
            and _lacking(draft) is not None
            and self.door.knows(key)
            and bool(self.format.columns.get("earliest_interval"))
        )

    def _stands_further_up(self, one: _Draft, draft: Drafted, seen: int) -> None:
        lacking = _lacking(draft)
        if lacking is not None and self._first_late is not None and seen < self._first_late:
            self.rows.add(_refused(one, lacking))
        else:
            self._again += [(each, self.rows[seen].number) for each in (one, *one.further)]

    def _complete(self, draft: Drafted, key: str) -> dict[str, Any]:
        """The draft with what only a new record needs, and with its relations settled."""
        if RELATED in draft:
            draft[RELATED] = self._related(draft[RELATED])
        if self.door.knows(key):
            return self._without_coarser_site(draft)
        lacking = _lacking(draft)
        if lacking is not None:
            raise lacking
        return draft.defaults | draft if draft.defaults else draft

    def _without_coarser_site(self, draft: Drafted) -> dict[str, Any]:
        """What Bonebed made coarser on its way out does not overwrite the exact site of a record on its way in again."""
        if not str(draft.get("information_withheld") or "").endswith(WITHHELD):
            return draft
        draft.notes.append(
            message("The row bears a coarser place to protect its site. The record keeps the exact one.")
        )
        return {
            name: value for name, value in draft.items() if name not in PARTS and FATES.get(name, "blank") == "shown"
        }

    def _add(self, rows: Iterable[RowOutcome]) -> None:
        for row in rows:
            self.rows.add(row)

    def _enter(self, one: _Draft, judgement: Judgement) -> None:
        """Enter what becomes of a row, and of those that go with it; the place of the first is that of its key."""
        if judgement.outcome == "changed" or judgement.kept or one.further:
            place, *_ = [self.rows.add(row) for row in self._rows_of(one, judgement)]
        else:
            place = self.rows.add_plain(one.row.number, judgement.outcome, one.key, one.name)
        self._seen.put(place, one.key)

    def _rows_of(self, one: _Draft, judgement: Judgement) -> Iterator[RowOutcome]:
        changed = self._changes(judgement) if judgement.outcome == "changed" else ()
        kept = tuple(getattr(judgement, "kept", ()))
        note = None
        for each in (one, *one.further):
            outcome = judgement.outcome if each is one or judgement.outcome == "unchanged" else "changed"
            if each is not one:
                note = message(
                    "another identification of the find in row {number}, kept in its list of names",
                    number=one.row.number,
                )
            yield RowOutcome(each.row.number, outcome, one.key, each.name, changes=changed, kept=kept, note=note)

    def _changes(self, judgement: Judgement) -> tuple[FieldChange, ...]:
        before = judgement.before
        assert before is not None
        fields = [
            FieldChange(name, getattr(before, name), value)
            for name, value in judgement.values.items()
            if name not in DERIVED and getattr(before, name) != value
        ]
        held = {name: stored.listed(self._connection, before.occurrence_id, name) for name in judgement.parts}
        lists = [
            FieldChange(name, all_plain({name: held[name]})[name], all_plain({name: parts})[name])
            for name, parts in judgement.parts.items()
            if held[name] != parts
        ]
        return (*fields, *lists)

    def _take_known_numbers(self, drafts: Sequence[_Draft]) -> None:
        """Specimens without a key of their own are known by their catalogue number, whatever key their record has."""
        wanted = {one.draft.number for one in drafts if one.draft is not None and one.draft.number is not None}
        bearers = numbers.bearers(self._connection, wanted) if wanted else {}
        for one in drafts:
            if one.draft is not None and one.draft.number in bearers:
                one.draft["occurrence_id"] = next(iter(bearers[one.draft.number]))

    def _take_number_of_file(self, draft: Drafted) -> None:
        """So are they when the record comes with the same file, from a row that has a key."""
        place = self.door.taken_at(draft.number) if draft.number is not None else None
        if place is not None:
            draft["occurrence_id"] = self.rows.keys[place]

    def _related(self, relations: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Relations to records of the catalogue or of the same file by their key, to others in words."""
        ends = {str(one.get("of") or "") for one in relations} - {""}
        self._ends |= ends
        there = numbers.present(self._connection, ends) if ends else set()
        return [_with_end(one, there | (ends & self._keys_of_file() if ends - there else set())) for one in relations]

    def _keys_of_file(self) -> set[str]:
        if self._keys is None:
            column = self.format.column_of("occurrence_id", dict.fromkeys(self._table.columns, "x"))
            self._keys = {row.cells.get(column, "").strip() for row in self._table.rows}
        return self._keys

    def _settle_repeated(self) -> None:
        """Rows whose record stands further up: word for word the same, or a contradiction. Only now are the first rows read again."""
        wanted = {first for _, first in self._again}
        firsts = {row.number: row for row in self._table.rows if row.number in wanted} if wanted else {}
        for one, number in self._again:
            first = self._draft(firsts[number])
            assert one.draft is not None and first.draft is not None
            different = [
                name
                for name in one.draft
                if name != "occurrence_id" and name not in PARTS and one.draft[name] != first.draft.get(name)
            ]
            if not different:
                self.rows.add(RowOutcome(one.row.number, "unchanged", one.key, one.name, repeats=number))
                continue
            refusal = self.format.contradiction((number, one.row.number), (first.cells, one.cells), different)
            self.rows.add(_refused(one, refusal))

    def _invalid(self, one: _Draft, refusal: InvalidDraft) -> RowOutcome:
        reasons = [self._in_column(problem, one.cells) for problem in _of_the_row(one, refusal.problems)]
        whole = reasons[0]
        for reason in reasons[1:]:
            whole = message("{reason} {further}", reason=whole, further=reason)
        return _refused(one, RefusedRow(whole, reasons[0]))

    def _in_column(self, problem: Problem, cells: dict[str, str]) -> Message:
        column = self.format.column_of(problem.field, cells)
        return message("{column}: {problem}", column=column, problem=problem.message) if column else problem.message


def _lacking(draft: Drafted) -> RefusedRow | None:
    """What a draft lacks to make a new record."""
    return None if draft.get("earliest_interval") else draft.refused_if_new


def _of_the_row(one: _Draft, problems: list[Problem]) -> list[Problem]:
    """The problems of a row, without those that come only of the kind of record that is there; all, where it has no others."""
    assert one.draft is not None
    own = check({**one.draft.defaults, **one.draft}).problems
    kept = [each for each in problems if each in own or each.field not in _HANG_ON_THE_KIND] if own else []
    return kept or problems


def _identification(draft: Drafted) -> dict[str, Any]:
    return {name: draft.get(name, "") for name in _OF_A_NAME}


def _with_end(relation: dict[str, Any], there: set[str]) -> dict[str, Any]:
    end = str(relation.get("of") or "")
    settled = {name: value for name, value in relation.items() if name != "of"}
    return settled | {"related_occurrence_id": end, "related_resource": ""} if end in there else settled


def _refused(one: _Draft, refusal: RefusedRow) -> RowOutcome:
    return refused(one.row, refusal, one.key, one.name)
