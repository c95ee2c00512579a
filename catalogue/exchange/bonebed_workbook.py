"""A workbook that Bonebed wrote, taken back: what its sheet of records says, word for word, and its sheets of lists.

It is one as long as its sheet of records has the columns that Bonebed writes, in whatever order, and no others. One that somebody gave
further columns, or took some from, is a table of Darwin Core like any other; its lists come all the same.
"""

from functools import partial

from catalogue.exchange.bonebed_json import FIELDS, FOR_READERS, draft_of, parsed, without_withheld_site
from catalogue.exchange.formats import Cells, Drafted, Format
from catalogue.exchange.mapping.drafting import contradiction
from catalogue.exchange.mapping.extensions import lists_of
from catalogue.exchange.out.terms import AGES, BEYOND_RANKS, COLUMNS
from catalogue.exchange.reading import Table
from catalogue.messages import message

_KINDS = frozenset({"XLSX", "ODS"})
_TRANSLATIONS = "translations"
_OF_AGE = {end: (end, *AGES[-2 + place :: -2]) for place, end in enumerate(BEYOND_RANKS)}
"""The columns of either end of the age, the narrowest first."""


def _draft(cells: Cells) -> Drafted:
    said: dict[str, object] = {key: text.strip() for key, text in cells.items() if key in FIELDS}
    ages = {end: next((text for one in of if (text := cells.get(one, "").strip())), "") for end, of in _OF_AGE.items()}
    draft = without_withheld_site(draft_of(said | ages | {_TRANSLATIONS: {}}))
    if text := cells.get(_TRANSLATIONS, "").strip():
        _take_translations(draft, text)
    return draft


def _take_translations(draft: Drafted, text: str) -> None:
    """Texts in other languages; those that a cell was too short for are left as the record has them, and told."""
    held = draft_of({_TRANSLATIONS: parsed(text)})
    draft[_TRANSLATIONS] = held[_TRANSLATIONS]
    if not isinstance(held[_TRANSLATIONS], dict):
        del draft[_TRANSLATIONS]
        said = message("{column}: “{value}” is not understood and left out.", column=_TRANSLATIONS, value=text[:60])
        draft.notes.append(said)


_COLUMNS = {field: _OF_AGE.get(key, (key,)) for key, field in FIELDS.items()}
BONEBED_WORKBOOK = Format(
    "Bonebed workbook",
    (("occurrenceID",), ("basisOfRecord",), ("verbatimIdentification",), ("siteWithheld",), ("maxMa",)),
    {**FOR_READERS, **_COLUMNS},
    _draft,
    partial(contradiction, columns=_COLUMNS),
    lists=lists_of,
)


def is_as_written(table: Table) -> bool:
    """Whether a table is the sheet of records of such a workbook; the two columns for rare intervals are newer than the others."""
    return table.kind in _KINDS and {*table.columns} | {*BEYOND_RANKS} == {*COLUMNS, *BEYOND_RANKS}
