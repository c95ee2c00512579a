"""Who may do what: the roles, the actions, and the table that joins them.

Rights are asked for where records are read and written (`catalogue.specimens` and its neighbours), never in the screens alone. What
the table does not grant is refused: an unknown action is refused to everyone. `docs/people.md` shows the same table to people; a test
compares both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

from catalogue.messages import CatalogueError, Message, message


class Role(StrEnum):
    """What a person is to the collection; each role may do all that the one before may."""

    VISITOR = "visitor"
    STUDENT = "student"
    CATALOGUER = "cataloguer"
    CURATOR = "curator"
    ADMINISTRATOR = "administrator"


Action = Literal[
    "read",
    "keep_private_notes",
    "see_exact_sites",
    "see_storage",
    "see_history",
    "add",
    "amend",
    "undo",
    "keep_trees",
    "write_lessons",
    "remove",
    "bulk_edit",
    "undo_batch",
    "edit_trees",
    "import",
    "withhold_sites",
    "share_searches",
    "describe_collection",
    "manage_loans",
    "edit_vocabularies",
    "manage_people",
]
ACTIONS: tuple[Action, ...] = get_args(Action)
"""Every action that a right exists for, from the harmless to the grave."""

_OPENED: Mapping[Role, frozenset[Action]] = {
    Role.VISITOR: frozenset({"read"}),
    Role.STUDENT: frozenset({"keep_private_notes"}),
    Role.CATALOGUER: frozenset(
        {"see_exact_sites", "see_storage", "see_history", "add", "amend", "undo", "keep_trees", "write_lessons"}
    ),
    Role.CURATOR: frozenset(
        {
            "remove",
            "bulk_edit",
            "undo_batch",
            "edit_trees",
            "import",
            "withhold_sites",
            "share_searches",
            "describe_collection",
            "manage_loans",
        }
    ),
    Role.ADMINISTRATOR: frozenset({"edit_vocabularies", "manage_people"}),
}
"""What each role may do beyond the role before it."""


def _granted() -> Mapping[Role, frozenset[Action]]:
    granted: dict[Role, frozenset[Action]] = {}
    sum_so_far: frozenset[Action] = frozenset()
    for role in Role:
        sum_so_far |= _OPENED[role]
        granted[role] = sum_so_far
    return granted


RIGHTS: Mapping[Role, frozenset[Action]] = _granted()
"""All that each role may do."""


@dataclass(frozen=True)
class Person:
    """Somebody who acts: a signed-in person, a visitor, or the only user of a computer.

    Parameters
    ----------
    login : str
        What the person signs in with; the name in the history. Blank for a visitor.
    name : str
        What others see.
    role : Role
        What the person may do; see `RIGHTS`.
    """

    login: str
    name: str
    role: Role


VISITOR = Person("", "Visitor", Role.VISITOR)
"""Whoever has not signed in."""

THIS_COMPUTER = Person("this-computer", "This computer", Role.ADMINISTRATOR)
"""Whoever sits at a computer on which sign-in is off, or at its command line; may do everything, for the files are theirs."""


class NotAllowed(CatalogueError):
    """A person asked for what their role does not grant."""


def may(person: Person, action: Action) -> bool:
    """Whether a person may do something; what is not granted is refused."""
    return action in RIGHTS.get(person.role, frozenset())


def require(person: Person, action: Action) -> None:
    """Let a person go on, or refuse.

    Raises
    ------
    NotAllowed
        When the person's role does not grant the action; the message names what is missing and who can help.
    """
    if may(person, action):
        return
    what = ACTION_WORDS.get(action, Message(action))
    if person.role == Role.VISITOR:
        raise NotAllowed(message("Sign in to do this: {what}.", what=what))
    raise NotAllowed(
        message(
            "As a {role} you may not do this: {what}. Ask an administrator for a wider role.",
            role=ROLE_WORDS.get(person.role, Message(person.role)),
            what=what,
        )
    )


ROLE_WORDS: Mapping[Role, Message] = {
    Role.VISITOR: message("visitor"),
    Role.STUDENT: message("student"),
    Role.CATALOGUER: message("cataloguer"),
    Role.CURATOR: message("curator"),
    Role.ADMINISTRATOR: message("administrator"),
}
"""Each role in words for people."""

ACTION_WORDS: Mapping[Action, Message] = {
    "read": message("read the catalogue"),
    "keep_private_notes": message("keep private notes and lists"),
    "see_exact_sites": message("see the exact place of a withheld site"),
    "see_storage": message("see where specimens are stored"),
    "see_history": message("see who changed what"),
    "add": message("add a specimen"),
    "amend": message("change a record"),
    "undo": message("bring back an earlier state of a record"),
    "keep_trees": message("add a tree to the library, and change one’s own"),
    "write_lessons": message("write lessons for a class"),
    "remove": message("remove a record"),
    "bulk_edit": message("change many records at once"),
    "undo_batch": message("undo an import or a change of many records"),
    "edit_trees": message("change and remove anybody’s tree"),
    "import": message("import a file"),
    "withhold_sites": message("withhold the exact place of a site"),
    "share_searches": message("share saved searches with everybody"),
    "describe_collection": message("describe the collection for those who find it"),
    "manage_loans": message("record loans and accessions"),
    "edit_vocabularies": message("edit the lists of allowed words"),
    "manage_people": message("manage people and their roles"),
}
"""Each action in words for people."""
