"""Lines that are an address of the web become links, and nothing else does."""

import pytest

from screens.parts.web_links import linked


def test_a_line_that_is_an_address_leads_there() -> None:
    first, second = linked("https://a.example/1.jpg?x=1&y=2\nSkull <b>").split("\n")
    assert first.startswith('<a href="https://a.example/1.jpg?x=1&amp;y=2" target="_blank"')
    assert second == "Skull &lt;b&gt;"


@pytest.mark.parametrize(
    "text",
    ["see https://a.example", "javascript:alert(1)", "ftp://a.example", "http:/a", "10.1000/x", 'https://a/"x="'],
)
def test_other_lines_are_no_links(text: str) -> None:
    assert "<a" not in linked(text)
