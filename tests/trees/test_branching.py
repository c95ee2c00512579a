"""`trees.branching`: a place for each node of a tree without time."""

import pytest

from trees.branching import place_branches, rows_of
from trees.reading import read_newick


def test_tips_have_a_row_each_and_stand_in_one_line_and_forks_in_the_middle_of_their_branches() -> None:
    spots = {spot.node.name: spot for spot in place_branches(read_newick("(((A,B)X,C)Y,D)R;"))}
    assert [spots[name].row for name in "ABCD"] == [0, 1, 2, 3]
    assert {spots[name].across for name in "ABCD"} == {1.0}
    assert (spots["X"].row, spots["Y"].row, spots["R"].row) == (0.5, 1.25, 2.125)
    assert (spots["R"].across, spots["Y"].across, spots["X"].across) == pytest.approx((0, 1 / 3, 2 / 3))


def test_lengths_count_when_asked_for_and_negative_ones_do_not() -> None:
    spots = {spot.node.name: spot for spot in place_branches(read_newick("((A:1,B:-2)X:3,C:2)R;"), lengths=True)}
    assert [spots[name].across for name in "RXABC"] == [0, 0.75, 1, 0.75, 0.5]


def test_a_deep_ladder_is_no_trouble() -> None:
    spots = place_branches(read_newick("(" * 3000 + "A" + "".join(f",T{n})" for n in range(3000)) + ";"))
    assert rows_of(spots) == 3001
