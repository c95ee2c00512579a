"""What is made ready before the first visitor comes: imports, the database, and the facts that every page needs."""

from catalogue import database, facets, geological_time, taxonomy
from catalogue.search import Query
from screens import pages


def warm() -> None:
    """Open the database and load what is cached for the life of the process; the screens are imported with this module."""
    assert pages.PAGES
    geological_time.timescale()
    taxonomy.taxonomy()
    with database.reading() as connection:
        facets.count(connection, Query())
