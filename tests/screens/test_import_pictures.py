"""Photographs by number on the screen: matched, chosen where the name does not say it, added in one step."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from catalogue import database, history
from catalogue.media import keeping
from catalogue.records import Specimen
from tests.catalogue.photographs_and_scans import HTML, file_of, picture, png_with_place, telephone_jpeg

OpenPage = Callable[..., Any]
KEY = "bonebed:ivpp-v15"
LABEL = "IVPP V15 · Lufengosaurus huenei"
FILES = [
    ("IVPP V15_2.jpg", telephone_jpeg()),
    ("ivpp-v15 left femur.PNG", png_with_place()),
    ("IVPP V15b.png", file_of(picture((30, 20)), "PNG")),
    ("holiday.jpg", file_of(picture((33, 20)), "JPEG")),
    ("IVPP V15.jpg", HTML),
]


def kept(key: str = KEY) -> list[tuple[str, str]]:
    with database.reading() as connection:
        return [(one.license, one.credit) for one in keeping.of_specimen(connection, key)]


def send(screen: Any, files: list[tuple[str, bytes]]) -> Any:
    screen.app.file_uploader[0].set_value([(name, content, "image/jpeg") for name, content in files])
    return screen.run()


def type_in(screen: Any, key: str, text: str) -> Any:
    """Type what is not among the choices, as the browser sends it."""
    return screen.run(WidgetState(id=screen.app.selectbox(key=key).id, string_value=text))


def add(screen: Any) -> Any:
    screen.fill(arrivals_license="CC-BY-4.0", arrivals_credit="Museum")
    return screen.press("arrivals_add")


def test_without_files_the_page_tells_how_to_name_them(open_page: OpenPage) -> None:
    assert "IVPP V15_2.jpg" in open_page("pictures-by-number").text()


def test_files_find_their_specimens_and_are_added_in_one_step(open_page: OpenPage) -> None:
    screen = send(open_page("pictures-by-number"), FILES)
    assert "Why 1 file is refused" in screen.text() and "a web page" in screen.text()
    assert "Add 2 files to 1 specimen" in [button.label for button in screen.app.button]
    assert kept() == []
    screen = add(screen)
    assert "Added: 2 files to 1 specimen." in [one.value for one in screen.app.success]
    assert kept() == [("CC-BY-4.0", "Museum")] * 2
    with database.reading() as connection:
        latest = history.edits_of(connection, limit=1)[0]
    assert (latest.kind, latest.why) == ("bulk", "photographs by catalogue number")


def test_what_the_name_does_not_say_is_chosen(open_page: OpenPage) -> None:
    screen = send(open_page("pictures-by-number"), FILES)
    assert LABEL in screen.app.selectbox(key="arrival_of_IVPP V15b.png").options
    screen.fill(**{"arrival_of_IVPP V15b.png": LABEL})
    add(screen)
    assert len(kept()) == 3


def test_a_number_that_is_typed_finds_its_specimen(open_page: OpenPage) -> None:
    screen = send(open_page("pictures-by-number"), FILES)
    type_in(screen, "arrival_of_holiday.jpg", "ivpp v 15")
    assert "Add 3 files to 1 specimen" in [button.label for button in screen.app.button]


def test_a_number_that_nobody_bears_is_said(open_page: OpenPage) -> None:
    screen = send(open_page("pictures-by-number"), FILES)
    type_in(screen, "arrival_of_holiday.jpg", "ZZZ 999999")
    assert any("No specimen has this number" in one.value for one in screen.app.warning)


def test_a_file_can_be_left_out(open_page: OpenPage) -> None:
    screen = send(open_page("pictures-by-number"), FILES)
    screen.fill(arrivals_left_out=["IVPP V15_2.jpg"])
    assert "Add 1 file to 1 specimen" in [button.label for button in screen.app.button]


def test_a_zipped_folder_is_taken_and_the_second_time_all_is_there(open_page: OpenPage) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("IVPP V15/1.jpg", telephone_jpeg())
    add(send(open_page("pictures-by-number"), [("all.zip", written.getvalue())]))
    assert len(kept()) == 1
    screen = send(open_page("pictures-by-number"), [("all.zip", written.getvalue())])
    assert "1 file is there already" in screen.text()
    assert "There is nothing to add as it is." in [one.value for one in screen.app.info]


def test_a_damaged_zipped_file_is_said_plainly(open_page: OpenPage) -> None:
    screen = send(open_page("pictures-by-number"), [("all.zip", b"PK\x03\x04 and no more")])
    assert "damaged" in screen.app.error[0].value


def test_licence_and_credit_are_asked_once_for_all(open_page: OpenPage) -> None:
    screen = send(open_page("pictures-by-number"), FILES).press("arrivals_add")
    assert [one.value for one in screen.app.error] == ["Still needed: a licence, the credit."]
    assert kept() == []


def test_a_name_full_of_markup_stays_a_name(open_page: OpenPage, records: list[Specimen]) -> None:
    evil = "<img src=x onerror=alert(1)> **IVPP V15**.jpg"
    screen = send(open_page("pictures-by-number"), [(evil, telephone_jpeg()), ("IVPP V15 <b>.jpg", png_with_place())])
    assert "<img src=x" not in screen.html()
    assert "V15 <b>" not in screen.html()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whoever_may_not_import_is_told(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    from screens.parts import who

    monkeypatch.setattr(who, "may", lambda action: False)
    screen = open_page("pictures-by-number", lang=language)
    assert not screen.app.file_uploader
