"""Search with facets: one page of records, how many there are, and how many each further choice would leave.

A facet is counted under all that is asked except its own choice, so that it shows what else could be chosen. Counts are exact,
whatever the size of the collection; they are taken from the census. Words are looked up by the database.
"""

import re
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Text, cast, func, select
from sqlalchemy.sql import text as sql_text

from catalogue.finding import with_ids
from catalogue.formations import formation_key, same_formation
from catalogue.geological_time import AgeRange, timescale
from catalogue.records import OWN, PUBLISHED, Specimen
from catalogue.rights import VISITOR, Person, may
from catalogue.searching.census import Census, Coded, Mask, Numbers, moments
from catalogue.searching.census_at_hand import take_census
from catalogue.searching.lineages import lineages
from catalogue.searching.orders import page_of
from catalogue.searching.positions import mask_inside, positions
from catalogue.searching.query import Order, Query, changed_since, condition, fts_match, match_words
from catalogue.searching.words import words
from catalogue.tables import specimens

Facet = Literal["taxon", "interval", "formation", "country", "type", "preservation", "image", "changed", "kind"]
Ages: TypeAlias = npt.NDArray[np.float64]
FACETS: tuple[Facet, ...] = get_args(Facet)
CHANGED_WITHIN = (1, 7, 30, 365)
"""Days for which recent changes are counted."""

_CODED: Mapping[Facet, str] = {
    "formation": "formation",
    "country": "country_code",
    "type": "type_status",
    "preservation": "preservation",
}
_REMEMBERED = 32
"""How many questions a census remembers the answers to."""


@dataclass(frozen=True)
class Counts:
    """How many of the found records have each value, facet by facet.

    Parameters
    ----------
    total : int
        The records that answer the whole question.
    of : mapping
        For each facet its values with their counts, those without records left out. Taxa and groups by name; intervals by
        name, a record in each that it overlaps (or lies within, when that was asked); ``image`` ``yes`` and ``no``;
        ``changed`` by days; ``kind`` by basis of record.
    parents : mapping
        For each taxon or group the group next to it, as the records have it; blank for the widest.
    """

    total: int
    of: Mapping[Facet, Mapping[str, int]]
    parents: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """One page of found records, and the counts over all that were found."""

    specimens: list[Specimen]
    counts: Counts

    @property
    def total(self) -> int:
        """How many records were found in all."""
        return self.counts.total


@dataclass(frozen=True)
class _Found:
    mask: Mask
    counts: Counts


def search(
    connection: Connection,
    query: Query,
    *,
    order: Order = "newest",
    page: int = 1,
    size: int = 24,
    who: Person = VISITOR,
) -> Answer:
    """Find records and count what else could be asked. A record whose catalogue number is the very text comes first.

    Parameters
    ----------
    connection : Connection
    query : Query
        What is asked.
    order : str
        As for `catalogue.specimens.find`; catalogue numbers are sorted as people count.
    page : int
        Which page, from 1.
    size : int
        Records a page.
    who : Person
        Who asks; the words of a withheld place find nothing for those who may not see it.
    """
    census = take_census(connection)
    found = _found(connection, census, query, who)
    places = _page(census, found.mask, query, order, (page - 1) * size, size)
    return Answer(with_ids(connection, census.ids[places].tolist(), who=who), found.counts)


def count(connection: Connection, query: Query, *, who: Person = VISITOR) -> Counts:
    """Only the counts."""
    return _found(connection, take_census(connection), query, who).counts


def found_mask(connection: Connection, query: Query, *, who: Person = VISITOR) -> tuple[Census, Mask]:
    """The census, and which of its records answer a query; for maps, which count a million of them at once."""
    census = take_census(connection)
    return census, _found(connection, census, query, who).mask


def found_keys(connection: Connection, query: Query, *, order: Order = "newest", who: Person = VISITOR) -> list[int]:
    """The keys in the database of all found records, in their order; for exports, which read them in portions."""
    census = take_census(connection)
    mask = _found(connection, census, query, who).mask
    keys: list[int] = census.ids[_page(census, mask, query, order, 0, None)].tolist()
    return keys


