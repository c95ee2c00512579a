"""A person's own lists: filled, ordered, noted upon, deleted and undone; and nobody else's."""

import csv
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.exchange.out.terms import COLUMNS
from catalogue.notes import as_csv, listing, lists
from catalogue.notes.listing import ListRefused
from catalogue.notes.lists import NoSuchList
from catalogue.notes.texts import LONGEST_NAME, LONGEST_REMARK, UnfitText
from catalogue.rights import THIS_COMPUTER, VISITOR, NotAllowed, Person, Role, may
from catalogue.specimens import NoSuchSpecimen
from tests.withheld import KEY as WITHHELD
from tests.withheld import SPECIMEN, betrayed

WANG = Person("wang", "Wang Wei", Role.STUDENT)
LI = Person("li", "Li Na", Role.CATALOGUER)
ADMINISTRATOR = Person("zhou", "Zhou Min", Role.ADMINISTRATOR)
ALL = ["w:bird", "w:lufengosaurus", "w:sinosaurus"]


def names(connection: Connection, who: Person) -> list[str]:
    return [one.name for one in lists.all_of(connection, who)]


def keys(connection: Connection, number: int, who: Person = WANG) -> list[str]:
    return [entry.occurrence_id for entry in lists.opened(connection, who, number).entries]


@pytest.fixture
def number(small_world: Connection) -> int:
    """A list of three specimens."""
    made = listing.make(small_world, WANG, "  Lesson   3 ")
    assert listing.put(small_world, WANG, made.id, ALL) == 3
    return made.id


def test_a_list_holds_specimens_in_the_order_in_which_they_came(small_world: Connection, number: int) -> None:
    [heading] = lists.all_of(small_world, WANG)
    assert (heading.id, heading.name, heading.count) == (number, "Lesson 3", 3)
    assert keys(small_world, number) == ALL
    assert lists.with_specimen(small_world, WANG, "w:bird") == {number}
    assert lists.with_specimen(small_world, WANG, "w:doubtful") == set()


def test_what_stands_on_it_already_stays_where_it_is(small_world: Connection, number: int) -> None:
    assert listing.put(small_world, WANG, number, ["w:doubtful", "w:bird", "w:doubtful"]) == 1
    assert keys(small_world, number) == [*ALL, "w:doubtful"]


def test_what_is_no_record_is_not_put_on(small_world: Connection, number: int) -> None:
    with pytest.raises(NoSuchSpecimen):
        listing.put(small_world, WANG, number, ["w:doubtful", "w:nothing"])
    assert keys(small_world, number) == ALL


@pytest.mark.parametrize(
    ("place", "order"),
    [(0, [2, 0, 1]), (1, [0, 2, 1]), (2, [0, 1, 2]), (99, [0, 1, 2]), (-5, [2, 0, 1])],
)
def test_a_specimen_moves_to_any_place(small_world: Connection, number: int, place: int, order: list[int]) -> None:
    listing.move(small_world, WANG, number, ALL[2], place)
    assert keys(small_world, number) == [ALL[index] for index in order]


def test_moving_what_is_not_there_moves_nothing(small_world: Connection, number: int) -> None:
    listing.move(small_world, WANG, number, "w:nothing", 0)
    assert keys(small_world, number) == ALL


def test_a_note_stands_beside_a_specimen(small_world: Connection, number: int) -> None:
    listing.remark(small_world, WANG, number, "w:bird", " show the \n feathers ")
    assert [one.remark for one in lists.opened(small_world, WANG, number).entries] == ["show the feathers", "", ""]
    with pytest.raises(UnfitText):
        listing.remark(small_world, WANG, number, "w:bird", "x" * (LONGEST_REMARK + 1))
    listing.remark(small_world, WANG, number, "w:bird", "")
    assert lists.opened(small_world, WANG, number).entries[0].remark == ""


def test_taking_a_specimen_off_is_undone_at_its_place(small_world: Connection, number: int) -> None:
    listing.remark(small_world, WANG, number, ALL[1], "the long one")
    taken = listing.take_off(small_world, WANG, number, ALL[1])
    assert taken is not None
    assert keys(small_world, number) == [ALL[0], ALL[2]]
    for _ in range(2):
        listing.put_back(small_world, WANG, number, taken)
        assert keys(small_world, number) == ALL
    assert lists.opened(small_world, WANG, number).entries[1].remark == "the long one"
    assert listing.take_off(small_world, WANG, number, "w:nothing") is None


def test_deleting_a_list_is_undone_whole(small_world: Connection, number: int) -> None:
    listing.remark(small_world, WANG, number, ALL[1], "the long one")
    listing.move(small_world, WANG, number, ALL[2], 0)
    before = lists.opened(small_world, WANG, number)
    deleted = listing.remove(small_world, WANG, number)
    assert names(small_world, WANG) == []
    with pytest.raises(NoSuchList):
        lists.opened(small_world, WANG, number)
    listing.make(small_world, WANG, "Lesson 3")
    back = listing.bring_back(small_world, WANG, deleted)
    assert (back.name, back.count) == ("Lesson 3 (2)", 3)
    assert lists.opened(small_world, WANG, back.id).entries == before.entries


