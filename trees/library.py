"""The trees that ship with Bonebed, compiled from the literature, with who found each grouping.

Where publications disagree, the built-in tree shows one arrangement, or leaves the branches open, and `alternative_trees`
shows others. `innovations` tells which new feature arose on which branch, and by what that is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from catalogue.facts import FACTS, read_facts, several
from trees.model import Tree
from trees.moving import Move, move_clades, read_move
from trees.reading import read_newick


@dataclass(frozen=True)
class ClaimedClade:
    """Who found a grouping.

    Parameters
    ----------
    references : tuple of str
        Keys of the publications.
    remarks : mapping of str to str
        What they say of it, in a sentence, by language (``en`` and ``zh``); may be blank.
    """

    references: tuple[str, ...]
    remarks: Mapping[str, str]


@dataclass(frozen=True)
class PublishedTree:
    """A tree from the literature.

    Parameters
    ----------
    key : str
        Short name for links.
    title : str
        English title; the screens translate it.
    tree : ete3.Tree
        Undated, every inner node named. Shared by all who ask: never change it.
    clade_sources : mapping of str to ClaimedClade
        By name of the clade.
    """

    key: str
    title: str
    tree: Tree = field(repr=False, compare=False)
    clade_sources: Mapping[str, ClaimedClade] = field(repr=False)


@cache
def built_in_tree() -> PublishedTree:
    """The tree from the first dinosaurs to living birds."""
    return PublishedTree(
        key="dinosaurs_to_birds",
        title="From the first dinosaurs to living birds",
        tree=read_newick((FACTS / "trees/dinosaurs_to_birds.nwk").read_text(encoding="utf-8")),
        clade_sources={
            row["clade"]: ClaimedClade(several(row["reference"]), {"en": row["remarks"], "zh": row["zh_remarks"]})
            for row in read_facts("trees/clades.tsv")
        },
    )


@dataclass(frozen=True)
class AlternativeTree:
    """The built-in tree with some clades elsewhere, as other publications have them.

    Parameters
    ----------
    key : str
        Short name for links.
    titles, accounts : mapping of str to str
        By language (``en`` and ``zh``): a few words, and what is different in sentences for a class.
    moves : tuple of Move
        What leads from the built-in tree to this one.
    references : tuple of str
        Keys of the publications.
    tree : ete3.Tree
        With the tips of the built-in tree. Shared by all who ask: never change it.
    """

    key: str
    titles: Mapping[str, str]
    accounts: Mapping[str, str]
    moves: tuple[Move, ...]
    references: tuple[str, ...]
    tree: Tree = field(repr=False, compare=False)


@cache
def alternative_trees() -> tuple[AlternativeTree, ...]:
    """The alternative placements of `data/trees/alternatives.tsv`, each applied to the built-in tree."""
    base = built_in_tree().tree
    found = []
    for row in read_facts("trees/alternatives.tsv"):
        moves = tuple(read_move(sentence) for sentence in several(row["moves"]))
        found.append(
            AlternativeTree(
                key=row["alternative"],
                titles=_in_both_languages(row, "title"),
                accounts=_in_both_languages(row, "account"),
                moves=moves,
                references=several(row["reference"]),
                tree=move_clades(base, moves),
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class Innovation:
    """A new feature that arose on the branch to a clade.

    Parameters
    ----------
    key : str
        Short name for links.
    clade : str
        On the built-in tree: all in it have the feature, or descend from animals that had it.
    names, accounts, doubts : mapping of str to str
        By language (``en`` and ``zh``): the feature in a few words, what it was good for or how it is known in a sentence or
        two, and what speaks against this place; a doubt may be blank.
    references : tuple of str
        Keys of the publications.
    specimens : tuple of str
        The `occurrence_id` of specimens of the first collection that show it; may be empty.
    """

    key: str
    clade: str
    names: Mapping[str, str]
    accounts: Mapping[str, str]
    doubts: Mapping[str, str]
    references: tuple[str, ...]
    specimens: tuple[str, ...]


@cache
def innovations() -> tuple[Innovation, ...]:
    """The new features of `data/trees/innovations.tsv`, in the order of the table: from the root on."""
    return tuple(
        Innovation(
            key=row["innovation"],
            clade=row["clade"],
            names=_in_both_languages(row, "name"),
            accounts=_in_both_languages(row, "account"),
            doubts=_in_both_languages(row, "doubt"),
            references=several(row["reference"]),
            specimens=several(row["occurrence_ids"]),
        )
        for row in read_facts("trees/innovations.tsv")
    )


def _in_both_languages(row: Mapping[str, str], column: str) -> dict[str, str]:
    return {"en": row[column], "zh": row[f"zh_{column}"]}
