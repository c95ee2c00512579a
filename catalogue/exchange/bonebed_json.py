"""Bonebed JSON taken back; its form is told in `catalogue.exchange.out.json_records`.

What is taken back of an age and a name are ``earliestInterval``, ``latestInterval`` and ``verbatimIdentification``, from which the others
follow. An archive that Bonebed wrote is taken back in the same way: what Darwin Core has no term for lies in its ``dynamicProperties``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import Any

from catalogue.exchange.formats import Cells, Drafted, Extensions, Format
from catalogue.exchange.mapping.drafting import contradiction
from catalogue.exchange.out.json_records import NAME, OWN_KEY
from catalogue.exchange.out.terms import AGES, term
from catalogue.generalising import says_withheld
from catalogue.media.kinds import Medium
from catalogue.media.store import path_of
from catalogue.messages import message
from catalogue.parts import MEDIA, PARTS
from catalogue.records import UNKNOWN, Specimen

_FOLLOWS = frozenset({"created", "modified", "version", "import_id", "genus", "max_ma", "min_ma", "timescale"})
"""Fields that are made anew, or follow from the others."""
FIELDS: Mapping[str, str] = {term(field.name): field.name for field in fields(Specimen) if field.name not in _FOLLOWS}
"""The fields that are taken back, by their terms."""
LISTS: Mapping[str, str] = {term(name): name for name in PARTS}
_LINKS = "Multimedia"
"""The further table of an archive that names photographs and scans by their addresses."""
_MEASURED = frozenset(term(field.name) for field in fields(Medium) if field.type in (int, float | None))
"""What is measured of a photograph or scan: numbers, also where they stand in a cell."""


def draft_of(record: Mapping[str, Any]) -> Drafted:
    """A record of a file as a draft for `catalogue.taking_over`. What it does not speak of is not in the draft."""
    draft = Drafted({FIELDS[key]: value for key, value in record.items() if key in FIELDS})
    if draft.get("higher_classification"):
        draft["higher_classification"] = f"|{str(draft['higher_classification']).replace(' | ', '|')}|"
    if isinstance(draft.get("translations"), Mapping):
        draft["translations"] = _in_our_words(draft["translations"])
    for key, name in LISTS.items():
        if isinstance(record.get(key), list):
            draft[name] = [_part(name, part) for part in record[key] if isinstance(part, Mapping)]
    if MEDIA in draft:
        draft[MEDIA] = _media_here(draft[MEDIA], draft)
        if not draft[MEDIA]:
            del draft[MEDIA]
    return draft


def parts_of_cells(name: str, rows: Sequence[Cells], draft: Drafted) -> list[dict[str, object]]:
    """The parts of a list from the rows of its sheet in a workbook."""
    parts = [_part(name, {key: _of_cell(key, text, draft) for key, text in row.items()}) for row in rows]
    return _media_here(parts, draft) if name == MEDIA else parts


def _of_cell(key: str, text: str, draft: Drafted) -> object:
    if key == "translations":
        held = parsed(text)
        if not isinstance(held, Mapping):
            said = message("{column}: “{value}” is not understood and left out.", column=key, value=text[:60])
            draft.notes.append(said)
        return held
    return parsed(text) if key in _MEASURED else text


def record_in_archive(cells: Cells) -> dict[str, Any] | None:
    """A row of an archive that Bonebed wrote, as a record of Bonebed JSON; None for any other row."""
    held = parsed(cells.get("dynamicProperties", ""))
    ours = held.get(OWN_KEY) if isinstance(held, Mapping) else None
    return {**cells, **ours} if isinstance(ours, Mapping) else None


def _draft_of_cells(cells: Cells) -> dict[str, object]:
    nested = {*LISTS, "translations"}
    return draft_of(
        {key: parsed(text) if key in nested else text for key, text in cells.items() if text or key in FIELDS}
    )


def parsed(text: str) -> Any:
    """What a cell holds as JSON; None where that is none."""
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None


def _part(name: str, part: Mapping[str, Any]) -> dict[str, object]:
    known = {term(field.name): field.name for field in fields(PARTS[name])}
    held = {known[key]: value for key, value in part.items() if key in known}
    if isinstance(held.get("translations"), Mapping):
        held["translations"] = _in_our_words(held["translations"])
    return held


def _in_our_words(translations: Mapping[str, Any]) -> dict[str, Any]:
    """Texts in other languages by the names of our fields."""
    return {
        language: {_FIELD_OF.get(key, key): text for key, text in texts.items()}
        for language, texts in translations.items()
        if isinstance(texts, Mapping)
    }


def _field_of_terms() -> dict[str, str]:
    kinds: Sequence[Any] = (Specimen, *PARTS.values())
    return {term(field.name): field.name for kind in kinds for field in fields(kind)}


_FIELD_OF = _field_of_terms()


def _media_here(media: Sequence[dict[str, object]], draft: Drafted) -> list[dict[str, object]]:
    """Photographs and scans are named by a file of records, not held by it: those whose files are not here stay behind."""
    here = [one for one in media if path_of(str(one.get("sha256", ""))) is not None]
    missing = len(media) - len(here)
    if missing:
        draft.notes.append(
            message("{count} photographs or scans are named whose files are not here. Send them again.", count=missing)
        )
    return here


_COLUMNS: Mapping[str, tuple[str, ...]] = {field: (key,) for key, field in (*FIELDS.items(), *LISTS.items())}
FOR_READERS: Mapping[str, tuple[str, ...]] = {
    **{name: (term(name),) for name in _FOLLOWS},
    "max_ma": ("maxMa", *AGES),
}
"""Columns from which nothing need be taken, for it follows from others."""
BONEBED_JSON = Format(
    NAME,
    (("occurrenceID",), ("basisOfRecord",), ("verbatimIdentification",), ("earliestInterval",), ("latestInterval",)),
    {**FOR_READERS, **_COLUMNS},
    _draft_of_cells,
    partial(contradiction, columns=_COLUMNS),
)


def taken_back(known: Format) -> Format:
    """A format that takes rows of archives that Bonebed wrote in full, and all other rows as before."""
    return replace(known, draft=partial(_draft_taken_back, known), lists=partial(_lists_beside, known))


def _draft_taken_back(known: Format, cells: Cells) -> dict[str, object]:
    record = record_in_archive(cells)
    return known.draft(cells) if record is None else without_withheld_site(draft_of(record))


def without_withheld_site(draft: Drafted) -> Drafted:
    """A draft that says nothing of its place where its file withholds that: it is of a specimen all the same."""
    if not draft.get("locality") and says_withheld(draft.get("information_withheld")):
        draft.pop("locality", None)
        draft.defaults["locality"] = UNKNOWN
    return draft


def _lists_beside(known: Format, extensions: Extensions, draft: Drafted) -> Mapping[str, object]:
    """What further tables say; lists that the draft has are told there more fully, and photographs whose files are here are no links."""
    here = [str(one["sha256"]) for one in draft.get(MEDIA, ())]
    if here:
        links = [row for row in extensions.get(_LINKS, ()) if not any(key in row.get("identifier", "") for key in here)]
        extensions = {**extensions, _LINKS: links}
    brought = known.lists(extensions, draft) if known.lists else {}
    return {name: parts for name, parts in brought.items() if name not in draft}
