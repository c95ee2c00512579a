"""Counting groups: a record of *Lufengosaurus* counts for Sauropodomorpha, Dinosauria and all others that hold it.

The taxa of the records are few beside the records, so their groups are looked up once, and only for those that are new.
"""

import threading
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np

from catalogue.searching.census import Coded, Mask, Numbers

Taxon: TypeAlias = tuple[str, str, str]
"""Scientific name, genus and the groups between bars, as a record has them."""
_growing = threading.Lock()


def lineage_of(taxon: Taxon) -> list[str]:
    """The groups that hold a taxon, widest first, then its genus and itself; each once.

    >>> lineage_of(("Lufengosaurus huenei", "Lufengosaurus", "|Dinosauria|Lufengosaurus|"))
    ['Dinosauria', 'Lufengosaurus', 'Lufengosaurus huenei']
    """
    name, genus, groups = taxon
    return [group for group in dict.fromkeys([*groups.split("|"), genus, name]) if group]


class Lineages:
    """The groups of the distinct taxa of a column."""

    def __init__(self) -> None:
        self._known = 0
        self._groups: dict[str, int] = {}
        self._parents: dict[str, str] = {}
        self._taxa, self._members = np.empty(0, np.int64), np.empty(0, np.int64)

    @property
    def parents(self) -> Mapping[str, str]:
        """For each taxon or group the one that holds it; blank for the widest."""
        return self._parents

    def counts(self, of_taxa: Numbers) -> dict[str, int]:
        """How many records each taxon or group has, of the records of each distinct taxon."""
        ours = self._taxa < len(of_taxa)
        counted = np.bincount(self._members[ours], weights=of_taxa[self._taxa[ours]], minlength=len(self._groups))
        return {group: int(counted[code]) for group, code in list(self._groups.items()) if counted[code]}

    def belonging(self, group: str) -> Mask:
        """For each distinct taxon whether it is a taxon or belongs to a group."""
        mask = np.zeros(self._known, np.bool_)
        mask[self._taxa[self._members == self._groups.get(group, -1)]] = True
        return mask

    def grow(self, taxa: Sequence[Taxon]) -> None:
        """Take up the taxa that are new."""
        pairs: list[tuple[int, int]] = []
        for code, taxon in enumerate(taxa[self._known :], self._known):
            before = ""
            for group in lineage_of(taxon):
                self._parents.setdefault(group, before)
                pairs.append((code, self._groups.setdefault(group, len(self._groups))))
                before = group
        new = np.array(pairs, np.int64).reshape(-1, 2)
        self._taxa, self._members = np.append(self._taxa, new[:, 0]), np.append(self._members, new[:, 1])
        self._known = len(taxa)


def lineages(column: Coded) -> Lineages:
    """The groups of a column of taxa, found out once and kept with its values."""
    with _growing:
        found = column.known.derived = column.known.derived or Lineages()
        taxa = column.values
        if found._known < len(taxa):
            found.grow(taxa)
        return found
