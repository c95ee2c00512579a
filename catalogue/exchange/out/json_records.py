"""Records as Bonebed JSON: as they are, with all their lists and texts in other languages, under Darwin Core terms.

What is written comes back (`catalogue.exchange.bonebed_json`): the same file taken over into an empty catalogue makes the same records,
history apart. A file is one object, ``{"format": "Bonebed JSON", "version": 1, …, "records": […]}``, with a record a line. Blanks are left
out. Lists stand in their record under their own names (``identifications``, ``otherNumbers``), each part with its fields. The ranks of the
age, the name without its doubt and Ma are there for others to read.
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import repeat
from typing import Any

from catalogue.exchange.out.as_terms import TERM_OF, lists_as_darwin_core, translated
from catalogue.exchange.out.found import Portion
from catalogue.exchange.out.json_members import as_json, stated, texts

NAME, VERSION = "Bonebed JSON", 1
OWN_KEY = "bonebed"
"""Under which `dynamicProperties` of an archive holds what is ours."""
_TERMS = {name: of_term for name, of_term in TERM_OF.items() if name != "occurrence_id"}


def record_lines(portion: Portion) -> Iterator[str]:
    """Records as they stand in a file, a line each: what `catalogue.exchange.out.as_terms` says of them, and their lists."""
    columns = stated(portion, _TERMS, {"translations": map(translations, portion.columns["translations"])})
    starts = (f'{{"occurrenceID": {key}' for key in texts(portion.columns["occurrence_id"]))
    return map("".join, zip(starts, *columns, list_members(portion), repeat("}")))


def list_members(portion: Portion) -> Iterable[str]:
    """The lists of records as members of their objects; blank for records without lists."""
    listed = {key for parts in portion.parts.values() for key, list_ in parts.items() if list_}
    keys = portion.columns["occurrence_id"]
    return (f", {as_json(lists_of(portion, key))[1:-1]}" if key in listed else "" for key in keys)


@lru_cache(maxsize=8192)
def translations(stored: str) -> str:
    """Texts in other languages as JSON that goes out, for what is stored; blank where there are none."""
    told = translated(json.loads(stored)) if stored else {}
    return as_json(told) if told else ""


def lists_of(portion: Portion, occurrence_id: str) -> dict[str, list[dict[str, Any]]]:
    """The lists of a record that hold anything, as they stand in a file."""
    held = {name: list(portion.listed(name, occurrence_id)) for name in portion.parts}
    return lists_as_darwin_core(held) if any(held.values()) else {}
