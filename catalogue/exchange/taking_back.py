"""Undoing an import as a whole, and foretelling it: what goes back, and what stays because people changed it since."""

from sqlalchemy import Connection

from catalogue import undoing
from catalogue.rights import Person
from catalogue.undoing import Undone


def foretell(connection: Connection, who: Person, edit: int) -> Undone:
    """What undoing an edit would do; nothing is kept.

    It is done and taken back, so that it cannot foretell anything else than what will happen.

    Parameters
    ----------
    connection : Connection
        In a transaction (`catalogue.database.writing`).

    Raises
    ------
    NotAllowed, NoSuchEdit, AlreadyUndone
        As for `catalogue.undoing.undo`.
    """
    trial = connection.begin_nested()
    try:
        return undoing.undo(connection, who, edit)
    finally:
        trial.rollback()
