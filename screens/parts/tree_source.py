"""The tree that a page shows: the built-in one or one of the library, rooted, dated and cut down as the address asks.

What is costly is made once for everybody and kept until a record changes: drawing then follows what is visible, however large the tree is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import streamlit as st
from sqlalchemy import Connection

from catalogue import database, specimens
from catalogue.geological_time import timescale
from catalogue.messages import Message, message
from catalogue.searching.query import Query
from screens.parts import who
from screens.words import language
from trees import kept
from trees.arranging import rerooted
from trees.dating import CAVEATS, METHODS, DatedTree, date_tree, dated_tree
from trees.errors import TreeError
from trees.keys import find_key, key_of, keyed
from trees.library import alternative_trees, built_in_tree
from trees.lineages import Alive, lineages_through_time
from trees.model import Tree, copy_tree, tip_names
from trees.ranges import TaxonRange, combine, published_ranges, ranges_of_finds
from trees.survey import Survey, survey
from trees.uncertainty import Spread, date_repeatedly
from trees.undated import LENGTHS, STEPS, by_lengths, by_steps, has_time

OTHER = "other:"
"""Before the key of an alternative to the built-in tree."""
MOST_DATED_AGAIN = 1500
"""Tips up to which a tree is dated many times over."""
_TIMES = 100
WITHOUT_DATES: Mapping[str, Message] = {
    LENGTHS: message("The branches have the lengths of the published tree. They are not dates."),
    STEPS: message("Only the branching is shown. Where a fork stands says nothing of its age."),
}
_AGES_OF_ITS_OWN = message("The branches have the lengths of the published tree, read as millions of years.")


@dataclass(frozen=True)
class Asked:
    """What the address asks for; the same question is answered once.

    Parameters
    ----------
    tree : str
        Key in the library; blank for the built-in tree.
    kind : str
        Which finds date it: ``all``, ``own`` or ``published``.
    method : str
        One of `trees.dating.METHODS`, ``lengths`` or ``steps``; blank for what suits the tree.
    least_branch : float
        Myr, for ``mbl``.
    youngest : float or None
        Ma of the youngest tip, for a tree whose lengths are millions of years.
    root, clade : str
        Keys of the outgroup and of the clade that is shown alone; blank for neither.
    """

    tree: str = ""
    kind: str = "all"
    method: str = ""
    least_branch: float = 1.0
    youngest: float | None = None
    root: str = ""
    clade: str = ""


@dataclass(frozen=True)
class Source:
    """A published tree with what is known of its tips.

    Parameters
    ----------
    title, citation : str
        Blank for the built-in tree.
    tree : ete3.Tree
        With keys; shared by all, never to be changed.
    ranges : mapping of str to TaxonRange
        By tip.
    taxa : mapping of str to str
        The catalogue's taxon of a tip, where that has another name.
    has_lengths : bool
    built_in : bool
    """

    title: str
    citation: str
    tree: Tree = field(repr=False)
    ranges: Mapping[str, TaxonRange] = field(repr=False)
    taxa: Mapping[str, str] = field(repr=False)
    has_lengths: bool
    built_in: bool


@dataclass(frozen=True)
class Shown:
    """A tree ready to be drawn.

    Parameters
    ----------
    source : Source
    rooted : ete3.Tree
        The whole tree with its root where it was asked for.
    dated : DatedTree
    known : Survey
    alive : Alive or None
        Lineages through time; None without dates.
    above : tuple of (str, str)
        Key and name of the clades that hold the one shown alone, the root first.
    method : str
        What was used.
    problem : Message or None
        Why something that was asked could not be done.
    """

    source: Source
    rooted: Tree = field(repr=False)
    dated: DatedTree = field(repr=False)
    known: Survey = field(repr=False)
    alive: Alive | None = field(repr=False)
    above: tuple[tuple[str, str], ...]
    method: str
    problem: Message | None = None

    @property
    def caveat(self) -> Message:
        """What to keep in mind about its dates."""
        if self.method in CAVEATS:
            return CAVEATS[self.method]
        return WITHOUT_DATES.get(self.method, _AGES_OF_ITS_OWN)

    @cached_property
    def spreads(self) -> Mapping[int, Spread]:
        """Within what each fork falls, by its number; none for a tree that no fossils date, or that is too large, or shown in part."""
        if self.method not in METHODS or self.known.tips[0] > MOST_DATED_AGAIN or self.above:
            return {}
        inner = [number for number, below in enumerate(self.known.children) if below]
        repeated = date_repeatedly(self.dated, self.dated.ranges, times=_TIMES)
        return dict(zip(inner, repeated.forks, strict=True))

    def taxon_of(self, name: str) -> str:
        """The catalogue's name of a tip or clade."""
        return self.source.taxa.get(name, name.replace("_", " "))


