"""The tables of facts under `data/`: tab-separated, UTF-8, one header line, no quoting.

Every reader of `data/` goes through here, so that the format is known in one place.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

FACTS = Path(__file__).resolve().parent.parent / "data"


@cache
def outline_svg(groups: tuple[str, ...]) -> str:
    """The outline drawn for the narrowest of some groups of animals (widest first) that has one, as SVG; blank where none has."""
    paths = (FACTS / "silhouettes" / f"{group}.svg" for group in reversed(("Animalia", *groups)))
    return next((path.read_text(encoding="utf-8") for path in paths if path.exists()), "")


def read_facts(table: str) -> list[dict[str, str]]:
    """Read one table of facts.

    Parameters
    ----------
    table : str
        Path below `data/`, such as ``"taxa/taxa.tsv"``.

    Returns
    -------
    list of dict
        A row each, by column name; a blank cell is an empty string.

    Raises
    ------
    ValueError
        When a row has not as many cells as the header; the line is named.
    """
    lines = (FACTS / table).read_text(encoding="utf-8").split("\n")
    header = lines[0].split("\t")
    return [_row(table, header, number, line) for number, line in enumerate(lines[1:], start=2) if line.strip()]


def _row(table: str, header: list[str], number: int, line: str) -> dict[str, str]:
    cells = line.split("\t")
    if len(cells) != len(header):
        raise ValueError(f"data/{table}, line {number}: {len(cells)} cells where the header has {len(header)}.")
    return {column: cell.strip() for column, cell in zip(header, cells, strict=True)}


def fact_tables(folder: str) -> Iterator[str]:
    """The tables of one folder below `data/`, in the order of their names."""
    return (f"{folder}/{path.name}" for path in sorted((FACTS / folder).glob("*.tsv")))


def several(cell: str) -> tuple[str, ...]:
    """The texts of a cell that holds several, parted by `` | ``."""
    return tuple(text.strip() for text in cell.split("|") if text.strip())


@cache
def references() -> dict[str, dict[str, str]]:
    """The publications behind all facts, by their key."""
    return {row["reference"]: row for table in fact_tables("references") for row in read_facts(table)}


def cite(key: str) -> str:
    """A publication in one line: authors (year). Title. Container volume: pages. An unknown key is given back."""
    row = references().get(key)
    if row is None:
        return key
    authors = several(row["authors"])
    named = ", ".join(authors[:3]) + (" et al." if len(authors) > 3 else "")
    head = f"{named} ({row['year']})" if row["year"] else named
    volume = row["volume"] and f" {row['volume']}"
    pages = row["pages"] and f": {row['pages']}"
    container = row["container"] and f" {row['container']}{volume}{pages}."
    return f"{head}. {row['title'].rstrip('.')}.{container}".strip(". ") + "."


def cite_briefly(key: str) -> str:
    """A publication in a few words, as in running text: Peters & McClennen 2016. An unknown key is given back.

    >>> cite_briefly("peters2016")
    'Peters & McClennen 2016'
    """
    row = references().get(key)
    if row is None:
        return key
    names = [author.partition(",")[0] for author in several(row["authors"])]
    named = " & ".join(names) if len(names) < 3 else f"{names[0]} et al."
    return f"{named} {row['year']}".strip()
