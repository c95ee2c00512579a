"""Write trees as Newick text that any program reads."""

import re

from trees.model import Tree

_PLAIN = re.compile(r"[^\s()\[\]{},;:='\"_/\\]+(?: [^\s()\[\]{},;:='\"_/\\]+)*")
_UNSAFE = str.maketrans(dict.fromkeys("[]", " "))


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


def write_newick(tree: Tree, *, lengths: bool = True, support: bool = False, annotations: bool = False) -> str:
    """A tree as Newick.

    Parameters
    ----------
    tree : ete3.Tree
    lengths : bool
        Whether to write the lengths of branches; that of the root is left out.
    support : bool
        Whether to write the support of clades without a name.
    annotations : bool
        Whether to write what programs said of a node, as BEAST and MrBayes do (``[&age=150,age_95%HPD={145,155}]``), and with
        it the support of clades that have a name.
    """
    written: dict[int, str] = {}
    for node in tree.traverse("postorder"):
        below = ",".join(written.pop(id(child)) for child in node.children)
        label = newick_label(node.name)
        if support and node.children and not node.name and node.up:
            label = f"{node.support:.6g}"
        said = annotation_of(node) if annotations else ""
        length = f":{node.dist:.12g}" if lengths and node is not tree else ""
        written[id(node)] = (f"({below})" if node.children else "") + label + said + length
    return written[id(tree)] + ";"


def annotation_of(node: Tree) -> str:
    """What is said of a node beside its name and length, in the brackets of BEAST and MrBayes; blank where there is nothing."""
    said = dict(getattr(node, "annotations", {}))
    if node.children and node.name and node.up and node.support != 1.0:
        said.setdefault("support", node.support)
    pairs = ",".join(f"{_key(name)}={_value(value)}" for name, value in said.items())
    return f"[&{pairs}]" if pairs else ""


def has_support(tree: Tree) -> bool:
    """Whether any clade below the root has a support other than 1, which stands for "not given" in ETE."""
    return any(node.support != 1.0 for node in tree.traverse("preorder") if node.children and node.up)


def _key(name: str) -> str:
    return re.sub(r"[=,\[\]\s]+", "_", name)


def _value(value: object) -> str:
    if isinstance(value, tuple | list):
        return "{" + ",".join(_value(part) for part in value) + "}"
    if isinstance(value, float):
        return f"{value:.12g}"
    text = str(value).translate(_UNSAFE).replace('"', "'")
    return f'"{text}"' if re.search(r"[=,{}\s]", text) else text
