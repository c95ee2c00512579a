"""What the tree page tells beside the branching: new features with their evidence, and other trees."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from trees.library import alternative_trees, innovations

OpenPage = Callable[..., Any]


def told(screen: Any) -> str:
    """All markup of the page that is text."""
    return " ".join(screen.texts())


def test_all_features_and_other_trees_are_told_in_both_languages(open_page: OpenPage) -> None:
    for language in ("en", "zh"):
        page = told(open_page("tree", lang=language))
        for one in innovations():
            assert one.names[language] in page
        for other in alternative_trees():
            assert other.titles[language] in page


def test_a_clade_tells_what_was_new_on_its_branch(open_page: OpenPage) -> None:
    assert "New on this branch" in told(open_page("tree", taxon="Pennaraptora"))
    assert "New on this branch" not in told(open_page("tree", taxon="Troodontidae"))


@pytest.mark.parametrize("other", [found.key for found in alternative_trees()])
def test_an_alternative_opens_under_its_own_title(open_page: OpenPage, other: str) -> None:
    found = next(found for found in alternative_trees() if found.key == other)
    screen = open_page("tree", tree=f"other:{other}")
    assert [title.value for title in screen.app.title] == [found.titles["en"]]
    assert f'data-name="{found.moves[0].named or "Avialae"}"' in screen.markup("tree")


def test_a_tree_that_is_not_there_is_said(open_page: OpenPage) -> None:
    assert "Perhaps it was removed" in told(open_page("tree", tree="other:flat-earth"))


def test_a_group_that_the_catalogue_does_not_know_tells_its_members_and_their_finds(open_page: OpenPage) -> None:
    page = told(open_page("tree", tree="other:archaeopteryx-as-deinonychosaur", taxon="Archaeopterygidae"))
    assert "Anchiornis, Xiaotingia" in page
    assert re.search(r"\b[1-9]\d* records? in the catalogue", page)
