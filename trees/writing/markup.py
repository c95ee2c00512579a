"""Write trees as phyloXML and NeXML.

References
----------
Han, M. V. and Zmasek, C. M. 2009. phyloXML: XML for evolutionary biology and comparative genomics. BMC Bioinformatics 10: 356.
doi:10.1186/1471-2105-10-356
Vos, R. A. et al. 2012. NeXML: rich, extensible, and verifiable representation of comparative data and metadata. Systematic Biology 61:
675-689. doi:10.1093/sysbio/sys025
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from xml.sax.saxutils import escape, quoteattr

from trees.model import Tree, tip_names
from trees.reading.outcomes import NamedTree
from trees.writing.newick import has_support

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write_phyloxml(trees: Sequence[NamedTree]) -> str:
    """Trees as phyloXML: names, lengths, support, and the age of a node where it has `age` (in Ma)."""
    pieces = [_HEAD, '<phyloxml xmlns="http://www.phyloxml.org">\n']
    for one in trees:
        rooted = "true" if one.rooted is not False else "false"
        pieces += [f'<phylogeny rooted="{rooted}">', _element("name", one.name), *_clades(one), "</phylogeny>\n"]
    return "".join([*pieces, "</phyloxml>\n"])


def _clades(named: NamedTree) -> Iterator[str]:
    """Begin and end of each clade, in a loop: a ladder of ten thousand tips is as many elements deep."""
    support = has_support(named.tree)
    todo: list[Tree | str] = [named.tree]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            yield node
            continue
        yield "<clade>" + _element("name", node.name)
        if named.has_lengths and node.up:
            yield _element("branch_length", f"{node.dist:.12g}")
        if support and node.children and node.up:
            yield f'<confidence type="support">{node.support:.6g}</confidence>'
        if hasattr(node, "age"):
            yield f'<date unit="mya"><value>{node.age:.12g}</value></date>'
        todo.append("</clade>\n")
        todo.extend(reversed(node.children))


def write_nexml(trees: Sequence[NamedTree]) -> str:
    """Trees as NeXML: taxa, nodes and edges, with lengths and support."""
    taxa = dict.fromkeys(chain.from_iterable(tip_names(one.tree) for one in trees))
    ids = {taxon: f"otu{number}" for number, taxon in enumerate(taxa, 1)}
    otus = "".join(f"<otu id={quoteattr(ids[taxon])} label={quoteattr(_clean(taxon))}/>\n" for taxon in taxa)
    written = "".join(_tree(one, number, ids) for number, one in enumerate(trees, 1))
    return (
        _HEAD + '<nex:nexml version="0.9" generator="Bonebed" xmlns:nex="http://www.nexml.org/2009" '
        'xmlns="http://www.nexml.org/2009" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xmlns:xsd="http://www.w3.org/2001/XMLSchema#" xmlns:cdao="http://purl.obolibrary.org/obo/cdao.owl#">\n'
        f'<otus id="taxa">\n{otus}</otus>\n<trees id="trees" otus="taxa">\n{written}</trees>\n</nex:nexml>\n'
    )


def _tree(named: NamedTree, number: int, ids: dict[str, str]) -> str:
    support = has_support(named.tree)
    nodes, edges = list[str](), list[str]()
    keys: dict[int, str] = {}
    for place, node in enumerate(named.tree.traverse("preorder")):
        key = keys[id(node)] = f"t{number}n{place}"
        label = f" label={quoteattr(_clean(node.name))}" if node.name else ""
        otu = "" if node.children else f' otu="{ids[node.name]}"'
        root = ' root="true"' if not node.up and named.rooted is not False else ""
        said = _support(key, node.support) if support and node.children and node.up else ""
        nodes.append(f'<node id="{key}"{label}{otu}{root}' + (f">{said}</node>\n" if said else "/>\n"))
        if node.up:
            length = f' length="{node.dist:.12g}"' if named.has_lengths else ""
            edges.append(f'<edge id="{key}e" source="{keys[id(node.up)]}" target="{key}"{length}/>\n')
    name = f" label={quoteattr(_clean(named.name))}" if named.name else ""
    return f'<tree id="t{number}"{name} xsi:type="nex:FloatTree">\n{"".join(nodes)}{"".join(edges)}</tree>\n'


def _support(key: str, support: float) -> str:
    return (
        f'<meta id="{key}m" property="cdao:has_Support_Value" datatype="xsd:float" '
        f'xsi:type="nex:LiteralMeta" content="{support:.6g}">{support:.6g}</meta>'
    )


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_clean(text))}</{name}>" if text else ""


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub(" ", text)
