"""Read trees from Newick text, as people write it.

Newick as published holds byte-order marks, comments, annotations of BEAST and MrBayes, labels with blanks, single and double quotes.
Readers drop or mend some of this without a word: Biopython takes `sapiens` from `Homo sapiens`, moves a branch where a comma
is missing, and stumbles over annotations. So the text is cut into tokens here, each is checked against what may come before it, and
the tree is built in one loop, so that deep trees are no trouble.

References
----------
Olsen, G. 1990. Gary Olsen's interpretation of the "Newick's 8:45" tree format standard.
https://phylipweb.github.io/phylip/newick_doc.html
"""

from collections import Counter

from catalogue.messages import message
from trees.errors import TreeError
from trees.model import Tree, tip_names, uncollected
from trees.reading.growing import Growing, NewickTree


def read_newick(text: str) -> Tree:
    """Read one tree.

    Parameters
    ----------
    text : str
        One tree in Newick. The closing semicolon may be missing. Comments in square brackets are passed over. In names,
        underscores stand for blanks.

    Returns
    -------
    ete3.Tree
        Tips and clades have `name`; a number in place of a clade's name is its `support`. Branches without a length and
        clades without support have 1, as in ETE.

    Raises
    ------
    TreeError
        When the text is empty, is not one Newick tree, or has a tip without a name or two of the same name.
    """
    text = text.lstrip("\ufeff")
    if text.lstrip()[:6].upper() == "#NEXUS":
        raise TreeError(message("This is a NEXUS file. Give the tree in Newick, such as ((A,B),C);"))
    read = read_next(text)
    if text[read.end :].strip():
        raise TreeError(message("The text holds more than one tree. Give one tree at a time."))
    names = tip_names(read.tree)
    if len(set(names)) < len(names):
        repeated = [name for name, count in Counter(names).items() if count > 1]
        raise TreeError(
            message(
                "The tree has more than one tip named {names}. Each tip needs a name of its own.",
                names=_listed(repeated),
            )
        )
    return read.tree


@uncollected()
def read_next(text: str, start: int = 0, *, by_line: bool = False) -> NewickTree:
    """Read the next tree of a text; names may repeat. With `by_line` a tree without a semicolon ends where one begins on the next line.

    Raises
    ------
    TreeError
        With the line and the column at which the text is no tree any more, and what was expected there.
    """
    return Growing(text, start, by_line=by_line).grow()


def _listed(names: list[str]) -> str:
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
