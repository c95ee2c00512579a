"""Entering many specimens: drafts that are offered again, pins, templates, save and next, and what deserves a second look."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState

from catalogue import database, specimens
from catalogue.entry import drafts, pins
from catalogue.entry.drafts import Unsaved
from catalogue.records import Specimen
from catalogue.rights import THIS_COMPUTER
from screens.parts.form_fields import CHOSEN, FIRST, LABELS, MATERIAL, NEEDED, PLACE, ROCK, STORY

OpenPage = Callable[..., Any]
KEY = "bonebed:ivpp-v15"
GOOD = {
    "add_catalog_number": "LFGT 0123",
    "add_institution_code": "LFGT",
    "add_verbatim_identification": "Lufengosaurus huenei",
    "add_formation": "Lufeng",
    "add_earliest_interval": "Hettangian",
    "add_locality": "Dawa, Lufeng",
}


def kept(form: Any = "add", key: str = "") -> list[Unsaved]:
    with database.reading() as connection:
        return drafts.of_person(connection, THIS_COMPUTER, form, key)


def pinned() -> dict[str, str]:
    with database.reading() as connection:
        return pins.of_person(connection, THIS_COMPUTER)


def record(number: str) -> Specimen:
    with database.reading() as connection:
        found = specimens.find(connection, size=None, who=THIS_COMPUTER).specimens
    return next(one for one in found if one.catalog_number == number)


def send(screen: Any, event: str, value: object) -> Any:
    """What the browser's part of the form sends."""
    sent = json.dumps([{"event": event, "value": value}])
    component = screen._component("keystrokes")
    return screen.run(WidgetState(id=_make_trigger_id(component.id, "events"), json_trigger_value=sent))


def given(screen: Any) -> dict[str, Any]:
    """What the browser's part of the form was given."""
    data: dict[str, Any] = screen.given_to_pictures()["keystrokes"]
    return data


def values(screen: Any) -> dict[str, Any]:
    """What stands in the fields of the form."""
    held = {name: screen.app.session_state.get(f"add_{name}") for name in LABELS}
    return {name: text for name, text in held.items() if text}


def test_the_table_of_fields_names_each_field_of_the_record_once() -> None:
    names = [field.name for field in (*FIRST, *PLACE, *MATERIAL, *ROCK, *STORY)]
    assert len(set(names)) == len(names)
    assert LABELS.keys() <= Specimen.__dataclass_fields__.keys()
    assert {field.name for field in FIRST} > NEEDED
    assert LABELS.keys() >= CHOSEN


def test_what_is_typed_is_offered_again_after_a_reload(open_page: OpenPage) -> None:
    open_page("add").fill(**GOOD)
    [draft] = kept()
    screen = open_page("add")
    assert "LFGT 0123, Lufengosaurus huenei" in screen.text()
    assert values(screen) == {}
    screen.press("continue_0")
    assert values(screen) == {name.removeprefix("add_"): text for name, text in GOOD.items()}
    assert given(screen)["draft"] == draft.key
    assert "continue_0" not in [button.key for button in screen.app.button]


def test_an_untouched_form_leaves_no_draft(open_page: OpenPage) -> None:
    screen = open_page("add")
    assert kept() == []
    screen.fill(add_bed="3")
    assert [draft.fields for draft in kept()] == [{"bed": "3"}]
    screen.fill(add_bed="")
    assert kept() == []


def test_saving_ends_the_draft(open_page: OpenPage) -> None:
    screen = open_page("add").fill(**GOOD)
    [draft] = kept()
    screen.press("save")
    assert kept() == []
    assert given(screen)["gone"] == [draft.key], "and the browser forgets what it holds of it"


def test_what_is_refused_stays_a_draft_and_the_cursor_goes_to_the_first_wrong_field(open_page: OpenPage) -> None:
    screen = open_page("add").fill(**GOOD | {"add_event_date": "yesterday"}).press("save")
    assert [draft.fields["event_date"] for draft in kept()] == ["yesterday"]
    assert given(screen)["focus"][0] == "event_date"
    assert given(screen)["wrong"] == ["event_date"]


def test_a_draft_is_discarded_and_brought_back(open_page: OpenPage) -> None:
    open_page("add").fill(**GOOD)
    before = kept()
    screen = open_page("add").press("discard_0")
    assert kept() == []
    screen.press("bring_back")
    assert [draft.fields for draft in kept()] == [draft.fields for draft in before]
    assert "continue_0" in [button.key for button in screen.app.button]


