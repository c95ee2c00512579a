"""`trees.uncertainty`: forks dated again and again, within the bounds that the ages set."""

import pytest

from trees.dating import date_tree
from trees.ranges import TaxonRange
from trees.reading import read_newick
from trees.uncertainty import date_repeatedly

KNOWN = {
    "A": TaxonRange("A", 200.0, 180.0),
    "B": TaxonRange("B", 190.0, 190.0),
    "C": TaxonRange("C", 150.0, 140.0),
}
TREE = "((A,B)X,C)R;"


@pytest.mark.parametrize(("method", "least", "most"), [("basic", 190.0, 200.0), ("mbl", 191.0, 201.0)])
def test_forks_fall_between_what_the_ages_allow(method: str, least: float, most: float) -> None:
    dated = date_tree(read_newick(TREE), KNOWN, method, 1.0)
    root, inner = date_repeatedly(dated, KNOWN, times=400, share=1.0).forks
    assert least <= inner.younger <= inner.middle < inner.older <= most
    assert root.younger - inner.younger == pytest.approx(dated.root_age - dated.node_ages["X"])


def test_half_of_the_draws_of_a_lone_old_tip_lie_above_its_middle() -> None:
    known = {"A": TaxonRange("A", 200.0, 100.0), "B": TaxonRange("B", 50.0, 50.0)}
    dated = date_tree(read_newick("(A,B);"), known, "basic")
    spread = date_repeatedly(dated, known, times=4000, share=0.5).forks[0]
    assert spread.middle == pytest.approx(150, abs=4)
    assert spread.older == pytest.approx(175, abs=4)
    assert spread.younger == pytest.approx(125, abs=4)


def test_the_same_seed_gives_the_same_and_exact_ages_do_not_spread() -> None:
    dated = date_tree(read_newick(TREE), KNOWN, "equal", root_length_ma=2.0)
    assert date_repeatedly(dated, KNOWN, times=30) == date_repeatedly(dated, KNOWN, times=30)
    exact = {name: TaxonRange(name, known.first_appearance, known.first_appearance) for name, known in KNOWN.items()}
    for fork, node in zip(
        date_repeatedly(dated, exact, times=5, root_length_ma=2.0).forks, (dated.tree, dated.tree & "X"), strict=True
    ):
        assert fork.older == fork.younger == pytest.approx(node.age)
