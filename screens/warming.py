"""What is made ready before the first visitor comes: the database, and the facts that every page needs."""

from catalogue import database, geological_time, taxonomy
from screens.parts import counting


def warm() -> None:
    """Open the database and load what is cached for the life of the process; `screens.serving` has imported the screens.

    A large catalogue is counted while the first pages come already; those that need the count say how far it is.
    """
    geological_time.timescale()
    taxonomy.taxonomy()
    database.engine()
    if counting.is_soon_done():
        counting.count_all()
    else:
        counting.begin()
