"""From a row and a map of columns to a draft: each field from its columns, what is not understood into the remarks, with a note.

Fields of which the table says nothing are left out of the draft, so that a record that is there keeps them.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache

from catalogue.checking import LONGEST_KEY
from catalogue.exchange.cells import as_before
from catalogue.exchange.formats import Cells, Drafted, RefusedRow
from catalogue.exchange.mapping.columns import REJECT_REASON, ColumnMap
from catalogue.exchange.mapping.headings import FIELDS, OF_THE_NAME, REMARKS
from catalogue.exchange.mapping.naming import NAME_TARGETS, groups_of, name_of
from catalogue.exchange.mapping.placing import OF_HEIGHT_AND_DOUBT, place_of, remarks_of_place
from catalogue.exchange.mapping.row_reader import SAYS_NOTHING, Remembered, RowReader, Step, sentence
from catalogue.exchange.mapping.timing import AGE_TARGETS, DATE_TARGETS, age_of, dates_of
from catalogue.messages import message
from catalogue.records import OWN, PUBLISHED, UNKNOWN

KEY_BY_NUMBER = "urn:catalog:"
"""How the key begins that a row gets by its catalogue number, where it has none of its own."""
_BASES = {
    **dict.fromkeys(
        (
            "fossilspecimen",
            "preservedspecimen",
            "materialentity",
            "materialsample",
            "specimen",
            "own",
            "化石标本",
            "标本",
        ),
        OWN,
    ),
    **dict.fromkeys(("materialcitation", "occurrence", "literature", "published", "citation"), PUBLISHED),
}
_ABSENT = frozenset({"absent", "absence", "ausente", "缺失", "未发现"})
_IN_STEPS = frozenset(
    {
        *(
            "occurrence_id",
            "basis_of_record",
            "verbatim_identification",
            "identification_qualifier",
            "higher_classification",
        ),
        *("earliest_interval", "latest_interval", "verbatim_age", "country_code", "locality", "verbatim_coordinates"),
        *("decimal_latitude", "decimal_longitude", "coordinate_uncertainty_in_meters", "event_date", "date_identified"),
        *("georeferenced_date", "minimum_elevation_in_meters", "maximum_elevation_in_meters", "individual_count"),
        *("occurrence_remarks", "translations", "taxon_rank", *OF_THE_NAME),
    }
)
"""Fields that are made in steps of their own; every other one is taken as it stands."""


class Drafter:
    """Makes drafts of the rows of one table.

    Parameters
    ----------
    given : ColumnMap
        What its columns mean.
    keys_are_unique : bool
        Whether ``occurrenceID`` is a key for the whole world, as Darwin Core wants it; else bare numbers get the institution before them.
    """

    def __init__(self, given: ColumnMap, *, keys_are_unique: bool) -> None:
        columns: dict[str, tuple[str, ...]] = {}
        for column, target in given.targets.items():
            if target:
                columns[target] = (*columns.get(target, ()), column)
        self._columns = columns
        self._fixed = {target: text.strip() for target, text in given.fixed.items() if text.strip()}
        self._plain = tuple(
            name for name in FIELDS if name not in _IN_STEPS and (name in columns or name in self._fixed)
        )
        self._keys_are_unique = keys_are_unique
        self._pairs = [(target, column) for target, of in columns.items() for column in of]
        self._steps = [
            Remembered(step, [target for target in targets if target in columns]) if targets else step
            for step, targets, needs in _STEPS
            if not needs or not needs.isdisjoint(columns) or not needs.isdisjoint(self._fixed)
        ]

    def __call__(self, cells: Cells) -> Drafted:
        """The draft of a row.

        Raises
        ------
        RefusedRow
            When what it states cannot be.
        """
        said, fixed = self._said(cells), self._fixed
        row = RowReader(cells, self._columns, fixed, said)
        draft = row.draft
        for name in self._plain:
            draft[name] = said.get(name) or fixed.get(name, "")
        for step in self._steps:
            step(row)
        _take_remarks(row)
        self._take_key(row)
        return draft

    def _said(self, cells: Cells) -> dict[str, str]:
        """What the cells say of each target; the first column that says something counts."""
        said: dict[str, str] = {}
        get = cells.get
        for target, column in self._pairs:
            text = get(column)
            if text and (text := text.strip()) and text not in SAYS_NOTHING and target not in said:
                said[target] = as_before(text) if text[0] == "'" else text
        return said

    def _take_key(self, row: RowReader) -> None:
        draft = row.draft
        written, gbif = row.text("occurrence_id"), row.text("gbif_id")
        owner = str(draft.get("institution_code") or draft.get("dataset_name") or "")
        number = str(draft.get("catalog_number") or "")
        if written:
            bare = written.isascii() and written.isdigit() and not self._keys_are_unique
            draft["occurrence_id"] = f"{owner}:{written}" if bare and owner else f"id:{written}" if bare else written
        elif gbif:
            draft["occurrence_id"] = f"gbif:{gbif}"
        elif number:
            draft["occurrence_id"] = f"{KEY_BY_NUMBER}{owner}:{number}"[:LONGEST_KEY]
            if (draft.get("basis_of_record") or draft.defaults.get("basis_of_record")) == OWN:
                draft.number = (str(draft.get("institution_code") or ""), number)
        else:
            draft["occurrence_id"] = f"row:{_digest(row.cells)}"


def _digest(cells: Cells) -> str:
    """The same for the same cells, whatever the file and the order of its columns; also of columns of which nothing is taken, for
    two finds may differ in these alone."""
    said = {
        column: as_before(cell.strip()) for column, cell in cells.items() if cell.strip() and column != REJECT_REASON
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:24]


@lru_cache(maxsize=256)
def _basis(written: str) -> str:
    return _BASES.get(written.casefold().replace("_", "").replace(" ", "").replace("-", ""), written)


def _take_basis(row: RowReader) -> None:
    written = row.text("basis_of_record")
    basis = _basis(written) or (OWN if row.text("catalog_number") else PUBLISHED)
    if written:
        row.draft["basis_of_record"] = basis
    else:
        row.draft.defaults["basis_of_record"] = basis
    if basis == OWN and row.has("locality") and not row.text("locality"):
        row.draft["locality"] = UNKNOWN
    elif row.has("locality"):
        row.draft["locality"] = row.text("locality")
    elif basis == OWN:
        row.draft.defaults["locality"] = UNKNOWN


def _refuse_absence(row: RowReader) -> None:
    """Darwin Core also tells where something was looked for and not found; no find can be made of that."""
    if row.text("occurrence_status").casefold() in _ABSENT:
        raise RefusedRow(message("The row says that nothing was found there (occurrenceStatus is absent)."))


def _take_name(row: RowReader) -> None:
    name, aside = name_of(row)
    if name or row.has("verbatim_identification", *OF_THE_NAME):
        row.draft["verbatim_identification"] = name
    row.remarks.extend(aside)
    if row.has("taxon_rank"):
        row.draft["taxon_rank"] = row.text("taxon_rank").casefold()
    groups = groups_of(row)
    if groups or row.has("higher_classification"):
        row.draft["higher_classification"] = groups


def _take_age(row: RowReader) -> None:
    age = age_of(row)
    row.draft |= age.values
    row.draft.notes += age.notes
    if age.refusal is not None:
        row.draft.refused_if_new = age.refusal


def _take_place(row: RowReader) -> None:
    row.draft |= place_of(row)


def _take_dates(row: RowReader) -> None:
    row.draft |= dates_of(row)


def _take_count(row: RowReader) -> None:
    text = row.text("individual_count")
    whole = text.removesuffix(".0")
    if not text or (whole.isascii() and whole.isdigit() and int(whole) > 0):
        row.draft["individual_count"] = whole
        return
    row.draft["individual_count"] = ""
    row.aside("individual_count", text)
    row.draft.notes.append(
        message(
            "{column}: “{value}” is not a whole number. It stands in the remarks.",
            column=row.heading("individual_count"),
            value=text[:60],
        )
    )


def _take_translations(row: RowReader) -> None:
    text = row.text("translations")
    if not text:
        return
    try:
        held = json.loads(text)
    except ValueError:
        held = None
    if isinstance(held, dict):
        row.draft["translations"] = held
    else:
        row.draft.notes.append(
            message(
                "{column}: “{value}” is not understood and left out.",
                column=row.heading("translations"),
                value=text[:60],
            )
        )


def _take_remarks(row: RowReader) -> None:
    if row.columns(REMARKS):
        key = row.said("occurrence_id")  # which GDAL writes twice of a place that has an id
        row.remarks += [sentence(column, text) for column, text in row.each(REMARKS) if text != key]
    if row.remarks or row.has("occurrence_remarks", REMARKS):
        row.draft["occurrence_remarks"] = " ".join(filter(None, (row.text("occurrence_remarks"), *row.remarks)))


_STEPS: tuple[tuple[Step, tuple[str, ...], frozenset[str]], ...] = (
    (_refuse_absence, (), frozenset({"occurrence_status"})),
    (_take_basis, (), frozenset()),
    (_take_name, NAME_TARGETS, frozenset()),
    (_take_age, (*AGE_TARGETS, "verbatim_age"), frozenset()),
    (_take_place, (), frozenset()),
    (remarks_of_place, (), frozenset(OF_HEIGHT_AND_DOUBT)),
    (_take_dates, DATE_TARGETS, frozenset(DATE_TARGETS)),
    (_take_count, (), frozenset({"individual_count"})),
    (_take_translations, (), frozenset({"translations"})),
)
"""The steps in their order, the only targets that some of them look at, and those without any of which there is nothing to do."""


def contradiction(
    numbers: tuple[int, int], rows: tuple[Cells, Cells], fields: list[str], columns: Mapping[str, tuple[str, ...]]
) -> RefusedRow:
    """Why the second of two rows about one record is not taken."""
    first, second = numbers
    taken = dict.fromkeys(column for field in fields for column in columns.get(field, ()))
    different = [column for column in taken if rows[0].get(column, "") != rows[1].get(column, "")] or fields
    return RefusedRow(
        message(
            "Rows {first} and {second} are about the same specimen, but differ in {columns}. Row {first} was taken; which one is right?",
            first=first,
            second=second,
            columns=", ".join(different),
        ),
        message("The specimen stands further up already, in a row that says something else."),
    )
