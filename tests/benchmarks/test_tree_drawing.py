"""Drawing 400 tips: our picture against ETE's own renderings, in the same run.

ETE's picture in text is the peer that is always there. Where Qt can be imported, its SVG is compared in a process of its own,
since it must not run in the tests' one.
"""

import importlib.util
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from catalogue.geological_time import timescale
from trees.dating import DatedTree, date_tree
from trees.drawing import draw_tree
from trees.model import Tree
from trees.ranges import TaxonRange

pytestmark = pytest.mark.benchmark
TIPS = 400


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
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def test_against_the_text_rendering_of_ete() -> None:
    dated, scale = random_tree(TIPS, seed=7), timescale()
    drawn = draw_tree(dated, timescale=scale)
    plain = dated.tree.get_ascii(show_internal=True)
    assert drawn.count('class="tip') == TIPS
    assert plain.count("Taxon") == TIPS
    ours = best_of(5, lambda: draw_tree(dated, timescale=scale))
    theirs = best_of(5, lambda: dated.tree.get_ascii(show_internal=True))
    print(f"\n{TIPS} tips: our SVG {ours * 1e3:.1f} ms, ETE's text {theirs * 1e3:.1f} ms, ratio {ours / theirs:.2f}")


@pytest.mark.skipif(
    importlib.util.find_spec("PyQt5") is None, reason="ETE draws pictures only where PyQt5 is installed"
)
def test_against_the_svg_of_ete(tmp_path: Path) -> None:
    dated, scale = random_tree(TIPS, seed=7), timescale()
    ours = best_of(5, lambda: draw_tree(dated, timescale=scale))
    (tmp_path / "tree.nwk").write_text(dated.tree.write(format=1), encoding="utf-8")
    code = (
        "import time; from ete3 import Tree, TreeStyle; tree = Tree('tree.nwk', format=1); style = TreeStyle()\n"
        "tree.render('warm.svg', tree_style=style); start = time.perf_counter(); tree.render('tree.svg', tree_style=style)\n"
        "print(time.perf_counter() - start)"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    theirs = float(done.stdout)
    assert (tmp_path / "tree.svg").read_text(encoding="utf-8").count("Taxon") >= TIPS
    print(f"\n{TIPS} tips: our SVG {ours * 1e3:.1f} ms, ETE's SVG {theirs * 1e3:.1f} ms, ratio {ours / theirs:.3f}")
