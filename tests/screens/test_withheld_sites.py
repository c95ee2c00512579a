"""Withheld sites on the screens: no page, picture, map, label or file gives a visitor the exact place, and curators keep the rules."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from catalogue import database, specimens, withholding
from catalogue.exchange.out.kinds import KINDS
from catalogue.finding import NoSuchSpecimen
from catalogue.media import keeping as media
from catalogue.rights import THIS_COMPUTER, VISITOR, Role
from catalogue.searching.query import Query
from screens.parts import file_dialog, printing
from tests.catalogue.photographs_and_scans import png_with_place
from tests.screens.test_who import cookies, sign_in_mode, signed_in  # noqa: F401  fixtures
from tests.withheld import KEY, PARTS_OF_IT, SPECIMEN, betrayed, canary

OpenPage = Callable[..., Any]
OF_REFERENCES = {"bibtex", "ris", "csl"}
"""Kinds of files that hold no record."""
PAGES: list[dict[str, str]] = [
    {"address": ""},
    {"address": "specimens", "q": "LFGT 9001"},
    {"address": "specimens", "q": "LFGT 9001", "view": "table"},
    {"address": "specimens", "formation": "Lufeng"},
    {"address": "specimen", "id": KEY},
    {"address": "specimen", "id": "bonebed:ivpp-v15"},
    {"address": "map", "interval": "Sinemurian"},
    {"address": "map", "interval": "Sinemurian", "find": KEY},
    {"address": "map", "interval": "Sinemurian", "earth": "then", "apart": "yes"},
    {"address": "ancient", "find": KEY},
    {"address": "ancient", "part": "latitude"},
    {"address": "places", "part": "near", "latitude": "61", "longitude": "103"},
    {"address": "tree", "taxon": "Lufengosaurus"},
    {"address": "class"},
    {"address": "labels", "id": KEY},
    {"address": "labels", "id": KEY, "layout": "exhibition", "words": "both"},
    {"address": "labels", "id": KEY, "layout": "report"},
    {"address": "labels", "q": "LFGT 9001"},
    {"address": "amend", "id": KEY},
    {"address": "lists", "id": KEY, "list": "pieces"},
    {"address": "history", "id": KEY},
    {"address": "history"},
    {"address": "pictures", "id": KEY},
    {"address": "loans"},
    {"address": "withheld"},
]


@pytest.fixture
def withheld(collection: None) -> Iterator[str]:
    """The record with a hidden word everywhere, beside the built-in collection; a loan of it as well."""
    photograph = media.receive(
        THIS_COMPUTER,
        png_with_place(),
        license="CC0-1.0",
        credit="Museum",
        caption=PARTS_OF_IT["media"][0].caption,
        translations=PARTS_OF_IT["media"][0].translations,
    )
    related = [one for one in PARTS_OF_IT["relations"] if not one.related_occurrence_id]
    with database.writing() as connection:
        lists = PARTS_OF_IT | {"media": [photograph], "relations": related}
        specimens.add(connection, THIS_COMPUTER, SPECIMEN | lists)
    yield KEY


def given(screen: Any) -> str:
    """Everything that goes to the browser."""
    protos = [str(element.proto) for element in screen.elements() if getattr(element, "proto", None) is not None]
    return (
        "\n".join([screen.html(), screen.text(), *protos]).encode().decode("unicode_escape", "ignore") + screen.text()
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: "-".join(page.values()))
def test_no_page_betrays_the_site_to_a_visitor(
    withheld: str,
    open_page: OpenPage,
    sign_in_mode: Callable[..., None],  # noqa: F811
    page: dict[str, str],
    lang: str,
) -> None:
    sign_in_mode("local")
    assert betrayed(given(open_page(lang=lang, **page))) == []


@pytest.mark.parametrize(
    "page",
    [
        {"address": "specimens", "q": "LFGT 9001"},
        {"address": "specimen", "id": KEY},
        {"address": "map", "interval": "Sinemurian"},
        {"address": "labels", "id": KEY, "layout": "report"},
        {"address": "amend", "id": KEY},
    ],
    ids=lambda page: page["address"],
)
def test_a_cataloguer_sees_the_site_there(
    withheld: str,
    open_page: OpenPage,
    signed_in: Callable[[Role], str],  # noqa: F811
    page: dict[str, str],
) -> None:
    signed_in(Role.CATALOGUER)
    assert betrayed(given(open_page(**page))) != []


def test_what_a_cataloguer_opened_is_not_kept_for_the_next_visitor(
    withheld: str,
    open_page: OpenPage,
    signed_in: Callable[[Role], str],  # noqa: F811
    cookies: dict[str, str],  # noqa: F811
) -> None:
    signed_in(Role.CATALOGUER)
    for page in PAGES:
        open_page(**page)
    cookies.clear()
    for page in PAGES:
        assert betrayed(given(open_page(**page))) == []


def test_a_visitor_is_told_what_is_withheld_and_whom_to_ask(
    withheld: str,
    open_page: OpenPage,
    sign_in_mode: Callable[..., None],  # noqa: F811
) -> None:
    sign_in_mode("local")
    screen = open_page("specimen", id=KEY)
    assert "a square of about 11 km" in screen.text()
    assert "ask the collection" in screen.text()
    assert "61.25, 102.95" in screen.text()
    assert "The exact place of 1 find is withheld." in open_page("map", interval="Sinemurian", q="LFGT").text()


@pytest.mark.parametrize("word", [canary("locality"), canary("pieces", "remarks"), canary("recorded_by")])
def test_a_visitor_finds_nothing_by_a_hidden_word(
    withheld: str,
    open_page: OpenPage,
    sign_in_mode: Callable[..., None],  # noqa: F811
    word: str,
) -> None:
    sign_in_mode("local")
    for address in ("specimens", "map", "labels"):
        assert "LFGT 9001" not in given(open_page(address, q=word))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in OF_REFERENCES])
def test_a_file_holds_what_the_person_may_see(withheld: str, kind: str) -> None:
    for who, seen in ((VISITOR, False), (THIS_COMPUTER, not KINDS[kind].always_coarser)):
        text = unpacked(file_dialog.written(Query(text="LFGT 9001"), "name", who, kind))
        assert "9001" in text
        assert bool(betrayed(text)) is seen


def unpacked(content: bytes) -> str:
    """The text of a file, or of all files in it."""
    if not content.startswith(b"PK"):
        return content.decode(errors="ignore")
    with ZipFile(BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode(errors="ignore") for name in packed.namelist())


def test_the_pdf_of_labels_and_reports_holds_no_hidden_word(
    withheld: str,
    open_page: OpenPage,
    sign_in_mode: Callable[..., None],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[bytes] = []
    monkeypatch.setattr(printing, "offer_pdf", lambda make, name: made.append(make()))
    for mode, seen in (("local", False), ("off", True)):
        sign_in_mode(mode)
        made.clear()
        for layout in ("drawer", "report"):
            open_page("labels", id=KEY, layout=layout)
        text = "\n".join(page.extract_text() for one in made for page in PdfReader(BytesIO(one)).pages)
        assert "9001" in text
        assert bool(betrayed(text)) is seen


def test_a_cataloguer_sees_that_visitors_do_not(
    withheld: str,
    open_page: OpenPage,
    signed_in: Callable[[Role], str],  # noqa: F811
) -> None:
    signed_in(Role.CATALOGUER)
    assert "Exact site withheld from visitors" in open_page("specimen", id=KEY).text()
    assert "Exact site withheld" not in open_page("specimen", id="bonebed:ivpp-v15").text()


def test_a_curator_makes_a_rule_after_seeing_how_many_it_meets_and_ends_it(
    collection: None,
    open_page: OpenPage,
    signed_in: Callable[[Role], str],  # noqa: F811
) -> None:
    signed_in(Role.CURATOR)
    screen = open_page("withheld").fill(rule_taxon="lufengosaurus")
    with database.reading() as connection:
        met = specimens.count(connection, Query(taxon="Lufengosaurus"))
    assert f"It meets {met} records. {met} of them are not withheld yet." in screen.text()
    screen.fill(rule_why="The quarry is being robbed").press("add_rule")
    assert "The rule is in force." in screen.text()
    assert f"{met} records are withheld" in screen.text()
    with database.reading() as connection:
        (rule,) = withholding.rules(connection, THIS_COMPUTER)
    assert (rule.value, rule.why, rule.made_by) == ("lufengosaurus", "The quarry is being robbed", "curator")
    screen.press(f"end_{rule.id}")
    assert "0 records are withheld" in screen.text()


def test_a_curator_withholds_one_record_in_its_form(
    collection: None,
    open_page: OpenPage,
    signed_in: Callable[[Role], str],  # noqa: F811
) -> None:
    signed_in(Role.CURATOR)
    open_page("amend", id="bonebed:ivpp-v15").fill(amend_site_withheld="yes").press("save")
    with database.reading() as connection:
        assert withholding.is_withheld(connection, "bonebed:ivpp-v15")


def test_a_cataloguer_is_not_asked_about_it_and_leaves_it(
    withheld: str,
    open_page: OpenPage,
    signed_in: Callable[[Role], str],  # noqa: F811
) -> None:
    signed_in(Role.CATALOGUER)
    screen = open_page("amend", id=KEY)
    assert "Exact site" not in screen.texts()
    screen.fill(amend_member="Shawan").press("save")
    with database.reading() as connection:
        assert specimens.get(connection, KEY, who=THIS_COMPUTER).member == "Shawan"
        assert withholding.is_withheld(connection, KEY)


def test_a_record_that_is_gone_is_no_error(collection: None) -> None:
    with database.reading() as connection, pytest.raises(NoSuchSpecimen):
        specimens.get(connection, KEY)
    with database.reading() as connection:
        assert not withholding.is_withheld(connection, KEY)
