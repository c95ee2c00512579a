"""`trees.cladogram`: a tree drawn for its branching, with the support of groups."""

from xml.etree import ElementTree

import pytest

from trees.cladogram import draw_supported, sketch
from trees.comparison import gather, majority_consensus
from trees.lettering import text_width
from trees.model import Tree
from trees.reading import read_newick

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def agreed() -> Tree:
    trees = ["(((A,B),C),D);", "(((A,B),D),C);", "(((A,B),C),D);"]
    return majority_consensus(gather([read_newick(newick) for newick in trees]))


def test_the_share_of_each_group_stands_on_its_branch_and_is_said(agreed: Tree) -> None:
    picture = ElementTree.fromstring(draw_supported(agreed))
    marks = [group for group in picture.iter(f"{SVG}g") if group.get("class") == "mark"]
    written = {str(mark.get("aria-label")): "".join(mark.itertext()) for mark in marks}
    assert {said: text.removeprefix(said) for said, text in written.items()} == {
        "A group in 100 % of the trees: A, B": "100",
        "A group in 67 % of the trees: A, B, C": "67",
    }


def test_numbers_stand_between_the_forks_of_their_branch(agreed: Tree) -> None:
    drawn = sketch(agreed, branch_room=30)
    for spot in drawn.spots[1:]:
        assert drawn.x(spot) - drawn.start(spot) >= 30 - 1e-9


def test_in_the_hand_a_ladder_of_many_forks_is_no_wider_than_what_can_be_read() -> None:
    ladder = read_newick("(" * 29 + "A" + "".join(f",T{number})" for number in range(29)) + ";")
    page, hand = (sketch(ladder, width=width, branch_room=30) for width in (900, 350))
    assert page.width > 900
    assert hand.width < 400


def test_no_name_is_cut_however_narrow_the_page() -> None:
    long = "Wannanosaurus yansiensis from the Xiaoyan Formation"
    picture = ElementTree.fromstring(draw_supported(read_newick(f"((('{long}',B),C),D);"), width=200))
    for text in picture.iter(f"{SVG}text"):
        if text.get("class") == "label name":
            end = float(str(text.get("x"))) + text_width("".join(text.itertext()), 13)
            assert end <= float(str(picture.get("width")))
