"""All plate models there are: the two that ship with Bonebed, and those that a museum put into its folder of plate models.

A model of a museum is a folder: rotation files of GPlates (``.rot`` or GPML), one file of plate polygons, and ``about.txt`` with title, citation
and licence. It is compiled once, and again when a file changes; what came out is kept in the folder ``cache`` beside it.
"""

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from catalogue.facts import cite, read_facts
from catalogue.messages import Message, message
from catalogue.settings import settings
from maps.errors import MapError
from maps.palaeogeography.gplates import read_plates, read_rotations
from maps.palaeogeography.gpml import GPML
from maps.palaeogeography.models import BUILT_IN, PlateModel, built_in_model
from maps.palaeogeography.plate import Plate
from maps.palaeogeography.rotations import Pole, Rotations
from maps.palaeogeography.tables import needed, read_tables, write_tables

ABOUT = "about.txt"
CACHE = "cache"
POLYGONS = (".geojson", ".json", ".gpkg", ".shp", ".gpml", ".gpmlz")
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_NEEDED = ("title", "citation", "licence")
_log = logging.getLogger("bonebed")


@dataclass(frozen=True)
class About:
    """What is known of a model before it is loaded.

    Parameters
    ----------
    key, title, citation, licence : str
    folder : Path or None
        Where its files are; None for those that ship with Bonebed.
    oldest_ma : float or None
        How far back it reaches; None for as far as its rotations.
    """

    key: str
    title: str
    citation: str
    licence: str
    folder: Path | None = None
    oldest_ma: float | None = None


@dataclass(frozen=True)
class Shelf:
    """The models that can be used, by their keys, and what is wrong with the others."""

    models: dict[str, About]
    troubles: tuple[Message, ...] = field(default=())


def models_folder() -> Path:
    """Where the models of this museum are."""
    return Path(settings().plate_models_dir or settings().data_dir / "plate-models")


def shelf() -> Shelf:
    """All models, those that ship with Bonebed first; a broken one is told of and left out."""
    models = {row["key"]: _built_in(row) for row in read_facts("palaeogeography/models.tsv")}
    troubles = []
    for folder in _folders():
        try:
            about = _about(folder)
            _compiled(about, _stamp(folder))
            models.setdefault(about.key, about)
        except MapError as error:
            troubles.append(message("Plate model “{name}”: {why}", name=folder.name, why=error.message))
    return Shelf(models, tuple(troubles))


def model(key: str) -> PlateModel:
    """A model by its key.

    Raises
    ------
    MapError
        When there is none of that key, or it cannot be used.
    """
    if key in BUILT_IN:
        return built_in_model(key)
    folder = next((folder for folder in _folders() if folder.name == key), None)
    if folder is None:
        raise MapError(
            message("There is no plate model “{key}”. Known are: {known}.", key=key, known=", ".join(shelf().models))
        )
    return _compiled(_about(folder), _stamp(folder))


def _built_in(row: dict[str, str]) -> About:
    return About(row["key"], row["title"], cite(row["reference"]), row["licence"], None, float(row["oldest_ma"]))


def _folders() -> Iterator[Path]:
    try:
        inside = sorted(models_folder().iterdir())
    except OSError:
        return
    yield from (folder for folder in inside if folder.is_dir() and folder.name != CACHE and folder.name[0] != ".")


def _about(folder: Path) -> About:
    if not _KEY.fullmatch(folder.name) or folder.name in BUILT_IN:
        raise MapError(message("The folder's name must be of small letters a to z, figures, - and _, and not that of a model that ships with Bonebed."))  # fmt: skip
    try:
        text = (folder / ABOUT).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MapError(message("{file} is missing or is no text in UTF-8.", file=ABOUT)) from error
    said: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        name, colon, value = line.partition(":")
        if line.strip() and not line.lstrip().startswith("#"):
            if not colon:
                raise MapError(message("{file}, line {number}: expected a name, a colon and a text.", file=ABOUT, number=number))  # fmt: skip
            said[name.strip().lower().replace("license", "licence")] = value.strip()
    missing = [name for name in _NEEDED if not said.get(name)]
    if missing:
        raise MapError(message("{file} lacks the line “{name}: …”.", file=ABOUT, name=missing[0]))
    return About(
        folder.name, said["title"], said["citation"], said["licence"], folder, _reach(said.get("oldest_ma", ""))
    )


def _reach(written: str) -> float | None:
    if not written:
        return None
    try:
        reach = float(written)
    except ValueError:
        reach = -1.0
    if not 0 < reach < 10_000:
        raise MapError(message("{file}: “{value}” is no age in million years.", file=ABOUT, value=written))
    return reach


def _stamp(folder: Path) -> str:
    """Changes whenever a file of the folder does."""
    seen = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in sorted(folder.iterdir())]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


@lru_cache(maxsize=16)
def _compiled(about: About, stamp: str) -> PlateModel:
    assert about.folder is not None
    tables = models_folder() / CACHE / f"{about.key}-{stamp}"
    try:
        poles, plates = read_tables(tables)
    except (OSError, ValueError, KeyError):
        poles, plates = needed(*_read(about.folder))
        _keep(tables, poles, plates)
    rotations = Rotations(poles)
    return PlateModel(
        key=about.key,
        title=about.title,
        citation=about.citation,
        licence=about.licence,
        oldest_ma=min(about.oldest_ma or rotations.oldest_ma, rotations.oldest_ma),
        rotations=rotations,
        plates=plates,
    )


def _read(folder: Path) -> tuple[list[Pole], list[Plate]]:
    files = sorted(folder.iterdir())
    turning = {file: read_rotations(file) for file in files if file.suffix in (".rot", *GPML)}
    polygons = [file for file in files if file.suffix in POLYGONS and not turning.get(file)]
    poles = [pole for of_file in turning.values() for pole in of_file]
    if not poles:
        raise MapError(message("There is no rotation file (.rot, or .gpml with rotations) in the folder."))
    if len(polygons) != 1:
        raise MapError(message("There must be one file of plate polygons ({endings}) in the folder; {n} are there.", endings=", ".join(POLYGONS), n=len(polygons)))  # fmt: skip
    return poles, read_plates(polygons[0])


def _keep(tables: Path, poles: list[Pole], plates: list[Plate]) -> None:
    """Keep what was compiled; where that cannot be written, it is compiled again at the next start."""
    try:
        tables.parent.mkdir(parents=True, exist_ok=True)
        for old in tables.parent.glob(f"{tables.name.rpartition('-')[0]}-{'[0-9a-f]' * 16}_*.tsv"):
            old.unlink()
        write_tables(tables, poles, plates)
    except OSError:
        _log.warning("The compiled plate model cannot be kept in %s.", tables.parent)
