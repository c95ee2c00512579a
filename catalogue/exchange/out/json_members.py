"""Records as members of JSON objects, made column by column: a value that many records share is written once, and what is blank not at all.

An object is what its columns have for it, one behind the other; so a hundred thousand records need no hundred thousand mappings.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from catalogue.exchange.out.cells import genera, groups
from catalogue.exchange.out.found import Portion
from catalogue.exchange.out.terms import AGES, ranked
from catalogue.records import BLANK

as_json = json.JSONEncoder(ensure_ascii=False).encode
"""Made once; `json.dumps` makes one for each value."""
_in_lines = json.JSONEncoder(ensure_ascii=False, separators=("\n", ": ")).encode
"""Plain values, a line each: JSON has no line breaks within."""
BLANKS = ("", '""', "null")
"""Texts that are left out."""


def texts(values: Collection[Any]) -> list[str]:
    """Plain values as JSON, all at once."""
    return _in_lines(list(values))[1:-1].split("\n") if values else []


def behind(name: str, written: Iterable[str], blanks: Collection[str] = BLANKS) -> list[str]:
    """A member of an object for each text of JSON, behind a comma: ``, "bed": "5"``; nothing for what is blank."""
    start = f', "{name}": '
    return ["" if text in blanks else start + text for text in written]


def members(name: str, values: Sequence[Any], blanks: Collection[str] = BLANKS) -> Iterable[str]:
    """The same for plain values; of those that stand there often each is written once."""
    distinct = set(values)
    if 2 * len(distinct) > len(values):
        return behind(name, texts(values), blanks)
    known = dict(zip(distinct, behind(name, texts(distinct), blanks), strict=True))
    return map(known.__getitem__, values)


def stated(portion: Portion, terms: Mapping[str, str], written: Mapping[str, Iterable[str]]) -> Iterator[Iterable[str]]:
    """What records say, lists apart, as columns of members.

    Parameters
    ----------
    terms : mapping
        The fields that are wanted, with the names that they have outside.
    written : mapping
        Columns of them that are JSON already, such as texts in other languages, which are stored as that.
    """
    held = {**portion.columns, "genus": genera(portion)}
    written = {"higher_classification": map(_groups, held["higher_classification"]), **written}
    for field, name in terms.items():
        if held[field].count(BLANK.get(field, "")) < len(portion):  # most say nothing, and are not looked at further
            yield behind(name, written[field]) if field in written else members(name, held[field])
    yield map(_ages, held["earliest_interval"], held["latest_interval"])


@lru_cache(maxsize=8192)
def _groups(higher_classification: str) -> str:
    return as_json(groups(higher_classification))


@cache
def _ages(earliest: str, latest: str) -> str:
    """The ranks of an age, which many records have alike."""
    told = {name: unit for name, unit in zip(AGES, ranked(earliest, latest), strict=True) if unit}
    return f", {as_json(told)[1:-1]}" if told else ""
