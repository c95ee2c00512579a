"""Every page opens in both languages and shows something worth looking at."""

from collections.abc import Callable

import pytest

from screens import navigation, words

ADDRESSES = tuple(navigation.load_pages())


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_opens(open_page: Callable[..., "Screen"], address: str, lang: str) -> None:
    screen = open_page(address, lang=lang)
    assert not screen.app.error
    assert len(screen.text()) > 100
    print(screen.text()[:300])
