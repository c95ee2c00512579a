"""Readers get the form that they would rather have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.negotiating import preferred

JSON, HTML, LINKED = "application/json", "text/html", "application/ld+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (BROWSER, HTML),
        ("application/ld+json", LINKED),
        ("application/ld+json, application/json;q=0.5", LINKED),
        ("application/json;q=0.5, application/ld+json;q=0.4", JSON),
        ("APPLICATION/JSON ; charset=utf-8", JSON),
        ("application/json;q=0, */*", HTML),
        ("application/json;q=0, application/*;q=0.1", LINKED),
        ("text/csv", None),
        ("application/json;q=0", None),
        ("text/csv, */*;q=0.1", JSON),
        (",,", JSON),
    ],
)
def test_the_form_that_is_wanted_most_is_given(accept: str, form: str | None) -> None:
    assert preferred(accept, (JSON, HTML, LINKED)) == form


@given(st.text())
def test_any_header_has_an_answer(accept: str) -> None:
    assert preferred(accept, (JSON, HTML)) in (JSON, HTML, None)
