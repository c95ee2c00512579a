"""The trees that ship with Bonebed, compiled from the literature, with who found each grouping."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from catalogue.facts import FACTS, read_facts, several
from trees.model import Tree
from trees.reading import read_newick


@dataclass(frozen=True)
class ClaimedClade:
    """Who found a grouping.

    Parameters
    ----------
    references : tuple of str
        Keys of the publications.
    remarks : str
        What they say of it, in a sentence; may be blank.
    """

    references: tuple[str, ...]
    remarks: str


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
            row["clade"]: ClaimedClade(several(row["reference"]), row["remarks"])
            for row in read_facts("trees/clades.tsv")
        },
    )
