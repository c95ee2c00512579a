"""The words by which records are found.

Search text is ours, so that SQLite and PostgreSQL answer alike: accents are removed, Chinese is cut into overlapping pairs
(two characters find), and the database only matches whole words and their beginnings.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import TypeAlias

from catalogue.countries import country_name
from catalogue.formations import other_names
from catalogue.geological_time import timescale
from catalogue.records import Specimen
from catalogue.taxonomy import taxonomy

_HAN = r"㐀-䶿一-鿿豈-﫿"
_PIECES = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_LATIN = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else 32 for code in range(256))
"""Small letters and figures, and a blank for all else: cuts ASCII twice as fast as a pattern would."""
_IS_HAN = re.compile(f"[{_HAN}]")
_MOST_BYTES, _BYTES_BESIDE = 1_000_000, 6
"""A tsvector holds 1 MiB: each word with some bytes that belong to it."""
_LONGEST_REMEMBERED = 200
"""Characters of a text whose words are kept in memory."""
_texts_of = attrgetter(
    "institution_code",
    "catalog_number",
    "verbatim_identification",
    "type_status",
    "preparations",
    "preservation",
    "lithostratigraphic_group",
    "formation",
    "member",
    "bed",
    "state_province",
    "county",
    "locality",
    "recorded_by",
    "occurrence_remarks",
    "associated_references",
    "record_number",
    "field_number",
    "identified_by",
    "identification_remarks",
    "life_stage",
    "sex",
    "disposition",
    "verbatim_label",
    "verbatim_locality",
    "lithostratigraphic_terms",
    "lowest_biostratigraphic_zone",
    "highest_biostratigraphic_zone",
)
"""The texts of a record by which it is found."""
_Words: TypeAlias = dict[str, None]
"""Words, each once, in their order."""


def words(text: str) -> list[str]:
    """The words of a text as they are indexed: without accents and capitals, Chinese in overlapping pairs.

    >>> words("Lúfeng 禄丰县")
    ['lufeng', '禄丰', '丰县']
    """
    return _parted(text)


def _words(text: str) -> _Words:
    """Short texts are remembered, for the same names and places come again with each row of an import."""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else dict.fromkeys(_parted(text))


@lru_cache(maxsize=16_384)
def _remembered(text: str) -> _Words:
    return dict.fromkeys(_parted(text))


def _parted(text: str) -> list[str]:
    if text.isascii():
        return text.encode().translate(_LATIN).decode().split()
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    found: list[str] = []
    for piece in _PIECES.findall(plain):
        if len(piece) > 1 and _IS_HAN.match(piece):
            found.extend(piece[i : i + 2] for i in range(len(piece) - 1))
        else:
            found.append(piece)
    return found


@lru_cache(maxsize=4096)
def _words_of_taxon(scientific_name: str, higher_classification: str) -> _Words:
    names = (taxonomy().common_name(scientific_name, language) for language in ("en", "zh"))
    return _together(scientific_name, higher_classification, *names)


@lru_cache(maxsize=1024)
def _words_of_interval(name: str) -> _Words:
    chart = timescale()
    units = chart.lineage(chart[name]) if name in chart.intervals else []
    return _together(
        *(text for unit in units for text in (unit.name, unit.chronostratigraphic_name, unit.chinese_name))
    )


@lru_cache(maxsize=1024)
def _words_of_formation(written: str) -> _Words:
    return _together(*other_names(written))


@lru_cache(maxsize=512)
def _words_of_country(code: str) -> _Words:
    return _together(*(country_name(code, language) for language in ("en", "zh")))


def _together(*texts: str) -> _Words:
    return dict.fromkeys(word for text in texts for word in _words(text))


def search_text(specimen: Specimen, statements: Iterable[str] = ()) -> str:
    """All words by which a record is found, in both languages."""
    found = _words_that_follow(
        specimen.scientific_name,
        specimen.higher_classification,
        specimen.country_code,
        specimen.earliest_interval,
        specimen.latest_interval,
    ).copy()  # most of the words: copied at once, for to put them in one by one takes three times as long
    texts = _texts_of(specimen)
    together = " ".join(texts)
    if together.isascii():  # parted at one go; of others the parts are remembered, for they take longer
        found |= dict.fromkeys(_parted(together))
    else:
        for text in texts:
            if text:
                found |= _words(text)
    if specimen.translations:
        for text in (text for texts in specimen.translations.values() for text in texts.values()):
            found |= _words(text)
    for text in statements:
        found |= _words(text)
    if specimen.formation:
        found |= _words_of_formation(specimen.formation)
    return fitting(found)


@lru_cache(maxsize=8192)
def _words_that_follow(name: str, groups: str, country: str, earliest: str, latest: str) -> _Words:
    """The words of groups, country and intervals, which many records have alike."""
    of_ages = {**_words_of_interval(earliest), **_words_of_interval(latest)}
    return {**_words_of_taxon(name, groups), **_words_of_country(country), **of_ages}


def fitting(found: Collection[str]) -> str:
    """As many words as PostgreSQL can index of one record; more than a hundred thousand short ones."""
    text = " ".join(found)
    if _BYTES_BESIDE * len(text) < _MOST_BYTES:
        return text
    sizes = accumulate(len(word.encode()) + _BYTES_BESIDE for word in found)
    return " ".join(word for word, size in zip(found, sizes, strict=True) if size < _MOST_BYTES)
