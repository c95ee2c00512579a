"""The records of a Darwin Core Archive: the cells of ``occurrence.txt``, and what Darwin Core has no term for.

The latter goes into ``dynamicProperties`` as JSON, under names of Bonebed: Ma, texts in other languages, pieces, publications.
So other programs find all that they know, and Bonebed takes back all that there was.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat, starmap
from typing import TypeAlias

from catalogue.countries import country_name
from catalogue.exchange.out import cells
from catalogue.exchange.out.about import About, links_of
from catalogue.exchange.out.extensions import cited
from catalogue.exchange.out.found import Portion
from catalogue.exchange.out.json_members import as_json, behind, members
from catalogue.exchange.out.json_records import OWN_KEY, list_members, translations
from catalogue.exchange.out.terms import AGES, COLUMNS, OURS, address, license_address

Columns: TypeAlias = Mapping[str, Sequence[str]]
"""The cells of some records, by the headings of their columns."""
_BREAKS = "\t\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_SOME_BREAKS = re.compile(f"[{_BREAKS}]+")
_STATED = tuple(name for name in cells.STATED if name not in OURS)
TERMS = (*_STATED, *AGES, "country", "references", "dynamicProperties")
"""The columns of ``occurrence.txt``."""
DEFAULTS: Mapping[str, str] = {"occurrenceStatus": "present", "kingdom": "Animalia", "nomenclaturalCode": "ICZN"}
"""What holds for every record."""
_KEYED = ("associatedReferences", "identificationReferences")
_OURS = tuple(name for name in COLUMNS if name in OURS - {"maxMa", "minMa", "translations", "created", "version"})


def addresses() -> list[str]:
    """The columns of ``occurrence.txt`` as addresses."""
    return [address(name) for name in TERMS]


def core_lines(portion: Portion, about: About) -> Iterator[str]:
    """The lines of ``occurrence.txt``, without their ends, and without line breaks and tabs within, for which the file has no way of writing.

    They are made column by column, for most cells of a column are alike.
    """
    stated = dict(zip(cells.STATED, cells.stated(portion), strict=True))
    told = _for_all(stated, about)
    flat = {name: _all_flattened(told[name]) for name in (*_STATED, "country", "references")}
    ages = list(map("\t".join, cells.ages(portion)))
    ours = list(_what_is_ours(portion, stated, flat))
    columns = [*(flat[name] for name in _STATED), ages, flat["country"], flat["references"], ours]
    return map("\t".join, zip(*cells.without_blanks(columns, "\t"), strict=False))


def flattened(text: str) -> str:
    """A text in one line."""
    return _SOME_BREAKS.sub(" ", text)


def _all_flattened(column: Sequence[str]) -> Sequence[str]:
    """A column of texts in one line each; the very same where one look at all of them finds no break."""
    together = "".join(column) if any(column) else ""
    is_broken = any(map(together.__contains__, _BREAKS))  # far quicker than one look for all of them
    return list(map(flattened, column)) if is_broken else column


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
    told["references"] = links_of(stated["occurrenceID"])
    told["datasetName"] = [name or about.title for name in stated["datasetName"]]
    return told


def _each(change: Callable[[str], str], column: Sequence[str]) -> list[str]:
    """A column changed cell by cell; cells that are alike once."""
    known = {text: change(text) for text in set(column)}
    return [known[text] for text in column]


def _what_is_ours(portion: Portion, stated: Columns, flat: Columns) -> Iterator[str]:
    """``dynamicProperties``, record by record: what Darwin Core has no term for, and what stands otherwise in its own column."""
    own = portion.columns
    first = zip(own["earliest_interval"], own["latest_interval"], own["max_ma"], own["min_ma"], strict=True)
    ours = [members(name, stated[name]) for name in _OURS if any(stated[name])]
    differing = [
        members(name, _otherwise(stated[name], flat[name]), blanks=("null",))
        for name in _STATED
        if flat[name] != stated[name]
    ]
    translated = behind("translations", map(translations, own["translations"]))
    columns = (starmap(_age, first), *ours, translated, *differing, list_members(portion), repeat("}}"))
    return map("".join, zip(*columns, strict=False))


def _otherwise(stated: Sequence[str], flat: Sequence[str]) -> list[str | None]:
    """What records say where another text stands for it; None where that is the same."""
    return [None if text == other else text for text, other in zip(stated, flat, strict=True)]


@lru_cache(maxsize=8192)
def _age(earliest: str, latest: str, max_ma: float, min_ma: float) -> str:
    """With what ``dynamicProperties`` begin; many records have it alike."""
    age = {"earliestInterval": earliest, "latestInterval": latest, "maxMa": max_ma, "minMa": min_ma}
    return as_json({OWN_KEY: age}).removesuffix("}}")
