"""What is made ready before the first visitor comes: imports, the database, and the facts that every page needs."""

from catalogue import database, geological_time, specimens, taxonomy
from screens import navigation


def warm() -> None:
    """Import every screen and load what is cached for the life of the process."""
    navigation.load_pages()
    geological_time.timescale()
    taxonomy.taxonomy()
    with database.reading() as connection:
        specimens.count(connection)