def examples(
    connection: Connection, facet: Facet, values: Iterable[str], *, who: Person = VISITOR
) -> dict[str, Specimen]:
    """A record for each of some values of a facet; for the words of the value in other languages, which records hold."""
    census = take_census(connection)
    column = census.coded[_CODED[facet]]
    ids: dict[int, str] = {}
    for value in values:
        places = np.flatnonzero(census.alive & (column.codes == column.known.get(value, -1)))
        if len(places):
            ids[int(census.ids[places[-1]])] = value
    return dict(zip(ids.values(), with_ids(connection, list(ids), who=who), strict=False))


def _page(census: Census, mask: Mask, query: Query, order: Order, first: int, size: int | None) -> Numbers:
    exact = _with_number(census, mask, query.text)
    if not len(exact):
        return page_of(census, mask, order, first, size)
    others = mask.copy()
    others[exact] = False
    ahead = exact[first:] if size is None else exact[first : first + size]
    left = None if size is None else size - len(ahead)
    return np.concatenate([ahead, page_of(census, others, order, max(0, first - len(exact)), left)])


def _with_number(census: Census, mask: Mask, written: str) -> Numbers:
    """The places of found records whose catalogue number, with its museum or without, is the text that was written."""
    asked = words(written)
    digits = [int(run) for word in asked for run in _runs_of_digits(word)]
    if not digits:
        return np.empty(0, np.int64)
    wanted = _folded_number("".join(asked))
    series, rest = census.coded["series"], census.coded["rest"]
    candidates = np.flatnonzero(mask & (census.counted["number"] == digits[0])).tolist()
    exact = [place for place in candidates if wanted in _spellings(series.value(place), digits[0], rest.value(place))]
    return np.array(exact, np.int64)


def _runs_of_digits(word: str) -> list[str]:
    return "".join(character if "0" <= character <= "9" else " " for character in word).split()


def _spellings(series: tuple[str, str], number: int, rest: str) -> tuple[str, str, str]:
    """The ways to write a catalogue number: as it is, with its museum before it, and without."""
    museum, letters = series
    written, held_by = _folded_number(f"{letters}{number}{rest}"), _folded_number(museum)
    return written, held_by + written, written.removeprefix(held_by)


def _folded_number(text: str) -> str:
    return re.sub(r"\d+", lambda run: str(int(run[0])), "".join(words(text)))


def _found(connection: Connection, census: Census, query: Query, who: Person) -> _Found:
    exact = may(who, "see_exact_sites")
    remembered: OrderedDict[Query, _Found] = census.kept.setdefault(("found", exact), OrderedDict())
    known = remembered.get(query)
    if known is None or query.changed_within:
        known = remembered[query] = _counted(census, query, _masks(connection, census, query, who))
        while len(remembered) > _REMEMBERED:
            remembered.popitem(last=False)
    return known


def _masks(connection: Connection, census: Census, query: Query, who: Person) -> dict[str, Mask]:
    """For each thing that is asked, which records have it; "words" and the names of the facets."""
    masks: dict[str, Mask] = {}
    if query.text.strip():
        exact = may(who, "see_exact_sites")
        masks["words"] = census.mask_of(_ids_with_words(connection, query.text, exact))
    if not (query.own and query.published):
        basis = census.coded["basis_of_record"]
        wanted = {kind for kind, asked in ((OWN, query.own), (PUBLISHED, query.published)) if asked}
        masks["kind"] = basis.having(np.array([value in wanted for value in basis.values], np.bool_))
    age = census.coded["age"]
    for name, span in (("interval", query.span), ("range", query.range_ma)):
        if span is not None:
            masks[name] = age.having(_of_age(_ages(age), span, query.within))
    if query.taxon:
        masks["taxon"] = census.coded["taxon"].having(lineages(census.coded["taxon"]).belonging(query.taxon))
    asked: Mapping[Facet, str] = {
        "country": query.country_code,
        "type": query.type_status,
        "preservation": query.preservation,
    }
    for facet, value in asked.items():
        if value:
            column = census.coded[_CODED[facet]]
            masks[facet] = column.codes == column.known.get(value, -1)
    if query.formation:
        column = census.coded["formation"]
        same = set(same_formation(query.formation, column.values))
        masks["formation"] = column.having(
            np.array([written in same for written in column.values] or [False], np.bool_)
        )
    if query.word:
        ids = connection.scalars(
            select(specimens.c.id).where(condition(Query(word=query.word), connection.dialect.name))
        )
        masks["word"] = census.mask_of(np.array(list(ids), np.int64))
    if query.with_image is not None:
        masks["image"] = _with_image(census) == query.with_image
    if query.with_place is not None:
        masks["place"] = positions(census, who).known == query.with_place
    if query.area is not None:
        masks["area"] = mask_inside(census, query.area, who)
    if query.changed_within:
        masks["changed"] = census.counted["modified"] >= since(query.changed_within)
    return masks


