"""Write trees and matrices as a NEXUS file, with the numbers of the taxa translated into names as Mesquite and BEAST do.

References
----------
Maddison, D. R., Swofford, D. L. and Maddison, W. P. 1997. NEXUS: an extensible file format for systematic information. Systematic
Biology 46: 590-621. doi:10.1093/sysbio/46.4.590
"""

import re
from collections.abc import Mapping, Sequence

from trees.matrices import Matrix, states
from trees.model import copy_tree, tip_names
from trees.reading.outcomes import NamedTree
from trees.writing.newick import has_support, write_newick

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9. ]*")


def nexus_word(name: str) -> str:
    """A name as NEXUS spells it: in quotes unless it is of letters, digits, points and single blanks alone.

    >>> nexus_word("Sinosaurus triassicus")
    'Sinosaurus_triassicus'
    >>> nexus_word("cf. T-rex")
    "'cf. T-rex'"
    """
    if _PLAIN.fullmatch(name) and "  " not in name:
        return name.replace(" ", "_")
    return "'" + name.replace("'", "''") + "'"


def write_nexus(trees: Sequence[NamedTree], matrices: Sequence[Matrix] = ()) -> str:
    """A NEXUS file of trees, of matrices, or of both.

    Parameters
    ----------
    trees : sequence of NamedTree
        Each is written with its lengths, if it has any, its support, and what programs said of its nodes.
    matrices : sequence of Matrix
        Each is a block of its own, with the names of characters and states.
    """
    taxa = list(
        dict.fromkeys(
            [
                *(name for one in trees for name in tip_names(one.tree)),
                *(taxon for one in matrices for taxon in one.taxa),
            ]
        )
    )
    blocks = [f"BEGIN TAXA;\n  DIMENSIONS NTAX={len(taxa)};\n  TAXLABELS\n{_lines(taxa)};\nEND;\n"] if taxa else []
    blocks += [_matrix(matrix) for matrix in matrices]
    blocks += [_trees(trees, taxa)] if trees else []
    return "#NEXUS\n\n" + "\n".join(blocks)


def _lines(taxa: Sequence[str]) -> str:
    return "".join(f"    {nexus_word(taxon)}\n" for taxon in taxa) + "  "


def _trees(trees: Sequence[NamedTree], taxa: Sequence[str]) -> str:
    numbers = {taxon: str(number) for number, taxon in enumerate(taxa, 1)}
    # A tip that is called by a number would be taken for the number of another; such trees carry their names in full.
    translate = not any(taxon.isdigit() for taxon in taxa)
    entries = ",\n".join(f"    {number} {nexus_word(taxon)}" for taxon, number in numbers.items())
    head = f"  TRANSLATE\n{entries};\n" if translate else ""
    written = "".join(
        f"  TREE {nexus_word(one.name or str(number))} = {_newick(one, numbers if translate else {})}\n"
        for number, one in enumerate(trees, 1)
    )
    return f"BEGIN TREES;\n{head}{written}END;\n"


def _newick(named: NamedTree, numbers: dict[str, str]) -> str:
    tree = copy_tree(named.tree)
    for node in tree.traverse("preorder"):
        if not node.children:
            node.name = numbers.get(node.name, node.name)
    text = write_newick(tree, lengths=named.has_lengths, support=has_support(tree), annotations=True)
    return {True: "[&R] ", False: "[&U] ", None: ""}[named.rooted] + text


def _matrix(matrix: Matrix) -> str:
    symbols = "" if matrix.continuous else _symbols(matrix)
    kind = "CONTINUOUS" if matrix.continuous else "STANDARD"
    format_ = f"DATATYPE={kind} MISSING=? GAP=-" + ("" if matrix.continuous else f' SYMBOLS="{" ".join(symbols)}"')
    # A blank between label and cells, none between cells: so PAUP, MrBayes, TNT and Mesquite alike read it.
    between = " " if matrix.continuous else ""
    rows = "".join(
        f"    {nexus_word(taxon)} {between.join(row)}\n" for taxon, row in zip(matrix.taxa, matrix.cells, strict=True)
    )
    title = f"  TITLE {nexus_word(matrix.title)};\n" if matrix.title else ""
    labels = _labels(matrix, symbols)
    return (
        f"BEGIN CHARACTERS;\n{title}  DIMENSIONS NCHAR={len(matrix.characters)};\n  FORMAT {format_};\n{labels}"
        f"  MATRIX\n{rows}  ;\nEND;\n{_ordered(matrix)}"
    )


def _symbols(matrix: Matrix) -> str:
    """All signs for states, those that only have words too."""
    used = {state for row in matrix.cells for cell in row for state in states(cell)}
    return "".join(sorted(used | {symbol for one in matrix.characters for symbol in one.states}))


def _labels(matrix: Matrix, symbols: str) -> str:
    named = [
        f"    {number} {nexus_word(one.name)}" + _states(one.states, symbols)
        for number, one in enumerate(matrix.characters, 1)
        if one.name or one.states
    ]
    return "  CHARSTATELABELS\n" + ",\n".join(named) + ";\n" if named else ""


def _states(words: Mapping[str, str], symbols: str) -> str:
    """The words for the states, in the order of the symbols; one without words is an empty pair of quotes."""
    last = max((symbols.index(symbol) for symbol in words if symbol in symbols), default=-1)
    labels = [nexus_word(words.get(symbol, "")) for symbol in symbols[: last + 1]]
    return " / " + " ".join(labels) if labels else ""


def _ordered(matrix: Matrix) -> str:
    numbers = [str(number) for number, one in enumerate(matrix.characters, 1) if one.ordered]
    if not numbers:
        return ""
    others = [str(number) for number, one in enumerate(matrix.characters, 1) if not one.ordered]
    sets = f"ord: {' '.join(numbers)}" + (f", unord: {' '.join(others)}" if others else "")
    return f"\nBEGIN ASSUMPTIONS;\n  TYPESET * UNTITLED = {sets};\nEND;\n"
