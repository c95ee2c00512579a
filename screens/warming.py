"""What is made ready before the first visitor comes: the database, and the facts that every page needs."""

import threading

from catalogue import database, geological_time, specimens, taxonomy
from catalogue.searching import facets
from catalogue.searching.query import Query
from maps import located
from screens.parts import who

_SOON_COUNTED = 50_000
"""Records that are counted in about a second; with more of them the first page does not wait for it."""


def warm() -> None:
    """Open the database and load what is cached for the life of the process; `screens.serving` has imported the screens."""
    geological_time.timescale()
    taxonomy.taxonomy()
    with database.reading() as connection:
        large = specimens.count(connection) > _SOON_COUNTED
    if large:
        threading.Thread(target=_count, daemon=True).start()
    else:
        _count()


def _count() -> None:
    """Count all records once, and see where they lie; the first search and the first map of a large catalogue would take so long else."""
    with database.reading() as connection:
        facets.count(connection, Query())
        located.find(connection, Query(), who.of_cookies({}))