def test_a_list_is_renamed_but_not_to_a_name_that_is_taken(small_world: Connection, number: int) -> None:
    listing.make(small_world, WANG, "Thesis")
    listing.make(small_world, LI, "Lesson 4")
    listing.rename(small_world, WANG, number, " Lesson 4 ")
    listing.rename(small_world, WANG, number, "Lesson 4")
    assert names(small_world, WANG) == ["Lesson 4", "Thesis"]
    with pytest.raises(ListRefused):
        listing.rename(small_world, WANG, number, "Thesis")
    with pytest.raises(ListRefused):
        listing.make(small_world, WANG, "Thesis")


@pytest.mark.parametrize("unfit", ["", "  ", "x" * (LONGEST_NAME + 1), "a\x00b"])
def test_a_list_needs_a_name_that_can_be_kept(small_world: Connection, number: int, unfit: str) -> None:
    for deed in (
        lambda: listing.make(small_world, WANG, unfit),
        lambda: listing.rename(small_world, WANG, number, unfit),
    ):
        with pytest.raises(UnfitText):
            deed()
    assert names(small_world, WANG) == ["Lesson 3"]


def test_a_removed_record_keeps_its_line_and_comes_back_to_it(small_world: Connection, number: int) -> None:
    specimens.remove(small_world, THIS_COMPUTER, ALL[1], version=1)
    entry = lists.opened(small_world, WANG, number).entries[1]
    assert (entry.specimen, entry.known_as) == (None, "IVPP V15 · Lufengosaurus huenei")
    specimens.restore(small_world, THIS_COMPUTER, ALL[1])
    back = lists.opened(small_world, WANG, number).entries[1].specimen
    assert back is not None and back.occurrence_id == ALL[1]


def test_a_withheld_specimen_shows_what_its_reader_may_see(small_world: Connection) -> None:
    specimens.add(small_world, THIS_COMPUTER, SPECIMEN)
    shown = {}
    for who in (WANG, LI):
        made = listing.make(small_world, who, "Secret places")
        listing.put(small_world, who, made.id, [WITHHELD])
        entry = lists.opened(small_world, who, made.id).entries[0]
        assert entry.specimen is not None
        shown[who] = str(entry)
        assert betrayed(as_csv.written(small_world, who, made.id).decode()) == []
    assert betrayed(shown[WANG]) == []
    assert betrayed(shown[LI]) != []


DEEDS: dict[str, Callable[[Connection, Person, int], object]] = {
    "open": lists.opened,
    "head": lists.heading,
    "rename": lambda connection, who, number: listing.rename(connection, who, number, "theirs"),
    "remove": listing.remove,
    "put": lambda connection, who, number: listing.put(connection, who, number, ["w:doubtful"]),
    "take off": lambda connection, who, number: listing.take_off(connection, who, number, "w:bird"),
    "put back": lambda connection, who, number: listing.put_back(
        connection, who, number, (0, lists.Entry("w:doubtful", "cf. Lufengosaurus"))
    ),
    "move": lambda connection, who, number: listing.move(connection, who, number, "w:bird", 2),
    "remark": lambda connection, who, number: listing.remark(connection, who, number, "w:bird", "theirs"),
    "as CSV": as_csv.written,
}


@pytest.mark.parametrize("other", [LI, ADMINISTRATOR, THIS_COMPUTER])
def test_nobody_reaches_anothers_list(small_world: Connection, number: int, other: Person) -> None:
    before = lists.opened(small_world, WANG, number)
    for deed in DEEDS.values():
        with pytest.raises(NoSuchList):
            deed(small_world, other, number)
        assert names(small_world, other) == []
        assert lists.find(small_world, other, "lesson") == []
        assert lists.with_specimen(small_world, other, "w:bird") == set()
    assert lists.opened(small_world, WANG, number) == before


WITHOUT_A_LIST: dict[str, Callable[[Connection, Person, int], object]] = {
    "make": lambda connection, who, number: listing.make(connection, who, "more"),
    "all": lambda connection, who, number: lists.all_of(connection, who),
    "find": lambda connection, who, number: lists.find(connection, who, "x"),
    "with a specimen": lambda connection, who, number: lists.with_specimen(connection, who, "w:bird"),
    "bring back": lambda connection, who, number: listing.bring_back(
        connection, who, lists.Opened(lists.Heading(0, "x", ""), ())
    ),
}


@pytest.mark.parametrize("role", Role)
def test_whoever_may_keep_lists_does_each_deed_and_others_none(small_world: Connection, role: Role) -> None:
    person = Person("" if role == Role.VISITOR else "ana", "Ana", role)
    allowed = may(person, "keep_private_notes")
    for name, deed in (DEEDS | WITHOUT_A_LIST).items():
        own = listing.make(small_world, person if allowed else WANG, name)
        listing.put(small_world, person if allowed else WANG, own.id, ["w:bird"])
        if allowed:
            deed(small_world, person, own.id)
            continue
        with pytest.raises(NotAllowed):
            deed(small_world, person, own.id)


