"""The census that is held for each database, in step with it. The database stays the truth: by the list of `touched` specimens, which triggers
write, it is brought in step before each use, record by record.
"""

import threading
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, func, select
from sqlalchemy.pool import Pool

from catalogue.searching import census_file
from catalogue.searching.census import Census, amended, taken_anew
from catalogue.tables import touched

MOST_TOUCHED = 5_000
"""With more records touched than this, and more than one of fifty, the census is taken anew."""

_held: "WeakKeyDictionary[Pool, Census]" = WeakKeyDictionary()
_taking = threading.Lock()


def last_touched(connection: Connection) -> int:
    """The newest entry of `touched`; it grows whenever a record is written or removed."""
    return connection.scalar(select(func.max(touched.c.id))) or 0


def take_census(connection: Connection) -> Census:
    """The census of the records as this connection sees them.

    The first one of a database reads all records (some 40,000 in a second), or the file that `catalogue.searching.census_file` keeps of a
    large one; later ones read what was touched since.
    """
    pool = connection.engine.pool
    held, newest = _held.get(pool), last_touched(connection)
    if held is not None and held.touched >= newest:
        return held
    if connection.get_execution_options().get("writes", False):
        return _in_step(connection, held, newest)  # what it sees may never be kept, so nobody else may see it
    with _taking:
        held = _held.get(pool)
        if held is None or held.touched < newest:
            held = _held[pool] = _in_step(connection, held, newest)
            census_file.keep(connection, held)
    return held


def is_at_hand(connection: Connection) -> bool:
    """Whether a census is held that needs but few records to be in step: if not, the next one may have to read all of them."""
    held = _held.get(connection.engine.pool)
    return held is not None and last_touched(connection) - held.touched <= _most_touched(held)


def _in_step(connection: Connection, held: Census | None, newest: int) -> Census:
    if held is None:
        held = census_file.load(connection)
    if held is None:
        return taken_anew(connection, newest)
    if held.touched == newest:
        return held
    most = _most_touched(held)
    since = select(touched.c.specimen_id).where(touched.c.id > held.touched).distinct().limit(most + 1)
    ids = list(connection.scalars(since))
    oldest = connection.scalar(select(func.min(touched.c.id))) or 0
    if len(ids) > most or oldest > held.touched + 1:
        return taken_anew(connection, newest)
    return amended(connection, held, ids, newest)


def _most_touched(held: Census) -> int:
    return max(MOST_TOUCHED, len(held) // 50)
