"""Saved searches beside the list: one's own, and what a curator shares with everybody."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from catalogue import database
from catalogue.rights import VISITOR, Person, Role
from catalogue.searching import saved_searches
from tests.screens.test_who import cookies, sign_in_mode, signed_in  # noqa: F401  fixtures

OpenPage = Callable[..., Any]
SignIn = Callable[[Role], str]


def buttons(screen: Any) -> set[str]:
    return {button.key for button in screen.app.button if button.key}


def seen_by_visitors() -> list[str]:
    with database.reading() as connection:
        return [one.name for one in saved_searches.all_saved(connection, VISITOR)]


def save(screen: Any, name: str) -> Any:
    """Fill in the name and send the form."""
    screen.app.text_input(key="search_name").input(name)
    next(button for button in screen.app.button if button.label == "Save this search").click()
    return screen.run()


def test_a_curator_shares_a_search_and_takes_it_back(open_page: OpenPage, signed_in: SignIn) -> None:  # noqa: F811
    signed_in(Role.CURATOR)
    screen = save(open_page("specimens", q="lufeng"), "Lufeng")
    assert seen_by_visitors() == []
    screen = screen.press("share_0")
    assert seen_by_visitors() == ["Lufeng"]
    assert "for everybody" in screen.text()
    screen = screen.press("unshare_0")
    assert seen_by_visitors() == []
    assert "unshare_0" not in buttons(screen.press("forget_0"))


def test_a_student_keeps_searches_and_cannot_share_them(open_page: OpenPage, signed_in: SignIn) -> None:  # noqa: F811
    signed_in(Role.STUDENT)
    screen = save(open_page("specimens", q="lufeng"), "Lufeng")
    assert "forget_0" in buttons(screen) and "share_0" not in buttons(screen)


@pytest.mark.parametrize("role", [Role.VISITOR, Role.STUDENT])
def test_a_shared_search_opens_for_everybody_and_only_opens(
    open_page: OpenPage,
    signed_in: SignIn,  # noqa: F811
    role: Role,
) -> None:
    curator = Person("zhou", "Zhou Min", Role.CURATOR)
    with database.writing() as connection:
        saved = saved_searches.save(connection, curator, "[types](javascript:x)", {"type": "holotype"})
        saved_searches.share(connection, curator, saved)
        saved_searches.save(connection, curator, "Quxsearch", {"q": "dawa"})
    if role != Role.VISITOR:
        signed_in(role)
    screen = open_page("specimens")
    links = {
        element.proto.query_string: element.proto.label for element in screen.elements() if element.type == "page_link"
    }
    assert "types" in links["type=holotype"] and not re.search(r"(?<!\\)\]\(", links["type=holotype"])
    assert "Quxsearch" not in screen.text()
    assert not buttons(screen) & {"forget_0", "share_0", "unshare_0"}


def test_a_visitor_sees_no_menu_while_nothing_is_shared(open_page: OpenPage, signed_in: SignIn) -> None:  # noqa: F811
    assert "Saved searches" not in open_page("specimens").text()
