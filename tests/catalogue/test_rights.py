"""Who may do what: every role by every action, and the same table in the documentation."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Connection

from catalogue import lending, past
from catalogue.lending import Loan
from catalogue.messages import Message
from catalogue.rights import (
    ACTION_WORDS,
    ACTIONS,
    RIGHTS,
    ROLE_WORDS,
    THIS_COMPUTER,
    VISITOR,
    NotAllowed,
    Person,
    Role,
    may,
    require,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "people.md"
MATRIX = """
                    visitor student cataloguer curator administrator
read                   yes     yes      yes      yes       yes
keep_private_notes     no      yes      yes      yes       yes
see_exact_sites        no      no       yes      yes       yes
see_storage            no      no       yes      yes       yes
see_history            no      no       yes      yes       yes
add                    no      no       yes      yes       yes
amend                  no      no       yes      yes       yes
undo                   no      no       yes      yes       yes
keep_trees             no      no       yes      yes       yes
write_lessons          no      no       yes      yes       yes
remove                 no      no       no       yes       yes
bulk_edit              no      no       no       yes       yes
undo_batch             no      no       no       yes       yes
edit_trees             no      no       no       yes       yes
import                 no      no       no       yes       yes
withhold_sites         no      no       no       yes       yes
share_searches         no      no       no       yes       yes
describe_collection    no      no       no       yes       yes
manage_loans           no      no       no       yes       yes
edit_vocabularies      no      no       no       no        yes
manage_people          no      no       no       no        yes
"""
"""Written out by hand, beside the table that the code adds up."""


def _written() -> dict[tuple[str, str], bool]:
    head, *rows = (line.split() for line in MATRIX.strip().splitlines())
    return {(role, row[0]): cell == "yes" for row in rows for role, cell in zip(head, row[1:], strict=True)}


def _person(role: str) -> Person:
    return Person("mei", "Mei", Role(role))


def test_the_matrix_holds_every_role_and_every_action() -> None:
    assert set(_written()) == {(role.value, action) for role in Role for action in ACTIONS}


@pytest.mark.parametrize(("role", "action"), _written())
def test_each_role_may_do_what_the_matrix_says_and_nothing_else(role: str, action: str) -> None:
    granted = _written()[role, action]
    assert may(_person(role), action) is granted  # type: ignore[arg-type]
    if granted:
        require(_person(role), action)  # type: ignore[arg-type]
    else:
        with pytest.raises(NotAllowed):
            require(_person(role), action)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", ["", "ADD", "add ", "everything", "drop_tables"])
def test_an_action_that_nobody_thought_of_is_refused_to_everyone(role: Role, action: str) -> None:
    with pytest.raises(NotAllowed):
        require(_person(role), action)  # type: ignore[arg-type]


def test_each_role_may_do_all_that_the_one_before_may() -> None:
    granted = [RIGHTS[role] for role in Role]
    assert all(narrower < wider for narrower, wider in pairwise(granted))


def test_a_refusal_says_what_and_who_can_help() -> None:
    with pytest.raises(NotAllowed, match=r"^Sign in to do this: add a specimen\.$"):
        require(VISITOR, "add")
    with pytest.raises(NotAllowed, match=r"^As a student you may not do this: import a file\. Ask an administrator"):
        require(_person("student"), "import")


def test_a_refusal_can_be_said_in_another_language() -> None:
    with pytest.raises(NotAllowed) as refused:
        require(_person("student"), "import")
    message: Message = refused.value.message
    assert message.render({"student": "STUDENT", "import a file": "IMPORT", message.template: "{role}/{what}"}.get) == (
        "STUDENT/IMPORT"
    )


def test_whoever_sits_at_the_only_computer_may_do_everything_and_a_visitor_reads() -> None:
    assert [action for action in ACTIONS if not may(THIS_COMPUTER, action)] == []
    assert [action for action in ACTIONS if may(VISITOR, action)] == ["read"]


def test_each_role_and_action_has_words() -> None:
    assert set(ROLE_WORDS) == set(Role)
    assert tuple(ACTION_WORDS) == ACTIONS


def test_the_documentation_shows_the_same_table() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|(.+)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    shown = {
        (role.value, action): cell.strip() == "yes"
        for action, _, cells in rows
        for role, cell in zip(Role, cells.split("|"), strict=True)
    }
    assert shown == _written()
    assert {action: words for action, words, _ in rows} == {
        action: str(words) for action, words in ACTION_WORDS.items()
    }


READS_OF_THE_HISTORY: dict[str, Callable[[Connection, Person], object]] = {
    "changes of a record": lambda connection, who: past.of_record(connection, "w:bird", who=who),
    "versions of a record": lambda connection, who: past.record(connection, "w:bird", who=who),
    "latest edits": lambda connection, who: past.latest(connection, who=who),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("read", READS_OF_THE_HISTORY)
def test_the_history_is_read_by_whom_the_matrix_says(small_world: Connection, read: str, role: Role) -> None:
    person = _person(role)
    if _written()[role, "see_history"]:
        assert READS_OF_THE_HISTORY[read](small_world, person)
    else:
        with pytest.raises(NotAllowed):
            READS_OF_THE_HISTORY[read](small_world, person)


@pytest.mark.parametrize("role", Role)
def test_the_papers_of_a_loan_are_for_whom_the_matrix_says(small_world: Connection, role: Role) -> None:
    loan = Loan("L 1", "IVPP", occurrence_ids=("w:bird",))
    if _written()[role, "manage_loans"]:
        assert lending.lent_on(small_world, loan, who=_person(role))[0].occurrence_id == "w:bird"
    else:
        with pytest.raises(NotAllowed):
            lending.lent_on(small_world, loan, who=_person(role))
