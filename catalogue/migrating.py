"""The tables of a database brought to another form by Alembic; apart from `catalogue.database`, for most processes find it in the newest."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to a revision; nothing is done when they are there already."""
    with engine.begin() as connection:
        if revision == "head" and MigrationContext.configure(connection).get_current_revision() == _newest():
            return
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@cache
def _newest() -> str | None:
    """The newest revision; kept, for to find it all migrations are read."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
