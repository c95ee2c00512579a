"""Every page opens in both languages, and the addresses that people keep go on working."""

from collections.abc import Callable
from typing import Any

import pytest

from screens import pages, words

ADDRESSES = (
    "",
    "specimens",
    "map",
    "tree",
    "class",
    "add",
    "import",
    "specimen",
    "amend",
    "history",
    "people",
    "notes",
)


def test_the_promised_addresses_are_still_there() -> None:
    assert set(ADDRESSES) <= set(pages.PAGES)


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_opens_without_a_complaint_in_the_language_of_the_link(
    open_page: Callable[..., Any], address: str, lang: str
) -> None:
    screen = open_page(address, lang=lang)
    assert not screen.app.error
    titles = [title for title, _body in pages.PAGES.values()]
    assert set(screen.texts()) >= {words.translated(title, lang) for title in titles}
    assert screen.app.segmented_control(key="lang").value == words.LANGUAGES[lang]
    # The component of pictures sets the language of the document; one without a picture stands on every page.
    spoken = "zh-Hans" if lang == "zh" else "en"
    assert screen.given_to_pictures()["spoken"] == {"markup": "", "language": spoken}


@pytest.mark.parametrize(
    ("locale", "chosen"),
    [("zh-CN", "中文"), ("zh", "中文"), ("en-GB", "English"), ("de", "English"), (None, "English")],
)
@pytest.mark.parametrize("lang", [None, "Klingon"])
def test_without_a_known_language_in_the_link_the_browser_decides(
    open_page: Callable[..., Any], lang: str | None, locale: str | None, chosen: str
) -> None:
    assert open_page("class", lang=lang, locale=locale).app.segmented_control(key="lang").value == chosen


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_pictures_tell_the_browser_their_language(open_page: Callable[..., Any], lang: str) -> None:
    screen = open_page(lang=lang)
    assert {given["language"] for given in screen.given_to_pictures().values()} == {"zh-Hans" if lang == "zh" else "en"}
