"""The records of a Darwin Core Archive: the cells of ``occurrence.txt``, and what Darwin Core has no term for.

The latter goes into ``dynamicProperties`` as JSON, under names of Bonebed: Ma, texts in other languages, pieces, publications.
So other programs find all that they know, and Bonebed takes back all that there was.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any, TypeAlias

from catalogue.countries import country_name
from catalogue.exchange.bonebed_json import OWN_KEY, lists_of
from catalogue.exchange.out import cells
from catalogue.exchange.out.about import About, link_of
from catalogue.exchange.out.as_terms import translated
from catalogue.exchange.out.extensions import cited
from catalogue.exchange.out.found import Portion
from catalogue.exchange.out.terms import COLUMNS, OURS, address, license_address

Columns: TypeAlias = Mapping[str, Sequence[str]]
"""The cells of some records, by the headings of their columns."""
_BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_DERIVED = ("country", "references", "dynamicProperties")
TERMS = (*(name for name in COLUMNS if name not in OURS), *_DERIVED)
"""The columns of ``occurrence.txt``."""
DEFAULTS: Mapping[str, str] = {"occurrenceStatus": "present", "kingdom": "Animalia", "nomenclaturalCode": "ICZN"}
"""What holds for every record."""
_KEYED = ("associatedReferences", "identificationReferences")
_OURS = tuple(name for name in COLUMNS if name in OURS - {"maxMa", "minMa", "translations", "created", "version"})
_BEFORE = ("earliestInterval", "latestInterval", "maxMa", "minMa", *_OURS)
"""What stands first in ``dynamicProperties``."""
_json = json.JSONEncoder(ensure_ascii=False).encode


def addresses() -> list[str]:
    """The columns of ``occurrence.txt`` as addresses."""
    return [address(name) for name in TERMS]


def core_rows(portion: Portion, about: About) -> Iterator[tuple[str, ...]]:
    """The rows of ``occurrence.txt``, without line breaks and tabs, for which the file has no way of writing.

    They are made column by column, for most cells of a column are alike.
    """
    stated = dict(zip(COLUMNS, cells.columns(portion), strict=True))
    flat = {name: _all_flattened(column) for name, column in _for_all(stated, about).items()}
    flat["dynamicProperties"] = list(_what_is_ours(portion, stated, flat))
    return zip(*(flat[name] for name in TERMS), strict=True)


def flattened(text: str) -> str:
    """A text in one line."""
    return _BREAKS.sub(" ", text)


def _all_flattened(column: Sequence[str]) -> Sequence[str]:
    """A column of texts in one line each; the very same where one look at all of them finds no break."""
    plain = not any(column) or _BREAKS.search("\x00".join(column)) is None
    return column if plain else list(map(flattened, column))


def _for_all(stated: Columns, about: About) -> dict[str, Sequence[str]]:
    """The columns in terms that need no knowledge of Bonebed: publications in words, licences as addresses, the datum named."""
    told = dict(stated)
    for name in _KEYED:
        told[name] = _each(cited, stated[name])
    told["license"] = _each(lambda text: license_address(text) or text or about.license_address, stated["license"])
    told["geodeticDatum"] = [
        "EPSG:4326" if latitude and not datum else datum
        for latitude, datum in zip(stated["decimalLatitude"], stated["geodeticDatum"], strict=True)
    ]
    told["country"] = _each(lambda code: country_name(code) if code else "", stated["countryCode"])
    told["references"] = list(map(link_of, stated["occurrenceID"]))
    told["datasetName"] = [name or about.title for name in stated["datasetName"]]
    return told


def _each(change: Callable[[str], str], column: Sequence[str]) -> list[str]:
    """A column changed cell by cell; cells that are alike once."""
    known = {text: change(text) for text in set(column)}
    return [known[text] for text in column]


def _what_is_ours(portion: Portion, stated: Columns, flat: Columns) -> Iterator[str]:
    """``dynamicProperties``, record by record: what Darwin Core has no term for, and what stands otherwise in its own column."""
    own = portion.columns
    first = [own["earliest_interval"], own["latest_interval"], own["max_ma"], own["min_ma"]]
    ours = [_or_none(stated[name]) for name in _OURS]
    differing = {
        name: [None if text == other else text for text, other in zip(stated[name], flat[name], strict=True)]
        for name in TERMS
        if name in stated and flat[name] is not stated[name]
    }
    names = tuple(differing)
    with_lists = {key for listed in portion.parts.values() for key in listed}
    for key, texts, before, after in zip(
        stated["occurrenceID"],
        stated["translations"],
        zip(*first, *ours, strict=True),
        zip(*differing.values(), strict=True) if differing else repeat((), len(portion)),
        strict=True,
    ):
        if texts or key in with_lists:
            translations = {"translations": translated(json.loads(texts))} if texts else {}
            rest = _named(_BEFORE, before) | translations | _named(names, after) | lists_of(portion, key)
            yield _json({OWN_KEY: rest})
        else:
            yield _told(names, before, after)


def _or_none(column: Sequence[str]) -> list[str | None]:
    return [text or None for text in column]


def _named(names: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


@lru_cache(maxsize=8192)
def _told(names: tuple[str, ...], before: tuple[Any, ...], after: tuple[Any, ...]) -> str:
    """The properties of a record without lists and translations, which many have alike."""
    return _json({OWN_KEY: _named(_BEFORE, before) | _named(names, after)})