def _ids_with_words(connection: Connection, written: str, exact: bool) -> Numbers:
    """The keys of the records with some words; handed over as one text, ten times as fast as a row each."""
    asked, dialect = words(written), connection.dialect.name
    if not asked:
        wanted = condition(Query(text=written), dialect)
    elif dialect == "sqlite":
        together = sql_text("SELECT group_concat(rowid) FROM specimens_fts WHERE specimens_fts MATCH :match")
        return _parsed(connection.scalar(together.bindparams(match=fts_match(asked, exact=exact))))
    else:
        wanted = match_words(asked, dialect, exact=exact)
    key = cast(specimens.c.id, Text)
    together_ = func.aggregate_strings(key, ",")
    return _parsed(connection.scalar(select(together_).where(wanted)))


def _parsed(keys: str | None) -> Numbers:
    return np.fromstring(keys or "", np.int64, sep=",")


def _counted(census: Census, query: Query, masks: Mapping[str, Mask]) -> _Found:
    misses = np.zeros(len(census), np.uint8)
    for mask in masks.values():
        misses += ~mask
    whole = census.alive & (misses == 0)
    places = np.flatnonzero(whole)
    of: dict[Facet, Mapping[str, int]] = {}
    for facet in FACETS:
        if facet in masks:
            without = np.flatnonzero(census.alive & (misses == ~masks[facet]))
            of[facet] = _count(census, facet, query, without)
        else:
            of[facet] = _count(census, facet, query, places)
    return _Found(whole, Counts(len(places), of, lineages(census.coded["taxon"]).parents))


def _count(census: Census, facet: Facet, query: Query, places: Numbers) -> Mapping[str, int]:
    if facet == "taxon":
        return lineages(census.coded["taxon"]).counts(census.coded["taxon"].counts(places))
    if facet == "interval":
        return _count_intervals(census.coded["age"], places, query.within)
    if facet == "image":
        with_image = int(np.count_nonzero(_with_image(census)[places]))
        return _some({"yes": with_image, "no": len(places) - with_image})
    if facet == "changed":
        modified = census.counted["modified"][places]
        return _some({str(days): int(np.count_nonzero(modified >= since(days))) for days in CHANGED_WITHIN})
    column = census.coded["basis_of_record" if facet == "kind" else _CODED[facet]]
    counts = _some(dict(zip(column.values, column.counts(places).tolist(), strict=False)))
    return _together(counts, query.formation) if facet == "formation" else counts


def _together(counts: Mapping[str, int], asked: str) -> dict[str, int]:
    """The spellings of each formation as one value: the one that is asked for, else the most frequent."""
    wanted = formation_key(asked) if asked else ""
    named = {wanted: asked} if asked else {}
    together: Counter[str] = Counter()
    for written in sorted(counts, key=lambda one: (-counts[one], one)):
        together[named.setdefault(formation_key(written), written)] += counts[written]
    return dict(together)


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    return {value: count for value, count in counts.items() if value and count}


def _count_intervals(age: Coded, places: Numbers, within: bool) -> dict[str, int]:
    counts, ages = age.counts(places), _ages(age)
    of_ages = counts[: len(ages)]
    return _some({unit.name: int(of_ages[_of_age(ages, unit.span, within)].sum()) for unit in timescale()})


def _ages(age: Coded) -> Ages:
    return np.array(age.values[: len(age.known)], np.float64).reshape(-1, 2)


def _of_age(ages: Ages, span: AgeRange, within: bool) -> Mask:
    """For each age whether it overlaps a span, or lies within it; as `catalogue.searching.query.condition` has it."""
    oldest, youngest = ages[:, 0], ages[:, 1]
    if within:
        return (oldest <= span.max_ma) & (youngest >= span.min_ma)
    if span.max_ma == span.min_ma:
        return (oldest >= span.min_ma) & (youngest <= span.max_ma)
    return (oldest > span.min_ma) & (youngest < span.max_ma)


def _with_image(census: Census) -> Mask:
    column = census.coded["with_image"]
    return column.having(np.array([bool(value) for value in column.values] or [False], np.bool_))


def since(days: int) -> int:
    """The moment some days ago, as the census counts them."""
    return int(moments([changed_since(days)])[0])
