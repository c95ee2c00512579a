"""`trees.facing`: two trees drawn face to face."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from trees.facing import draw_facing
from trees.lettering import text_width
from trees.reading import read_newick
from trees.tanglegram import face_to_face

SVG = "{http://www.w3.org/2000/svg}"
LEFT, RIGHT = "(((A,B),C),((D,E),F));", "(((A,C),B),((D,E),G));"


def drawn(left: str = LEFT, right: str = RIGHT, **options: object) -> ElementTree.Element:
    pair = face_to_face(read_newick(left), read_newick(right))
    return ElementTree.fromstring(draw_facing(pair, **options))  # type: ignore[arg-type]


def groups(picture: ElementTree.Element, kind: str) -> dict[str, ElementTree.Element]:
    found = [g for g in picture.iter(f"{SVG}g") if kind in (g.get("class") or "").split()]
    return {str(g.get("data-name")): g for g in found}


def test_each_shared_tip_is_one_thing_with_both_names_and_a_line_and_can_be_reached_by_keyboard() -> None:
    both = groups(drawn(), "both")
    assert sorted(both) == list("ABCDE")
    for name, group in both.items():
        assert ["".join(text.itertext()) for text in group.iter(f"{SVG}text")] == [name, name]
        assert len([path for path in group.iter(f"{SVG}path") if "join" in str(path.get("class"))]) == 1
        assert (group.get("tabindex"), group.get("aria-label")) == ("0", f"{name}: on both trees")


def test_a_tip_of_one_tree_alone_is_crossed_and_has_no_line() -> None:
    alone = groups(drawn(), "alone")
    assert sorted(alone) == ["F", "G"]
    for group in alone.values():
        assert [path.get("class") for path in group.iter(f"{SVG}path")] == ["cross"]


def test_groups_of_both_trees_differ_from_groups_of_one_by_line_and_by_mark() -> None:
    picture = drawn()
    count = {kind: sum(1 for part in picture.iter() if part.get("class") == kind) for kind in ("dot", "hollow")}
    # On both: ABC, DE and DE with its neighbour (of the shared tips) on each side; AB and AC on one each. One of each in the key.
    assert count == {"dot": 2 * 2 + 2 + 1, "hollow": 2 + 1}


def test_only_lines_that_cross_are_marked_so() -> None:
    straight = drawn("((A,B),(C,D));", "((D,C),(B,A));")
    assert [path for path in straight.iter(f"{SVG}path") if "crossing" in str(path.get("class"))] == []
    tangled = drawn("((A,C),(B,D));", "((A,B),(C,D));")
    assert [path for path in tangled.iter(f"{SVG}path") if "crossing" in str(path.get("class"))]


@pytest.mark.parametrize("width", [320, 1100])
def test_no_name_is_cut_and_names_do_not_meet(width: float) -> None:
    long = "Piatnitzkysaurus floresi of the Cañadón Asfalto"
    picture = drawn(f"(({long},B),C);", f"(({long},C),X 恐龙恐龙恐龙);", width=width)
    right_end = float(str(picture.get("width")))
    spans = []
    for text in picture.iter(f"{SVG}text"):
        if text.get("class") == "label":
            wide, x = text_width("".join(text.itertext()), 13), float(str(text.get("x")))
            spans.append((x - wide, x) if text.get("text-anchor") == "end" else (x, x + wide))
    assert all(start >= 0 and end <= right_end for start, end in spans)
    middle = right_end / 2
    assert all(end <= middle or start >= middle for start, end in spans)


def test_rows_are_evenly_apart_and_words_can_be_translated() -> None:
    picture = drawn(words={"agree": "两棵树共有的类群"}, titles=("左", "右"))
    rows = sorted({float(str(text.get("y"))) for text in picture.iter(f"{SVG}text") if text.get("class") == "label"})
    assert len({round(b - a, 1) for a, b in pairwise(rows)}) == 1
    assert "两棵树共有的类群" in [text.text for text in picture.iter(f"{SVG}text")]


def test_names_cannot_become_markup() -> None:
    picture = drawn("(('<script>',B),C);", "(('<script>',C),B);")
    assert "<script>" in groups(picture, "both")
    assert re.search("script", "".join(part.tag for part in picture.iter())) is None


def test_a_second_name_stands_behind_the_first_and_has_its_room() -> None:
    bare, named = drawn(), drawn(labels={"A": "一种名字很长很长的恐龙"})
    assert "A一种名字很长很长的恐龙" in ["".join(text.itertext()) for text in named.iter(f"{SVG}text")]
    tips = [
        min(float(str(t.get("x"))) for t in p.iter(f"{SVG}text") if t.get("class") == "label") for p in (bare, named)
    ]
    assert tips[1] < tips[0]


def test_in_the_hand_all_is_there_and_narrower_than_the_least_of_a_page() -> None:
    page, hand = drawn(width=350), drawn(width=350, narrow=True)
    assert float(str(hand.get("width"))) == 350 < float(str(page.get("width")))
    assert {**groups(hand, "both"), **groups(hand, "alone")}.keys() == set("ABCDEFG")
