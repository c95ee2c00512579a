"""Changing many records: what is shown is what is changed, and one press takes it back."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue import bulk, database, history, specimens
from catalogue.records import Specimen
from catalogue.rights import THIS_COMPUTER
from screens import find_specimens
from screens.parts import asking

OpenPage = Callable[..., Any]


def of_country(code: str) -> list[Specimen]:
    with database.reading() as connection:
        found = specimens.find(connection, size=None).specimens
    return [specimen for specimen in found if specimen.country_code == code]


def looked(open_page: OpenPage, lang: str = "en", **values: object) -> Any:
    """The page with a preview: all records of Argentina get another formation."""
    screen = open_page("bulk", country="AR", lang=lang)
    return screen.fill(**({"bulk_field": "formation", "bulk_value": "Ischigualasto"} | values)).press("bulk_look")


def test_every_filter_of_the_list_is_one_of_the_bulk_edit() -> None:
    """Otherwise it would change more records than the list shows."""
    assert find_specimens._DEFAULTS.keys() - asking.DEFAULTS.keys() <= {"order", "view", "page", "size"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_difference_is_shown(open_page: OpenPage, lang: str) -> None:
    expected = [one for one in of_country("AR") if one.formation != "Ischigualasto"]
    screen = looked(open_page, lang)
    markup = screen.markup("bulk_differences")
    assert markup.count("<tr>") == len(expected) + 1
    assert all(f"{one.verbatim_identification}</a>" in markup for one in expected)
    assert f"{len(expected)}" in screen.app.button(key="bulk_apply").label


def test_what_was_shown_is_changed_and_taken_back(open_page: OpenPage) -> None:
    before = of_country("AR")
    screen = looked(open_page).fill(bulk_why="revised").press("bulk_apply")
    assert {one.formation for one in of_country("AR")} == {"Ischigualasto"}
    with database.reading() as connection:
        edit = history.edits_of(connection, limit=1)[0]
        assert (edit.kind, edit.why) == ("bulk", "revised")
        assert f"{history.records_of(connection, edit.id)[0]} records were changed" in screen.text()
    screen.press("bulk_undo")
    assert screen.address == "history"
    assert [(one.occurrence_id, one.formation) for one in of_country("AR")] == [
        (one.occurrence_id, one.formation) for one in before
    ]


def test_another_rule_hides_the_preview(open_page: OpenPage) -> None:
    screen = looked(open_page).fill(bulk_value="Portezuelo")
    assert "bulk_differences" not in screen.pictures()
    assert not [button for button in screen.app.button if button.key == "bulk_apply"]


def test_another_search_hides_the_preview(open_page: OpenPage) -> None:
    screen = looked(open_page).fill(country="CN")
    assert "bulk_differences" not in screen.pictures()


def test_a_record_changed_meanwhile_stops_it_and_is_named(open_page: OpenPage) -> None:
    screen = looked(open_page)
    other = next(one for one in of_country("AR") if one.formation != "Ischigualasto")
    with database.writing() as connection:
        specimens.amend(connection, THIS_COMPUTER, other.occurrence_id, {"member": "M"}, version=other.version)
    screen.press("bulk_apply")
    assert "Nothing was changed" in screen.app.error[0].value
    assert other.verbatim_identification in screen.html()
    assert {one.formation for one in of_country("AR")} != {"Ischigualasto"}


def test_what_would_be_invalid_is_listed(open_page: OpenPage) -> None:
    screen = looked(open_page, bulk_field="locality", bulk_do_locality="clear")
    assert "Write where it was found" in screen.markup("bulk_left")


def test_a_missing_text_is_asked_for(open_page: OpenPage) -> None:
    assert "Write the new text" in looked(open_page, bulk_value="").app.warning[0].value


@pytest.mark.parametrize("field", list(bulk.FIELDS))
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_field_can_be_chosen(open_page: OpenPage, field: str, lang: str) -> None:
    screen = open_page("bulk", country="AR", lang=lang)
    for operation in bulk.FIELDS[field]:
        screen.fill(**{"bulk_field": field, f"bulk_do_{field}": operation})
        assert screen.app.session_state["bulk_field"] == field
    assert "_" not in screen.app.selectbox(key="bulk_field").format_func(field)


def test_the_list_leads_there(open_page: OpenPage) -> None:
    screen = open_page("specimens", country="AR")
    links = [element.proto for element in screen.elements() if element.type == "page_link"]
    assert [(link.page, link.query_string) for link in links if link.page == "bulk"] == [("bulk", "country=AR")]
