"""What a label says in its own way is offered as the catalogue writes it; a fold stays open once its error is mended."""

from collections.abc import Callable
from typing import Any

OpenPage = Callable[..., Any]


def test_a_chinese_name_offers_the_scientific_one(open_page: OpenPage) -> None:
    screen = open_page("add").fill(add_verbatim_identification="许氏禄丰龙")
    assert screen.app.session_state["add_verbatim_identification"] == "许氏禄丰龙"
    screen.press("add_name_meant")
    assert screen.app.session_state["add_verbatim_identification"] == "Lufengosaurus"


def test_a_chinese_date_offers_the_one_of_the_catalogue(open_page: OpenPage) -> None:
    screen = open_page("add").fill(add_event_date="2024年5月")
    screen.press("add_date_meant")
    assert screen.app.session_state["add_event_date"] == "2024-05"
    assert "add_date_meant" not in [button.key for button in screen.app.button]


def test_a_fold_that_an_error_opened_stays_open_when_it_is_mended(open_page: OpenPage) -> None:
    def is_open() -> bool:
        return next(fold for fold in screen.app.expander if fold.label == "Place").proto.expanded

    screen = open_page("add")
    assert not is_open()
    screen.fill(add_decimal_latitude="north")
    assert is_open()
    screen.fill(add_decimal_latitude="25.1")
    assert is_open()
