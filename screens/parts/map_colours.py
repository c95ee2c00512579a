"""What the colours of a map mean: each find has a class, by its age, group, formation, country or another field, named in a legend."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from sqlalchemy import Connection

from catalogue.countries import country_name
from catalogue.formations import name_for
from catalogue.geological_time import AgeRange, timescale
from catalogue.records import OWN
from catalogue.rights import Person
from catalogue.searching import facets
from catalogue.searching.census import Census, Codes, Numbers
from catalogue.searching.columns import READABLE, column_of
from catalogue.searching.facets import Counts
from catalogue.searching.lineages import lineages
from catalogue.vocabularies.places import OF_RECORDS
from maps.located import Found
from maps.periods import NEUTRAL, PALETTE
from screens.parts import vocabulary
from screens.parts.asking import CHANGES, IMAGES
from screens.parts.cards import common_name
from screens.parts.facet_panel import groups_that_part
from screens.parts.form_fields import LABELS
from screens.words import _, language, marked, several

BY = {
    "age": marked("Age"),
    "group": marked("Group"),
    "formation": marked("Rock formation"),
    "country": marked("Country"),
    "museum": marked("Museum"),
    "kind": marked("Kind of record"),
    "type": marked("Type specimens"),
    "preservation": marked("How it is preserved"),
    "image": marked("Picture"),
    "changed": marked("Added or changed"),
    "genus": marked("Genus"),
    "scientific_name": marked("Species"),
    "dataset_name": marked("Collection"),
    **{name: LABELS[name] for name in READABLE if name in LABELS},
}
"""By what the finds of a map may be coloured."""
_COLUMNS = {
    "formation": "formation",
    "country": "country_code",
    "type": "type_status",
    "preservation": "preservation",
    "kind": "basis_of_record",
    "museum": "series",
    "image": "with_image",
}

_YES_OR_NO = ("no", "yes")


@dataclass(frozen=True)
class Class:
    """One colour of a map: what it means, and how many of the finds drawn have it."""

    label: str
    color: str
    count: int


@dataclass(frozen=True)
class Colours:
    """The classes of a map.

    Parameters
    ----------
    codes : array of int
        For each record of the census the number of its class.
    classes : sequence of Class
    """

    codes: Numbers
    classes: Sequence[Class]


def colours(connection: Connection, person: Person, found: Found, by: str, counts: Counts, taxon: str) -> Colours:
    """The classes of found records, as a person may see them.

    Parameters
    ----------
    by : str
        One of `BY`.
    counts : Counts
        Of the same question; a group is parted as the panel of facets parts it.
    taxon : str
        The group that was asked for; blank for all.
    """
    key = ("colours", by, language())
    if key not in found.kept:
        found.kept[key] = _classed(connection, person, found, by, counts, taxon)
    known: Colours = found.kept[key]
    return known


def _classed(connection: Connection, person: Person, found: Found, by: str, counts: Counts, taxon: str) -> Colours:
    census = found.census
    if by == "age":
        return _by_age(census, found.places)
    if by == "group":
        return _by_group(census, found.places, groups_that_part(counts, taxon))
    if by == "changed":
        return _by_change(census, found.places)
    column = census.coded[_COLUMNS[by]] if by in _COLUMNS else column_of(connection, census, by, person)
    values = [value[0] if by == "museum" else value for value in column.values]
    return _largest(column.codes, values, found.places, _words(by))


def legend(classes: Sequence[Class]) -> str:
    """The classes that are drawn, each with its colour, its name and how many finds have it."""
    items = "".join(
        f'<li><i style="background:{one.color}"></i>{escape(one.label)} <b>{one.count:,}</b></li>'
        for one in classes
        if one.count
    )
    meaning = _("What the colours mean")
    return f'<ul class="map-legend" aria-label="{escape(meaning)}">{items}</ul>'


def _by_age(census: Census, places: Numbers) -> Colours:
    """The official colour of the smallest unit that holds an age; old to young."""
    chart, column = timescale(), census.coded["age"]
    units = [chart.narrowest(AgeRange(*age)) for age in column.values]
    listed = sorted(
        {unit.name: unit for unit in units if unit}.values(), key=lambda unit: (-unit.span.max_ma, unit.span.min_ma)
    )
    number = {unit.name: at for at, unit in enumerate(listed)}
    lookup = np.array([number[unit.name] if unit else len(listed) for unit in units] or [0], np.int64)
    named = [(unit.label(language()), unit.color) for unit in listed]
    return _colours(lookup[column.codes], [*named, (_("no interval"), NEUTRAL)], places)


def _by_group(census: Census, places: Numbers, groups: Sequence[str]) -> Colours:
    column, groups = census.coded["taxon"], groups[: len(PALETTE)]
    lookup = np.full(max(1, len(column.values)), len(groups), np.int64)
    for at, group in reversed(list(enumerate(groups))):
        belonging = lineages(column).belonging(group)
        lookup[: len(belonging)][belonging] = at
    named = [*zip(map(_group, groups), PALETTE, strict=False), (_("others"), NEUTRAL)]
    return _colours(lookup[column.codes], named, places)


def _group(taxon: str) -> str:
    common = common_name(taxon) if language() == "zh" else ""
    return f"{taxon} {common}".strip()


def _largest(codes: Numbers | Codes, values: Sequence[Any], places: Numbers, words: Callable[[str], str]) -> Colours:
    """The values that most finds have; all others are grey, with their number said, and what is blank is paler."""
    counted: dict[str, int] = {}
    for value, count in zip(values, np.bincount(codes[places], minlength=len(values)).tolist(), strict=False):
        counted[str(value)] = counted.get(str(value), 0) + count
    largest = sorted((value for value in counted if value), key=lambda value: (-counted[value], value))[: len(PALETTE)]
    number = {value: at for at, value in enumerate(largest)}
    others, blank = len(largest), len(largest) + 1
    lookup = np.array([number.get(str(value), others if value else blank) for value in values] or [0], np.int64)
    named = [(words(value), color) for value, color in zip(largest, PALETTE, strict=False)]
    rest = sum(1 for value, count in counted.items() if value and count) - len(largest)
    told = several("{n} other value", "{n} other values", rest) if rest > 0 else _("others")
    return _colours(lookup[codes], [*named, (told, NEUTRAL), (_("not stated"), "#C9C2B2")], places)


def _by_change(census: Census, places: Numbers) -> Colours:
    """How long ago a record was added or changed, the newest first."""
    limits = np.array([facets.since(days) for days in facets.CHANGED_WITHIN], np.int64)
    codes = (census.counted["modified"][:, None] < limits).sum(axis=1)
    words = [_(CHANGES[str(days)]) for days in facets.CHANGED_WITHIN]
    return _colours(codes, [*zip(words, PALETTE, strict=False), (_("earlier"), NEUTRAL)], places)


def _colours(codes: Numbers, named: Sequence[tuple[str, str]], places: Numbers) -> Colours:
    counts = np.bincount(codes[places], minlength=len(named)).tolist()
    return Colours(codes, [Class(label, color, count) for (label, color), count in zip(named, counts, strict=True)])


def _words(by: str) -> Callable[[str], str]:
    if by == "country":
        return lambda code: country_name(code, language())
    if by == "image":
        return lambda value: _(IMAGES[_YES_OR_NO[value in ("1", "True")]])
    if by == "kind":
        return lambda kind: _("in the museum") if kind == OWN else _("from publications")
    if by == "formation":
        return lambda formation: name_for(formation, language())
    if by == "type" or by in OF_RECORDS:
        labels: Mapping[str, str] = vocabulary.labels("type_status" if by == "type" else by)
        return lambda value: labels.get(value, value)
    return lambda value: value
