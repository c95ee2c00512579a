"""`catalogue.searching.census_file`: a shortcut that is taken where it leads to the same census, and passed over wherever it might not."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine

from catalogue import specimens
from catalogue.database import reading, writing
from catalogue.rights import THIS_COMPUTER
from catalogue.searching import census_at_hand, census_file
from catalogue.searching.census import Census, taken_anew
from catalogue.searching.census_at_hand import take_census
from tests.conftest import LUFENGOSAURUS, closing_engine
from tests.withheld import SPECIMEN


@pytest.fixture
def filled(database: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A database of three records, one of a withheld site, that counts as a large one; its file is written."""
    monkeypatch.setattr(census_file, "MANY", 2)
    for name in ("one", "two"):
        _add(database, name)
    with writing(database) as connection:
        specimens.add(connection, THIS_COMPUTER, SPECIMEN)
    _taken(database)
    return database


@pytest.fixture
def read_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that gets an entry each time when all records are read."""
    times: list[int] = []
    taken = taken_anew

    def watched(*args: Any) -> Census:
        times.append(1)
        return taken(*args)

    monkeypatch.setattr(census_at_hand, "taken_anew", watched)
    return times


def _add(engine: Engine, name: str) -> None:
    with writing(engine) as connection:
        numbered = {"occurrence_id": f"w:{name}", "catalog_number": f"LFGT {len(name)}-{name}"}
        specimens.add(connection, THIS_COMPUTER, {**LUFENGOSAURUS, **numbered})


def _taken(engine: Engine) -> Census:
    with reading(engine) as connection:
        return take_census(connection)


def _as_after_a_start(engine: Engine) -> Census:
    census_at_hand._held.pop(engine.pool, None)
    census_file._in_file.pop(engine.pool, None)
    return _taken(engine)


def _path(engine: Engine) -> Path:
    with reading(engine) as connection:
        path = census_file.path_of(connection)
    assert path is not None
    return path


def _same(one: Census, other: Census) -> bool:
    def shown(of: Census) -> list[Any]:
        places = np.flatnonzero(of.alive).tolist()
        columns = (*of.coded.values(),)
        measured = [numbers[places].tolist() for numbers in (*of.counted.values(), *of.measured.values())]
        return [of.ids[places].tolist(), [[column.value(at) for at in places] for column in columns], str(measured)]

    return shown(one) == shown(other)


def test_after_a_start_nothing_is_read_anew(filled: Engine, read_anew: list[int]) -> None:
    before = _taken(filled)
    after = _as_after_a_start(filled)
    assert not read_anew
    assert after is not before
    assert _same(after, before)


def test_what_was_written_since_is_in_it(filled: Engine, read_anew: list[int]) -> None:
    _add(filled, "three")
    with writing(filled) as connection:
        specimens.remove(connection, THIS_COMPUTER, "w:one", version=1)
    after = _as_after_a_start(filled)
    assert not read_anew
    census_at_hand._held.pop(filled.pool)
    _path(filled).unlink()
    assert _same(after, _taken(filled))
    assert len(read_anew) == 1


def test_a_file_of_a_past_that_was_undone_is_passed_over(
    filled: Engine, read_anew: list[int], tmp_path: Path, dialect: str
) -> None:
    """An older copy is put back, and as many records are written as the file knows: all numbers agree, and the records do not."""
    if dialect != "sqlite":
        pytest.skip("a copy of a file")
    filled.dispose()
    copy = shutil.copy(tmp_path / "test.sqlite3", tmp_path / "copy.sqlite3")
    _add(filled, "lost")
    _as_after_a_start(filled)
    census_file._in_file.pop(filled.pool)
    with reading(filled) as connection:
        census_file.keep(connection, _taken(filled))
    with closing_engine(f"sqlite:///{copy}") as restored:
        shutil.copy(_path(filled), _path(restored))
        _add(restored, "else")
        read_anew.clear()
        found = _taken(restored)
        assert len(read_anew) == 1
        assert found.touched == _taken(filled).touched
        assert found.coded["rest"].value(-1) == "-else"


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04 no archive", None])
def test_a_broken_file_is_made_anew(filled: Engine, read_anew: list[int], broken: bytes | None) -> None:
    path = _path(filled)
    written = path.read_bytes()
    flipped = bytearray(written)
    flipped[written.index(b'"values"')] ^= 0xFF
    path.write_bytes(bytes(flipped) if broken is None else broken)
    found = _as_after_a_start(filled)
    assert len(read_anew) == 1
    assert _same(_as_after_a_start(filled), found)
    assert len(read_anew) == 1


def test_where_a_withheld_site_lies_is_not_in_it(filled: Engine) -> None:
    with reading(filled) as connection:
        held = take_census(connection)
    at = int(np.flatnonzero(held.counted["withheld"])[0])
    with np.load(_path(filled)) as arrays:
        assert np.isnan(arrays["measured latitude"][at])
        assert np.isfinite(np.delete(arrays["measured latitude"], at)).all()
    assert _as_after_a_start(filled).measured["latitude"][at] == SPECIMEN["decimal_latitude"]
    assert _path(filled).stat().st_mode & 0o077 == 0


def test_a_small_catalogue_has_none(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    _path(filled).unlink()
    monkeypatch.setattr(census_file, "MANY", 4)
    _as_after_a_start(filled)
    assert not _path(filled).exists()


def test_a_folder_that_cannot_be_written_to_is_no_loss(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _taken(filled)
    _path(filled).unlink()
    _path(filled).mkdir()
    assert _same(_as_after_a_start(filled), before)
