"""`trees.keys`: something to point at for every node, the same after the tree was turned around."""

from trees.arranging import ladderised, rerooted
from trees.keys import find_key, key_of, keyed
from trees.model import tip_names
from trees.reading import read_newick


def test_names_are_keys_and_what_has_none_of_its_own_gets_a_number() -> None:
    tree = keyed(read_newick("((A,B)Clade,((C,D),E)Clade);"))
    assert [key_of(node) for node in tree.traverse("preorder")] == ["#0", "Clade", "A", "B", "#4", "#5", "C", "D", "E"]


def test_a_tip_keeps_its_name_before_a_clade() -> None:
    tree = keyed(read_newick("((A,B)C,C);"))
    found = find_key(tree, "C")
    assert found is not None
    assert not found.children
    assert key_of(tree.children[0]) == "#1"


def test_a_name_that_looks_like_a_number_is_no_key() -> None:
    tree = keyed(read_newick("('#3',(A,B));"))
    keys = [key_of(node) for node in tree.traverse()]
    assert len(set(keys)) == len(keys) == 5


def test_keys_stay_with_their_nodes() -> None:
    tree = keyed(read_newick("(((A,B),C),(D,(E,F)));"))
    pair = next(key_of(node) for node in tree.traverse() if tip_names(node) == ["E", "F"])
    for turned in (rerooted(tree, ["A"]), ladderised(tree, large_first=True)):
        found = find_key(turned, pair)
        assert found is not None
        assert sorted(tip_names(found)) == ["E", "F"]


def test_what_is_not_there_is_not_found() -> None:
    tree = keyed(read_newick("(A,B);"))
    assert find_key(tree, "Z") is None
    assert find_key(tree, "") is None
    assert "key" not in read_newick("(A,B);").features
