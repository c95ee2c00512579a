"""`trees.library`: the tree that ships with Bonebed."""

from catalogue.facts import references
from trees.library import built_in_tree
from trees.model import tip_names


def test_every_clade_is_named_once_and_has_a_source() -> None:
    published = built_in_tree()
    clades = [node.name for node in published.tree.traverse() if node.children]
    assert all(clades)
    assert len(set(clades)) == len(clades)
    assert set(clades) <= set(published.clade_sources)
    assert all(claim.references for claim in published.clade_sources.values())


def test_sources_are_known_publications() -> None:
    cited = {key for claim in built_in_tree().clade_sources.values() for key in claim.references}
    assert cited <= set(references())


def test_it_leads_from_lufeng_to_living_birds() -> None:
    assert {"Lufengosaurus", "Sinosaurus", "Gallus"} <= set(tip_names(built_in_tree().tree))
    assert built_in_tree() is built_in_tree()
