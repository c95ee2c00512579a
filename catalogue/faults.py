"""What the database could not do, in words for people: no room on the disk, somebody else writing for too long."""

import sqlite3

from sqlalchemy.exc import DBAPIError

from catalogue.messages import CatalogueError, message


class NotWritten(CatalogueError):
    """What was to be written was not; the catalogue is as it was before."""


def in_words(error: DBAPIError | sqlite3.Error | OSError) -> NotWritten | None:
    """An error of the database or of the disk in words; None when it is none that people can do something about."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).casefold()
    if any(sign in said for sign in _FULL):
        return NotWritten(message("There is no room left on the disk. Nothing was changed. Make room and try again."))
    if any(sign in said for sign in _BUSY):
        return NotWritten(
            message(
                "Somebody else is writing to the catalogue, and it took too long to wait. Nothing was changed. Try again in a moment."
            )
        )
    return None


_FULL = (
    "database or disk is full",
    "disk i/o error",
    "no space left on device",
    "file too large",
    "could not extend file",
)
_BUSY = ("database is locked", "database table is locked", "lock timeout")
