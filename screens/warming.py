"""What is made ready before the first visitor comes: the database, and the facts that every page needs."""

from catalogue import database, geological_time, taxonomy
from catalogue.searching import facets
from catalogue.searching.query import Query


def warm() -> None:
    """Open the database and load what is cached for the life of the process; `screens.serving` has imported the screens."""
    geological_time.timescale()
    taxonomy.taxonomy()
    with database.reading() as connection:
        facets.count(connection, Query())
