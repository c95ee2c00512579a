"""Hostile texts in every field of a record, on every screen that shows it: no tag, no handler and no picture of theirs comes to life."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from google.protobuf.message import Message as Proto

from catalogue import database, specimens
from catalogue.checking import check
from catalogue.records import Measurement, Specimen
from catalogue.rights import THIS_COMPUTER
from catalogue.vocabularies.places import KINDS, OF_RECORDS
from screens.parts import asking

OpenPage = Callable[..., Any]

TAG = "<script>hostile()</script>\"'><img src=x onerror=hostile()></script></style></svg><svg onload=hostile()>"
MARKDOWN = "![hostile](https://hostile.example/x.png) [hostile](javascript:hostile()) :hostile: $hostile$ <b>hostile"
MAY_BE_SILENT = {"tree", "bulk", "amend", "labels", "pictures", "lists"}


class Living(HTMLParser):
    """What a piece of markup would bring to life."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        links = [value or "" for name, value in attrs if name in {"href", "src", "xlink:href", "data-href"}]
        if tag in {"script", "img", "iframe", "object", "embed", "foreignobject"} and not self._is_ours(tag, links):
            self.found.append(tag)
        self.found += [name for name in names if name.startswith("on")]
        self.found += [link for link in links if re.match(r"\s*(javascript|data:text|https?:)", link, re.IGNORECASE)]

    @staticmethod
    def _is_ours(tag: str, links: list[str]) -> bool:
        return tag == "img" and all(link.startswith(("./", "data:image/")) for link in links)


def living(markup: str) -> list[str]:
    reader = Living()
    reader.feed(markup)
    reader.close()
    return reader.found


@cache
def hostile_draft(text: str) -> dict[str, object]:
    """A draft in which every field that takes any text has this one."""
    closed = {name for name, vocabulary in OF_RECORDS.items() if KINDS[vocabulary].closed}
    names = [field.name for field in fields(Specimen) if field.type is str and field.name not in closed]
    draft: dict[str, object] = {
        "verbatim_identification": "Lufengosaurus huenei",
        "earliest_interval": "Hettangian",
        "locality": "Dawa",
        "decimal_latitude": "25",
        "decimal_longitude": "102",
    }
    draft |= {name: text for name in names if name not in draft and not check({name: text} | draft).problems[1:]}
    refused = {problem.field for problem in check(draft | {"locality": text}).problems}
    return {name: value for name, value in draft.items() if name not in refused} | {"locality": text}


@pytest.fixture(params=[TAG, MARKDOWN], ids=["tags", "markdown"])
def hostile(request: pytest.FixtureRequest, collection: None) -> Specimen:
    """A record that is hostile wherever it can be, was changed, and has a statement and a text in Chinese."""
    draft = hostile_draft(request.param) | {"occurrence_id": f"h:{request.param}"}
    assert len([value for value in draft.values() if value == request.param]) > 12
    with database.writing() as connection:
        added = specimens.add(connection, THIS_COMPUTER, draft, why=request.param)
        about = [Measurement(added.occurrence_id, request.param, request.param, request.param, request.param)]
        changed = {
            "statements": about,
            "formation": f"{request.param}!",
            "translations": {"zh": {"locality": request.param}},
        }
        return specimens.amend(connection, THIS_COMPUTER, added.occurrence_id, changed, version=1, why=request.param)


def shown_html(screen: Any) -> Iterator[str]:
    for element in screen.elements():
        if element.type == "html":
            yield str(element.proto.body)
    yield from screen.pictures().values()


def shown_markdown(screen: Any) -> Iterator[str]:
    """Every text that Streamlit reads as Markdown."""
    for element in screen.elements():
        if element.type in {
            "bidi_component",
            "component_instance",
            "html",
            "arrow_data_frame",
            "text_input",
            "text_area",
        }:
            continue
        if element.type in {"arrow_table", "table"}:
            yield from (str(cell) for row in element.value.values for cell in row)
        elif getattr(element, "proto", None) is not None:
            yield from _markdown_of(element.proto)


def _markdown_of(proto: Proto) -> Iterator[str]:
    for field, value in proto.ListFields():
        if isinstance(value, str) and field.name in {"body", "label", "help", "text"}:
            yield value


def is_harmless(screen: Any) -> None:
    for markup in shown_html(screen):
        assert living(markup) == []
    for arguments in screen.maps():
        given = f"{arguments.get('script')}{arguments.get('feature_group')}"
        assert "<script>hostile" not in given and "</script" not in given and "onerror=hostile()>" not in given
    for text in shown_markdown(screen):
        assert not re.search(r"(?<!\\)!?\[hostile\]\(", text), text[:300]


PAGES = [
    ("", {}),
    ("specimens", {}),
    ("specimens", {"view": "table"}),
    ("map", {"interval": "Hettangian"}),
    ("tree", {"taxon": "Lufengosaurus"}),
    ("specimen", {"id": "{id}"}),
    ("amend", {"id": "{id}"}),
    ("history", {}),
    ("history", {"id": "{id}"}),
    ("bulk", {}),
    ("labels", {"id": "{id}"}),
    ("pictures", {"id": "{id}"}),
    ("lists", {"id": "{id}"}),
]

HOSTILE_PARAMETERS = [
    *((address, "id") for address in ("specimen", "amend", "history", "labels", "pictures", "lists")),
    *(("specimens", name) for name in asking.DEFAULTS),
    *(("bulk", name) for name in asking.DEFAULTS),
    *(("map", name) for name in asking.DEFAULTS),
]


@pytest.mark.parametrize(("address", "query"), PAGES, ids=lambda part: str(part) or "home")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_hostile_texts_stay_texts(
    open_page: OpenPage, hostile: Specimen, address: str, query: dict[str, str], lang: str
) -> None:
    asked = {name: value.format(id=hostile.occurrence_id) for name, value in query.items()}
    screen = open_page(address, lang=lang, **asked)
    assert "hostile" in screen.html() + screen.text() or address in MAY_BE_SILENT
    is_harmless(screen)


@pytest.mark.parametrize(("address", "name"), HOSTILE_PARAMETERS)
def test_a_hostile_address_stays_a_text(open_page: OpenPage, address: str, name: str) -> None:
    for text in (TAG, MARKDOWN):
        is_harmless(open_page(address, **{name: text}))


def test_a_bulk_edit_shows_hostile_texts_as_texts(open_page: OpenPage, hostile: Specimen) -> None:
    screen = open_page("bulk").fill(bulk_field="locality", bulk_value=hostile.locality).press("bulk_look")
    assert "hostile" in screen.markup("bulk_differences")
    is_harmless(screen)
    is_harmless(screen.fill(bulk_field="locality", bulk_do_locality="clear").press("bulk_look"))


@pytest.mark.parametrize("text", [TAG, MARKDOWN])
def test_a_hostile_file_stays_a_text(open_page: OpenPage, text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    rows = (
        f"occurrence_no,accepted_name,early_interval,formation\n1,{quoted},{quoted},{quoted}\n2,Sinosaurus,{quoted},x\n"
    )
    screen = open_page("import").upload("hostile <b>.csv", rows.encode())
    assert "hostile" in screen.text()
    is_harmless(screen)
