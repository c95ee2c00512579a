"""`trees.parsimony`: steps and histories, against every history there is, and against phangorn where its numbers are at hand."""

import json
import os
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trees.backbone import backbone_of
from trees.errors import TreeError
from trees.matrices import Character, Matrix
from trees.model import Tree
from trees.parsimony import Parsimony
from trees.reading import read_newick
from trees.reading.files import read_file


def matrix(rows: dict[str, str], *, ordered: bool = False) -> Matrix:
    width = len(next(iter(rows.values())))
    return Matrix(tuple(rows), tuple(map(tuple, rows.values())), (Character(ordered=ordered),) * width)


def test_steps_and_indices() -> None:
    fit = Parsimony(read_newick("((A,B),(C,D));"), matrix({"A": "000", "B": "001", "C": "110", "D": "111"})).fit()
    assert fit.steps.tolist() == [1, 1, 2]
    assert (fit.length, fit.consistency, fit.retention) == (4, 0.75, pytest.approx(2 / 3))
    assert fit.consistency_of(2) == 0.5


def test_ordered_states_cost_what_lies_between() -> None:
    rows = {"A": "0", "B": "2", "C": "2"}
    assert Parsimony(read_newick("((A,B),C);"), matrix(rows)).fit().length == 1
    assert Parsimony(read_newick("((A,B),C);"), matrix(rows | {"C": "1"}, ordered=True)).fit().length == 2
    assert Parsimony(read_newick("((A,B),C);"), matrix(rows, ordered=True)).fit().length == 2


def test_missing_inapplicable_and_polymorphic_cells_allow_what_they_say() -> None:
    rows = matrix({"A": "0", "B": "1", "C": "?", "D": "-"})
    assert Parsimony(read_newick("((A,B),(C,D));"), rows).fit().length == 1
    sets = Matrix(("A", "B", "C"), (("0",), ("{01}",), ("(12)",)), (Character(),))
    assert Parsimony(read_newick("((A,B),C);"), sets).fit().length == 1


def test_where_a_character_changes() -> None:
    tree = read_newick("(Out,((A,B)X,(C,D)Y)In);")
    certain = Parsimony(tree, matrix({"Out": "0", "A": "0", "B": "0", "C": "1", "D": "1"})).changes(0)
    assert [(change.node.name, change.before, change.after, change.certain) for change in certain] == [("Y", ("0",), ("1",), True)]  # fmt: skip
    open_ = Parsimony(tree, matrix({"Out": "0", "A": "1", "B": "0", "C": "1", "D": "1"})).changes(0)
    assert not any(change.certain for change in open_ if change.node.name in {"In", "X"})


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(TreeError, match="None of the taxa"):
        Parsimony(read_newick("(A,B);"), matrix({"X": "0"}))
    with pytest.raises(TreeError, match="measurements"):
        Parsimony(read_newick("(A,B);"), replace(matrix({"A": "0"}), continuous=True))


shapes = st.sampled_from(["((A,B),(C,D));", "(((A,B),C),D);", "(A,B,C,D);", "((A,B,C),D);"])
cells = st.sampled_from(["0", "1", "2", "?", "-", "{01}", "(12)"])


def every_history(tree: Tree, cell_of: dict[str, str], *, ordered: bool) -> int:
    shape, _ = backbone_of(tree)
    choices = [
        "012" if name not in cell_of or cell_of[name] in "?-" else cell_of[name].strip("{}()") for name in shape.names
    ]
    return min(
        sum(
            abs(int(history[node]) - int(history[shape.parents[node]])) if ordered
            else history[node] != history[shape.parents[node]]
            for node in range(1, len(shape))
        )
        for history in product(*choices)
    )  # fmt: skip


@given(shapes, st.tuples(cells, cells, cells, cells), st.booleans())
def test_against_every_history(newick: str, drawn: tuple[str, ...], ordered: bool) -> None:
    tree = read_newick(newick)
    rows = Matrix(("A", "B", "C", "D"), tuple((cell,) for cell in drawn), (Character(ordered=ordered),))
    found = Parsimony(tree, rows)
    fit = found.fit()
    assert fit.length == every_history(tree, dict(zip("ABCD", drawn, strict=True)), ordered=ordered)
    assert fit.least[0] <= fit.length <= fit.most[0]
    for change in found.changes(0):
        assert change.before != change.after


_TREES, _VALUES = os.environ.get("BONEBED_PUBLISHED_TREES"), os.environ.get("BONEBED_REFERENCE_VALUES")


@pytest.mark.skipif(not (_TREES and _VALUES), reason="the published files are not here")
def test_lengths_of_the_published_trees_of_early_birds() -> None:
    expected = json.loads((Path(str(_VALUES)) / "comparison.json").read_text(encoding="utf-8"))["wang_lloyd"]
    read = read_file(Path(str(_TREES)) / "WangLloyd__matrix.nex").matrices[0]
    unordered = replace(read, characters=tuple(replace(one, ordered=False) for one in read.characters))
    trees = [named.tree for named in read_file(Path(str(_TREES)) / "WangLloyd__mpts.nex").trees]
    fits = [Parsimony(tree, unordered).fit() for tree in trees]
    assert [fit.length for fit in fits] == expected["fitch_length_unordered_each"]
    assert fits[0].consistency == pytest.approx(expected["CI"])
    assert fits[0].retention == pytest.approx(expected["RI"])