def test_a_run_that_was_stopped_after_keeping_the_draft_makes_no_second_one(open_page: OpenPage) -> None:
    screen = open_page("add").fill(add_locality="Dawa")
    before = screen.app.session_state["add_entry"]
    screen.fill(add_formation="Lufeng")
    screen.app.session_state["add_entry"] = before
    screen.fill(add_verbatim_identification="Lufengosaurus")
    assert [(draft.key, len(draft.fields)) for draft in kept()] == [(before.draft.key, 3)]
    assert given(screen)["draft"] == before.draft.key


def test_another_form_is_another_draft(open_page: OpenPage) -> None:
    open_page("add").fill(add_catalog_number="A 1")
    screen = open_page("add").fill(add_catalog_number="B 1").press("continue_0")
    assert values(screen) == {"catalog_number": "A 1"}
    assert sorted(draft.fields["catalog_number"] for draft in kept()) == ["A 1", "B 1"]


def test_what_the_browser_held_back_is_offered_and_then_forgotten_there(open_page: OpenPage) -> None:
    open_page("add").fill(add_catalog_number="LFGT 0123")
    [draft] = kept()
    left = {
        "draft": draft.key,
        "form": "add",
        "record": "",
        "version": 0,
        "fields": {"locality": "Dawa", "nonsense": "x"},
    }
    screen = send(open_page("add"), "left", [left])
    assert [one.fields for one in kept()] == [{"catalog_number": "LFGT 0123", "locality": "Dawa"}]
    assert given(screen)["gone"] == [draft.key]
    assert values(screen.press("continue_0")) == {"catalog_number": "LFGT 0123", "locality": "Dawa"}


def test_a_page_whose_connection_is_back_goes_on_with_its_draft(open_page: OpenPage) -> None:
    open_page("add").fill(add_catalog_number="LFGT 0123")
    [draft] = kept()
    left = {"draft": draft.key, "form": "add", "record": "", "version": 0, "fields": {"bed": "3"}, "resumed": True}
    screen = send(open_page("add"), "left", [left])
    assert values(screen) == {"catalog_number": "LFGT 0123", "bed": "3"}
    assert given(screen)["draft"] == draft.key
    gone = {"draft": "gone", "form": "add", "record": "", "version": 0, "fields": {}, "resumed": True}
    assert values(send(open_page("add"), "left", [gone])) == {}


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "text",
        [None, 3, {}],
        [{"draft": "k", "form": "remove", "record": "", "version": 0, "fields": {"bed": "3"}}],
        [{"draft": "k", "form": "add", "record": "", "version": None, "fields": {"bed": "3"}}],
        [{"draft": "k", "form": "add", "record": "", "version": 0, "fields": {"no_field": "3"}}],
        [{"draft": "k" * 99, "form": "add", "record": "", "version": 0, "fields": {"bed": "3"}}],
    ],
)
def test_what_our_script_would_not_send_makes_no_draft(open_page: OpenPage, sent: object) -> None:
    send(open_page("add"), "left", sent)
    assert kept() == []


def test_a_pin_carries_a_value_to_the_next_and_over_a_reload(open_page: OpenPage) -> None:
    screen = open_page("add").fill(**GOOD)
    assert given(screen)["pins"]["pinned"] == sorted(pins.USUAL)
    for name in ("formation", "institution_code"):
        send(screen, "pinned", name)
    assert given(screen)["pins"]["pinned"] == sorted({"formation", *pins.USUAL} - {"institution_code"})
    screen.press("next")
    assert screen.address == "add"
    assert values(screen) == values(open_page("add")) == {"formation": "Lufeng"}
    assert kept() == [], "pinned values alone are no draft"


def test_only_a_field_can_be_pinned(open_page: OpenPage) -> None:
    send(open_page("add"), "pinned", "__class__")
    assert set(pinned()) == set(pins.USUAL)


def test_save_and_next_says_what_was_saved_and_offers_the_next_number(open_page: OpenPage) -> None:
    screen = open_page("add").fill(**GOOD).press("next")
    assert record("LFGT 0123").formation == "Lufeng"
    assert "Saved: LFGT 0123 · Lufengosaurus huenei" in screen.text()
    assert given(screen)["focus"][0] == "catalog_number"
    assert "catalog_number" not in values(screen), "the number is offered, not given"
    screen.press("next_number")
    assert values(screen)["catalog_number"] == "LFGT 0124"
    assert given(screen)["focus"][0] == "verbatim_identification"
    assert screen.app.error == []


