"""Reading, dating and comparing trees beside DendroPy: the same files and trees in one run, each result checked before it counts.

References
----------
Moreno, M. A., Holder, M. T. and Sukumaran, J. 2024. DendroPy 5: a mature Python library for phylogenetic computing. Journal of Open Source
Software 9: 6943. doi:10.21105/joss.06943
"""

import random
import time
import warnings
from collections.abc import Callable

import pytest

from tests.benchmarks.sizes import rounds, sized
from trees.comparison import gather, majority_consensus
from trees.dating import date_tree
from trees.model import Tree, tip_names
from trees.ranges import TaxonRange
from trees.reading.files import read_content
from trees.reading.outcomes import NamedTree
from trees.writing import write_newick
from trees.writing.nexus import write_nexus

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import dendropy

pytestmark = pytest.mark.benchmark
TREES, TIPS = sized(1000, 21), sized(10_000, 500)


def random_tree(tips: int, seed: int) -> Tree:
    """A tree of any shape with lengths."""
    chance = random.Random(seed)
    nodes = [Tree(name=f"Taxon{number}") for number in range(tips)]
    while len(nodes) > 1:
        parent = Tree()
        for _ in range(2):
            parent.add_child(nodes.pop(chance.randrange(len(nodes))), dist=round(chance.uniform(0, 5), 4))
        nodes.append(parent)
    return nodes[0]


def posterior(trees: int, tips: int) -> list[Tree]:
    """Trees that differ by a few tips that changed places, as those of one analysis do."""
    chance = random.Random(3)
    made = []
    for _ in range(trees):
        tree = random_tree(tips, 5)
        leaves = tree.get_leaves()
        for _ in range(3):
            one, other = chance.sample(leaves, 2)
            one.name, other.name = other.name, one.name
        made.append(tree)
    return made


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the processor in the fastest of some runs; others work on the same machine."""
    seconds = []
    for _ in range(rounds(runs)):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return min(seconds)


def tell(what: str, ours: float, theirs: float) -> None:
    print(f"\n{what}: Bonebed {ours * 1e3:.0f} ms, DendroPy {theirs * 1e3:.0f} ms, ratio {ours / theirs:.2f}")


@pytest.mark.parametrize("schema", ["newick", "nexus"])
@pytest.mark.parametrize(("trees", "tips"), [(1, TIPS), (TREES, 100)])
def test_reading(schema: str, trees: int, tips: int) -> None:
    made = [random_tree(tips, seed) for seed in range(trees)]
    named = [NamedTree(f"t{number}", tree, True, True) for number, tree in enumerate(made)]
    text = write_nexus(named) if schema == "nexus" else "\n".join(write_newick(tree) for tree in made)
    content = text.encode()
    ours_read = read_content(content).trees
    theirs_read = dendropy.TreeList.get(data=text, schema=schema)
    assert (
        [len(tip_names(one.tree)) for one in ours_read]
        == [len(one.leaf_nodes()) for one in theirs_read]
        == [tips] * trees
    )
    ours = best_of(2, lambda: read_content(content))
    theirs = best_of(2, lambda: dendropy.TreeList.get(data=text, schema=schema))
    tell(f"Reading {schema}, {trees} × {tips:,} tips", ours, theirs)


@pytest.mark.parametrize("method", ["basic", "mbl", "equal"])
def test_dating(method: str) -> None:
    """DendroPy dates by no fossils; the nearest that it does is to put ages on all nodes of a tree whose lengths are times."""
    chance = random.Random(1)
    tree = random_tree(TIPS, 1)
    ranges = {name: TaxonRange(name, age, age) for name in tip_names(tree) for age in [chance.uniform(66, 230)]}
    dated = date_tree(tree, ranges, method)
    peer = dendropy.Tree.get(data=write_newick(dated.tree), schema="newick")
    assert max(peer.calc_node_ages(ultrametricity_precision=False)) <= dated.root_age
    ours = best_of(2, lambda: date_tree(tree, ranges, method))
    theirs = best_of(2, lambda: peer.calc_node_ages(ultrametricity_precision=False))
    tell(f"Dating {TIPS:,} tips, {method}", ours, theirs)


def test_majority_consensus() -> None:
    made = posterior(TREES, 100)
    text = "\n".join(write_newick(tree, lengths=False) for tree in made)
    peers = dendropy.TreeList.get(data=text, schema="newick", rooting="force-rooted")
    ours_found = {frozenset(tip_names(node)) for node in majority_consensus(gather(made)).traverse() if node.children}
    consensus = peers.consensus(min_freq=0.5, is_bipartitions_updated=False)
    theirs_found = {
        frozenset(leaf.taxon.label for leaf in node.leaf_iter()) for node in consensus.preorder_internal_node_iter()
    }
    assert ours_found == theirs_found
    ours = best_of(2, lambda: majority_consensus(gather(made)))
    theirs = best_of(2, lambda: peers.consensus(min_freq=0.5, is_bipartitions_updated=False))
    tell(f"Majority consensus, {TREES:,} trees of 100 tips", ours, theirs)
