"""The photographs and scans of a record on the screens: added, described, ordered, taken away; shown on the page and on the card."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue import database, specimens
from catalogue.media import keeping as media
from catalogue.media.kinds import Medium
from catalogue.rights import THIS_COMPUTER
from tests.catalogue.photographs_and_scans import HTML, SVG, binary_stl, png_with_place, telephone_jpeg

OpenPage = Callable[..., Any]
KEY = "bonebed:ivpp-v15"
EVIL = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1">'


def of_record() -> list[Medium]:
    with database.reading() as connection:
        return media.of_specimen(connection, KEY)


def put(*files: bytes, **said: Any) -> list[Medium]:
    said = {"license": "CC-BY-4.0", "credit": "Anna", "caption": "Skull"} | said
    new = [media.receive(THIS_COMPUTER, file, **said) for file in files]
    with database.writing() as connection:
        media.add(connection, THIS_COMPUTER, KEY, new, version=specimens.get(connection, KEY).version)
    return new


def send(screen: Any, *files: tuple[str, bytes], license: str | None = "CC0-1.0", credit: str = "Museum") -> Any:
    screen.app.file_uploader[0].set_value([(name, content, "image/jpeg") for name, content in files])
    screen.run()
    screen.fill(media_license=license, media_credit=credit)
    return screen.press("media_add")


def test_several_files_are_added_at_once(open_page: OpenPage) -> None:
    screen = send(open_page("pictures", id=KEY), ("a.jpg", telephone_jpeg()), ("b.stl", binary_stl()))
    assert [(one.format, one.license, one.credit) for one in of_record()] == [
        ("jpeg", "CC0-1.0", "Museum"),
        ("stl", "CC0-1.0", "Museum"),
    ]
    assert "2 files were added" in screen.text()


def test_what_is_no_photograph_is_refused_by_its_name_and_the_rest_is_added(open_page: OpenPage) -> None:
    files = (("skull.png", SVG), ("page.jpg", HTML), ("good.jpg", telephone_jpeg()))
    screen = send(open_page("pictures", id=KEY), *files)
    errors = [error.value for error in screen.app.error]
    assert len(errors) == 2
    assert "skull" in errors[0] and "a drawing in SVG" in errors[0]
    assert "page" in errors[1] and "a web page" in errors[1]
    assert len(of_record()) == 1


@pytest.mark.parametrize(("license", "credit"), [(None, "Museum"), ("CC0-1.0", " ")])
def test_licence_and_credit_are_needed(open_page: OpenPage, license: str | None, credit: str) -> None:
    screen = send(open_page("pictures", id=KEY), ("a.jpg", telephone_jpeg()), license=license, credit=credit)
    assert len(screen.app.error) == 1
    assert of_record() == []


def test_what_is_said_is_changed(open_page: OpenPage) -> None:
    [one] = put(telephone_jpeg())
    mark = one.sha256[:10]
    screen = open_page("pictures", id=KEY)
    screen.fill(**{f"caption_{mark}": "Femur", f"caption_zh_{mark}": "股骨", f"license_{mark}": "CC0-1.0"})
    screen.press(f"save_{mark}")
    [now] = of_record()
    assert (now.caption, now.translations, now.license, now.credit) == ("Femur", {"zh": {"caption": "股骨"}}, "CC0-1.0", "Anna")  # fmt: skip


def test_one_moves_forward_and_one_is_taken_away(open_page: OpenPage) -> None:
    one, two = put(telephone_jpeg(), png_with_place())
    screen = open_page("pictures", id=KEY)
    screen.press(f"earlier_{two.sha256[:10]}")
    assert of_record() == [two, one]
    screen.press(f"remove_{two.sha256[:10]}")
    assert of_record() == [one]


def test_the_second_saver_is_told_and_overwrites_nothing(open_page: OpenPage) -> None:
    one, _two = put(telephone_jpeg(), png_with_place())
    mark = one.sha256[:10]
    screen = open_page("pictures", id=KEY)
    with database.writing() as connection:
        version = specimens.get(connection, KEY).version
        media.describe(connection, THIS_COMPUTER, KEY, one.sha256, {"caption": "Theirs"}, version=version)
    screen.fill(**{f"caption_{mark}": "Mine"})
    screen.press(f"save_{mark}")
    assert len(screen.app.warning) == 1
    assert of_record()[0].caption == "Theirs"
    screen.press(f"save_{mark}")
    assert of_record()[0].caption == "Mine"


def test_the_page_of_a_specimen_shows_them_with_credit_and_licence(open_page: OpenPage) -> None:
    one, scan = put(telephone_jpeg(), binary_stl())
    gallery = open_page("specimen", id=KEY).markup("gallery")
    assert f"./photographs/{one.sha256}/320" in gallery
    assert f"./scans/{scan.sha256}" in gallery
    assert gallery.count("Anna · CC BY 4.0") == 4
    assert 'loading="lazy"' in gallery


def test_a_specimen_without_photographs_has_no_gallery(open_page: OpenPage) -> None:
    assert "gallery" not in open_page("specimen", id=KEY).pictures()


def test_captions_are_in_the_readers_language_or_the_name_stands_for_them(open_page: OpenPage) -> None:
    put(telephone_jpeg(), translations={"zh": {"caption": "头骨"}})
    put(png_with_place(), caption="")
    assert "头骨" in open_page("specimen", id=KEY, lang="zh").markup("gallery")
    assert "Skull" in open_page("specimen", id=KEY).markup("gallery")
    assert "Lufengosaurus huenei<small>" in open_page("specimen", id=KEY).markup("gallery")


def test_the_first_photograph_stands_on_the_card_with_its_focus_in_view(open_page: OpenPage) -> None:
    one, _two = put(telephone_jpeg(), png_with_place())
    with database.writing() as connection:
        version = specimens.get(connection, KEY).version
        media.describe(connection, THIS_COMPUTER, KEY, one.sha256, {"focus_x": 0.3, "focus_y": 0.6}, version=version)
    screen = open_page("specimens", q="Lufengosaurus huenei V15")
    cards = next(markup for markup in screen.pictures().values() if 'class="cards"' in markup)
    assert f'src="./photographs/{one.sha256}/320"' in cards
    assert "object-position:30% 60%" in cards


def test_texts_are_never_markup(open_page: OpenPage) -> None:
    put(telephone_jpeg(), caption=EVIL, credit=EVIL, translations={"zh": {"caption": EVIL}})
    for address, query in (("specimen", {"id": KEY}), ("specimens", {"q": "IVPP V15"}), ("history", {"id": KEY})):
        for lang in ("en", "zh"):
            html = open_page(address, lang=lang, **query).html()
            assert "<img src=x" not in html
            assert "<script>window" not in html


def test_the_history_names_them_and_brings_them_back(open_page: OpenPage) -> None:
    [one] = put(telephone_jpeg())
    with database.writing() as connection:
        media.remove(connection, THIS_COMPUTER, KEY, one.sha256, version=specimens.get(connection, KEY).version)
    screen = open_page("history", id=KEY)
    assert "Photographs and scans" in screen.text()
    revert = next(button for button in screen.app.button if str(button.key).startswith("revert_"))
    revert.click()
    screen.run()
    assert of_record() == [one]


def test_an_unknown_record_is_answered(open_page: OpenPage) -> None:
    screen = open_page("pictures", id="nowhere")
    assert len(screen.app.warning) == 1
