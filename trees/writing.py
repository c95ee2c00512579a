"""Write trees as Newick text that any program reads."""

import re

from trees.model import Tree

_PLAIN = re.compile(r"[^\s()\[\]{},;:='\"_/\\]+(?: [^\s()\[\]{},;:='\"_/\\]+)*")


def newick_label(name: str) -> str:
    """A name as Newick spells it: blanks as underscores, in quotes where it holds marks of its own.

    >>> newick_label("Lufengosaurus huenei")
    'Lufengosaurus_huenei'
    >>> newick_label("O'Brien's (1)")
    "'O''Brien''s (1)'"
    """
    if not name:
        return ""
    if _PLAIN.fullmatch(name):
        return name.replace(" ", "_")
    return "'" + name.replace("'", "''") + "'"


def write_newick(tree: Tree, *, lengths: bool = True, support: bool = False) -> str:
    """A tree as Newick.

    Parameters
    ----------
    tree : ete3.Tree
    lengths : bool
        Whether to write the lengths of branches; that of the root is left out.
    support : bool
        Whether to write the support of clades without a name.
    """
    written: dict[int, str] = {}
    for node in tree.traverse("postorder"):
        below = ",".join(written.pop(id(child)) for child in node.children)
        label = newick_label(node.name)
        if support and node.children and not node.name and node.up:
            label = f"{node.support:.6g}"
        length = f":{node.dist:.12g}" if lengths and node is not tree else ""
        written[id(node)] = (f"({below})" if node.children else "") + label + length
    return written[id(tree)] + ";"
