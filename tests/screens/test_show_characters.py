"""The page of characters: the table, changes on a tree, ancestors, and the search for trees."""

from collections.abc import Callable
from typing import Any

import pytest

from trees.reading.files import read_content
from trees.teaching import teaching_matrix

OpenPage = Callable[..., Any]
MEASURED = b"""#NEXUS
BEGIN DATA; DIMENSIONS NTAX=4 NCHAR=1; FORMAT DATATYPE=CONTINUOUS MISSING=?;
MATRIX
Gallus 10
Velociraptor 20
Tyrannosaurus 4000
Archaeopteryx ?
; END;"""


def downloads(screen: Any) -> list[str]:
    return [element.proto.label for element in screen.elements() if element.type == "download_button"]


def cell(screen: Any, row: int, column: int) -> str:
    version = screen.app.session_state["matrix_versions"]["teaching|en"]
    return str(version.matrix.cells[row][column])


def test_the_table_shows_each_cell_and_tells_missing_from_inapplicable(open_page: OpenPage) -> None:
    screen = open_page("characters")
    matrix = teaching_matrix().matrix
    grid = screen.markup("grid")
    assert len(screen.names("grid")) == len(matrix.taxa) * len(matrix.characters)
    cells = [one for row in matrix.cells for one in row]
    assert (grid.count('class="missing"'), grid.count('class="inapplicable"')) == (cells.count("?"), cells.count("-"))
    assert "Gallus, Shape of the cheek teeth: cannot apply" in grid
    assert "Allosaurus, Feathers: not known" in grid


def test_a_cell_is_changed_by_a_button_or_by_writing_and_taken_back(open_page: OpenPage) -> None:
    screen = open_page("characters").choose("grid", "0,1")
    assert "Stegosaurus" in screen.text()
    screen.press("state_1")
    assert cell(screen, 0, 1) == "1"
    screen.app.text_input[0].set_value("{0, 1}")
    screen.press("change_cell")
    assert cell(screen, 0, 1) == "{01}"
    screen.press("undo_matrix").press("undo_matrix")
    assert cell(screen, 0, 1) == "?"
    assert downloads(screen) == ["Download as NEXUS", "Download as TNT"]


def test_a_state_that_does_not_exist_is_refused(open_page: OpenPage) -> None:
    screen = open_page("characters").choose("grid", "0,1")
    screen.app.text_input[0].set_value("7")
    screen.press("change_cell")
    assert "no state “7”" in screen.app.error[0].value
    assert cell(screen, 0, 1) == "?"


def test_a_character_can_be_renamed_and_ordered(open_page: OpenPage) -> None:
    screen = open_page("characters").fill(edited_character=6)
    next(one for one in screen.app.text_input if one.label == "Name").set_value("Bite")
    screen.app.checkbox[0].check()
    screen.press("change_character")
    changed = screen.app.session_state["matrix_versions"]["teaching|en"].matrix.characters[5]
    assert (changed.name, changed.ordered) == ("Bite", True)


def test_changes_are_drawn_told_and_counted(open_page: OpenPage) -> None:
    screen = open_page("characters", part="changes", character="8")
    assert "On this tree the character changes at least 1 time." in screen.text()
    page, hand = screen.markup("changes").split('<div class="in-the-hand">')
    assert page.count('class="mark certain"') == hand.count('class="mark certain"') == 1
    assert "consistency (CI)" in screen.text()
    assert len(screen.app.dataframe[0].value) == 12
    assert screen.query == {"part": "changes", "character": "8"}


def test_ancestors_have_pies(open_page: OpenPage) -> None:
    screen = open_page("characters", part="ancestors", character="6")
    assert screen.markup("ancestors").count('class="mark pie"') > 5
    alike = screen.fill(alike=True)
    assert alike.markup("ancestors").count('class="mark pie"') > 5


def test_measurements_have_colours(open_page: OpenPage) -> None:
    screen = open_page("characters", part="ancestors")
    screen.app.session_state["held_files"] = {"mass.nex": read_content(MEASURED)}
    screen.run()
    screen.fill(matrix="held:0:mass.nex")
    assert "linearGradient" in screen.markup("ancestors")
    assert "1 animal is left out" in screen.text()
    plain = screen.markup("ancestors")
    assert screen.fill(by_shares=True).markup("ancestors") != plain


def test_a_search_finds_the_shortest_trees_and_leads_on(open_page: OpenPage) -> None:
    screen = open_page("characters", part="search").fill(starts=3).press("begin_search")
    screen.app.session_state["tree_search"][1].wait(60)
    screen.run()
    assert "shortest trees, each with 18 changes" in screen.text()
    assert "3 of 3 beginnings ended at this length." in screen.text()
    assert "found" in screen.pictures()
    names = list(screen.app.session_state["held_files"])
    assert names == ["Found trees (18 changes)"]
    screen.go("characters", {"part": "changes", "on": f"held:0:{names[0]}"})
    assert "changes" in screen.pictures()


def test_neighbour_joining_gives_one_tree(open_page: OpenPage) -> None:
    screen = open_page("characters", part="search").fill(way="joining").press("begin_search")
    screen.app.session_state["tree_search"][1].wait(60)
    assert "This tree needs" in screen.run().text()


def test_found_trees_go_into_the_library(open_page: OpenPage) -> None:
    screen = open_page("characters", part="search").fill(way="joining").press("begin_search")
    screen.app.session_state["tree_search"][1].wait(60)
    screen.run().press("keep_found")
    assert [one.value for one in screen.app.success] == ["1 tree is in the library now."]


@pytest.mark.parametrize("query", [{"matrix": "held:0:gone"}, {"matrix": "<b>"}, {"character": "999"}, {"part": "x"}])
def test_a_link_to_what_is_not_there_shows_what_is(open_page: OpenPage, query: dict[str, str]) -> None:
    assert "grid" in open_page("characters", **query).pictures()


def test_the_table_for_a_class_is_in_the_readers_language(open_page: OpenPage) -> None:
    assert "叉骨" in open_page("characters", lang="zh").markup("grid")
