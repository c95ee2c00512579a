"""Whether a draft says what a record holds already: told for a row of the database by looking at it, without checking it anew.

Files come again and again, and most of their rows say nothing new. Where this cannot tell, the draft is checked like any other.
"""

import math
from dataclasses import fields
from functools import lru_cache
from typing import Any

from catalogue.checking import Draft, as_number, check
from catalogue.numbers import Number
from catalogue.records import PUBLISHED, Specimen

_FIELDS = tuple(field.name for field in fields(Specimen))
_PLACE = {name: place for place, name in enumerate(_FIELDS)}
_OF_NAME_AND_AGE = (
    *("verbatim_identification", "scientific_name", "identification_qualifier", "scientific_name_authorship"),
    *("taxon_rank", "genus", "higher_classification"),
    *("earliest_interval", "latest_interval", "max_ma", "min_ma", "timescale", "verbatim_age"),
)
_OF_15_DIGITS = 1e-14
"""Of a number, what 15 digits of it may be amiss."""
_PLACES_OF_NAME_AND_AGE = tuple(_PLACE[name] for name in _OF_NAME_AND_AGE)
_OWNER, _NUMBER, _BASIS, _NAME = (
    _PLACE[name] for name in ("institution_code", "catalog_number", "basis_of_record", "verbatim_identification")
)


def says_what_is_held(draft: Draft, row: tuple[Any, ...]) -> bool:
    """Whether each field of a draft is as it is held, and what follows from name and age is as it would be reckoned today.

    Parameters
    ----------
    draft : mapping
        As typed, or as read from a file.
    row : tuple
        A row of `catalogue.stored.rows_of`.
    """
    for name, given in draft.items():
        place = _PLACE.get(name)
        if place is None or not (given == row[place] or _is_same(name, given, row[place])):
            return False
    return _follows(tuple([row[place] for place in _PLACES_OF_NAME_AND_AGE]))


def number_held(row: tuple[Any, ...]) -> tuple[Number, str, str]:
    """Institution and number of a row, what kind of record it is, and its name."""
    return (row[_OWNER], row[_NUMBER]), row[_BASIS], row[_NAME]


def says_the_same(given: object, held: object) -> bool:
    """Whether two values differ at most by what spreadsheets do to them: they keep 15 digits of a number, and of a line's end LF alone.

    >>> says_the_same(25.1033333333333, 25.103333333333335), says_the_same("Dawa\\nvillage", "Dawa\\r\\nvillage")
    (True, True)
    """
    if isinstance(given, int | float) and isinstance(held, int | float):
        return math.isclose(given, held, rel_tol=_OF_15_DIGITS)
    if isinstance(given, str) and isinstance(held, str):
        return given == held or given.replace("\r\n", "\n") == held.replace("\r\n", "\n")
    return given == held


def _is_same(name: str, given: object, held: object) -> bool:
    """Whether what is given and not the very same says the same: blank, with blanks around it, or a number in other digits."""
    if name == "translations":
        return not given and held in ("{}", {})
    if given is None or given == "":
        return held is None or held == ""
    if not isinstance(given, str):
        return False
    if isinstance(held, str):
        return says_the_same(given.strip(), held)
    try:
        return held is not None and says_the_same(as_number(given), held)
    except ValueError:
        return False


@lru_cache(maxsize=16_384)
def _follows(held: tuple[Any, ...]) -> bool:
    """Whether name and age are held as they would be today: the table of taxa and the chart may have changed since."""
    values = dict(zip(_OF_NAME_AND_AGE, held, strict=True))
    checked = check({**values, "occurrence_id": "x", "basis_of_record": PUBLISHED})
    return not checked.problems and all(checked.values[name] == value for name, value in values.items())
