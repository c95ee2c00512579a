"""What came of reading a file: what was found, what was read, what was mended, what was lost."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.messages import Message
from trees.matrices import Matrix
from trees.model import Tree, tip_names
from trees.reading.ages import AgeTable


@dataclass(frozen=True)
class NamedTree:
    """A tree of a file.

    Parameters
    ----------
    name : str
        As the file has it; blank when it has none.
    tree : ete3.Tree
        See `trees.reading.read_newick`.
    rooted : bool or None
        None when the file does not say.
    has_lengths : bool
        Whether any branch has a length.
    about : mapping of str to str
        What else the file says of it, such as ``description``.
    """

    name: str
    tree: Tree = field(repr=False)
    rooted: bool | None = None
    has_lengths: bool = False
    about: Mapping[str, str] = field(default_factory=dict)


def names_apart(trees: Sequence[NamedTree]) -> list[str]:
    """What to call each tree of a file: its name, with its number where several have the same; the number alone where it has none.

    >>> names_apart([NamedTree("a", Tree()), NamedTree("", Tree()), NamedTree("a", Tree())])
    ['a (1)', '2', 'a (3)']
    """
    counts = Counter(tree.name for tree in trees)
    return [
        str(number) if not tree.name else tree.name if counts[tree.name] == 1 else f"{tree.name} ({number})"
        for number, tree in enumerate(trees, 1)
    ]


@dataclass(frozen=True)
class ReadFile:
    """What a file holds.

    Parameters
    ----------
    format : str
        ``Newick``, ``NEXUS``, ``phyloXML``, ``NeXML``, ``TNT`` or ``table of ages``.
    trees_found : int
        How many trees the file has, those that could not be read among them.
    trees : tuple of NamedTree
        Those that could be read.
    matrices : tuple of Matrix
    ages : AgeTable or None
        First and last appearances, where the file is a table of them.
    mended : tuple of Message
        What was put right, each with its place.
    lost : tuple of Message
        What could not be read, each with its place and why.
    doubts : tuple of Message
        What was read and contradicts itself.
    """

    format: str
    trees_found: int = 0
    trees: tuple[NamedTree, ...] = ()
    matrices: tuple[Matrix, ...] = ()
    ages: AgeTable | None = None
    mended: tuple[Message, ...] = ()
    lost: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()

    @property
    def tips(self) -> int:
        """How many different tips the trees have."""
        return len({name for named in self.trees for name in tip_names(named.tree)})

    def as_json(self) -> dict[str, object]:
        """The numbers for a program to read."""
        return {
            "format": self.format,
            "trees_found": self.trees_found,
            "trees_read": len(self.trees),
            "tips": self.tips,
            "matrices": [{"taxa": len(matrix.taxa), "characters": len(matrix.characters)} for matrix in self.matrices],
            "ages": len(self.ages.ranges) if self.ages else 0,
            "mended": [str(what) for what in self.mended],
            "lost": [str(what) for what in self.lost],
            "doubts": [str(what) for what in self.doubts],
        }
