"""The page Lists of words, as an administrator sees it; and the words in forms, lists, records and links."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue import database, specimens
from catalogue.rights import THIS_COMPUTER
from catalogue.settings import settings
from catalogue.vocabularies import editing, merging
from catalogue.vocabularies.words import vocabularies

OpenPage = Callable[..., Any]
KEY = "bonebed:ivpp-v15"


@pytest.fixture
def odd(collection: None) -> None:
    """A record with two words that are in no list."""
    with database.writing() as connection:
        draft = {"life_stage": "yearling", "pieces": [{"element": "carpal", "side": "left"}]}
        specimens.amend(connection, THIS_COMPUTER, KEY, draft, version=1)


def life_stage() -> str:
    with database.reading() as connection:
        return specimens.get(connection, KEY, who=THIS_COMPUTER).life_stage


def test_the_list_tells_meaning_spellings_source_and_use(open_page: OpenPage) -> None:
    markup = open_page("vocabularies", list="type_status").markup("words_type_status")
    assert "The one specimen on which the name of the species rests." in markup
    assert "GBIF" in markup
    assert "word=type_status%3Aholotype" in markup


def test_the_number_of_a_word_leads_to_as_many_records(open_page: OpenPage) -> None:
    with database.reading() as connection:
        number = merging.usage(connection, THIS_COMPUTER, "type_status").of("holotype")
    found = open_page("specimens", word="type_status:holotype")
    assert f"**{number} records**" in [one.value for one in found.app.markdown]
    assert "Type status: holotype" in found.markup("facets")


def test_what_is_in_no_list_is_merged_and_taken_back(open_page: OpenPage, odd: None) -> None:
    page = open_page("vocabularies", list="life_stage")
    page.fill(into_unlisted_life_stage_yearling="juvenile")
    told = "**1 record will be changed.** From now on “yearling” stands for “juvenile”."
    assert told in [one.value for one in page.app.markdown]
    page.press("merge_unlisted")
    assert page.app.success[0].value == "Done: 1 record was changed."
    assert life_stage() == "juvenile"
    page.press("take_back")
    assert page.app.success[0].value == "Taken back."
    assert life_stage() == "yearling"


def test_a_word_is_added_from_the_records(open_page: OpenPage, odd: None) -> None:
    open_page("vocabularies", list="life_stage").press("take_in")
    with database.reading() as connection:
        assert vocabularies(connection)["life_stage"].get("yearling") is not None
    assert life_stage() == "yearling"


def test_retiring_takes_a_word_out_of_the_forms(open_page: OpenPage) -> None:
    page = open_page("vocabularies", list="sex")
    page.press("retire")
    assert "not offered any more" in page.markup("words_sex")
    form = open_page("add")
    assert [one.options for one in form.app.selectbox if one.key == "add_sex"] == [["male", "undetermined"]]


def test_the_order_is_that_of_the_forms(open_page: OpenPage) -> None:
    open_page("vocabularies", list="sex").press("order_down")
    form = open_page("add")
    assert next(one.options for one in form.app.selectbox if one.key == "add_sex") == ["male", "female", "undetermined"]


def test_a_form_offers_words_in_the_readers_language_and_keeps_a_present_one(open_page: OpenPage, odd: None) -> None:
    form = open_page("amend", id=KEY, lang="中文")
    stages = next(one for one in form.app.selectbox if one.key == "amend_life_stage")
    assert "幼年" in stages.options
    assert (stages.value, stages.options[-1]) == ("yearling", "yearling")


def test_an_unusual_word_is_warned_about_beside_its_field(open_page: OpenPage, odd: None) -> None:
    form = open_page("amend", id=KEY)
    assert "“yearling” is not in the list. It is kept as you typed it." in [one.value for one in form.app.warning]


def test_the_record_shows_words_in_the_readers_language(open_page: OpenPage, odd: None) -> None:
    assert "正模" in open_page("specimen", id=KEY, lang="中文").markup("labels")
    assert "carpal, left" in open_page("specimen", id=KEY).markup("labels")


def test_visitors_are_told_whom_to_ask(open_page: OpenPage, collection: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONEBED_SIGN_IN", "local")
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda _: {}))
    settings.cache_clear()
    page = open_page("vocabularies")
    assert [one.value for one in page.app.info] == ["Sign in to do this: edit the lists of allowed words."]


def test_the_history_of_a_word_tells_what_was_changed(open_page: OpenPage) -> None:
    with database.writing() as connection:
        female = vocabularies(connection)["sex"].get("female")
        assert female is not None
        editing.amend(connection, THIS_COMPUTER, female.id, {"label_en": "hen"}, version=1)
    page = open_page("history", id=editing.key_of(female))
    assert list(page.app.table[0].value.iloc[0]) == ["In English", "female", "hen"]
