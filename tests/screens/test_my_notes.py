"""Notes and lists on the screens: written, listed, ordered, undone, searched; and shown to their owner alone."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.proto.WidgetStates_pb2 import WidgetState

from catalogue import database, specimens
from catalogue.notes import listing, lists, on_records
from catalogue.notes.lists import Opened
from catalogue.rights import THIS_COMPUTER, Person, Role
from catalogue.tables import private_notes
from screens.parts import put_on_list
from tests.screens.test_hostile_text import MARKDOWN, TAG, is_harmless
from tests.screens.test_who import cookies, sign_in_mode, signed_in  # noqa: F401  fixtures
from tests.withheld import KEY as WITHHELD
from tests.withheld import SPECIMEN, betrayed

OpenPage = Callable[..., Any]
KEY = "bonebed:ivpp-v15"
OTHER = "bonebed:ivpp-v34"
STUDENT = Person("student", "Mei", Role.STUDENT)


def make_list(*keys: str, name: str = "Lesson 3", who: Person = THIS_COMPUTER) -> int:
    with database.writing() as connection:
        made = listing.make(connection, who, name)
        listing.put(connection, who, made.id, keys)
        return made.id


def opened(number: int, who: Person = THIS_COMPUTER) -> Opened:
    with database.reading() as connection:
        return lists.opened(connection, who, number)


def order(number: int) -> list[str]:
    return [entry.occurrence_id for entry in opened(number).entries]


@pytest.fixture
def two_keys(collection: None) -> tuple[str, str]:
    """Two records of the collection."""
    with database.reading() as connection:
        found = specimens.find(connection, order="catalog_number", size=2).specimens
    return found[0].occurrence_id, found[1].occurrence_id


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_empty_page_says_what_it_is_good_for(open_page: OpenPage, lang: str) -> None:
    screen = open_page("notes", lang=lang)
    assert ("Open a specimen" if lang == "en" else "打开一件标本") in screen.text()
    assert not screen.app.error


def test_a_note_is_kept_on_the_page_of_its_record_and_found_on_ones_own(open_page: OpenPage) -> None:
    screen = open_page("specimen", id=KEY).fill(new_note="Long neck,\nsmall head").press("keep_note")
    assert "Long neck,\nsmall head" in screen.markup("own_notes")
    assert screen.app.text_area(key="new_note").value == ""
    own = screen.go("notes")
    assert "Long neck" in own.markup("all_notes")
    assert own.links("all_notes") == [("specimen", {"id": KEY})]
    assert "all_notes" in own.fill(q="small nec").pictures()
    assert own.query == {"q": "small nec"}
    assert "all_notes" not in own.fill(q="feathers").pictures()


def test_an_empty_note_is_refused_beside_the_field(open_page: OpenPage) -> None:
    screen = open_page("specimen", id=KEY).press("keep_note")
    assert [error.value for error in screen.app.error] == ["Write something first: an empty note is not kept."]


def test_a_note_is_changed_and_deleted_and_deleting_undone(open_page: OpenPage) -> None:
    with database.writing() as connection:
        note = on_records.write(connection, THIS_COMPUTER, KEY, "long nek")
    screen = open_page("notes").choose("all_notes", f"change {note.id}")
    screen.app.session_state[f"note_text_{note.id}"] = "long neck"
    screen.press("note_save")
    assert "long neck" in open_page("notes").markup("all_notes")
    screen = open_page("notes").choose("all_notes", f"delete {note.id}")
    assert "all_notes" not in screen.pictures()
    screen = screen.press("private_undo_it")
    assert "long neck" in screen.markup("all_notes")
    assert "private_undo_it" not in [button.key for button in screen.app.button]


def test_the_note_of_a_removed_record_is_struck_out(open_page: OpenPage) -> None:
    with database.writing() as connection:
        on_records.write(connection, THIS_COMPUTER, KEY, "gone")
        version = specimens.get(connection, KEY).version
        specimens.remove(connection, THIS_COMPUTER, KEY, version=version)
    markup = open_page("notes").markup("all_notes")
    assert "<del" in markup and "href" not in markup and "removed from the catalogue" in markup


def test_more_notes_come_when_asked_for(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screens.my_notes._AT_ONCE", 2)
    with database.writing() as connection:
        for text in ("one", "two", "three"):
            on_records.write(connection, THIS_COMPUTER, KEY, text)
    screen = open_page("notes")
    assert screen.markup("all_notes").count('class="note"') == 2
    assert screen.press("more_notes").markup("all_notes").count('class="note"') == 3


def test_a_list_is_made_opened_renamed_and_deleted_with_undo(open_page: OpenPage) -> None:
    screen = open_page("notes").fill(new_list=" Lesson  3 ").press("make_the_list")
    [(address, query)] = screen.links("lists_of_mine")
    screen = screen.go(address, query)
    number = int(query["list"])
    screen = screen.fill(**{f"list_name_{number}": "Lesson 4"}).press("rename_the_list")
    assert screen.app.title[0].value == "Lesson 4"
    screen = screen.press("delete_list")
    assert screen.address == "notes" and screen.query == {}
    assert "lists_of_mine" not in screen.pictures()
    assert "Lesson 4" in screen.press("private_undo_it").markup("lists_of_mine")


def test_a_name_that_is_taken_is_refused_in_plain_words(open_page: OpenPage) -> None:
    make_list()
    screen = open_page("notes").fill(new_list="Lesson 3").press("make_the_list")
    assert [error.value for error in screen.app.error] == ["You already have a list “Lesson 3”."]


def put_on(screen: Any, name: str) -> Any:
    """Choose a list or type a new name, and press the button; `AppTest` knows no options that are typed."""
    box = screen.app.selectbox(key=put_on_list._LIST)
    screen.app.button(key="put_on").click()
    return screen.run(WidgetState(id=box.id, string_value=name))


def test_a_record_is_put_on_a_new_list_and_on_another(open_page: OpenPage) -> None:
    other = make_list(name="Thesis")
    screen = put_on(put_on(open_page("specimen", id=KEY), " Lesson  3 "), "Thesis")
    assert order(other) == [KEY]
    with database.reading() as connection:
        assert [one.name for one in lists.all_of(connection, THIS_COMPUTER)] == ["Lesson 3", "Thesis"]
        assert len(lists.with_specimen(connection, THIS_COMPUTER, KEY)) == 2
    assert "It stands on:" in screen.text()


@pytest.mark.parametrize(("name", "said"), [("", "Give the list a name"), ("x" * 200, "at most 80")])
def test_a_list_without_a_fitting_name_is_refused_beside_the_field(open_page: OpenPage, name: str, said: str) -> None:
    screen = put_on(open_page("specimen", id=KEY), name)
    assert said in screen.app.error[0].value


def test_all_that_a_search_found_is_put_on_a_list_in_its_order(open_page: OpenPage) -> None:
    number = make_list()
    screen = open_page("specimens", taxon="Sauropodomorpha", order="catalog_number")
    screen = put_on(screen, "Lesson 3")
    shown = screen.names("found")
    assert order(number)[: len(shown)] == shown
    assert any("Put on the list" in success.value for success in screen.app.success)


def test_a_search_that_finds_too_many_is_refused_and_nothing_put_on(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_ENTRIES", 3)
    number = make_list()
    screen = open_page("specimens")
    screen = put_on(screen, "Lesson 3")
    assert "at most 3 specimens" in screen.app.error[0].value
    assert order(number) == []


def test_a_list_is_ordered_noted_upon_and_thinned_out_with_undo(open_page: OpenPage, two_keys: tuple[str, str]) -> None:
    first, second = two_keys
    number = make_list(first, second)
    screen = open_page("notes", list=str(number)).choose("entries", f"down {first}")
    assert order(number) == [second, first]
    screen = screen.choose("entries", f"up {first}").choose("entries", f"note {second}")
    screen.app.session_state[f"remark_{second}"] = "Begin here"
    screen.app.session_state[f"to_{second}"] = 1
    screen = screen.press("entry_save")
    assert order(number) == [second, first]
    assert "Begin here" in screen.markup("entries")
    screen = screen.choose("entries", f"off {second}")
    assert order(number) == [first]
    screen.press("private_undo_it")
    assert order(number) == [second, first]
    assert opened(number).entries[0].remark == "Begin here"


def test_a_list_leads_to_records_map_and_tree(open_page: OpenPage) -> None:
    screen = open_page("notes", list=str(make_list(KEY)))
    assert screen.links("entries") == [("specimen", {"id": KEY})]
    links = [element.proto for element in screen.elements() if element.type == "page_link"]
    assert {link.page for link in links} >= {"map", "tree"}
    assert {link.query_string for link in links if link.page == "tree"} == {"taxon=Lufengosaurus"}


def test_a_removed_record_is_a_struck_line_and_comes_back(open_page: OpenPage, two_keys: tuple[str, str]) -> None:
    number = make_list(*two_keys)
    with database.writing() as connection:
        version = specimens.get(connection, two_keys[0]).version
        specimens.remove(connection, THIS_COMPUTER, two_keys[0], version=version)
    assert open_page("notes", list=str(number)).markup("entries").count("<del") == 1
    with database.writing() as connection:
        specimens.restore(connection, THIS_COMPUTER, two_keys[0])
    assert "<del" not in open_page("notes", list=str(number)).markup("entries")


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "9" * 50, "<script>"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_number_that_is_no_list_says_so(open_page: OpenPage, number: str, lang: str) -> None:
    screen = open_page("notes", list=number, lang=lang)
    assert len(screen.app.warning) == 1


@pytest.mark.parametrize("text", [TAG, MARKDOWN])
def test_hostile_texts_stay_texts(open_page: OpenPage, text: str) -> None:
    number = make_list(KEY, name=text[:80])
    with database.writing() as connection:
        on_records.write(connection, THIS_COMPUTER, KEY, text)
        listing.remark(connection, THIS_COMPUTER, number, KEY, text)
    for screen in (
        open_page("notes"),
        open_page("notes", q="hostile"),
        open_page("notes", list=str(number)),
        open_page("specimen", id=KEY),
        open_page("notes", list=str(number)).choose("entries", f"off {KEY}"),
    ):
        assert "hostile" in screen.html() + screen.text()
        is_harmless(screen)


@pytest.mark.parametrize("role", Role)
def test_the_page_and_the_panels_are_there_for_whom_the_matrix_says(
    open_page: OpenPage,
    signed_in: Callable[[Role], str],  # noqa: F811
    role: Role,
) -> None:
    if role != Role.VISITOR:
        signed_in(role)
    record = open_page("specimen", id=KEY)
    offered = {button.key for button in record.app.button}
    assert ({"keep_note", "put_on"} <= offered) is (role != Role.VISITOR)
    assert ("put_on" in {button.key for button in open_page("specimens").app.button}) is (role != Role.VISITOR)
    page = open_page("notes")
    assert ("Sign in to do this" in page.text()) is (role == Role.VISITOR)


def test_an_administrator_sees_nothing_of_a_students(
    open_page: OpenPage,
    signed_in: Callable[[Role], str],  # noqa: F811
) -> None:
    number = make_list(KEY, name="Quxlist", who=STUDENT)
    with database.writing() as connection:
        on_records.write(connection, STUDENT, KEY, "Quxnote")
    for role in (Role.ADMINISTRATOR, Role.STUDENT):
        signed_in(role)
        pages = (
            open_page("notes"),
            open_page("notes", list=str(number)),
            open_page("notes", q="qux"),
            open_page("specimen", id=KEY),
        )
        told = [page.html() + page.text() for page in pages]
        seen = ["Quxnote" in text or "Quxlist" in text for text in told]
        assert seen == ([False] * 4 if role == Role.ADMINISTRATOR else [True] * 4)


def test_a_student_sees_no_withheld_place_on_a_list(
    open_page: OpenPage,
    signed_in: Callable[[Role], str],  # noqa: F811
) -> None:
    signed_in(Role.STUDENT)
    with database.writing() as connection:
        specimens.add(connection, THIS_COMPUTER, SPECIMEN)
    screen = open_page("notes", list=str(make_list(WITHHELD, who=STUDENT)))
    assert "LFGT 9001" in screen.html()
    assert betrayed(screen.html() + screen.text()) == []


def test_what_somebody_deleted_is_not_offered_to_the_next_who_signs_in(
    open_page: OpenPage,
    signed_in: Callable[[Role], str],  # noqa: F811
) -> None:
    signed_in(Role.STUDENT)
    number = make_list(name="Quxlist", who=STUDENT)
    screen = open_page("notes", list=str(number)).press("delete_list")
    assert "Quxlist" in screen.text()
    signed_in(Role.CURATOR)
    del screen.app.session_state["_who"]
    screen = screen.go("notes")
    assert "Quxlist" not in screen.text()
    assert "private_undo_it" not in {button.key for button in screen.app.button}


def test_what_is_refused_leaves_no_row(open_page: OpenPage) -> None:
    open_page("specimen", id=KEY).press("keep_note")
    with database.reading() as connection:
        assert connection.scalars(select(private_notes.c.id)).all() == []
