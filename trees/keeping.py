"""Putting trees into the library, and putting right what is known of them.

Cataloguers add trees and change their own; curators change anybody's, remove, and bring back. Nothing is ever deleted: a removed tree is only
out of sight, and a file stays byte for byte as it came. What was typed is checked here, whoever asks.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, update

from catalogue.checking import check_text
from catalogue.messages import CatalogueError, message
from catalogue.rights import Person, may, require
from catalogue.tables import kept_files, kept_tips, kept_trees
from trees.errors import TreeError
from trees.kept import TEXTS, Entry, entry, number_of
from trees.kept_as_json import matrix_as_json, message_as_json
from trees.matching import SAID, TipRemark
from trees.model import tip_names
from trees.ranges import TaxonRange
from trees.reading.outcomes import NamedTree, ReadFile, names_apart
from trees.writing import write_newick
from trees.writing.newick import has_support

MOST_AT_ONCE = 100
"""Trees that are kept of one file, each on a line of its own; the others stay in the file, to be compared together."""
LARGEST_FILE = 30 * 1024 * 1024
_LONGEST_NAME = 200
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.IGNORECASE)


class TreeRefused(CatalogueError):
    """What was typed of a tree cannot be kept as it is."""


class TreeChanged(CatalogueError):
    """Somebody else changed the tree since it was opened."""


def keep(
    connection: Connection,
    who: Person,
    file_name: str,
    content: bytes,
    read: ReadFile,
    about: Mapping[str, str],
    *,
    chosen: Sequence[int] | None = None,
) -> list[Entry]:
    """Keep a file, and trees of it.

    Parameters
    ----------
    connection : Connection
        In a transaction (`catalogue.database.writing`).
    content : bytes
        The file as it came.
    read : ReadFile
        What `trees.reading.files.read_content` made of it.
    about : mapping of str to str
        `trees.kept.TEXTS`; a title is needed.
    chosen : sequence of int, optional
        Places of the trees to keep, from 0; all when left out.

    Returns
    -------
    list of Entry
        One for each tree; several get the tree's own name behind the title. A file of characters alone has one, without tips.

    Raises
    ------
    NotAllowed
    TreeRefused
        When nothing is chosen, or a text will not do.
    """
    require(who, "keep_trees")
    texts = _checked(about)
    places = range(len(read.trees)) if chosen is None else sorted(set(chosen))
    if not (places or (read.matrices and not read.trees)) or not all(0 <= place < len(read.trees) for place in places):
        raise TreeRefused(message("Choose at least one tree of the file."))
    if len(places) > MOST_AT_ONCE:
        raise TreeRefused(
            message("At most {most} trees of a file are kept at once; these are {count}.", most=MOST_AT_ONCE, count=len(places))
        )  # fmt: skip
    file_id = _insert_file(connection, who, file_name, content, read)
    names = names_apart(read.trees)
    keys = [
        _insert_tree(connection, who, file_id, read.trees[place], texts, called=names[place] if len(places) > 1 else "")
        for place in places
    ] or [_insert_tree(connection, who, file_id, None, texts)]
    return [entry(connection, key, who) for key in keys]


def amend(connection: Connection, who: Person, key: str, about: Mapping[str, str], *, version: int) -> Entry:
    """Say something else of a tree: its title, authors, year, DOI, note, licence; what is left out stays.

    Raises
    ------
    NotAllowed, NoSuchTree, TreeRefused
    TreeChanged
        When it is not of that version any more.
    """
    held = _mine(connection, who, key, version)
    texts = _checked({name: getattr(held, name) for name in TEXTS} | dict(about))
    return _updated(connection, who, held, texts)


def add_ages(
    connection: Connection, who: Person, key: str, file_name: str, content: bytes, read: ReadFile, *, version: int
) -> Entry:
    """Give a tree a table of ages, in the place of one that it may have.

    Raises
    ------
    NotAllowed, NoSuchTree, TreeChanged
    TreeRefused
        When the file is no table of ages.
    """
    held = _mine(connection, who, key, version)
    if read.ages is None:
        raise TreeRefused(
            message("{file} is no table of first and last appearances (FAD, LAD).", file=file_name[:_LONGEST_NAME])
        )
    number = _insert_file(connection, who, file_name, content, replace(read, lost=(), doubts=()))
    return _updated(connection, who, held, {"ages_file_id": number})


def drop_ages(connection: Connection, who: Person, key: str, *, version: int) -> Entry:
    """Use a table of ages no more."""
    return _updated(connection, who, _mine(connection, who, key, version), {"ages_file_id": None})


def say_of_tips(
    connection: Connection, who: Person, key: str, remarks: Iterable[TipRemark], *, version: int, tips: Iterable[str]
) -> Entry:
    """Keep what a person said of tips, in the place of all that was said of these before; a remark that says nothing takes the old one back.

    Parameters
    ----------
    tips : iterable of str
        All tips of the tree: a remark on another one is refused.

    Raises
    ------
    NotAllowed, NoSuchTree, TreeChanged
    TreeRefused
        When an age runs from young to old or has no source, or a tip is not on the tree.
    """
    held = _mine(connection, who, key, version)
    on_tree = set(tips)
    given = list(remarks)
    for remark in given:
        _check_remark(remark, on_tree)
    number = number_of(key)
    column = kept_tips.c
    for remark in given:
        connection.execute(delete(kept_tips).where(column.tree_id == number, column.tip == remark.tip))
        if remark != TipRemark(remark.tip):
            connection.execute(insert(kept_tips).values(tree_id=number, **vars(remark)))
    return _updated(connection, who, held, {})


def remove(connection: Connection, who: Person, key: str) -> None:
    """Take a tree out of the library; `restore` brings it back.

    Raises
    ------
    NotAllowed, NoSuchTree
    """
    require(who, "edit_trees")
    _updated(connection, who, entry(connection, key, who), {"removed_by": who.login, "removed_at": _now()})


def restore(connection: Connection, who: Person, key: str) -> Entry:
    """Bring a removed tree back.

    Raises
    ------
    NotAllowed, NoSuchTree
    """
    require(who, "edit_trees")
    return _updated(connection, who, entry(connection, key, who), {"removed_by": "", "removed_at": ""})


def may_amend(who: Person, held: Entry) -> bool:
    """Whether a person may change a tree: their own, or anybody's."""
    return may(who, "edit_trees") or (may(who, "keep_trees") and held.added_by == who.login)


