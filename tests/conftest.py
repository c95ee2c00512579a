"""Fixtures for all tests: an empty database each, on SQLite and on PostgreSQL, and a small world of four records."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import hypothesis
import pytest
from argon2 import PasswordHasher
from hypothesis.configuration import set_hypothesis_home_dir
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from catalogue import database as databases
from catalogue import specimens
from catalogue.database import open_database, writing
from catalogue.migrating import migrate
from catalogue.people import passwords
from catalogue.rights import THIS_COMPUTER
from catalogue.settings import settings
from tests.chromium import chromium  # noqa: F401  a fixture for all tests
from tests.databases import UnchangedDatabase, compiling_once
from tests.postgresql import PostgreSQL
from tests.thoroughness import often

set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "bonebed-hypothesis")
hypothesis.settings.register_profile("bonebed", database=None, deadline=None, max_examples=often(100))
hypothesis.settings.load_profile("bonebed")

WITH_POSTGRESQL = os.environ.get("BONEBED_REQUIRE_POSTGRESQL") == "1"


def pytest_report_header() -> str:
    """Says at the start on which databases the tests run."""
    return (
        f"databases: SQLite{' and PostgreSQL' if WITH_POSTGRESQL else '; BONEBED_REQUIRE_POSTGRESQL=1 adds PostgreSQL'}"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out PostgreSQL unless it is asked for, as `.ci/run` does: it doubles every test of the database."""
    if not WITH_POSTGRESQL:
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("postgresql")])
        items[:] = [item for item in items if not item.get_closest_marker("postgresql")]


Fill: TypeAlias = Callable[[Connection], None]
"""Puts something into a database of a former version."""

LUFENGOSAURUS: dict[str, Any] = {
    "basis_of_record": "FossilSpecimen",
    "institution_code": "IVPP",
    "catalog_number": "IVPP V15",
    "verbatim_identification": "Lufengosaurus huenei",
    "earliest_interval": "Hettangian",
    "latest_interval": "Sinemurian",
    "formation": "Lufeng",
    "country_code": "CN",
    "state_province": "Yunnan",
    "locality": "Shawan, Lúfeng",
    "decimal_latitude": 25.1,
    "decimal_longitude": 102.1,
    "translations": {"zh": {"locality": "禄丰沙湾"}},
}


@pytest.fixture(autouse=True)
def _settings_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test touches the database of the person who runs it."""
    monkeypatch.setenv("BONEBED_DATA_DIR", str(tmp_path / "bonebed"))
    monkeypatch.delenv("BONEBED_DATABASE_URL", raising=False)
    monkeypatch.delenv("BONEBED_SIGN_IN", raising=False)
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture(autouse=True)
def _quick_digests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are digested with as little memory and time as can be; how much it takes in earnest is the library's default."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._of_nobody.cache_clear()


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "empty.sqlite3"
    open_database(f"sqlite:///{file}").dispose()
    return file


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server for the session."""
    with tempfile.TemporaryDirectory(prefix="bonebed-pg-", ignore_cleanup_errors=True) as folder:
        server = PostgreSQL(Path(folder) / "data")
        yield server
        server.stop()


@pytest.fixture(scope="session", autouse=True)
def _statements_are_compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(databases, "create_engine", compiling_once())
        yield


@pytest.fixture(autouse=True)
def _new_catalogues_are_copied(_migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue that the code opens where none was is a copy of a migrated file; all migrations take far longer than most tests."""
    really = databases.open_database

    def open_database(url: str) -> Engine:
        of = make_url(url)
        if of.get_backend_name() == "sqlite" and of.database and not Path(of.database).exists():
            shutil.copy(_migrated_file, of.database)
        return really(url)

    monkeypatch.setattr(databases, "open_database", open_database)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def dialect(request: pytest.FixtureRequest) -> str:
    """Each test that asks for a database runs on SQLite and on PostgreSQL."""
    return str(request.param)


@pytest.fixture
def database(dialect: str, request: pytest.FixtureRequest, _migrated_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """A fresh, empty database, which may be kept open and written to by many."""
    if dialect == "sqlite":
        file = shutil.copy(_migrated_file, tmp_path / "test.sqlite3")
        with closing_engine(f"sqlite:///{file}") as engine:
            yield engine
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    with server.fresh() as url, closing_engine(url.render_as_string(hide_password=False)) as engine:
        yield engine


@pytest.fixture(scope="session")
def _unchanged_sqlite(_migrated_file: Path) -> Iterator[UnchangedDatabase]:
    database = UnchangedDatabase(
        f"sqlite:///{shutil.copy(_migrated_file, _migrated_file.with_name('unchanged.sqlite3'))}"
    )
    yield database
    database.close()


@pytest.fixture(scope="session")
def _unchanged_postgresql(postgresql: PostgreSQL) -> Iterator[UnchangedDatabase]:
    with postgresql.fresh() as url:
        database = UnchangedDatabase(url.render_as_string(hide_password=False))
        yield database
        database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def former_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str, Fill], str]]:
    """Makes a database of a former version and fills it, on SQLite and on PostgreSQL; gives its address."""
    if request.param == "sqlite":
        yield partial(_former, f"sqlite:///{tmp_path / 'former.sqlite3'}")
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    with server.fresh(template="template0") as url:
        yield partial(_former, url.render_as_string(hide_password=False))


def _former(url: str, version: str, fill: Fill) -> str:
    engine = create_engine(url, poolclass=NullPool)
    migrate(engine, version)
    with engine.begin() as connection:
        fill(connection)
    engine.dispose()
    return url


@contextmanager
def closing_engine(url: str) -> Iterator[Engine]:
    """A database that is closed afterwards."""
    engine = open_database(url)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(dialect: str, request: pytest.FixtureRequest) -> Iterator[Connection]:
    """A connection to an empty database, in a transaction: to `database` where a test asks for that too, else rolled back in the end."""
    if "database" in request.fixturenames:
        with writing(request.getfixturevalue("database")) as connection:
            yield connection
        return
    unchanged: UnchangedDatabase = request.getfixturevalue(f"_unchanged_{dialect}")
    with unchanged.writing() as connection:
        yield connection


@pytest.fixture
def draft() -> dict[str, Any]:
    """A draft without a fault."""
    return dict(LUFENGOSAURUS)


@pytest.fixture
def small_world(connection: Connection) -> Connection:
    """Four records: two certain dinosaurs of a museum, a doubtful one, and a published bird of another time."""
    for changes in (
        {"occurrence_id": "w:lufengosaurus"},
        {
            "occurrence_id": "w:sinosaurus",
            "catalog_number": "IVPP V34",
            "verbatim_identification": "Sinosaurus triassicus",
            "earliest_interval": "Sinemurian",
            "latest_interval": "",
        },
        {
            "occurrence_id": "w:doubtful",
            "catalog_number": "IVPP V99",
            "verbatim_identification": "cf. Lufengosaurus",
            "earliest_interval": "Toarcian",
            "latest_interval": "",
        },
        {
            "occurrence_id": "w:bird",
            "basis_of_record": "MaterialCitation",
            "institution_code": "",
            "catalog_number": "",
            "verbatim_identification": "Archaeopteryx lithographica",
            "earliest_interval": "Tithonian",
            "formation": "Altmühltal",
            "latest_interval": "",
            "country_code": "DE",
            "state_province": "Bayern",
            "locality": "Solnhofen",
            "translations": {},
        },
    ):
        specimens.add(connection, THIS_COMPUTER, LUFENGOSAURUS | changes)
    return connection
