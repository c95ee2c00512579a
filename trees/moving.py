"""Move clades of a tree from one place to another, as publications do that disagree.

A move is written as a sentence, so that a table of facts can hold it: ``Theropoda beside Ornithischia as Ornithoscelida``
joins both in a new clade in the place of the second; ``Silesaurus into Ornithischia`` adds a branch to a clade. A clade
that is left with a single branch stands for nothing any more and goes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.messages import message
from trees.errors import TreeError
from trees.model import Tree, copy_tree, find_node

_BESIDE = re.compile(r"(\S+) beside (\S+) as (\S+)")
_INTO = re.compile(r"(\S+) into (\S+)")


@dataclass(frozen=True)
class Move:
    """One clade or tip that is put somewhere else.

    Parameters
    ----------
    clade : str
        What is moved, with all that is in it.
    to : str
        The clade it is put beside, or into.
    named : str
        Name of the new clade of both; blank for a move into `to`.
    """

    clade: str
    to: str
    named: str = ""


def read_move(sentence: str) -> Move:
    """Read a move.

    Parameters
    ----------
    sentence : str
        ``A beside B as C`` or ``A into B``.

    Raises
    ------
    TreeError
        When it is written otherwise.

    Examples
    --------
    >>> read_move("Theropoda beside Ornithischia as Ornithoscelida").named
    'Ornithoscelida'
    """
    found = _BESIDE.fullmatch(sentence) or _INTO.fullmatch(sentence)
    if found is None:
        raise TreeError(
            message("“{move}” is no move. Write “A beside B as C”, or “A into B”.", move=sentence),
        )
    return Move(*found.groups())


def move_clades(tree: Tree, moves: Iterable[Move]) -> Tree:
    """A copy of `tree` with some of its clades elsewhere, one move after the other.

    Parameters
    ----------
    tree : ete3.Tree
        Left as it is. Every clade that takes part has a name.
    moves : iterable of Move

    Returns
    -------
    ete3.Tree
        With the same tips.

    Raises
    ------
    TreeError
        When a name is not on the tree, or a clade would be moved into itself.
    """
    root = copy_tree(tree)
    for move in moves:
        root = _moved(root, move)
    return root


def _moved(root: Tree, move: Move) -> Tree:
    clade, to = _found(root, move.clade), _found(root, move.to)
    if to in clade.traverse("preorder"):
        raise TreeError(
            message(
                "{clade} holds {to}, so it cannot be moved there. Move it beside, or into, a clade outside it.",
                clade=move.clade,
                to=move.to,
            )
        )
    left = clade.up
    clade.detach()
    if move.named:
        _join(clade, to, move.named)
        root = root if root.up is None else root.up
    else:
        to.add_child(clade)
    return _without_single(left, root)


def _found(root: Tree, name: str) -> Tree:
    node = find_node(root, name)
    if node is None:
        raise TreeError(message("“{name}” is not on the tree.", name=name))
    return node


def _join(clade: Tree, to: Tree, named: str) -> None:
    """Put a new clade in the place of `to`, with `to` and `clade` as its branches."""
    above = to.up
    joined = Tree(name=named)
    if above is not None:
        place = above.children.index(to)
        above.children[place] = joined
        joined.up = above
        to.up = None
    joined.add_child(to)
    joined.add_child(clade)


def _without_single(left: Tree, root: Tree) -> Tree:
    """Take out a clade that has one branch only; gives the root, which may be that branch."""
    if len(left.children) != 1:
        return root
    only: Tree = left.children[0]
    above = left.up
    only.up = above
    if above is None:
        return only
    above.children[above.children.index(left)] = only
    return root
