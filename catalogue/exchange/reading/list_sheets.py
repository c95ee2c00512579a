"""Sheets of a workbook that hold lists of the records on another sheet: earlier names, measurements, pieces, one a row.

They are known by their headings, for people give sheets names of their own: a column with the key of the record, and the columns of a list
as Bonebed writes it, or those of an extension of Darwin Core. Their rows are handed on as an archive hands on its extensions.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import TypeAlias

from catalogue.exchange.mapping.headings import NAMES, by_term, by_word, folded
from catalogue.exchange.out.terms import term
from catalogue.exchange.reading.extension_columns import TAKEN
from catalogue.exchange.reading.further_tables import FurtherTable, noted
from catalogue.exchange.reading.heading_rows import LOOKED_AT, below_titles
from catalogue.exchange.reading.tables import Extensions, Record, without_trailing_blanks
from catalogue.messages import Message, message
from catalogue.parts import NEEDED, PARTS

OtherSheets: TypeAlias = Iterable[tuple[str, Iterator[Record]]]
"""The names of other sheets, each with its rows."""
_VAGUE = frozenset({"no", "nr", "number", "nummer", "numero", "编号", "specimen", "cat", "cote"})
"""Headings of catalogue numbers that may as well count the rows of a sheet."""


@dataclass(frozen=True)
class _List:
    """What makes a sheet one of a list.

    Parameters
    ----------
    kind : str
        How its rows are called where they become parts of a record: the term of the list, or the kind of the extension.
    takes : tuple of str
        The columns of which anything is taken.
    needs : tuple of tuple of str
        Columns that it must have: one of each group.
    without : tuple of str
        Columns of records, by which a sheet is known to be none of the list.
    """

    kind: str
    takes: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether it is as Bonebed writes it."""
        return not self.kind[0].isupper()

    def fits(self, columns: frozenset[str]) -> bool:
        """Whether a sheet with these columns, among them the key of a record, is one of this list."""
        needed = all(any(plain(one) in columns for one in group) for group in self.needs)
        return needed and columns.isdisjoint(map(plain, self.without))


def _of_extension(kind: str, needs: str, without: str = "") -> _List:
    groups = tuple(tuple(group.split("|")) for group in needs.split())
    return _List(kind, tuple(TAKEN[kind]), groups, tuple(without.split()))


_OF_RECORDS = "basisOfRecord locality country countryCode decimalLatitude formation recordedBy eventDate"
_EXTENSIONS = (
    _of_extension("MeasurementOrFact", "measurementType|verbatimMeasurementType measurementValue"),
    _of_extension(
        "Identification",
        "verbatimIdentification|scientificName identifiedBy|dateIdentified|identificationID|identificationRemarks",
        _OF_RECORDS,
    ),
    _of_extension("ResourceRelationship", "relationshipOfResource relatedResourceID|relatedResource"),
    _of_extension("ChronometricAge", "earliestChronometricAge|latestChronometricAge|verbatimChronometricAge"),
)
"""Extensions of Darwin Core whose columns no table of records has; those of `catalogue.exchange.mapping.extensions`."""
_NEEDED = {**NEEDED, "relations": ("relationship_of_resource", "related_occurrence_id"), "media": ("sha256",)}
_OURS = tuple(
    _List(
        term(name),
        tuple(term(field) for field in kind.__dataclass_fields__ if field != "occurrence_id"),
        tuple((term(field),) for field in _NEEDED[name]),
        tuple(_OF_RECORDS.split()),
    )
    for name, kind in PARTS.items()
)
_ALSO_EXTENSIONS = frozenset({"identifications", "statements"})
"""Lists of which a sheet with but some of our columns is read as one of Darwin Core, which takes dates and names as people write them."""


@cache
def plain(heading: str) -> str:
    """A heading without capitals, signs and blanks: “Occurrence ID” gives “occurrenceid”."""
    return folded(heading).replace(" ", "")


def list_of(headings: Sequence[str]) -> _List | None:
    """Which list a sheet with these headings holds; None for any other sheet."""
    columns = frozenset(map(plain, filter(None, headings)))
    has_key = "occurrenceid" in columns
    if not has_key and not any(map(_is_number, headings)):
        return None
    for one in _OURS if has_key else ():
        ours = frozenset(map(plain, one.takes))
        few = one.kind not in _ALSO_EXTENSIONS and columns - {"occurrenceid"} <= ours
        if one.fits(columns) and (ours <= columns or few):
            return one
    return next((one for one in _EXTENSIONS if one.fits(columns)), None)


def is_list_of_ours(headings: Sequence[str]) -> bool:
    """Whether a sheet holds a list as Bonebed writes it: what looks like a name there is none of a record."""
    found = list_of(headings)
    return found is not None and found.is_ours


def is_list_alone(headings: Sequence[str]) -> bool:
    """Whether a sheet holds a list and nothing that records could be made of."""
    is_name = any({by_term(one), by_word(one)} & {*NAMES} for one in headings)
    return is_list_of_ours(headings) or (list_of(headings) is not None and not is_name)


def _is_number(heading: str) -> bool:
    return "catalog_number" in (by_term(heading), by_word(heading)) and folded(heading) not in _VAGUE


