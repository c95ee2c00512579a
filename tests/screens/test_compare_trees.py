"""The page that compares trees: two face to face, or what many have in common."""

from collections.abc import Callable
from typing import Any

import pytest

from trees.library import alternative_trees, built_in_tree
from trees.model import tip_names
from trees.reading.files import read_content

OpenPage = Callable[..., Any]
FOUR = b"(((A,B),C),D);\n(((A,B),C),D);\n(((A,B),D),C);\n(((A,C),B),D);"


def holding(screen: Any, name: str, content: bytes) -> Any:
    """A page in whose visit a file was uploaded."""
    screen.app.session_state["held_files"] = {name: read_content(content)}
    return screen.run()


def test_the_first_view_shows_two_trees_in_which_only_what_differs_is_open(open_page: OpenPage) -> None:
    screen = open_page("compare")
    other = alternative_trees()[0]
    assert "They differ in" in screen.text()
    assert other.titles["en"] in screen.markup("facing")
    assert screen.markup("facing").count('class="hollow"') > 1
    assert len(screen.names("facing")) < 20


def test_unfolded_every_animal_is_there_and_the_link_says_so(open_page: OpenPage) -> None:
    screen = open_page("compare").fill(fold=False)
    assert set(screen.names("facing")) == set(tip_names(built_in_tree().tree))
    assert screen.query["fold"] == "False"
    assert open_page("compare", fold="False").names("facing") == screen.names("facing")


def test_uploaded_trees_are_compared_and_tips_of_one_alone_are_named(open_page: OpenPage) -> None:
    screen = holding(open_page("compare"), "own.nwk", b"(((A,B),C),(D,X));\n(((A,C),B),(D,Y));")
    screen.fill(left="held:0:own.nwk", right="held:1:own.nwk")
    text = screen.text()
    assert "They differ in 2 of 4 groups." in text
    assert "The trees have 4 animals in common." in text
    assert "Only on “own.nwk · 2”: Y" in text
    assert screen.query == {"left": "held:0:own.nwk", "right": "held:1:own.nwk"}
    assert set(screen.names("facing")) == set("ABCDXY")


def test_trees_that_share_nothing_are_refused_in_words(open_page: OpenPage) -> None:
    screen = holding(open_page("compare"), "own.nwk", b"((A,B),C);")
    screen.fill(left="held:0:own.nwk")
    assert [warning.value for warning in screen.app.warning] == ["The trees share fewer than two tips."]


@pytest.mark.parametrize("key", ["held:0:gone.nwk", "kept:t99", "other:none", "<script>"])
def test_a_link_to_a_tree_that_is_not_here_says_so_and_shows_another(open_page: OpenPage, key: str) -> None:
    screen = open_page("compare", left=key)
    assert "not here" in screen.app.info[0].value
    assert "facing" in screen.pictures()


@pytest.mark.parametrize(
    ("method", "least", "groups", "numbers"),
    [("majority", 50, 2, ["75", "75"]), ("majority", 75, 0, []), ("strict", 50, 0, []), ("adams", 50, 1, ["75"])],
)
def test_many_trees_have_a_consensus(
    open_page: OpenPage, method: str, least: int, groups: int, numbers: list[str]
) -> None:
    screen = holding(open_page("compare", view="many"), "own.nwk", FOUR)
    screen.fill(set="held:own.nwk", method=method)
    if method == "majority":
        screen.fill(least=least)
    screen.app.session_state["consensus_work"][1].wait(30)
    screen.run()
    assert f"4 trees; the picture shows {groups} group" in screen.text()
    drawn, _hand = screen.markup("consensus").split('<div class="in-the-hand">')
    assert [number for number in ("25", "50", "75", "100") for _ in range(drawn.count(f">{number}</text>"))] == numbers
    assert "All groups and their support" in screen.text()


def test_the_groups_are_listed_with_their_support(open_page: OpenPage) -> None:
    screen = holding(open_page("compare", view="many"), "own.nwk", FOUR)
    screen.fill(set="held:own.nwk")
    screen.app.session_state["consensus_work"][1].wait(30)
    table = screen.run().app.dataframe[0].value
    assert table.values.tolist() == [[75.0, 3, "A, B, C"], [75.0, 2, "A, B"], [25.0, 3, "A, B, D"], [25.0, 2, "A, C"]]


def test_a_link_opens_the_same_view_again(open_page: OpenPage) -> None:
    screen = open_page("compare", view="many", method="strict")
    assert screen.query == {"view": "many", "method": "strict"}
    assert open_page("compare", view="many", least="75").query == {"view": "many", "least": "75"}
    assert open_page("compare", view="other", method="x", least="7").query == {}


def test_what_was_just_uploaded_is_shown(open_page: OpenPage) -> None:
    screen = open_page("compare").upload("own.nwk", b"((A,B),C);\n((A,C),B);")
    assert set(screen.names("facing")) == set("ABC")
    assert screen.query == {"left": "held:0:own.nwk", "right": "held:1:own.nwk", "set": "held:own.nwk"}


def test_a_file_that_is_no_tree_is_refused_in_words(open_page: OpenPage) -> None:
    screen = open_page("compare").upload("photo.nwk", b"\x89PNG")
    assert "no file of trees" in screen.app.error[0].value
    assert "facing" in screen.pictures()
