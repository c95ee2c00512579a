"""`catalogue.media.matching`: whose photograph a file is, by its name."""

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.media.matching import Match, match, owner_of
from catalogue.number_forms import both, whole
from catalogue.rights import THIS_COMPUTER
from tests.conftest import LUFENGOSAURUS

V15, V15A, V34, ZLJ, BARE, OTHER_V34, SLASH = (
    "n:v15", "n:v15a", "n:v34", "n:zlj0003", "n:bare", "n:other-v34", "n:slash"
)  # fmt: skip


@pytest.fixture
def numbered(connection: Connection) -> Connection:
    """Specimens of three museums, some with the letters of the museum as a part of their number."""
    for key, museum, number in (
        (V15, "IVPP", "IVPP V15"),
        (V15A, "IVPP", "IVPP V15a"),
        (V34, "IVPP", "IVPP V34"),
        (ZLJ, "ZLJ", "ZLJ0003"),
        (BARE, "LDM", "0777"),
        (OTHER_V34, "LDM", "V34"),
        (SLASH, "LDM", "LFGT-ZLJ0003/2"),
    ):
        specimens.add(
            connection,
            THIS_COMPUTER,
            LUFENGOSAURUS | {"occurrence_id": key, "institution_code": museum, "catalog_number": number},
        )
    specimens.add(
        connection,
        THIS_COMPUTER,
        LUFENGOSAURUS | {"occurrence_id": "n:published", "basis_of_record": "MaterialCitation", "catalog_number": "IVPP V99"},
    )  # fmt: skip
    return connection


def whose(connection: Connection, name: str) -> str | None:
    owner = match(connection, [name])[0].owner
    return owner.occurrence_id if owner else None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("IVPP V15.jpg", V15),
        ("IVPP V15_2.jpg", V15),
        ("ivpp-v15 left femur.JPG", V15),
        ("ivpp_v_15-3.jpeg", V15),
        ("IVPPV15.tif", V15),
        ("skull IVPP V15.png", V15),
        ("ＩＶＰＰ　Ｖ１５（２）.jpg", V15),
        ("IVPP V0015.jpg", V15),
        ("IVPP V15", V15),
        ("V15 left.jpg", V15),
        ("IVPP V15a.jpg", V15A),
        ("IVPP V15a_2.jpg", V15A),
        ("IVPP V34.jpg", V34),
        ("LDM V34 (1).jpg", OTHER_V34),
        ("ZLJ0003 (3).tif", ZLJ),
        ("zlj 3.jpg", ZLJ),
        ("LDM 777.jpg", BARE),
        ("0777 rib.jpg", BARE),
        ("LFGT-ZLJ0003-2.jpg", SLASH),
        ("IVPP V15/IMG_2041.jpg", V15),
        ("IVPP V15\\left.jpg", V15),
    ],
)
def test_a_name_says_whose_it_is(numbered: Connection, name: str, key: str) -> None:
    assert whose(numbered, name) == key


@pytest.mark.parametrize(
    "name",
    [
        "IVPP V150.jpg",  # another number
        "XIVPP V15.jpg",  # letters before the museum's
        "V34.jpg",  # two museums have one
        "IVPP V15.1.jpg",  # a number of its own, perhaps
        "IVPP V15b.jpg",
        "IMG_0777.jpg",  # digits that are in the midst of a name say nothing
        "ZMNH V15.jpg",  # another museum's
        "IVPP V99.jpg",  # a published find is no specimen of the museum
        "skull.jpg",
        "",
        ".jpg",
        "🦕.jpg",
    ],
)
def test_a_name_that_does_not_say_it_clearly_is_left_to_a_person(numbered: Connection, name: str) -> None:
    assert whose(numbered, name) is None


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("IVPP V15.1.jpg", V15),
        ("IVPP V15b.jpg", V15),
        ("ZMNH V15.jpg", V15),
        ("IMG_0777.jpg", BARE),
        ("ZLJ-3b.jpg", ZLJ),
    ],
)
def test_the_nearest_numbers_are_offered(numbered: Connection, name: str, first: str) -> None:
    found = match(numbered, [name])[0]
    assert found.is_ambiguous
    assert found.nearest[0].occurrence_id == first


def test_of_two_museums_with_one_number_both_are_offered(numbered: Connection) -> None:
    found = match(numbered, ["V34 skull.jpg"])[0]
    assert {one.occurrence_id for one in found.nearest} == {V34, OTHER_V34}


def test_two_numbers_in_one_name_are_left_to_a_person(numbered: Connection) -> None:
    found = match(numbered, ["IVPP V15 and IVPP V34.jpg"])[0]
    assert {one.occurrence_id for one in found.nearest} == {V15, V34}
    assert found.owner is None


def test_what_has_no_number_has_no_neighbours(numbered: Connection) -> None:
    assert match(numbered, ["skull.jpg"]) == [Match("skull.jpg", None)]


def test_the_answers_come_in_the_order_of_the_names(numbered: Connection) -> None:
    names = ["IVPP V34.jpg", "nothing.jpg", "IVPP V15.jpg", "IVPP V34.jpg"]
    assert [one.file_name for one in match(numbered, names)] == names
    assert match(numbered, []) == []


def test_a_number_that_is_typed_finds_its_specimen(numbered: Connection) -> None:
    owner = owner_of(numbered, "ivpp v 34")
    assert owner is not None and owner.occurrence_id == V34
    assert owner.label == "IVPP V34 · Lufengosaurus huenei"
    assert owner_of(numbered, "V34") is None
    bare_one = owner_of(numbered, "LDM 0777")
    assert bare_one is not None and bare_one.label == "LDM 0777 · Lufengosaurus huenei"


def test_a_number_has_its_museum_in_front_or_not() -> None:
    assert whole("IVPP", "V15") == whole("IVPP", "IVPP V15") == whole("IVPP", "IVPPV15") == ("ivppv", "15")
    assert whole("IVPP", "ＩＶＰＰ Ｖ００１５") == ("ivppv", "15")
    assert both("IVPP", "V15")[1] == both("IVPP", "IVPP V15")[1] == both("IVPP", "IVPPV15")[1] == ("v", "15")
    assert whole("", "V15") == both("", "V15")[1] == ("v", "15")
    assert both("ZLJ", "ZLJ0003")[1] == ("3",)
    assert whole("L", "Lu 12") == ("llu", "12")
