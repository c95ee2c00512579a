"""Where a taxon belongs and what people call it: the table `data/taxa`.

The table serves to place a record ("Lufengosaurus is a sauropodomorph"), to widen a search and to show common names.
It is no judgement on a specimen: its identification stays as it was written.
"""

from collections.abc import Iterable
from functools import cache

from catalogue.facts import read_facts


class Taxonomy:
    """Taxa with their parents and common names. Use `taxonomy()`, which reads the table once."""

    def __init__(self, rows: Iterable[dict[str, str]]) -> None:
        self._rows = {row["taxon"]: row for row in rows}
        self._lineages: dict[str, tuple[str, ...]] = {}
        self._called = {
            common.strip().casefold(): taxon
            for taxon, row in self._rows.items()
            for column in ("english_name", "chinese_name")
            for common in row[column].removesuffix(")").split(" (")
            if common
        }

    def __contains__(self, taxon: object) -> bool:
        return taxon in self._rows

    def lineage(self, name: str) -> tuple[str, ...]:
        """The groups that hold a taxon, widest first, itself last.

        Parameters
        ----------
        name : str
            A taxon of the table, or a species whose genus is in it.

        Returns
        -------
        tuple of str
            Empty when neither the name nor its first word is known.
        """
        known = name if name in self._rows else name.split(" ")[0]
        if known in self._lineages or known not in self._rows:
            return self._lineages.get(known, ())
        taxon, lineage = known, list[str]()
        while known in self._rows and known not in lineage:
            lineage.append(known)
            known = self._rows[known]["parent"]
        self._lineages[taxon] = tuple(reversed(lineage))
        return self._lineages[taxon]

    def common_name(self, name: str, language: str = "en") -> str:
        """What people call a taxon or the genus of a species in ``en`` or ``zh``; blank when not known."""
        row = self._rows.get(name) or self._rows.get(name.split(" ")[0])
        if row is None:
            return ""
        return row["chinese_name" if language.startswith("zh") else "english_name"]

    def called(self, name: str) -> str:
        """The taxon that people call so, in English or Chinese; of a species named in Chinese, the genus. Blank when not known.

        Parameters
        ----------
        name : str
            As on a label: "禄丰龙", or "许氏禄丰龙", in which the kind comes last.
        """
        asked = name.strip().casefold()
        if asked in self._called:
            return self._called[asked]
        ends = [
            common for common in self._called if len(common) > 1 and not common.isascii() and asked.endswith(common)
        ]
        return self._called[max(ends, key=len)] if ends else ""

    def rank(self, taxon: str) -> str:
        """The rank of a taxon of the table; blank when it is not there."""
        return self._rows[taxon]["rank"] if taxon in self._rows else ""

    def is_extant(self, name: str) -> bool:
        """Whether a taxon of the table has living members."""
        row = self._rows.get(name) or self._rows.get(name.split(" ")[0])
        return bool(row) and row is not None and row["extant"] == "yes"


@cache
def taxonomy() -> Taxonomy:
    """The taxa of `data/taxa`, read once."""
    return Taxonomy(read_facts("taxa/taxa.tsv"))
