"""The library of trees, to read in: what is kept, one tree with its ranges, and the files as they came.

A kept tree has a key such as ``t12``, which stands in links. `open_tree` gives all that a page needs to show it; writing is in `trees.keeping`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from catalogue import specimens
from catalogue.geological_time import timescale
from catalogue.messages import CatalogueError, Message, message
from catalogue.rights import VISITOR, Person, may
from catalogue.tables import kept_files, kept_tips, kept_trees
from trees.errors import TreeError
from trees.kept_as_json import matrix_of, message_of
from trees.matching import Matching, TipRemark, match_tips
from trees.matrices import Matrix
from trees.model import Tree, tip_names, without_tips
from trees.ranges import TaxonRange, combine, published_ranges, ranges_of_finds
from trees.reading import read_newick
from trees.reading.ages import AgeTable
from trees.reading.files import read_content

TEXTS = ("title", "authors", "year", "doi", "note", "licence")
"""What people write of a tree."""


class NoSuchTree(CatalogueError):
    """There is no tree under that key in the library."""


@dataclass(frozen=True)
class Entry:
    """A tree of the library in a list.

    Parameters
    ----------
    key : str
        As in links, ``t12``.
    title, authors, year, doi, note, licence : str
        What people wrote of it.
    name : str
        The name of the tree in its file.
    file_id, ages_file_id : int, int or None
        The file it came in, and the table of ages that belongs to it.
    file_name, format : str
        Of its file.
    tips : int
        How many there are; 0 for a file of characters without a tree.
    rooted : bool or None
        None where the file does not say.
    has_lengths : bool
        Whether its branches have lengths.
    added_by, added_at, removed_by, removed_at : str
        Logins and moments (ISO 8601, UTC); the last two are blank while it is in the library.
    version : int
    """

    key: str
    title: str
    authors: str
    year: str
    doi: str
    note: str
    licence: str
    name: str
    file_id: int
    ages_file_id: int | None
    file_name: str
    format: str
    tips: int
    rooted: bool | None
    has_lengths: bool
    added_by: str
    added_at: str
    removed_by: str
    removed_at: str
    version: int

    @property
    def citation(self) -> str:
        """The publication in one line; blank when nothing is known of it."""
        head = f"{self.authors} ({self.year})" if self.authors and self.year else self.authors or self.year
        link = f"https://doi.org/{self.doi}" if self.doi else ""
        return ". ".join(part for part in (head, self.title if head else "", link) if part)


@dataclass(frozen=True)
class KeptTree:
    """A tree of the library with what is known of its tips.

    Parameters
    ----------
    entry : Entry
    published : ete3.Tree
        As it was read.
    matching : Matching
        Which taxon each tip is, and when it lived.
    """

    entry: Entry
    published: Tree = field(repr=False)
    matching: Matching = field(repr=False)

    @property
    def key(self) -> str:
        """As in links."""
        return self.entry.key

    @property
    def title(self) -> str:
        """By which people know it."""
        return self.entry.title

    @property
    def citation(self) -> str:
        """The publication in one line."""
        return self.entry.citation

    @property
    def has_lengths(self) -> bool:
        """Whether the branches have lengths of their own."""
        return self.entry.has_lengths

    @cached_property
    def tree(self) -> Tree:
        """The tree without the tips that people left out; a copy when there are any.

        Raises
        ------
        TreeError
            When all tips are left out.
        """
        unwanted = {one.tip for one in self.matching.of("left out")}
        if not unwanted:
            return self.published
        remaining, _ = without_tips(self.published, unwanted)
        if remaining is None:
            raise TreeError(message("All tips of this tree are left out."))
        return remaining

    @property
    def published_tips(self) -> list[str]:
        """The names of all tips, those that are left out among them."""
        return [one.tip for one in self.matching.tips]

    @property
    def ranges(self) -> dict[str, TaxonRange]:
        """First and last appearance by tip, of those that are dated; sources as in `trees.matching`."""
        return self.matching.ranges

    @property
    def taxa(self) -> dict[str, str]:
        """The taxon of the catalogue by tip, of those that are matched."""
        return self.matching.taxa


@dataclass(frozen=True)
class KeptFile:
    """A file as it came.

    Parameters
    ----------
    id : int
    file_name, format : str
    content : bytes
        Byte for byte.
    trees_found, trees_read : int
    mended, lost, doubts : tuple of Message
        What reading it said.
    matrices : tuple of Matrix
    added_by, added_at : str
    """

    id: int
    file_name: str
    format: str
    content: bytes = field(repr=False)
    trees_found: int
    trees_read: int
    mended: tuple[Message, ...]
    lost: tuple[Message, ...]
    doubts: tuple[Message, ...]
    matrices: tuple[Matrix, ...] = field(repr=False)
    added_by: str
    added_at: str


_OF_FILE = (kept_files.c.file_name, kept_files.c.format)
_JOINED = select(kept_trees, *_OF_FILE).join(kept_files, kept_files.c.id == kept_trees.c.file_id)


def entries(connection: Connection, who: Person = VISITOR, *, removed: bool = False) -> list[Entry]:
    """The trees of the library, newest first; with `removed` those that were taken out, for who may bring them back."""
    if removed and not may(who, "edit_trees"):
        return []
    wanted = kept_trees.c.removed_at != "" if removed else kept_trees.c.removed_at == ""
    return [_entry(row) for row in connection.execute(_JOINED.where(wanted).order_by(kept_trees.c.id.desc()))]


def entry(connection: Connection, key: str, who: Person = VISITOR) -> Entry:
    """One tree of the library.

    Raises
    ------
    NoSuchTree
        Also for one that was removed, unless `who` may bring it back.
    """
    return _entry(_row(connection, key, who))


def open_tree(
    connection: Connection, key: str, who: Person = VISITOR, *, known: Mapping[str, TaxonRange] | None = None
) -> KeptTree:
    """A tree with the ranges of its tips.

    Parameters
    ----------
    known : mapping of str to TaxonRange, optional
        Ranges by taxon, where a page has them already; left out: `known_ranges`.

    Raises
    ------
    NoSuchTree
    """
    row = _row(connection, key, who)
    if not row.tips:
        raise NoSuchTree(message("“{title}” holds characters and no tree.", title=row.title))
    tree = read_newick(row.newick)
    for node in tree.traverse("preorder"):
        if node.name and node.children and "support" in getattr(node, "annotations", {}):
            node.support = float(node.annotations["support"])
    found = match_tips(
        tip_names(tree),
        known_ranges(connection) if known is None else known,
        specimens.taxa_with_finds(connection),
        table=ages_of(connection, row.ages_file_id),
        remarks=remarks_of(connection, key),
    )
    return KeptTree(_entry(row), tree, found)


def known_ranges(connection: Connection) -> dict[str, TaxonRange]:
    """The ranges by taxon that publications and the finds of the catalogue give."""
    published = published_ranges(timescale())
    return combine(published, ranges_of_finds(specimens.dated_finds(connection), published))


def taxa_to_choose(connection: Connection) -> set[str]:
    """Every taxon that a tip can be said to be: those with finds, and those with a published range."""
    return {*specimens.taxa_with_finds(connection), *published_ranges(timescale())}


def remarks_of(connection: Connection, key: str) -> list[TipRemark]:
    """What people said of the tips of a tree."""
    rows = connection.execute(select(kept_tips).where(kept_tips.c.tree_id == number_of(key)).order_by(kept_tips.c.tip))
    return [TipRemark(row.tip, row.taxon, row.left_out, row.first_ma, row.last_ma, row.source) for row in rows]


def ages_of(connection: Connection, file_id: int | None) -> AgeTable | None:
    """The table of ages in a file of the library, read again."""
    return read_content(original_file(connection, file_id).content).ages if file_id is not None else None


def original_file(connection: Connection, file_id: int) -> KeptFile:
    """A file as it came, with its matrices and what reading it said.

    Raises
    ------
    NoSuchTree
    """
    row = connection.execute(select(kept_files).where(kept_files.c.id == file_id)).first()
    if row is None:
        raise NoSuchTree(message("There is no file under this number in the library."))
    values: dict[str, Any] = dict(row._mapping)
    told, matrices = values.pop("told"), values.pop("matrices")
    values |= {kind: tuple(map(message_of, told[kind])) for kind in ("mended", "lost", "doubts")}
    return KeptFile(**values, matrices=tuple(map(matrix_of, matrices)))


def files_with_matrices(connection: Connection) -> list[tuple[int, str, str]]:
    """Number and name of each file of the library that has a matrix of characters, and the title of its first entry."""
    in_library = and_(kept_trees.c.file_id == kept_files.c.id, kept_trees.c.removed_at == "")
    columns = (kept_files.c.id, kept_files.c.file_name, kept_files.c.matrices, kept_trees.c.title)
    found: dict[int, tuple[int, str, str]] = {}
    for number, name, matrices, title in connection.execute(
        select(*columns).join(kept_trees, in_library).order_by(kept_files.c.id.desc(), kept_trees.c.id)
    ):
        if matrices:
            found.setdefault(number, (number, name, title))
    return list(found.values())


def files_with_many_trees(connection: Connection) -> list[tuple[int, str, int]]:
    """Number and name of each file of the library of which several trees could be read, and how many; those not chosen are among them."""
    in_library = and_(kept_trees.c.file_id == kept_files.c.id, kept_trees.c.removed_at == "")
    columns = (kept_files.c.id, kept_files.c.file_name, kept_files.c.trees_read)
    rows = connection.execute(
        select(*columns)
        .join(kept_trees, in_library)
        .where(kept_files.c.trees_read > 1)
        .distinct()
        .order_by(kept_files.c.id.desc())
    )
    return [(number, name, count) for number, name, count in rows]


def number_of(key: str) -> int:
    """The number in the database of a key; 0, which none has, for what is no key."""
    digits = key.removeprefix("t")
    return int(digits) if key.startswith("t") and digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def _row(connection: Connection, key: str, who: Person) -> Row[Any]:
    row = connection.execute(_JOINED.where(kept_trees.c.id == number_of(key))).first()
    if row is None or (row.removed_at and not may(who, "edit_trees")):
        raise NoSuchTree(message("There is no tree “{key}” in the library. Perhaps it was removed.", key=key[:40]))
    return row


def _entry(row: Row[Any]) -> Entry:
    held = {name: value for name, value in row._mapping.items() if name not in {"id", "newick", "rooted"}}
    return Entry(key=f"t{row.id}", rooted={"yes": True, "no": False}.get(row.rooted), **held)