def shown(asked: Asked) -> Shown:
    """The tree that is asked for; where something of that cannot be had, the nearest that can, with the reason.

    Raises
    ------
    kept.NoSuchTree
    TreeError
        When the tree itself cannot be shown.
    """
    with database.reading() as connection:
        marks = specimens.revision(connection), _mark(asked, connection), str(database.engine().url)
    return _shown(asked, marks, who.who().login)


FEWEST_DATED = 2
"""Tips with an age that a tree needs to be dated."""


def methods_for(source: Source) -> list[str]:
    """The ways in which a tree can be shown in time, or without it."""
    dated = sum(name in source.ranges for name in tip_names(source.tree)) >= FEWEST_DATED
    by_fossils = ["basic", "mbl", "equal", *(["ruta"] if source.has_lengths else [])] if dated else []
    return [*by_fossils, *([LENGTHS] if source.has_lengths else []), STEPS]


def usual_method(source: Source) -> str:
    """How a tree is shown before anybody chooses: dated by fossils where most tips have an age."""
    names = tip_names(source.tree)
    if 2 * sum(name in source.ranges for name in names) > len(names):
        return "mbl"
    return LENGTHS if source.has_lengths else STEPS


def _mark(asked: Asked, connection: Connection) -> str:
    """Changes with every change of a tree of the library or of what was said of its tips."""
    if not asked.tree or asked.tree.startswith(OTHER):
        return language()
    entry = kept.entry(connection, asked.tree, who.who())
    return f"{entry.version}/{entry.ages_file_id}/{hash(tuple(kept.remarks_of(connection, asked.tree)))}"


@st.cache_resource(max_entries=24, show_spinner=False)
def _shown(asked: Asked, marks: tuple[str, ...], person: str) -> Shown:
    source = _source(asked.tree, asked.kind, marks, person)
    tree, problem = source.tree, None
    if asked.root:
        try:
            tree = _rooted(tree, asked.root)
        except TreeError as error:
            problem = error.message
    method = asked.method if asked.method in methods_for(source) else usual_method(source)
    dated = _dated(tree, source, replace(asked, method=method))
    above: tuple[tuple[str, str], ...] = ()
    clade = find_key(dated.tree, asked.clade) if asked.clade else None
    if clade is not None and clade.children and clade.up is not None:
        above = _above(clade)
        dated = _part(dated, clade)
    known = survey(dated)
    alive = lineages_through_time(dated, known) if has_time(dated) else None
    return Shown(source, tree, dated, known, alive, above, dated.method, problem)


@st.cache_resource(max_entries=12, show_spinner=False)
def _source(tree: str, kind: str, marks: tuple[str, ...], person: str) -> Source:
    del marks, person  # only there to make the cache forget, and to keep what one may see from another
    published = published_ranges(timescale())
    query = Query(own=kind != "published", published=kind != "own")
    with database.reading() as connection:
        known = combine(published, ranges_of_finds(specimens.dated_finds(connection, query), published))
        if not tree:
            return Source("", "", keyed(built_in_tree().tree), known, {}, False, True)
        if tree.startswith(OTHER):
            return _alternative(tree.removeprefix(OTHER), known)
        held = kept.open_tree(connection, tree, who.who(), known=known)
    return Source(held.title, held.citation, keyed(held.tree), held.ranges, held.taxa, held.has_lengths, False)


def _alternative(key: str, known: Mapping[str, TaxonRange]) -> Source:
    found = next((one for one in alternative_trees() if one.key == key), None)
    if found is None:
        raise TreeError(message("There is no tree “{key}” in the library. Perhaps it was removed.", key=key))
    return Source(found.titles[language()], found.accounts[language()], keyed(found.tree), known, {}, False, False)


def _rooted(tree: Tree, key: str) -> Tree:
    node = find_key(tree, key)
    if node is None:
        raise TreeError(message("“{name}” is not on the tree.", name=key))
    tips = tip_names(node)
    moved = rerooted(tree, [tips[0], tips[-1]])
    if not hasattr(moved, "key"):
        moved.add_feature("key", "#root")
    return moved


def _dated(tree: Tree, source: Source, asked: Asked) -> DatedTree:
    if asked.method == STEPS:
        return by_steps(tree)
    if asked.method == LENGTHS:
        return by_lengths(tree, asked.youngest)
    return date_tree(tree, source.ranges, asked.method, asked.least_branch)


def _part(dated: DatedTree, clade: Tree) -> DatedTree:
    """One clade with the ages of the whole tree."""
    part = copy_tree(clade)
    part.dist = part.ghost = 0.0
    ranges = {name: dated.ranges[name] for name in tip_names(part)}
    return dated_tree(part, ranges, method=dated.method, min_branch_ma=dated.min_branch_ma)


def _above(clade: Tree) -> tuple[tuple[str, str], ...]:
    path, node = [], clade.up
    while node is not None:
        path.append((key_of(node), str(node.name)))
        node = node.up
    return tuple(reversed(path))
