"""A page that needs all records counted says how far that is, and opens when it is done."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from catalogue.searching import census_at_hand
from screens.parts import counting


def test_a_page_tells_how_far_the_count_is_and_then_opens(
    open_page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()
    monkeypatch.setattr(counting, "SOON", 0)
    monkeypatch.setattr(counting, "_EVERY", 0.01)
    monkeypatch.setattr(census_at_hand, "is_at_hand", lambda _connection: False)
    monkeypatch.setattr(counting, "count_all", done.wait)
    screen = open_page("map", lang="zh")
    assert "全部记录读取一遍" in screen.text()
    assert not screen.maps()
    done.set()
    counting.begin().join()
    assert screen.run().maps()


def test_a_count_that_fails_stands_in_nobodys_way(
    open_page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(counting, "SOON", 0)
    monkeypatch.setattr(census_at_hand, "is_at_hand", lambda _connection: False)
    monkeypatch.setattr(counting, "count_all", fail)
    assert not open_page("places").app.exception
    assert "the disk is gone" in caplog.text