class ListSheets:
    """The sheets of lists beside a sheet of records.

    Parameters
    ----------
    sheet : str
        The name of the sheet of records.
    headings : sequence of str
        Its headings.
    others : iterable of tuple of str and iterator of Record
        The other sheets; those that are no lists are read no further than their headings.
    hidden : sequence of str
        Sheets that the spreadsheet hides; what nobody sees is not taken.
    """

    def __init__(self, sheet: str, headings: Sequence[str], others: OtherSheets, hidden: Sequence[str]) -> None:
        self._sheet, self._headings = sheet, headings
        self._tables: list[tuple[FurtherTable, int, bool]] = []
        self._unread: list[str] = []
        self._notes: list[Message] = []
        self._are_noted = False
        for name, records in others:
            first, wrong = _first_of(records)
            going = below_titles(chain(first, records))
            columns = headings_of(next(going, (0, ()))[1])
            if wrong is None and len({*columns} - {""}) < 2:
                continue  # nothing, or a text
            found = None if name in hidden else list_of(columns)
            place, of_record = self._keys(found, columns)
            if found is None or place is None or of_record is None:
                self._unread += [name] * (not says_what_the_file_is(columns, going))
            elif wrong is not None:
                raise wrong
            else:
                self._take(found, name, columns, place, of_record, going)

    def _keys(self, found: _List | None, columns: Sequence[str]) -> tuple[int | None, int | None]:
        """Where the key stands on a sheet of a list, and on that of the records."""
        for is_key in (lambda one: plain(one) == "occurrenceid", _is_number)[: 1 if found and found.is_ours else 2]:
            places = _place(is_key, columns), _place(is_key, self._headings)
            if None not in places:
                return places
        return None, None

    def _take(
        self, found: _List, name: str, columns: Sequence[str], place: int, of_record: int, rows: Iterator[Record]
    ) -> None:
        known = {plain(one): one for one in found.takes}
        terms = ["" if at == place else known.get(plain(one), "") for at, one in enumerate(columns)]
        self._tables.append(
            (FurtherTable(found.kind, name, terms, place, rows), of_record, plain(columns[place]) != "occurrenceid")
        )
        left = [one for at, one in enumerate(columns) if one and not terms[at] and at != place]
        if left:
            self._notes.append(
                message(
                    "Columns of the sheet “{name}” from which nothing is taken: {columns}.",
                    name=name,
                    columns=", ".join(left)[:300],
                )
            )

    @property
    def names(self) -> tuple[str, ...]:
        """The sheets whose rows are taken."""
        return tuple(table.name for table, *_ in self._tables)

    def noted(self, records: Iterator[Record]) -> Iterator[Record]:
        """The records from their headings on; on the first way through, the lists are told which records there are."""
        if self._are_noted or not self._tables:
            return records
        self._are_noted = True
        return noted(records, [(table, place) for table, place, _ in self._tables])

    def of(self, cells: Sequence[str]) -> Extensions:
        """What the lists say of a record."""
        said: dict[str, tuple[dict[str, str], ...]] = {}
        for table, place, by_number in self._tables:
            key = _cell(cells, place)
            if not (by_number and table.is_doubtful(key)) and (rows := table.rows_of(key)):
                said[table.kind] = (*said.get(table.kind, ()), *rows)
        return said

    def notes(self) -> Iterator[Message]:
        """What is not taken, once all records were noted."""
        yield from self._notes
        for table, _, by_number in self._tables:
            if lost := table.left_out(0):
                yield message(
                    "Rows of the sheet “{name}” that belong to no record of the sheet “{sheet}”, and are left out: {count}.",
                    name=table.name,
                    sheet=self._sheet,
                    count=lost,
                )
            if doubtful := by_number and table.left_out(2):
                yield message(
                    "Rows of the sheet “{name}” whose number several records of the sheet “{sheet}” have, and are left out: {count}. Give both sheets a column occurrenceID.",
                    name=table.name,
                    sheet=self._sheet,
                    count=doubtful,
                )
        if self._unread:
            yield message(
                "The sheet “{sheet}” is read. Not read: {others}.",
                sheet=self._sheet,
                others=", ".join(self._unread)[:500],
            )


def _first_of(records: Iterator[Record]) -> tuple[list[Record], Exception | None]:
    """The first rows of a sheet, and what is wrong there: in a sheet that nobody asked for it is no reason to refuse another one."""
    first: list[Record] = []
    try:
        first += islice(records, LOOKED_AT)
    except Exception as error:
        return first, error
    return first, None


def headings_of(cells: Sequence[str]) -> tuple[str, ...]:
    """The headings of a sheet, from its row of headings."""
    return tuple(cell.strip() for cell in without_trailing_blanks(cells))


def says_what_the_file_is(columns: Sequence[str], rows: Iterator[Record]) -> bool:
    """Whether a sheet is the one on which Bonebed writes how to cite the file."""
    return columns[:1] == ("Title",) and any("Cite as" in cells[:1] for _, cells in islice(rows, LOOKED_AT))


def _place(is_wanted: Callable[[str], bool], headings: Sequence[str]) -> int | None:
    return next((place for place, one in enumerate(headings) if one and is_wanted(one)), None)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
