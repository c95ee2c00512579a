"""The orders in which found records are shown, as lists of places in the census.

Catalogue numbers are sorted as people count: V9 before V15 before V100.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from catalogue.searching.census import Census, Coded, Mask, Numbers
from catalogue.searching.query import Order


def in_order(census: Census, order: Order) -> Numbers:
    """The places of all records of a census in an order, those of removed records among them."""
    kept: Numbers | None = census.kept.get(("order", order))
    if kept is None:
        kept = np.lexsort(_columns(census, order)[::-1])
        census.kept["order", order] = kept
    return kept


def page_of(census: Census, found: Mask, order: Order, first: int, size: int | None) -> Numbers:
    """The places of one page of found records: `size` of them (None for all) from the `first` on, in an order."""
    places = in_order(census, order)
    places = places[found[places]]
    return places[first:] if size is None else places[first : first + size]


def _columns(census: Census, order: Order) -> list[Numbers]:
    """The columns by which an order sorts, the weightiest first; always ends in the key."""
    ids, created = census.ids, census.counted["created"]
    if order == "newest":
        return [-created, -ids]
    if order == "oldest_age":
        return [_ranks(census.coded["age"], lambda age: (-age[0], -age[1])), ids]
    if order == "youngest_age":
        return [_ranks(census.coded["age"], lambda age: (age[1], age[0])), ids]
    if order == "name":
        return [_ranks(census.coded["taxon"], lambda taxon: taxon[0]), ids]
    series, rest = census.coded["series"], census.coded["rest"]
    return [_ranks(series, lambda value: value), census.counted["number"], _ranks(rest, lambda value: value), ids]


def _ranks(column: Coded, key: Callable[[Any], Any]) -> Numbers:
    """For each record the rank of its value; values with the same key share one."""
    keys = [key(value) for value in column.values]
    ranks = {value: rank for rank, value in enumerate(sorted(set(keys)))}
    return np.array([ranks[value] for value in keys], np.int64)[column.codes]
