"""`screens.parts.tree_exports`: the tree on the screen as files that other programs read."""

import csv
from io import StringIO

import pytest

from screens.parts.tree_exports import KINDS, file_stem, written
from trees.dating import DatedTree, date_tree
from trees.model import tip_names
from trees.ranges import TaxonRange
from trees.reading import read_newick
from trees.reading.files import read_content
from trees.undated import by_lengths, by_steps

NEWICK = "((Lufengosaurus:2,Sinosaurus:1)Saurischia:1,Passer:3);"
DATED = date_tree(
    read_newick(NEWICK),
    {
        name: TaxonRange(name, age, 0.0)
        for name, age in (("Lufengosaurus", 200.0), ("Sinosaurus", 199.0), ("Passer", 5.0))
    },
)


@pytest.mark.parametrize("kind", [name for name in KINDS if name != "ages"])
@pytest.mark.parametrize("dated", [DATED, by_lengths(read_newick(NEWICK)), by_steps(read_newick(NEWICK))])
def test_each_kind_of_file_is_read_again(kind: str, dated: DatedTree) -> None:
    read = read_content(written(dated, "A tree", kind).encode())
    assert read.lost == ()
    tree = read.trees[0]
    assert tip_names(tree.tree) == tip_names(dated.tree)
    assert tree.has_lengths is (dated.method != "steps")
    if tree.has_lengths:
        assert [f"{node.dist:g}" for node in tree.tree.traverse() if node.up] == [
            f"{node.dist:g}" for node in dated.tree.traverse() if node.up
        ]


def test_the_ages_of_nodes_are_those_on_the_screen() -> None:
    rows = list(csv.DictReader(StringIO(written(DATED, "A tree", "ages"))))
    assert {row["name"]: float(row["age_ma"]) for row in rows}["Saurischia"] == DATED.node_ages["Saurischia"]


def test_what_is_no_age_is_written_as_none() -> None:
    assert "mya" in written(DATED, "A tree", "phyloxml")
    assert "mya" not in written(by_steps(read_newick(NEWICK)), "A tree", "phyloxml")


@pytest.mark.parametrize(
    ("title", "stem"),
    [("A tree: of 2/3 *dinosaurs*", "A-tree-of-2-3-dinosaurs"), ("恐龙 树", "恐龙-树"), ("../..", "tree")],
)
def test_a_title_becomes_the_name_of_a_file(title: str, stem: str) -> None:
    assert file_stem(title) == stem
