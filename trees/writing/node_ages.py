"""The ages of all nodes as a table: a line for each tip and each clade, for a spreadsheet or for R."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

from trees.backbone import backbone_of
from trees.model import Tree
from trees.ranges import TaxonRange

HEADINGS = ("node", "name", "parent", "tips", "first_tip", "last_tip", "age_ma", "branch_myr", "first_appearance_ma", "last_appearance_ma", "source")  # fmt: skip


def write_node_ages(tree: Tree, ranges: Mapping[str, TaxonRange] | None = None) -> str:
    """A table of the nodes, in the order of the tree.

    Parameters
    ----------
    tree : ete3.Tree
        Nodes have `age` in Ma, as `trees.dating.date_tree` gives them; a tree without any has its ages counted from its youngest tip.
    ranges : mapping of str to TaxonRange, optional
        First and last appearance of tips.

    Returns
    -------
    str
        CSV with the columns `HEADINGS`. A clade without a name is known by its first and last tip: it is the smallest that holds both.
    """
    shape, nodes = backbone_of(tree)
    ages = _ages(tree, nodes, shape.parents)
    first, last, tips = _tips_below(nodes, shape.parents)
    written = StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(HEADINGS)
    for number, node in enumerate(nodes):
        parent = shape.parents[number]
        found = (ranges or {}).get(node.name) if not node.children else None
        table.writerow(
            [
                number + 1,
                _safe(node.name),
                parent + 1 if parent >= 0 else "",
                tips[number],
                _safe(first[number]),
                _safe(last[number]),
                f"{ages[number]:.10g}",
                f"{ages[parent] - ages[number]:.10g}" if parent >= 0 else "",
                f"{found.first_appearance:.10g}" if found else "",
                f"{found.last_appearance:.10g}" if found else "",
                found.source if found else "",
            ]
        )
    return written.getvalue()


def _safe(name: str) -> str:
    """A spreadsheet would run a name that begins like a formula."""
    return f"'{name}" if name[:1] in {"=", "+", "-", "@"} else name


def _ages(tree: Tree, nodes: list[Tree], parents: Sequence[int]) -> list[float]:
    if hasattr(tree, "age"):
        return [float(node.age) for node in nodes]
    depths = [0.0] * len(nodes)
    for number, node in enumerate(nodes[1:], 1):
        depths[number] = depths[parents[number]] + node.dist
    deepest = max(depths)
    return [deepest - depth for depth in depths]


def _tips_below(nodes: list[Tree], parents: Sequence[int]) -> tuple[list[str], list[str], list[int]]:
    """Of each node the first and the last tip, and how many there are."""
    first = ["" if node.children else node.name for node in nodes]
    last, tips = list(first), [0 if node.children else 1 for node in nodes]
    for number in range(len(nodes) - 1, 0, -1):
        parent = parents[number]
        first[parent] = first[number]
        last[parent] = last[parent] or last[number]
        tips[parent] += tips[number]
    return first, last, tips
