"""Small worlds for the tests of trees."""

from collections.abc import Callable

import pytest

from trees.dating import DatedTree, date_tree
from trees.ranges import TaxonRange
from trees.reading import read_newick


def ranges_from(first: dict[str, float], last: dict[str, float] | None = None) -> dict[str, TaxonRange]:
    """Ranges by taxon; a taxon without a last appearance lived for an instant."""
    return {taxon: TaxonRange(taxon, age, (last or {}).get(taxon, age)) for taxon, age in first.items()}


@pytest.fixture
def make_ranges() -> Callable[..., dict[str, TaxonRange]]:
    """Gives `ranges_from`."""
    return ranges_from


@pytest.fixture
def dinosaurs() -> DatedTree:
    """Six tips, one of them alive."""
    tree = read_newick(
        "(Eoraptor,((Lufengosaurus,Yunnanosaurus)Massopoda,(Sinosaurus,(Confuciusornis,Gallus)Avialae)Theropoda)Eusaurischia)Saurischia;"
    )
    first = {
        "Eoraptor": 231.0,
        "Lufengosaurus": 201.4,
        "Yunnanosaurus": 199.5,
        "Sinosaurus": 201.4,
        "Confuciusornis": 125.8,
        "Gallus": 5.3,
    }
    last = {
        "Eoraptor": 227.0,
        "Lufengosaurus": 192.9,
        "Yunnanosaurus": 184.2,
        "Sinosaurus": 192.9,
        "Confuciusornis": 119.0,
        "Gallus": 0.0,
    }
    return date_tree(tree, ranges_from(first, last))
