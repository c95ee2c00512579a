"""A template holds values of chosen fields; its maker may share it, and a curator may put shared ones in order."""

import pytest
from sqlalchemy import Connection

from catalogue.entry import templates
from catalogue.entry.templates import LONGEST_NAME, InvalidTemplate
from catalogue.rights import VISITOR, NotAllowed, Person, Role

LI = Person("li", "Li Na", Role.CATALOGUER)
WANG = Person("wang", "Wang Wei", Role.CATALOGUER)
CURATOR = Person("zhou", "Zhou Min", Role.CURATOR)
SITE = {"formation": "Lufeng", "locality": "Dawa", "bed": ""}


def names(connection: Connection, who: Person) -> list[str]:
    return [template.name for template in templates.all_for(connection, who)]


def test_a_template_holds_what_has_a_value(connection: Connection) -> None:
    saved = templates.save(connection, LI, "  Lufeng,  Dark Red Beds ", SITE)
    assert (saved.name, saved.fields, saved.shared) == (
        "Lufeng, Dark Red Beds",
        {"formation": "Lufeng", "locality": "Dawa"},
        False,
    )
    assert templates.all_for(connection, LI) == [saved]


def test_the_same_name_again_replaces_it(connection: Connection) -> None:
    templates.save(connection, LI, "Dawa", SITE)
    templates.save(connection, LI, "Dawa", SITE | {"bed": "3"}, shared=True)
    [template] = templates.all_for(connection, LI)
    assert (template.fields["bed"], template.shared) == ("3", True)


def test_others_see_what_is_shared(connection: Connection) -> None:
    templates.save(connection, LI, "mine", SITE)
    templates.save(connection, LI, "ours", SITE, shared=True)
    assert names(connection, LI) == ["mine", "ours"]
    assert names(connection, WANG) == names(connection, CURATOR) == ["ours"]


def test_its_maker_and_a_curator_rename_and_delete_a_shared_one(connection: Connection) -> None:
    shared = templates.save(connection, LI, "ours", SITE, shared=True)
    for deed in (
        lambda: templates.rename(connection, WANG, shared, "theirs"),
        lambda: templates.forget(connection, WANG, shared),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert not templates.may_change(WANG, shared)
    templates.rename(connection, LI, shared, "Dawa")
    [renamed] = templates.all_for(connection, WANG)
    assert renamed.name == "Dawa"
    templates.forget(connection, CURATOR, renamed)
    assert names(connection, LI) == []


def test_what_is_not_shared_is_not_even_a_curators_business(connection: Connection) -> None:
    private = templates.save(connection, LI, "mine", SITE)
    with pytest.raises(InvalidTemplate):
        templates.forget(connection, CURATOR, private)
    assert names(connection, LI) == ["mine"]


def test_a_name_that_is_taken_is_refused(connection: Connection) -> None:
    templates.save(connection, LI, "Dawa", SITE)
    other = templates.save(connection, LI, "Shawan", SITE)
    with pytest.raises(InvalidTemplate):
        templates.rename(connection, LI, other, "Dawa")
    templates.rename(connection, LI, other, " Shawan ")
    assert names(connection, LI) == ["Dawa", "Shawan"]


@pytest.mark.parametrize(
    ("name", "fields"), [(" ", SITE), ("x" * (LONGEST_NAME + 1), SITE), ("Dawa", {"bed": ""}), ("Dawa", {})]
)
def test_a_name_and_a_value_are_needed(connection: Connection, name: str, fields: dict[str, str]) -> None:
    with pytest.raises(InvalidTemplate):
        templates.save(connection, LI, name, fields)


def test_whoever_may_not_add_has_no_templates(connection: Connection) -> None:
    with pytest.raises(NotAllowed):
        templates.all_for(connection, VISITOR)
    with pytest.raises(NotAllowed):
        templates.save(connection, VISITOR, "Dawa", SITE)