def _mine(connection: Connection, who: Person, key: str, version: int) -> Entry:
    require(who, "keep_trees")
    held = entry(connection, key, who)
    if not may_amend(who, held):
        require(who, "edit_trees")
    if held.version != version:
        raise TreeChanged(message("Somebody changed this tree while you had it open. Look at it again."))
    return held


def _insert_file(connection: Connection, who: Person, file_name: str, content: bytes, read: ReadFile) -> int:
    if len(content) > LARGEST_FILE:
        raise TreeRefused(message("The file is larger than {most} MiB.", most=LARGEST_FILE // 1024**2))
    told = {kind: [message_as_json(one) for one in getattr(read, kind)] for kind in ("mended", "lost", "doubts")}
    made = connection.execute(
        insert(kept_files).values(
            file_name="".join(letter for letter in file_name if letter.isprintable())[-_LONGEST_NAME:],
            format=read.format,
            content=content,
            trees_found=read.trees_found,
            trees_read=len(read.trees),
            told=told,
            matrices=[matrix_as_json(matrix) for matrix in read.matrices],
            added_by=who.login,
            added_at=_now(),
        )
    )
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


def _insert_tree(
    connection: Connection,
    who: Person,
    file_id: int,
    named: NamedTree | None,
    texts: Mapping[str, str],
    *,
    called: str = "",
) -> str:
    title = f"{texts['title']} · {called}" if called else texts["title"]
    own = {
        "file_id": file_id,
        "ages_file_id": None,
        **(
            {"name": "", "newick": "", "rooted": "", "has_lengths": False, "tips": 0}
            if named is None
            else _as_kept(named)
        ),
        "added_by": who.login,
        "added_at": _now(),
        "removed_by": "",
        "removed_at": "",
        "version": 1,
    }
    made = connection.execute(insert(kept_trees).values(**{**texts, "title": title}, **own))
    assert made.inserted_primary_key is not None
    return f"t{made.inserted_primary_key[0]}"


def _as_kept(named: NamedTree) -> dict[str, object]:
    tree = named.tree
    return {
        "name": named.name,
        "newick": write_newick(tree, lengths=named.has_lengths, support=has_support(tree), annotations=True),
        "rooted": {True: "yes", False: "no", None: ""}[named.rooted],
        "has_lengths": named.has_lengths,
        "tips": len(tip_names(tree)),
    }


def _updated(connection: Connection, who: Person, held: Entry, values: Mapping[str, object]) -> Entry:
    changed = update(kept_trees).where(kept_trees.c.id == number_of(held.key))
    connection.execute(changed.values(**values, version=held.version + 1))
    return entry(connection, held.key, who)


def _checked(about: Mapping[str, str]) -> dict[str, str]:
    texts = {name: str(about.get(name) or "").strip() for name in TEXTS}
    if not texts["title"]:
        raise TreeRefused(message("Give the tree a title, so that people find it."))
    for name, text in texts.items():
        for problem in check_text(name, text):
            raise TreeRefused(problem.message)
    found = _DOI.search(texts["doi"])
    if texts["doi"] and not found:
        raise TreeRefused(message("“{doi}” is no DOI. One looks like 10.1038/nature21700.", doi=texts["doi"][:80]))
    texts["doi"] = found[0].rstrip(".,;)") if found else ""
    if texts["year"] and not re.fullmatch(r"\d{4}[a-z]?", texts["year"]):
        raise TreeRefused(message("“{year}” is no year of publication, such as 2017.", year=texts["year"][:40]))
    return texts


def _check_remark(remark: TipRemark, tips: set[str]) -> None:
    if remark.tip not in tips:
        raise TreeRefused(message("“{name}” is not on the tree.", name=remark.tip[:80]))
    for problem in (*check_text("taxon", remark.taxon), *check_text("source", remark.source)):
        raise TreeRefused(problem.message)
    if remark.first_ma is None:
        if remark.last_ma is not None:
            raise TreeRefused(message("{tip}: a last appearance needs a first one.", tip=remark.tip))
        return
    try:
        TaxonRange(remark.tip, remark.first_ma, remark.first_ma if remark.last_ma is None else remark.last_ma, SAID)
    except TreeError as error:
        raise TreeRefused(error.message) from error
    if not remark.source.strip():
        raise TreeRefused(message("{tip}: say where this age is from, a publication or a specimen.", tip=remark.tip))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
