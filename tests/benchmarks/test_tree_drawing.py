"""Drawing 400 tips as SVG: our dated tree against Bio.Phylo with matplotlib, in the same run, plain branches against ranges."""

import random
import re
import time
from collections.abc import Callable
from io import BytesIO, StringIO

import matplotlib
import pytest
from Bio import Phylo
from Bio.Phylo.BaseTree import Tree as PeerTree

from catalogue.geological_time import timescale
from tests.benchmarks.sizes import rounds, sized
from trees.dating import DatedTree, date_tree
from trees.drawing import draw_tree
from trees.model import Tree
from trees.ranges import TaxonRange

pytestmark = pytest.mark.benchmark
TIPS = sized(400, 60)


def random_tree(tips: int, seed: int) -> DatedTree:
    chance = random.Random(seed)
    nodes = [Tree(name=f"Taxon{number}") for number in range(tips)]
    ranges = {}
    for node in nodes:
        first = chance.uniform(70, 230)
        ranges[node.name] = TaxonRange(node.name, first, max(66.0, first - chance.uniform(0, 10)))
    while len(nodes) > 1:
        chance.shuffle(nodes)
        parent = Tree(name=f"Clade{len(nodes)}")
        parent.add_child(nodes.pop())
        parent.add_child(nodes.pop())
        nodes.append(parent)
    return date_tree(nodes[0], ranges)


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest of some runs."""
    seconds = []
    for _ in range(rounds(runs)):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def peer_svg(tree: PeerTree) -> str:
    """The tree as Bio.Phylo draws it, with a row as high as ours, and names as text."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(11, TIPS * 20 / 72))
    Phylo.draw(tree, axes=axes, do_show=False)
    written = BytesIO()
    figure.savefig(written, format="svg")
    pyplot.close(figure)
    return written.getvalue().decode()


def test_against_bio_phylo_with_matplotlib() -> None:
    dated, scale = random_tree(TIPS, seed=7), timescale()
    peer = Phylo.read(StringIO(dated.tree.write(format=1)), "newick")
    matplotlib.use("svg")
    with matplotlib.rc_context({"svg.fonttype": "none"}):
        theirs_drawn = peer_svg(peer)
        theirs = best_of(3, lambda: peer_svg(peer))
    ours_drawn = draw_tree(dated, timescale=scale)
    ours = best_of(3, lambda: draw_tree(dated, timescale=scale))
    assert ours_drawn.count('class="tip') == TIPS
    assert len(set(re.findall(r">\s*(Taxon\d+)\s*<", theirs_drawn))) == TIPS
    print(f"\n{TIPS} tips: our SVG {ours * 1e3:.1f} ms, Bio.Phylo's {theirs * 1e3:.1f} ms, ratio {ours / theirs:.4f}")
