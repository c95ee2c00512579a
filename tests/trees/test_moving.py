"""`trees.moving`: clades put somewhere else."""

import pytest

from trees.errors import TreeError
from trees.model import tip_names
from trees.moving import Move, move_clades, read_move
from trees.reading import read_newick

BASE = "((A,B)AB,(C,(D,E)DE)CDE)ROOT;"


def moved(*sentences: str, base: str = BASE) -> str:
    """The tree as nested names, after some moves."""

    def written(node: object) -> str:
        below = ",".join(written(child) for child in node.children)  # type: ignore[attr-defined]
        return (f"({below})" if below else "") + str(node.name)  # type: ignore[attr-defined]

    return written(move_clades(read_newick(base), [read_move(sentence) for sentence in sentences]))


def test_beside_makes_a_new_clade_in_the_place_of_the_other() -> None:
    assert moved("A beside C as AC") == "(B,((C,A)AC,(D,E)DE)CDE)ROOT"


def test_into_adds_a_branch() -> None:
    assert moved("D into AB") == "((A,B,D)AB,(C,E)CDE)ROOT"


def test_a_clade_with_one_branch_left_goes() -> None:
    assert moved("DE into AB") == "((A,B,(D,E)DE)AB,C)ROOT"
    assert moved("CDE beside AB as ALL") == "((A,B)AB,(C,(D,E)DE)CDE)ALL"
    assert moved("AB into CDE") == "(C,(D,E)DE,(A,B)AB)CDE"


def test_beside_the_root_and_beside_its_own_parent() -> None:
    assert moved("D beside ROOT as NEW") == "(((A,B)AB,(C,E)CDE)ROOT,D)NEW"
    assert moved("D beside DE as NEW") == "((A,B)AB,(C,(E,D)NEW)CDE)ROOT"


def test_moves_follow_each_other() -> None:
    assert moved("A beside C as AC", "AC into DE") == "(B,(D,E,(C,A)AC)DE)ROOT"


def test_the_tree_given_stays_as_it_is() -> None:
    tree = read_newick(BASE)
    result = move_clades(tree, [Move("A", "DE")])
    assert tip_names(tree) == ["A", "B", "C", "D", "E"]
    assert sorted(tip_names(result)) == ["A", "B", "C", "D", "E"]
    assert all(child.up is node for node in result.traverse() for child in node.children)


@pytest.mark.parametrize("sentence", ["A", "A next to B", "A beside B", "A into B as C", ""])
def test_another_sentence_is_no_move(sentence: str) -> None:
    with pytest.raises(TreeError, match="is no move"):
        read_move(sentence)


def test_what_cannot_be_moved_is_said() -> None:
    with pytest.raises(TreeError, match="“X” is not on the tree"):
        moved("X into AB")
    for impossible in ("CDE into DE", "ROOT into AB", "A beside A as AA"):
        with pytest.raises(TreeError, match="cannot be moved there"):
            moved(impossible)
