"""What goes wrong while a file comes in: killed, a full disk, another writer; nothing is kept by half, and all is told plainly."""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from catalogue import imports, specimens, under_way
from catalogue.database import open_database, reading, writing
from catalogue.exchange import waiting
from catalogue.faults import NotWritten
from catalogue.rights import THIS_COMPUTER
from catalogue.settings import settings
from catalogue.taking_over import Judgement

ROOT = Path(__file__).resolve().parents[2]
ROWS = 6_000
FILE_SIZE = 3_000_000
"""Bytes that a process may write into one file: less than the records need, more than an empty database."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "finds.csv"
    heading = "occurrenceID,basisOfRecord,institutionCode,catalogNumber,scientificName,earliestAgeOrLowestStage\n"
    rows = (f"urn:x:{n},FossilSpecimen,IVPP,V{n},Lufengosaurus huenei,Hettangian\n" for n in range(ROWS))
    file.write_text(heading + "".join(rows), encoding="utf-8")
    return file


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with an empty database in it."""
    monkeypatch.setenv("BONEBED_BUILT_IN_COLLECTION", "false")
    settings.cache_clear()
    open_database(settings().database).dispose()
    return settings().data_dir


def importing(file: Path, **more: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "catalogue", "import", str(file), "--json"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,  # type: ignore[call-overload]
    )


def check_nothing_kept(home: Path) -> None:
    engine = open_database(settings().database)
    with reading(engine) as connection:
        assert specimens.count(connection) == 0
        assert imports.all_imports(connection) == []
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        names = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))
        assert {"specimens_fts_insert", "touched_insert"} <= names
    engine.dispose()


def test_killed_import_is_told_at_the_next_start(home: Path, file: Path, caplog: pytest.LogCaptureFixture) -> None:
    process = importing(file)
    notes = home / "imports_under_way"
    while not (notes.is_dir() and any(note.stat().st_size for note in notes.iterdir())):
        assert process.poll() is None, process.communicate()
    process.send_signal(signal.SIGSTOP)
    with reading(open_database(settings().database)) as connection:
        assert under_way.unfinished(connection, THIS_COMPUTER) == [], "it is still held"
    process.kill()
    process.communicate()
    check_nothing_kept(home)
    with reading(open_database(settings().database)) as connection:
        (one,) = under_way.unfinished(connection, THIS_COMPUTER)
        assert (one.file_name, one.made_by) == ("finds.csv", THIS_COMPUTER.login)
        under_way.tell_log(connection)
    assert "An import of 'finds.csv' by this-computer" in caplog.text
    said, _ = importing(file).communicate()
    assert json.loads(said)["accepted"] == ROWS
    with reading(open_database(settings().database)) as connection:
        assert under_way.unfinished(connection, THIS_COMPUTER) == [], "the file came in after all"
    assert list(notes.iterdir()) == [], "an import that ends leaves no note"


def test_a_full_disk_is_told_in_one_line_and_changes_nothing(home: Path, file: Path) -> None:
    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))

    process = importing(file, preexec_fn=little_room)
    out, err = process.communicate()
    assert (process.returncode, out) == (3, "")
    assert (
        err.strip()
        .splitlines()[-1]
        .endswith("There is no room left on the disk. Nothing was changed. Make room and try again.")
    )
    assert "Traceback" not in err
    check_nothing_kept(home)
    assert list((home / "imports_under_way").iterdir()) == []


def test_what_waits_lies_in_a_file_without_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system takes such a file away however the program ends."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(waiting, "_IN_MEMORY", 0)
    news = waiting.News()
    judged = [Judgement("accepted", {"occurrence_id": f"x:{number}"}, None) for number in range(3)]
    news.add([], judged[:2])
    news.add([], judged[2:])
    assert news._batches == []
    assert list(tmp_path.iterdir()) == []
    assert [batch.judgements for batch in news.batches()] == [judged[:2], judged[2:]]
    news.close()


def test_another_writer_is_waited_for_and_then_told(database: Engine) -> None:
    if database.dialect.name != "sqlite":
        pytest.skip("PostgreSQL waits as long as it takes")
    other = open_database(str(database.url))
    with database.connect() as waiting:
        waiting.exec_driver_sql("PRAGMA busy_timeout = 50")
        assert waiting.scalar(text("PRAGMA busy_timeout")) == 50
    with writing(other), pytest.raises(NotWritten, match="Somebody else is writing"), writing(database):
        pass
    other.dispose()
