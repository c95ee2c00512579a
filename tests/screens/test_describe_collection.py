"""A curator describes the collection on a page; what is wrong is said, and what is right is kept."""

from collections.abc import Callable
from typing import Any

from catalogue import database, describing


def test_it_is_written_and_kept(open_page: Callable[..., Any]) -> None:
    screen = open_page("collection").fill(collection_title="Fossils of Lufeng", collection_email="nobody")
    button = next(one for one in screen.app.button if one.label == "Save")
    button.click()
    assert "Their e-mail address: “nobody” is not an e-mail address" in screen.run().text()
    screen.fill(collection_email="li@museum.example")
    next(one for one in screen.app.button if one.label == "Save").click()
    assert "Saved." in screen.run().text()
    with database.reading() as connection:
        assert describing.written(connection).title == "Fossils of Lufeng"
