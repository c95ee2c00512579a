"""The census of a large catalogue as a file beside the database, so that a start of the server need not read a million records anew.

The file is only a shortcut and is never trusted blindly: it names the entry of `touched` it was taken at, with the mark that the database
gave that entry at random, so a file of another database, or of a past that was undone by putting back a copy, is passed over; so is
one of another release or a broken one. What was written since is then read from the database, as always. It is made whole under
another name before it takes its place, so that several servers may write it at once. Where a withheld site lies is
not in it; that is read from the database each time.
"""

import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select
from sqlalchemy.pool import Pool

from catalogue.searching.census import READ, Census, Coded
from catalogue.settings import settings
from catalogue.tables import specimens, touched

MANY = 50_000
"""Records from which on there is a file; fewer are read in less than two seconds."""
_FORM = 1
"""Of the file; one more whenever what is in it, or how it is read from the records, changes."""
_BEHIND = 2_000
"""Entries of `touched` that a file may lie behind before it is written again."""
_ABOUT = "about"
_log = logging.getLogger("bonebed")
_Arrays: TypeAlias = Mapping[str, npt.NDArray[Any]]
_in_file: "WeakKeyDictionary[Pool, int]" = WeakKeyDictionary()
"""For each database the entry of `touched` at which its file was taken."""


def path_of(connection: Connection) -> Path | None:
    """Where the file of a database lies: beside that of SQLite, else in the data folder; None for one in memory."""
    url = connection.engine.url
    if url.get_backend_name() != "sqlite":
        name = sha256(url.render_as_string(hide_password=True).encode()).hexdigest()[:12]
        return settings().data_dir / f"census-{name}.npz"
    return Path(url.database).with_suffix(".census.npz") if url.database and url.database != ":memory:" else None


def load(connection: Connection) -> Census | None:
    """The census that the file holds, if it is one of this database's past; what was written since is not in it."""
    path = path_of(connection)
    if path is None or not path.is_file():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            about = json.loads(arrays[_ABOUT].tobytes())
            if about["form"] != _form() or about["mark"] != _mark(connection, about["touched"]):
                return None
            census = _census(about, arrays)
    except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile) as error:
        _log.warning("The file %s cannot be read and is made anew: %s", path, error)
        return None
    _in_file[connection.engine.pool] = census.touched
    return _with_withheld_sites(connection, census)


def keep(connection: Connection, census: Census) -> None:
    """Write the file of a large catalogue where there is none, or one that lies far behind. It is no loss if that cannot be done."""
    pool, path = connection.engine.pool, path_of(connection)
    before = _in_file.get(pool)
    if path is None or len(census) < MANY or (before is not None and census.touched - before < _BEHIND):
        return
    mark = _mark(connection, census.touched)
    if mark is None:
        return
    _in_file[pool] = census.touched  # also if it fails: the next try is then due when there is more to gain
    about = {"form": _form(), "touched": census.touched, "mark": mark, "values": _values(census)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, {_ABOUT: np.frombuffer(json.dumps(about).encode(), np.uint8), **_arrays(census)})
    except OSError as error:
        _log.warning("The file %s cannot be written; the next start takes longer: %s", path, error)


def _write(path: Path, arrays: _Arrays) -> None:
    """The file in one step: readers see the old one or the new one, and nobody but the server may read it."""
    with NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", delete=False) as file:
        try:
            np.savez(file, allow_pickle=False, **arrays)
            file.close()
            Path(file.name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(file.name).unlink()
            raise


def _mark(connection: Connection, entry: int) -> int | None:
    mark: int | None = connection.scalar(select(touched.c.mark).where(touched.c.id == entry))
    return mark


def _form() -> str:
    """What a file must have been written by to be read: this form, and these columns of the records."""
    return f"{_FORM} { ({name: [str(column) for column in read] for name, read in READ.items()}) }"


def _values(census: Census) -> dict[str, list[Any]]:
    return {name: column.values for name, column in census.coded.items()}


def _arrays(census: Census) -> dict[str, npt.NDArray[Any]]:
    withheld = census.counted["withheld"] > 0
    return {
        "ids": _narrow(census.ids),
        "alive": census.alive,
        **{f"coded {name}": _narrow(column.codes) for name, column in census.coded.items()},
        **{f"counted {name}": _narrow(numbers) for name, numbers in census.counted.items()},
        **{f"measured {name}": np.where(withheld, np.nan, along) for name, along in census.measured.items()},
    }


def _narrow(numbers: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Whole numbers in as few bytes as hold them all."""
    least, most = np.min_scalar_type(int(numbers.min(initial=0))), np.min_scalar_type(int(numbers.max(initial=0)))
    narrow = np.promote_types(least, most)
    return numbers.astype(narrow) if narrow.kind in "iu" else numbers


def _census(about: Mapping[str, Any], arrays: _Arrays) -> Census:
    ids = arrays["ids"].astype(np.int64)
    places = np.full(int(ids.max(initial=0)) + 1, -1, np.int64)
    places[ids] = np.arange(len(ids))
    coded = {name: Coded() for name in about["values"]}
    for name, column in coded.items():
        column.encode(tuple(value) if isinstance(value, list) else value for value in about["values"][name])
    return Census(
        touched=about["touched"],
        ids=ids,
        places=places,
        alive=arrays["alive"],
        coded={name: Coded(column.known, arrays[f"coded {name}"].astype(np.int32)) for name, column in coded.items()},
        counted={
            name.removeprefix("counted "): arrays[name].astype(np.int64)
            for name in arrays
            if name.startswith("counted ")
        },
        measured={name.removeprefix("measured "): arrays[name] for name in arrays if name.startswith("measured ")},
    )


def _with_withheld_sites(connection: Connection, census: Census) -> Census:
    """The census with what the file leaves out; records that were withheld since are read with all else that was touched."""
    column = specimens.c
    asked = select(column.id, column.decimal_latitude, column.decimal_longitude).where(column.is_withheld)
    rows = [row for row in connection.execute(asked) if row[0] < len(census.places) and census.places[row[0]] >= 0]
    if rows:
        at = census.places[[row[0] for row in rows]]
        for number, name in enumerate(("latitude", "longitude"), 1):
            census.measured[name][at] = np.array([row[number] for row in rows], np.float64)
    return census
