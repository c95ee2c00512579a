"""Judging the rows of a table, batch by batch: what becomes of each, and what is to be kept.

Each row was prepared by itself (`catalogue.exchange.preparing`), by this process or by a helper. Here it meets the catalogue and the rows
before it: is there such a record, is its number free, does another row speak of it? What is to be kept waits in a file.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from catalogue import meanwhile, ready
from catalogue.checking import InvalidDraft
from catalogue.compact import Places
from catalogue.exchange.by_number import NUMBER, has_other_number, take_known_numbers, take_number_of_file
from catalogue.exchange.doubtful_places import PlaceDoubts
from catalogue.exchange.formats import Drafted, Format, RefusedRow
from catalogue.exchange.helping import prepared_batches
from catalogue.exchange.joining import Together, joined
from catalogue.exchange.mapping.drafting import KEY_BY_NUMBER
from catalogue.exchange.noted_rows import NotedRows
from catalogue.exchange.outcomes import RowOutcome, RowOutcomes
from catalogue.exchange.preparing import Offer, Prepared, Preparer
from catalogue.exchange.reading import Row, Table
from catalogue.exchange.refusing import ALWAYS_NEEDED, alone, invalid, lacking, refused
from catalogue.exchange.relating import Relating
from catalogue.exchange.renumbering import Renumbering
from catalogue.exchange.repeating import Repeated, Turn
from catalogue.exchange.telling import told
from catalogue.exchange.waiting import News
from catalogue.generalising import FATES, says_withheld
from catalogue.mended import without
from catalogue.messages import message
from catalogue.parts import PARTS, RELATED
from catalogue.taking_over import Judgement, TakingOver
from catalogue.vocabularies.words import vocabularies
from catalogue.withholding import in_force


class Judging:
    """One run through the rows of a table.

    Parameters
    ----------
    gather : bool
        Whether what is new or changes a record is gathered in `news`, to be kept.
    place_doubts : callable or None
        Tells what is doubtful about places.
    """

    def __init__(
        self,
        connection: Connection,
        table: Table,
        of: Format,
        *,
        gather: bool,
        place_doubts: PlaceDoubts | None = None,
    ) -> None:
        self.format = of
        self.door = TakingOver(connection)
        self.rows = RowOutcomes()
        self.noted = NotedRows()
        self.news = News()
        self._connection = connection
        self._table = table
        self._gather = gather
        self._preparer = Preparer(of, gather, vocabularies(connection), in_force(connection), place_doubts)
        self._repeated = Repeated(table, of, self.rows, lambda row: self._preparer.drafted([row])[0])
        self._renumbering = Renumbering()
        self._refused_keys: dict[str, int] = {}
        self._relating = Relating(connection, table, of)
        self._seen = Places(self.rows.keys)
        self._mostly_new = True
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
            is_key=lambda key: key in self._relating.ends or self._seen.find(key) is not None,
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
        batches = prepared_batches(self._table, self._preparer, size, is_worth_it=lambda: self._mostly_new)
        with closing(batches):
            for batch in batches:
                done += len(batch)
                self._judge([one for row in batch for group in together.complete(row) if (one := self._one(group))])
                yield done
        for turn in (Turn.NOT_ALONE, Turn.NUMBERS, Turn.BY_NUMBER, Turn.LAST):
            late = self._repeated.whose_turn(turn)
            while some := list(islice(late, size)):
                self._judge(self._preparer.drafted(some))
                yield done
            while turn == Turn.NUMBERS and self._renumbering:
                self._renumber()
                yield done
        self._repeated.settle()
        self.rows.sort()

    def _renumber(self) -> None:
        """Judge rows that waited for a number and need not any longer."""
        ready = self._renumbering.ready()
        for one in self._renumbering.circle() if ready is None else [ready]:
            self._judge([one])

    def _one(self, group: list[Prepared]) -> Prepared | None:
        """The rows of one find as one, or the only row."""
        if len(group) == 1:
            return group[0]
        self._draft(group)
        return joined(self.format, group, alone=lambda one: self._judge([one]), again=self._repeated.compare)

    def _draft(self, some: Sequence[Prepared]) -> None:
        """Make the drafts that are needed here and were not made yet."""
        self._preparer.draft([one for one in some if not one.is_drafted])

    def _judge(self, batch: Sequence[Prepared]) -> None:
        self._draft([one for one in batch if one.offer is None])
        if self.format.key_columns and self._repeated.turn == Turn.FIRST:
            batch = [one for one in batch if not self._comes_by_number(one)]
        take_known_numbers(self._connection, batch, self._draft)
        fit = [one for one in batch if one.refusal is None]
        keys = [*(one.key for one in fit), *(one.own_key for one in fit if one.own_key)]
        self.door.look_up(keys, [number for one in fit if (number := one.bears)[1]])
        self._draft([one for one in fit if self.door.knows(one.key)])
        records: list[ready.Row | ready.InPack] = []
        others: list[Judgement] = []
        for one in batch:
            take_number_of_file(one, self.door, self.rows.keys)
            if one.refusal is not None:
                self.rows.add(_refused(one, one.refusal))
            elif self._stands_behind(one):
                continue
            elif (offer := self._taken_as_new(one)) is not None:
                records.append(offer.record)
            elif (judgement := self._outcome(one)) is not None:
                others.append(judgement)
        self._mostly_new = 2 * len(records) > len(batch)
        if self._gather:
            self.news.add(records, others)

    def _taken_as_new(self, one: Prepared) -> Offer | None:
        """Take a row whose record is new and needs no closer look; None when it does."""
        key = one.key
        if self.door.knows(key) or self._seen.find(key) is not None:
            return None
        offer = one.offer if one.draft is None else self._preparer.offer(one.draft)
        number = offer.bears if offer is not None and offer.is_own else None
        if offer is None or offer.key != key or not self.door.takes_new(number, offer.name, len(self.rows)):
            return None
        self.noted.add(one.row.number, offer.notes)
        self._seen.put(self.rows.add_plain(one.row.number, "accepted", key, offer.name), key)
        return offer

    def _outcome(self, one: Prepared) -> Judgement | None:
        """Look closer at a row; what is to be kept of it, None when nothing is."""
        draft, key = self._draft_of(one), one.key
        seen = self._seen.find(key)
        if seen is not None:
            self._further_up(one, draft, self.rows[seen].number)
            return None
        if self._waits_for_others(one, draft):
            return None
        try:
            complete = self._complete(one, draft)
            if self._waits_for_number(one, complete):
                return None
            judgement = self.door.judge(complete, at=len(self.rows))
            if has_other_number(one, self.door):
                judgement = replace(judgement, kept=(*judgement.kept, "catalog_number"))
        except RefusedRow as refusal:
            self._refuse(one, [refusal] * (1 + len(one.further)))
            return None
        except InvalidDraft as wrong:
            reasons = [self._invalid(each, wrong) for each in (one, *one.further)]
            self._refuse(one, reasons, counts=self._may_count(one))
            return None
        self.noted.add(one.row.number, draft.notes)
        self._enter(one, judgement)
        return None if judgement.outcome == "unchanged" else judgement

    def _draft_of(self, one: Prepared) -> Drafted:
        """The draft of a row, made now where the row was only offered."""
        if one.draft is None:
            self._draft([one])
            take_number_of_file(one, self.door, self.rows.keys)
        assert one.draft is not None, "what was offered can be drafted"
        return one.draft

    def _invalid(self, one: Prepared, wrong: InvalidDraft) -> RefusedRow:
        return invalid(self.format, one.row, self._draft_of(one), wrong.problems)

    def _refuse(self, one: Prepared, reasons: Sequence[RefusedRow], *, counts: bool = False) -> None:
        """Refuse a row, and those that go with it. Where it `counts`, for only its number is another specimen's, no other counts for its record.

        One that bears the very key that a row without a key would get, and makes no record, is remembered: then that row makes none either.
        """
        place = len(self.rows)
        for each, reason in zip((one, *one.further), reasons, strict=True):
            self.rows.add(_refused(each, reason))
            if counts:
                self._repeated.counts_although_refused(each, reason)
        if counts:
            self._seen.put(place, one.key)
        elif self.format.key_columns and one.key.startswith(KEY_BY_NUMBER) and one.key not in self._refused_keys:
            self._refused_keys[one.key] = one.row.number
            self._repeated.counts_although_refused(one, reasons[0])

    def _may_count(self, one: Prepared) -> bool:
        """Whether a row may be the one that counts of those about its record, as far as it hangs on the row alone."""
        return self.door.knows(one.key) or self._refusal_alone(one.row, self._draft_of(one)) is None

    def _comes_by_number(self, one: Prepared) -> bool:
        """Put a row off that has no key, until all that have one are judged; False when it has one."""
        if one.number is None:
            return False
        self._repeated.put_off(one.row, Turn.BY_NUMBER)
        return True

    def _stands_behind(self, one: Prepared) -> bool:
        """Hold a row against one about its record that waits for a number, or was refused although it has the key; False when there is none."""
        if self._repeated.turn >= Turn.BY_NUMBER:
            has_record = self.door.knows(one.key) or self._seen.find(one.key) is not None
            first = None if has_record else self._refused_keys.get(one.key)
        else:
            first = self._renumbering.first_about(one.key) if self._renumbering else None
        if first is None:
            return False
        self._further_up(one, self._draft_of(one), first)
        return True

    def _further_up(self, one: Prepared, draft: Drafted, first: int) -> None:
        self._repeated.further_up(one, first, alone=lambda: self._refusal_alone(one.row, draft))

    def _waits_for_others(self, one: Prepared, draft: Drafted) -> bool:
        """Put a row off that could not make a record, but may find one; False when it need not wait.

        The record may be there because another row of this file made it. Then that row counts now as it did then.
        """
        is_by_number = self._repeated.turn >= Turn.BY_NUMBER
        until = Turn.LAST if is_by_number else Turn.NOT_ALONE
        waits = (
            self._repeated.turn < until
            and (is_by_number or self.door.knows(one.key))
            and bool(self.format.columns.get("earliest_interval"))
            and self._refusal_alone(one.row, draft) is not None
        )
        if waits:
            self._repeated.put_off(one.row, until)
        return waits

    def _refusal_alone(self, row: Row, draft: Drafted) -> RefusedRow | None:
        """Why a row could not make a record by itself, whatever is in the catalogue; None when it could."""
        whole = {**draft.defaults, **draft}
        if whole.keys() >= ALWAYS_NEEDED and self.door.says_what_is_held(whole):
            return None
        return alone(self.format, row, draft)

    def _waits_for_number(self, one: Prepared, draft: dict[str, Any]) -> bool:
        """Whether a row is put off that wants the number of a record of which a row may still say that it has another one."""
        in_the_way = self.door.in_the_way(draft)
        if in_the_way is None or not self._may_count(one):
            return False
        _, holder = in_the_way
        may_come = self._repeated.turn < Turn.NUMBERS and self._seen.find(holder) is None
        if not may_come and not self._renumbering.is_waiting(holder):
            return False
        self._renumbering.put_off(one, holder)
        return True

    def _complete(self, one: Prepared, draft: Drafted) -> dict[str, Any]:
        """The draft with what only a new record needs, and with its relations settled."""
        if RELATED in draft:
            draft[RELATED] = self._relating.settled(draft[RELATED])
        if self.door.knows(one.key):
            said = _without_coarser_site(draft)
            return without(said, NUMBER) if has_other_number(one, self.door) else said
        lacks = lacking(draft)
        if lacks is not None:
            raise lacks
        return draft.defaults | draft if draft.defaults else draft

    def _enter(self, one: Prepared, judgement: Judgement) -> None:
        """Enter what becomes of a row, and of those that go with it; the place of the first is that of its key."""
        if judgement.outcome == "changed" or judgement.kept or one.further:
            place, *_ = [self.rows.add(row) for row in told(self._connection, one, judgement)]
        else:
            place = self.rows.add_plain(one.row.number, judgement.outcome, one.key, one.name)
        self._seen.put(place, one.key)


def _without_coarser_site(draft: Drafted) -> dict[str, Any]:
    """What Bonebed made coarser on its way out does not overwrite the exact site of a record on its way in again."""
    if not says_withheld(draft.get("information_withheld")):
        return draft
    draft.notes.append(message("The row bears a coarser place to protect its site. The record keeps the exact one."))
    return {name: value for name, value in draft.items() if name not in PARTS and FATES.get(name, "blank") == "shown"}


def _refused(one: Prepared, refusal: RefusedRow) -> RowOutcome:
    return refused(one.row, refusal, one.key, one.name)
