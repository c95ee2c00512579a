"""One specimen: its labels, its time, its place and its kin; and an answer for links that lead nowhere."""

from collections.abc import Callable
from html import escape
from typing import Any

import numpy as np
import pytest

from catalogue.records import Specimen
from maps.palaeogeography.models import built_in_model
from screens.show_specimen import _license

OpenPage = Callable[..., Any]
LUFENGOSAURUS = "bonebed:ivpp-v15"
RECENT_FIND = "bonebed:lufeng-recent-find-cf-lufengosaurus"


@pytest.mark.parametrize(("lang", "common"), [("en", "Early Jurassic"), ("zh", "禄丰龙")])
def test_the_head_says_what_and_when(open_page: OpenPage, lang: str, common: str) -> None:
    head = open_page("specimen", id=LUFENGOSAURUS, lang=lang).markup("head")
    assert "<i>Lufengosaurus</i> <i>huenei</i>" in head
    assert "IVPP V15" in head
    assert common in head
    assert 'class="time-bar"' in head


def test_every_record_of_the_collection_opens(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("specimen", id=LUFENGOSAURUS)
    for record in records[:: len(records) // 12]:
        screen.app.query_params["id"] = record.occurrence_id
        assert escape(record.genus) in screen.run().markup("head")


def test_the_place_is_on_the_map_with_its_uncertainty(open_page: OpenPage, records: list[Specimen]) -> None:
    record = next(record for record in records if record.occurrence_id == LUFENGOSAURUS)
    script = open_page("specimen", id=LUFENGOSAURUS).maps()[0]["script"]
    assert f"{record.decimal_latitude},{record.decimal_longitude},{record.coordinate_uncertainty_in_meters}" in script


def test_a_specimen_without_a_place_has_no_map(open_page: OpenPage, records: list[Specimen]) -> None:
    record = next(record for record in records if not record.has_place)
    screen = open_page("specimen", id=record.occurrence_id)
    assert screen.maps() == []
    assert screen.app.info


def test_its_kind_is_marked_on_the_tree_and_leads_there(open_page: OpenPage) -> None:
    screen = open_page("specimen", id=LUFENGOSAURUS)
    assert 'class="tip extinct on-path selected" data-name="Lufengosaurus"' in screen.markup("around")
    opened = screen.choose("around", "Yunnanosaurus")
    assert (opened.address, opened.query) == ("tree", {"taxon": "Yunnanosaurus"})


def test_what_is_said_keeps_its_uncertainty(open_page: OpenPage) -> None:
    labels = "\n".join(open_page("specimen", id=RECENT_FIND).texts())
    for said in ("about 3 m", "about 4 t", "30 to 40 years", "undetermined", "Preliminary"):
        assert said in labels
    assert "Published find" in labels


def test_what_is_said_is_said_in_chinese(open_page: OpenPage) -> None:
    labels = open_page("specimen", id=RECENT_FIND, lang="zh").text()
    for said in ("约3", "约4", "30至40", "未定"):
        assert said in labels


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "key", ["unknown", "<script>alert(1)</script>", "' OR 1=1", "x" * 3000, "{id}", "[a](http://b)"]
)
def test_an_unknown_specimen_is_answered(open_page: OpenPage, key: str, lang: str) -> None:
    screen = open_page("specimen", id=key, lang=lang)
    assert len(screen.app.warning) == 1
    assert [link.proto.page for link in screen.app.get("page_link")] == ["specimens"]


def test_no_specimen_at_all_is_answered(open_page: OpenPage) -> None:
    screen = open_page("specimen")
    assert screen.app.info
    assert [link.proto.page for link in screen.app.get("page_link")] == ["specimens"]


def test_text_of_a_record_is_never_markup(open_page: OpenPage, add_record: Callable[..., Specimen]) -> None:
    evil = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1">'
    fields = (
        "locality",
        "formation",
        "bed",
        "state_province",
        "recorded_by",
        "occurrence_remarks",
        "preparations",
        "catalog_number",
    )
    kept: dict[str, object] = {"verbatim_identification": "Lufengosaurus huenei", "earliest_interval": "Hettangian"}
    kept |= {"decimal_latitude": 25.1, "decimal_longitude": 102.1}
    added = add_record(**kept, **dict.fromkeys(fields, evil))
    places = (
        ("specimen", {"id": added.occurrence_id}), ("specimens", {}), ("specimens", {"view": "table"}), ("map", {}),
        ("tree", {"taxon": "Lufengosaurus"}), ("", {}), ("class", {"step": "3"}),
    )  # fmt: skip
    for address, query in places:
        screen = open_page(address, **query)
        assert evil in screen.text() or address in {"tree", "", "class"}
        assert "<img" not in screen.html()
        assert "<script>window" not in screen.html()


def test_it_says_where_the_place_lay_when_it_lived(open_page: OpenPage, records: list[Specimen]) -> None:
    record = next(one for one in records if one.occurrence_id == "bonebed:ivpp-v15")
    screen = open_page("specimen", id=record.occurrence_id)
    point = np.array([[record.decimal_longitude, record.decimal_latitude]])
    lay = built_in_model("paleomap").positions(point, [record.span.midpoint])[0].latitude
    assert lay is not None
    assert f"When it lived, this place lay at about {lay:.0f}° N" in screen.markup("then")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("CC_BY_4_0", "CC-BY-4.0\nhttp://creativecommons.org/licenses/by/4.0/legalcode"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0\nhttp://creativecommons.org/publicdomain/zero/1.0/legalcode"),
        ("UNSPECIFIED", "UNSPECIFIED"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_licence_bears_its_usual_name(written: str, shown: str) -> None:
    assert _license(written) == shown
