"""`trees.library`: the tree that ships with Bonebed."""

from catalogue.facts import references
from catalogue.geological_time import timescale
from trees.dating import date_tree
from trees.library import alternative_trees, built_in_tree, innovations
from trees.model import find_node, tip_names
from trees.ranges import published_ranges


def test_every_clade_is_named_once_and_has_a_source() -> None:
    published = built_in_tree()
    clades = [node.name for node in published.tree.traverse() if node.children]
    assert all(clades)
    assert len(set(clades)) == len(clades)
    assert set(clades) <= set(published.clade_sources)
    assert all(claim.references for claim in published.clade_sources.values())


def test_sources_are_known_publications() -> None:
    cited = {key for claim in built_in_tree().clade_sources.values() for key in claim.references}
    cited |= {key for other in alternative_trees() for key in other.references}
    cited |= {key for new in innovations() for key in new.references}
    assert cited <= set(references())


def test_it_leads_from_lufeng_to_living_birds() -> None:
    assert {"Lufengosaurus", "Sinosaurus", "Gallus"} <= set(tip_names(built_in_tree().tree))
    assert built_in_tree() is built_in_tree()


def alternative(key: str) -> dict[str, set[str]]:
    """The clades of an alternative tree, with their tips."""
    tree = next(found for found in alternative_trees() if found.key == key).tree
    return {node.name: set(tip_names(node)) for node in tree.traverse() if node.children}


def base() -> dict[str, set[str]]:
    return {node.name: set(tip_names(node)) for node in built_in_tree().tree.traverse() if node.children}


def test_alternative_trees_keep_all_tips_and_name_each_clade_once() -> None:
    tips = sorted(tip_names(built_in_tree().tree))
    for found in alternative_trees():
        assert sorted(tip_names(found.tree)) == tips, found.key
        clades = [node.name for node in found.tree.traverse() if node.children]
        assert all(clades)
        assert len(set(clades)) == len(clades)
        assert min(len(node.children) for node in found.tree.traverse() if node.children) >= 2
        assert {frozenset(held) for held in alternative(found.key).values()} != {
            frozenset(held) for held in base().values()
        }


def test_alternative_trees_can_be_dated() -> None:
    ranges = published_ranges(timescale())
    for found in alternative_trees():
        assert date_tree(found.tree, ranges).undated == ()


def test_ornithoscelida_joins_theropods_and_bird_hipped_dinosaurs() -> None:
    clades = alternative("ornithoscelida")
    assert clades["Ornithoscelida"] == base()["Theropoda"] | base()["Ornithischia"]
    assert clades["Saurischia"] == base()["Sauropodomorpha"] | base()["Herrerasauridae"]
    assert clades["Dinosauria"] == base()["Dinosauria"]


def test_archaeopteryx_leaves_the_line_to_birds() -> None:
    clades = alternative("archaeopteryx-as-deinonychosaur")
    assert clades["Avialae"] == base()["Avialae"] - {"Archaeopteryx"}
    assert clades["Archaeopterygidae"] == base()["Anchiornithidae"] | {"Archaeopteryx"}
    assert (
        clades["Deinonychosauria"] == clades["Archaeopterygidae"] | base()["Dromaeosauridae"] | base()["Troodontidae"]
    )


def test_silesaurs_become_bird_hipped_dinosaurs() -> None:
    clades = alternative("silesaurs-as-ornithischians")
    assert clades["Ornithischia"] == base()["Ornithischia"] | base()["Silesauridae"]
    assert "Silesauridae" not in clades


def test_anchiornithids_join_the_line_to_birds_or_the_troodontids() -> None:
    assert alternative("anchiornithids-as-birds")["Avialae"] == base()["Avialae"] | base()["Anchiornithidae"]
    troodontids = base()["Troodontidae"] | base()["Anchiornithidae"]
    assert alternative("deinonychosauria")["Troodontidae"] == troodontids
    assert alternative("deinonychosauria")["Deinonychosauria"] == troodontids | base()["Dromaeosauridae"]


def test_innovations_lie_on_clades_from_the_root_on() -> None:
    nodes = [find_node(built_in_tree().tree, found.clade) for found in innovations()]
    assert None not in nodes
    to_birds = [found for found in innovations() if "Passer" in base()[found.clade]]
    sizes = [len(base()[found.clade]) for found in to_birds]
    assert sizes == sorted(sizes, reverse=True)
    assert len(to_birds) >= 10


def test_innovations_say_by_what_they_are_known() -> None:
    found = next(found for found in innovations() if found.key == "brooding")
    assert found.clade == "Pennaraptora"
    assert found.names["en"] == "Sitting on the nest"
    assert found.names["zh"]
    assert "clark1999" in found.references
    assert found.specimens == ("bonebed:igm-100-979",)
    assert all(other.references for other in innovations())