@pytest.mark.parametrize("number", [-1, 0, 2**31, 2**70])
def test_a_number_that_is_no_list_is_said_so(small_world: Connection, number: int) -> None:
    with pytest.raises(NoSuchList):
        lists.opened(small_world, WANG, number)


def test_lists_are_found_by_their_name_and_by_what_stands_on_them(small_world: Connection, number: int) -> None:
    listing.remark(small_world, WANG, number, "w:bird", "羽毛 and teeth")
    for asked, found in (
        ("lesson", [[]]),
        ("羽毛", [["w:bird"]]),
        ("sinosaur", [["w:sinosaurus"]]),
        ("teeth sinosaurus", []),
    ):
        answers = lists.find(small_world, WANG, asked)
        assert [[entry.occurrence_id for entry in entries] for _, entries in answers] == found, asked


def test_limits_are_said_in_plain_words_and_nothing_is_kept_beyond(
    small_world: Connection, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = listing.take_off(small_world, WANG, number, ALL[0])
    assert taken is not None
    monkeypatch.setattr(listing, "MOST_ENTRIES", 2)
    monkeypatch.setattr(listing, "MOST_LISTS", 1)
    with pytest.raises(ListRefused, match="at most 2 specimens; this one would have 3"):
        listing.put(small_world, WANG, number, ["w:doubtful"])
    with pytest.raises(ListRefused, match="2 specimens"):
        listing.put_back(small_world, WANG, number, taken)
    with pytest.raises(ListRefused, match="You have 1 lists"):
        listing.make(small_world, WANG, "another")
    assert keys(small_world, number) == ALL[1:]


def test_what_all_have_in_common_leads_to_map_and_tree(small_world: Connection, number: int) -> None:
    whole = lists.opened(small_world, WANG, number)
    assert whole.interval == "Jurassic"
    assert "Dinosauria" in whole.groups and "Lufengosaurus" not in whole.groups
    listing.take_off(small_world, WANG, number, "w:bird")
    assert lists.opened(small_world, WANG, number).interval == "Early Jurassic"
    empty = listing.make(small_world, WANG, "empty")
    assert (lists.opened(small_world, WANG, empty.id).interval, lists.opened(small_world, WANG, empty.id).groups) == (
        "",
        [],
    )


def test_the_file_has_the_order_the_notes_and_the_terms_and_no_formula(small_world: Connection, number: int) -> None:
    listing.remark(small_world, WANG, number, ALL[0], "=cmd|'/c calc'!A1")
    listing.remark(small_world, WANG, number, ALL[1], 'a "quoted", one')
    specimens.remove(small_world, THIS_COMPUTER, ALL[2], version=1)
    text = as_csv.written(small_world, WANG, number).decode()
    head, *rows = csv.reader(text.splitlines())
    assert head == [*as_csv.OWN_COLUMNS, *COLUMNS]
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    assert [cell["occurrenceID"] for cell in cells] == ALL
    assert [cell["listPosition"] for cell in cells] == ["1", "2", "3"]
    assert [cell["listNote"] for cell in cells] == ["'=cmd|'/c calc'!A1", 'a "quoted", one', ""]
    assert [cell["scientificName"] for cell in cells] == ["Archaeopteryx lithographica", "Lufengosaurus huenei", ""]
    assert cells[2]["listedAs"] == "IVPP V34 · Sinosaurus triassicus"


def test_an_empty_list_is_a_file_with_a_heading(small_world: Connection) -> None:
    made = listing.make(small_world, WANG, "empty")
    assert as_csv.written(small_world, WANG, made.id).decode().count("\r\n") == 1


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "\u202egnp.exe", "[a](javascript:x)", "a'; DROP--"])
def test_hostile_names_and_notes_come_back_as_they_are(small_world: Connection, hostile: str) -> None:
    made = listing.make(small_world, WANG, hostile)
    listing.put(small_world, WANG, made.id, ["w:bird"])
    listing.remark(small_world, WANG, made.id, "w:bird", hostile)
    opened = lists.opened(small_world, WANG, made.id)
    assert (opened.heading.name, opened.entries[0].remark) == (hostile, hostile)


def test_a_visitor_is_told_to_sign_in(small_world: Connection) -> None:
    with pytest.raises(NotAllowed, match="Sign in"):
        lists.all_of(small_world, VISITOR)


def test_bringing_back_makes_it_the_list_of_whoever_does_it(small_world: Connection, number: int) -> None:
    """What was deleted is in the hands of its owner alone; whoever else had it would only copy it."""
    deleted = listing.remove(small_world, WANG, number)
    renamed = replace(deleted, heading=replace(deleted.heading, name="theirs"))
    listing.bring_back(small_world, LI, renamed)
    assert names(small_world, WANG) == []
    assert names(small_world, LI) == ["theirs"]
