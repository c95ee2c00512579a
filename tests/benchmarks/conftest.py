"""What several benchmarks use: a large collection that never was, and Bonebed as people start it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from catalogue.database import open_database
from tests.benchmarks import worlds
from tests.benchmarks.sizes import SPECIMENS
from tests.browser.conftest import server as server


@pytest.fixture(scope="session", params=SPECIMENS, ids="{:,} specimens".format)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A filled database on the disk, for all benchmarks that do no more than add a few records."""
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('world') / 'world.sqlite3'}")
    worlds.fill(engine, request.param)
    yield engine
    engine.dispose()
