"""What the collection is called where it is published, who publishes it, and under which terms: written by a curator in the app.

What nobody wrote is taken from the settings (`BONEBED_DATASET_TITLE` and its neighbours). Who changed what stands in the same history as
the records', under ``collection:1``, and `catalogue.undoing` takes it back there.
"""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import Connection, insert, select, update

from catalogue import history
from catalogue.checking import Draft, InvalidDraft, check_text
from catalogue.messages import CatalogueError, Problem, message
from catalogue.records import Change
from catalogue.rights import Person, require
from catalogue.settings import settings
from catalogue.tables import collection_description

KEY = "collection:1"
"""Under which changes stand in the history: there is one collection."""
LICENSES = ("CC0-1.0", "CC-BY-4.0", "CC-BY-NC-4.0")
"""The terms that GBIF takes, by SPDX's short names."""
_EMAIL = re.compile(r"^[^\s@]+@[^\s@]+$")


class DescriptionChanged(CatalogueError):
    """Somebody else changed the description since it was opened."""


@dataclass(frozen=True)
class Description:
    """The collection in words; blank where nobody said. `version` is 0 before anybody wrote anything."""

    title: str = ""
    description: str = ""
    organization: str = ""
    contact: str = ""
    email: str = ""
    license: str = ""
    version: int = 0


FIELDS = tuple(field.name for field in fields(Description) if field.name != "version")


def written(connection: Connection) -> Description:
    """What curators wrote."""
    row = connection.execute(select(*(collection_description.c[field.name] for field in fields(Description)))).first()
    return Description(**row._mapping) if row is not None else Description()


def described(connection: Connection) -> Description:
    """What goes out: what curators wrote, and where they wrote nothing what is set."""
    ours, chosen = written(connection), settings()
    texts = {name: getattr(ours, name) or getattr(chosen, f"dataset_{name}") for name in FIELDS}
    return Description(**texts, version=ours.version)


def amend(connection: Connection, who: Person, draft: Draft, *, version: int, why: str = "") -> Description:
    """Write the description; what the draft leaves out stays.

    Parameters
    ----------
    connection : Connection
        In a transaction (`catalogue.database.writing`).

    Raises
    ------
    NotAllowed
    InvalidDraft
        With every problem; nothing is written.
    DescriptionChanged
        When it is not of that version any more.
    """
    require(who, "describe_collection")
    before = written(connection)
    if before.version != version:
        raise DescriptionChanged(message("Somebody changed this while you had it open. Look at it again."))
    return _change(connection, before, draft, lambda: history.begin(connection, "amend", who.login, why=why))


def take_back(connection: Connection, edit: int, _key: str, made: list[Change]) -> tuple[str, ...] | None:
    """Take back what an edit did, as a part of another edit; as `catalogue.transactions.take_back`."""
    now = written(connection)
    held = _plain(now)
    back_to = {one.field: one.before for one in made if held[one.field] == one.after}
    _change(connection, now, back_to, lambda: edit)
    return tuple(one.field for one in made if one.field not in back_to) or None


def is_key(key: str) -> bool:
    """Whether a key of the history is that of the description."""
    return key == KEY


def _plain(one: Description) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if name != "version"}


def _change(connection: Connection, before: Description, draft: Draft, begin: Callable[[], int]) -> Description:
    held = _plain(before)
    after = _checked({**held, **draft})
    if after == held:
        return before
    values = {**after, "version": before.version + 1}
    if before.version:
        connection.execute(update(collection_description).values(values))
    else:
        connection.execute(insert(collection_description).values({**values, "id": 1}))
    history.note(connection, begin(), KEY, before.version + 1, held, after)
    return written(connection)


def _checked(draft: Draft) -> dict[str, str]:
    values = {name: str(draft.get(name) or "").strip() for name in FIELDS}
    problems = [problem for name, text in values.items() for problem in check_text(name, text)]
    if values["email"] and not _EMAIL.match(values["email"]):
        said = message(
            "“{written}” is not an e-mail address. Write it as name@museum.org.", written=values["email"][:60]
        )
        problems.append(Problem("email", said))
    if values["license"] and values["license"] not in LICENSES:
        said = message("GBIF takes these terms only: {licenses}.", licenses=", ".join(LICENSES))
        problems.append(Problem("license", said))
    if problems:
        raise InvalidDraft(problems)
    return values
