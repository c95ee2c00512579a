"""What can be said of a row by itself: its draft, what is doubtful about its place, and the record that it makes if it is new.

Nothing here asks the database, so that other processes can do it (`catalogue.exchange.helping`). Whether a row is new, and whether another
row of the file says the same, only `catalogue.exchange.judging` knows, which looks at the rows in their order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, NamedTuple

from catalogue import ready
from catalogue.checking import check
from catalogue.exchange.doubtful_places import PlaceDoubts, note_doubts
from catalogue.exchange.formats import Drafted, Format, RefusedRow
from catalogue.exchange.reading import Row
from catalogue.exchange.refusing import surplus
from catalogue.messages import Message
from catalogue.numbers import Number
from catalogue.parts import PARTS
from catalogue.records import OWN
from catalogue.vocabularies.settling import in_words_of
from catalogue.vocabularies.words import Vocabularies
from catalogue.withholding import Rule


class Offer(NamedTuple):
    """The record that a row makes if there is none under its key and its number is free.

    Parameters
    ----------
    key, name : str
        Of the record.
    bears : tuple of str
        Its institution and catalogue number.
    is_own : bool
        Whether it is a specimen of a museum, which has its number alone.
    by_number : bool
        Whether it is known by that number, for its row has no key of its own.
    notes : tuple of Message
        What is to be told of the row although it is taken.
    record : tuple
        Ready to be written; empty where nothing is to be kept.
    """

    key: str
    name: str
    bears: Number
    is_own: bool
    by_number: bool
    notes: tuple[Message, ...]
    record: ready.Row | ready.InPack


class Offers(NamedTuple):
    """What rows make if they are new, on its way from another process.

    Parameters
    ----------
    told : list of tuple
        What is offered for each row, without its record; None where nothing is.
    packed : bytes
        The records of those for which something is, together.
    """

    told: list[tuple[Any, ...] | None]
    packed: bytes

    def unpacked(self) -> Iterator[Offer | None]:
        """What is offered for each row."""
        pack = ready.Pack(self.packed, sum(one is not None for one in self.told))
        places = count()
        for one in self.told:
            yield Offer._make((*one, ready.InPack(pack, next(places)))) if one is not None else None


@dataclass(slots=True)
class Prepared:
    """A row with its draft, or why there is none, or what was offered for it elsewhere.

    Parameters
    ----------
    further : list of Prepared
        Other identifications of the same find, newest first.
    own_key : str
        What its key would be, where it is known by its number as another one.
    """

    row: Row
    draft: Drafted | None = None
    refusal: RefusedRow | None = None
    offer: Offer | None = None
    further: list["Prepared"] = field(default_factory=list)
    own_key: str = ""

    @property
    def cells(self) -> dict[str, str]:
        """Column to cell."""
        return self.row.cells

    @property
    def key(self) -> str:
        """The key of its record; blank when there is none."""
        if self.draft is not None:
            return str(self.draft["occurrence_id"])
        return self.offer.key if self.offer is not None else ""

    @property
    def bears(self) -> Number:
        """Its institution and catalogue number."""
        if self.draft is None:
            return self.offer.bears if self.offer is not None else ("", "")
        said = self.draft.get
        return str(said("institution_code") or "").strip(), str(said("catalog_number") or "").strip()

    @property
    def number(self) -> Number | None:
        """The number by which it is known, where it has no key of its own."""
        if self.draft is not None:
            return self.draft.number
        return self.offer.bears if self.offer is not None and self.offer.by_number else None

    @property
    def name(self) -> str:
        """The identification as the row gives it."""
        if self.draft is None:
            return self.offer.name if self.offer is not None else ""
        return str(self.draft.get("verbatim_identification", ""))

    @property
    def is_drafted(self) -> bool:
        """Whether its draft was made, or refused."""
        return self.draft is not None or self.refusal is not None


@dataclass(frozen=True)
class Preparer:
    """Prepares the rows of one table.

    Parameters
    ----------
    format : Format
    gather : bool
        Whether what is offered is to be kept.
    words : mapping
        The vocabularies, as they are now.
    rules : sequence of Rule
        By which sites are withheld now.
    place_doubts : callable or None
    """

    format: Format
    gather: bool
    words: Vocabularies
    rules: Sequence[Rule]
    place_doubts: PlaceDoubts | None = None

    def drafted(self, rows: Sequence[Row]) -> list[Prepared]:
        """Some rows with their drafts."""
        prepared = [Prepared(row) for row in rows]
        self.draft(prepared)
        return prepared

    def draft(self, some: Sequence[Prepared]) -> None:
        """Make the drafts of some rows."""
        for one in some:
            try:
                one.draft = self._draft_of(one.row)
            except RefusedRow as refusal:
                one.refusal = refusal
        if self.place_doubts is not None:
            note_doubts([one.draft for one in some if one.draft is not None], self.place_doubts)

    def _draft_of(self, row: Row) -> Drafted:
        if row.surplus:
            raise surplus(row)
        made = self.format.said(row.cells)
        draft = made if isinstance(made, Drafted) else Drafted(made)
        if row.extensions and self.format.lists is not None:
            draft.update(self.format.lists(row.extensions, draft))
        return draft

    def offer(self, draft: Drafted) -> Offer | None:
        """What a row makes if it is new; None where that needs a closer look, at lists above all."""
        if not draft.get("occurrence_id") or not PARTS.keys().isdisjoint(draft):
            return None
        checked = check({**draft.defaults, **draft})
        if checked.problems:
            return None
        values = in_words_of(self.words, checked.values)
        return Offer(
            str(values["occurrence_id"]),
            str(draft.get("verbatim_identification", "")),
            (values["institution_code"], values["catalog_number"]),
            values["basis_of_record"] == OWN,
            draft.number is not None,
            tuple(draft.notes),
            ready.row_of(self.rules, values) if self.gather else (),
        )

    def offers(self, rows: Sequence[Row]) -> "Offers":
        """What some rows make if they are new, for another process."""
        offers = [self.offer(one.draft) if one.draft is not None else None for one in self.drafted(rows)]
        records = [offer.record for offer in offers if offer is not None]
        packed = ready.to_bytes(records) if self.gather and records else b""
        return Offers([offer and offer[:-1] for offer in offers], packed)

    def handed_over(self) -> "Preparer":
        """The same without what only judging needs, for another process."""
        return replace(self, format=replace(self.format, contradiction=_not_here, judged_by=None))


def _not_here(*_: object) -> RefusedRow:
    raise NotImplementedError("Rows are held against each other where they are judged.")
