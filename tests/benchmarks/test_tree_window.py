"""A tree to explore, beside ETE's own SVG: 402 dated tips laid out and drawn, and 10,000 tips opened, folded to what a window holds.

ETE draws in a process of its own, for its Qt must not come into this one; only its drawing is timed, not its start. Both are measured by the
time that the processor spent on them, the best of several runs, because others work on the same machine. As in the server, what stays in
memory is frozen first, so that collecting garbage does not walk through it. toytree with the libraries that it cannot do without takes
370 to 450 MB, so it is not among the requirements: it is a peer where ``BENCHMARK_TOYTREE`` names a Python that has it.
"""

import gc
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from catalogue.geological_time import timescale
from tests.benchmarks.sizes import rounds
from trees.dating import DatedTree, date_tree
from trees.drawing import draw
from trees.folding import fold_to_rows
from trees.keys import keyed
from trees.layout import lay_out
from trees.look import Look
from trees.model import Tree, tip_names
from trees.ranges import TaxonRange
from trees.reading import read_newick
from trees.survey import survey
from trees.undated import by_lengths
from trees.writing import write_newick

pytestmark = pytest.mark.benchmark
DINOSAURS, LARGE = 402, 10_000
ROOT = Path(__file__).resolve().parents[2]
TOYTREE = os.environ.get("BENCHMARK_TOYTREE", "")
PEER = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
from ete3 import Tree, TreeStyle
tree, style, seconds = Tree(sys.stdin.read(), format=1), TreeStyle(), []
style.show_leaf_name = True
for _ in range(3):
    start = time.process_time()
    tree.render(sys.argv[1], tree_style=style)
    seconds.append(time.process_time() - start)
print(json.dumps(min(seconds)))
"""

TOYTREE_PEER = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import toyplot.svg, toytree
tree, seconds = toytree.tree(sys.stdin.read(), internal_labels="name"), []
for _ in range(4):
    start = time.process_time()
    canvas, _axes, _mark = tree.draw(scale_bar=True, tip_labels=True, width=1100, height=8040)
    toyplot.svg.render(canvas, sys.argv[1])
    seconds.append(time.process_time() - start)
print(json.dumps(min(seconds)))
"""


def random_newick(tips: int, seed: int) -> str:
    chance = random.Random(seed)
    parts = [f"Taxon{number}:{chance.uniform(1, 20):.3f}" for number in range(tips)]
    while len(parts) > 1:
        one = parts.pop(chance.randrange(len(parts)))
        at = chance.randrange(len(parts))
        parts[at] = f"({parts[at]},{one})Clade{len(parts)}:{chance.uniform(0.1, 5):.3f}"
    return parts[0].rsplit(":", 1)[0] + ";"


def dinosaurs() -> DatedTree:
    chance, tree = random.Random(5), read_newick(random_newick(DINOSAURS, 5))
    ranges = {}
    for name in tip_names(tree):
        first = chance.uniform(70, 230)
        ranges[name] = TaxonRange(name, first, max(66.0, first - chance.uniform(0, 10)))
    return date_tree(keyed(tree), ranges)


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the processor in the fastest of some runs."""
    gc.collect()
    gc.freeze()
    seconds = []
    for _ in range(rounds(runs)):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    gc.unfreeze()
    return min(seconds)


def drawn_by_ete(tree: Tree, file: Path) -> float:
    """Seconds of the processor in which ETE draws a tree as SVG."""
    return drawn_by(sys.executable, PEER, tree, file)


def drawn_by(python: str, script: str, tree: Tree, file: Path) -> float:
    """Seconds of the processor in which a script draws a tree as SVG, in a process of its own."""
    done = subprocess.run(
        [python, "-c", script, str(file)],
        input=write_newick(tree),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    return float(json.loads(done.stdout))


@pytest.mark.skipif(find_spec("PyQt5") is None, reason="ETE draws with PyQt5")
def test_402_dated_tips_beside_ete(tmp_path: Path) -> None:
    dated, scale = dinosaurs(), timescale()
    theirs = drawn_by_ete(dated.tree, tmp_path / "ete.svg")
    known = survey(dated)
    for name, look in (("still", Look()), ("to explore", Look(to_explore=True)), ("circular", Look(form="circular"))):
        drawing = draw(dated, look, timescale=scale, known=known)
        ours = best_of(30, lambda look=look: draw(dated, look, timescale=scale, known=known))  # type: ignore[misc]
        assert drawing.svg.count('class="tip ') == DINOSAURS
        print(f"\n{DINOSAURS} tips, {name}: {ours * 1e3:.1f} ms, ETE {theirs * 1e3:.0f} ms, ratio {ours / theirs:.4f}")
    assert (tmp_path / "ete.svg").read_text(encoding="utf-8").count("Taxon") >= DINOSAURS


@pytest.mark.skipif(not TOYTREE, reason="BENCHMARK_TOYTREE names no Python with toytree")
def test_402_dated_tips_beside_toytree(tmp_path: Path) -> None:
    dated, scale = dinosaurs(), timescale()
    theirs = drawn_by(TOYTREE, TOYTREE_PEER, dated.tree, tmp_path / "toytree.svg")
    assert (tmp_path / "toytree.svg").read_text(encoding="utf-8").count("Taxon") >= DINOSAURS
    known = survey(dated)
    ours = best_of(30, lambda: draw(dated, Look(), timescale=scale, known=known))
    print(f"\n{DINOSAURS} tips: {ours * 1e3:.1f} ms, toytree {theirs * 1e3:.0f} ms, ratio {ours / theirs:.4f}")


@pytest.mark.skipif(find_spec("PyQt5") is None, reason="ETE draws with PyQt5")
def test_10_000_tips_opened_beside_ete_drawing_400_of_them(tmp_path: Path) -> None:
    """ETE takes minutes for 10,000 tips, so it draws 402."""
    text, scale = random_newick(LARGE, 6), timescale()

    def opened() -> int:
        dated = by_lengths(read_newick(text), 66.0)
        known = survey(dated)
        folded = fold_to_rows(known)
        draw(dated, Look(to_explore=True, collapsed=folded), timescale=scale, known=known)
        return lay_out(dated, collapsed=folded, known=known).rows

    rows = opened()
    assert 60 < rows <= 90
    ours = best_of(5, opened)
    theirs = drawn_by_ete(dinosaurs().tree, tmp_path / "ete.svg")
    print(f"\n{LARGE} tips read, folded to {rows} rows and drawn: {ours * 1e3:.0f} ms; ETE draws 402 in {theirs * 1e3:.0f} ms, ratio {ours / theirs:.2f}")  # fmt: skip