def test_the_one_before_is_taken_back_and_becomes_a_draft(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("add").fill(**GOOD).press("next").press("take_back")
    with database.reading() as connection:
        assert specimens.count(connection) == len(records)
    assert [draft.fields["catalog_number"] for draft in kept()] == ["LFGT 0123"]
    screen.press("continue_0").press("save")
    assert screen.address == "specimen"


def test_what_was_changed_meanwhile_is_not_taken_back(open_page: OpenPage) -> None:
    screen = open_page("add").fill(**GOOD).press("next")
    added = record("LFGT 0123")
    with database.writing() as connection:
        specimens.remove(connection, THIS_COMPUTER, added.occurrence_id, version=1)
    screen.press("take_back")
    assert [error.value for error in screen.app.exception] == []


def test_a_template_is_kept_and_used(open_page: OpenPage) -> None:
    screen = open_page("add").fill(**GOOD)
    [fields] = screen.app.multiselect
    assert fields.value == ["institution_code", "verbatim_identification", "formation", "earliest_interval", "locality"]
    screen.fill(**{"template_name": "Lufeng, Dark Red Beds", fields.key: ["formation", "earliest_interval"]})
    screen.press("FormSubmitter:save_template-Keep as a template")
    fresh = open_page("add").fill(add_catalog_number="LFGT 0500").press("use_template_0")
    assert values(fresh) == {"catalog_number": "LFGT 0500", "formation": "Lufeng", "earliest_interval": "Hettangian"}
    fresh.fill(template_name_0="Dawa").press("rename_template_0")
    assert "Dawa" in fresh.text()
    fresh.press("delete_template_0")
    assert "use_template_0" not in [button.key for button in fresh.app.button]


def test_a_template_without_a_name_is_refused_in_words(open_page: OpenPage) -> None:
    screen = open_page("add").fill(**GOOD).press("FormSubmitter:save_template-Keep as a template")
    assert any("name" in error.value for error in screen.app.error)


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        (
            {"add_decimal_latitude": "48.9", "add_decimal_longitude": "11.2", "add_country_code": "CN"},
            "outside the stated country",
        ),
        ({"add_earliest_interval": "Maastrichtian"}, "formation"),
        ({"add_event_date": "2999"}, "2999"),
    ],
)
def test_what_is_odd_deserves_a_second_look_but_is_saved(open_page: OpenPage, odd: dict[str, str], said: str) -> None:
    screen = open_page("add").fill(**GOOD | odd)
    assert screen.app.error == []
    assert said in " ".join(warning.value for warning in screen.app.warning)
    assert screen.press("save").address == "specimen"


def test_a_typical_specimen_deserves_no_second_look(open_page: OpenPage) -> None:
    assert open_page("add").fill(**GOOD, add_event_date="1938-11").app.warning == []


def test_a_change_is_a_draft_of_its_record(open_page: OpenPage) -> None:
    open_page("amend", id=KEY).fill(amend_bed="7", amend_locality="", amend_why="the label says so")
    [draft] = kept("amend", KEY)
    assert draft.fields == {"bed": "7", "locality": "", "why": "the label says so"}
    screen = open_page("amend", id=KEY)
    assert screen.app.text_input(key="amend_bed").value == ""
    screen.press("continue_0")
    assert [screen.app.text_input(key=key).value for key in ("amend_bed", "amend_locality", "amend_why")] == [
        "7",
        "",
        "the label says so",
    ]
    screen.fill(amend_locality="Shawan").press("save")
    assert record("IVPP V15").bed == "7"
    assert kept("amend", KEY) == []


def test_a_draft_whose_record_changed_meanwhile_leads_to_the_choice(open_page: OpenPage) -> None:
    open_page("amend", id=KEY).fill(amend_bed="7")
    with database.writing() as connection:
        version = specimens.get(connection, KEY).version
        specimens.amend(connection, THIS_COMPUTER, KEY, {"bed": "8", "member": "Shawan"}, version=version)
    screen = open_page("amend", id=KEY).press("continue_0").press("save")
    assert {"choose_bed"} == {
        control.key for control in screen.app.button_group if str(control.key).startswith("choose_")
    }
    assert [draft.fields for draft in kept("amend", KEY)] == [{"bed": "7"}]
    screen.press("settle")
    assert (record("IVPP V15").bed, record("IVPP V15").member) == ("7", "Shawan")
    assert kept("amend", KEY) == []


def test_leaving_a_record_as_it_was_ends_the_draft(open_page: OpenPage) -> None:
    screen = open_page("amend", id=KEY).fill(amend_bed="7").press("leave")
    assert screen.address == "specimen"
    assert kept("amend", KEY) == []


def test_a_draft_of_another_version_survives_that_the_record_is_gone(open_page: OpenPage) -> None:
    open_page("amend", id=KEY).fill(amend_bed="7")
    with database.writing() as connection:
        specimens.remove(connection, THIS_COMPUTER, KEY, version=specimens.get(connection, KEY).version)
    assert "continue_0" not in [button.key for button in open_page("amend", id=KEY).app.button]
    assert len(kept("amend", KEY)) == 1
