"""Labels from a search or of one specimen: chosen, seen, warned about, and made."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from catalogue.labels.contents import record_link
from catalogue.labels.layouts import LAYOUTS
from catalogue.labels.sheets import sheets_for
from catalogue.settings import settings
from screens import print_labels
from screens.parts import printing

Open = Callable[..., object]
HOME = "https://museum.example/bones"


@pytest.fixture
def museum(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of the server is set."""
    monkeypatch.setenv("BONEBED_PUBLIC_URL", HOME)
    settings.cache_clear()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], bytes]]:
    """What the button would make, newest last."""
    offered: list[Callable[[], bytes]] = []
    offer = printing.offer_pdf

    def remember(make: Callable[[], bytes], name: str) -> None:
        offered.append(make)
        offer(make, name)

    monkeypatch.setattr(printing, "offer_pdf", remember)
    return offered


def pages(made: list[Callable[[], bytes]]) -> list[str]:
    """The text of each page of the PDF that the button makes now, lines joined."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(made[-1]())).pages]


def test_a_search_prints_what_it_finds(open_page, museum, made) -> None:
    page = open_page("labels", q="lufengosaurus", kind="own")
    assert "labels on 1 sheet" in page.text()
    (printed,) = pages(made)
    assert "IVPP V15" in printed
    assert "IVPP V82" in printed
    assert "Tyrannosaurus" not in printed


def test_one_specimen_alone(open_page, museum, made) -> None:
    page = open_page("labels", id="bonebed:ivpp-v15")
    assert "1 label on 1 sheet" in page.text()
    assert len(re.findall("IVPP V", pages(made)[0])) == 1
    assert page.query == {"id": "bonebed:ivpp-v15"}


def test_choices_stand_in_the_address_and_come_back_from_it(open_page, museum, made) -> None:
    page = open_page("labels", id="bonebed:ivpp-v15", layout="drawer", words="zh", sheet="l7165", start="3", copies="4")
    assert "4 labels on 1 sheet" in page.text()
    assert "早侏罗世" in pages(made)[0]
    page.fill(layout="vial", copies=2)
    assert page.query["layout"] == "vial"
    assert page.query["copies"] == "2"
    assert "2 labels on 1 sheet" in page.text()


@pytest.mark.parametrize(
    "wrong", [{"layout": "poster"}, {"sheet": "x"}, {"start": "0"}, {"start": "9" * 9}, {"copies": "-1"}, {"words": "fr"}, {"order": "x"}]
)  # fmt: skip
def test_an_address_that_means_nothing_is_passed_over(open_page, museum, made, wrong: dict[str, str]) -> None:
    assert "labels on" in open_page("labels", q="lufeng", **wrong).text()


def test_a_place_that_the_next_sheet_does_not_have_becomes_its_last(open_page, museum, made) -> None:
    page = open_page("labels", id="bonebed:ivpp-v15", layout="vial", start="60")
    page.fill(layout="exhibition")
    assert page.app.number_input(key="start").value == 2
    assert len(pages(made)) == 1


@pytest.mark.parametrize("key", LAYOUTS)
def test_each_layout_is_shown_as_it_prints(open_page, museum, made, key: str) -> None:
    page = open_page("labels", id="bonebed:ivpp-v15", layout=key)
    layout = LAYOUTS[key]
    assert f'viewBox="0 0 {layout.width:g} {layout.height:g}"' in page.markup("label")
    assert re.search("Lufengosaurus( · | )huenei", page.markup("label"))
    assert page.app.selectbox(key="sheet").options == [str(sheet.title) for sheet in sheets_for(layout).values()]
    assert "Lufengosaurus" in pages(made)[0]


def test_another_label_can_be_looked_at(open_page, museum) -> None:
    page = open_page("labels", q="lufeng", order="name")
    first = page.markup("label")
    page.fill(shown_label=2)
    assert "Label 2 of" in page.markup("label")
    assert page.markup("label") != first


def test_a_report_has_the_statements(open_page, museum, made) -> None:
    page = open_page("labels", id="bonebed:lufeng-recent-find-cf-lufengosaurus", layout="report", words="en")
    assert "about 4" in page.markup("report_0")
    printed = " ".join(pages(made))
    assert "body mass" in printed
    assert "30 to 40" in printed
    assert page.app.selectbox(key="sheet").options == ["A4", "Letter"]


def test_nothing_found_says_so(open_page) -> None:
    page = open_page("labels", q="zzzzzz")
    assert "nothing to print" in page.text()
    assert not page.app.get("download_button")


def test_an_unknown_specimen_says_so(open_page) -> None:
    assert "There is no record" in open_page("labels", id="no:such").text()


def test_codes_lead_to_the_address_that_was_set(open_page, museum, monkeypatch) -> None:
    linked: list[str] = []
    monkeypatch.setattr(print_labels, "record_link", lambda home, key: linked.append(home) or record_link(home, key))
    page = open_page("labels", id="bonebed:ivpp-v15")
    assert linked[-1] == HOME
    assert page.app.warning.len == 0


def test_a_code_that_leads_to_this_computer_alone_is_warned_about(open_page, monkeypatch) -> None:
    monkeypatch.setattr(printing, "home", lambda: "http://127.0.0.1:8501")
    assert "this computer alone" in open_page("labels", id="bonebed:ivpp-v15").text()


def test_without_any_address_there_is_no_code_and_it_is_said(open_page, monkeypatch) -> None:
    monkeypatch.setattr(printing, "home", lambda: "")
    assert "There is no QR code" in open_page("labels", id="bonebed:ivpp-v15").text()


def test_the_fonts_are_named(open_page, museum, monkeypatch) -> None:
    assert "Noto Serif, embedded" in open_page("labels", id="bonebed:ivpp-v15").text()
    monkeypatch.setattr("catalogue.labels.typefaces.chinese_face", lambda: None)
    assert "No Chinese font was found" in open_page("labels", id="bonebed:ivpp-v15").text()


def test_more_records_than_are_printed_at_once_are_told(open_page, museum, monkeypatch) -> None:
    monkeypatch.setattr(print_labels, "MOST_LABELS", 5)
    assert "These are the first 5 of" in open_page("labels").text()


def test_the_specimens_page_hands_its_search_over(open_page, museum) -> None:
    page = open_page("specimens", q="lufeng", order="name", view="table")
    (link,) = [e.proto for e in page.elements() if e.type == "page_link" and e.proto.label == "Print labels"]
    assert link.page == "labels"
    assert "q=lufeng" in link.query_string
    assert "order=name" in link.query_string
    assert "view" not in link.query_string


def test_the_specimens_own_page_leads_to_its_label(open_page, museum) -> None:
    page = open_page("specimen", id="bonebed:ivpp-v15")
    (link,) = [e.proto for e in page.elements() if e.type == "page_link" and e.proto.label == "Print labels"]
    assert "id=bonebed" in link.query_string


@pytest.mark.parametrize("address", ["ftp://x", "museum.example", "https://x?y"])
def test_an_address_that_is_none_stops_the_start(address: str, monkeypatch) -> None:
    monkeypatch.setenv("BONEBED_PUBLIC_URL", address)
    settings.cache_clear()
    with pytest.raises(ValueError, match="public_url"):
        settings()
