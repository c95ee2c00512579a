"""The figure for print: ETE's own drawing with the timescale, as SVG, PDF or PNG.

Qt, with which ETE draws, takes the server down when it is used in its threads. So each figure is drawn by a process of its own
(`trees.figure_worker`), of which at most two run at a time and none for longer than a minute. Where Qt or its libraries are missing, everything
else works, and who asks for a figure is told what to install.

References
----------
Huerta-Cepas, J., Serra, F. and Bork, P. 2016. ETE 3. Molecular Biology and Evolution 33: 1635-1638. doi:10.1093/molbev/msw046
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import BoundedSemaphore, Event
from time import monotonic
from typing import Literal, get_args

from catalogue.geological_time import AgeRange, Timescale
from catalogue.labels.typefaces import chain
from catalogue.messages import CatalogueError, Message, message
from trees.backbone import backbone_of
from trees.colours import INK, ink_on, interval_beginning, legible
from trees.dating import METHODS, DatedTree
from trees.errors import TreeError
from trees.undated import STEPS, has_time
from trees.words import wording

Form = Literal["svg", "pdf", "png"]
FORMS: tuple[Form, ...] = get_args(Form)
COLUMN_MM, PAGE_MM = 84.0, 174.0
"""Widths in mm of a column and of a page, as most journals have them."""
WIDTHS_MM = (40.0, 1000.0)
"""The least and the greatest width in mm that is drawn."""
ROW_MM, HEIGHT_MM = 4.3, 230.0
"""What a tip takes in a figure with rows, and how high a page of a journal is."""
MOST_TIPS = 2000

_AT_ONCE = BoundedSemaphore(2)
_PATIENCE, _LOOK = 60.0, 0.2
"""Seconds: how long a figure may take, and how often to look whether it is still wanted."""
_ROOT = Path(__file__).resolve().parent.parent
_WORKER = ("-m", "trees.figure_worker")
_INSTALL = message(
    "The figure is drawn by Qt, which is not complete here. Whoever runs Bonebed can install it: "
    "pip install PyQt5, and on Debian apt-get install libgl1 libfontconfig1 libglib2.0-0."
)


class NoFigure(CatalogueError):
    """The figure could not be drawn."""


class Stopped(NoFigure):
    """Somebody stopped the drawing."""


def draw_figure(
    dated: DatedTree,
    form: Form,
    *,
    timescale: Timescale,
    circular: bool = False,
    width_mm: float = PAGE_MM,
    title: str = "",
    language: str = "en",
    labels: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    news: Mapping[str, Sequence[str]] | None = None,
    stop: Event | None = None,
) -> bytes:
    """Draw a tree for print.

    Parameters
    ----------
    dated : DatedTree
        Also one of `trees.undated`: by its branch lengths, with a bar of a round length, or by its branching alone, without an axis.
    form : {"svg", "pdf", "png"}
        A PNG has 300 dots per inch.
    timescale : Timescale
        Whose periods and epochs lie behind it.
    circular : bool
        Whether time runs outwards from the middle.
    width_mm : float
        Of the figure; letters keep their size of 7 points.
    title : str
        Above it; none when blank.
    language : str
        Of the names of intervals: ``en`` or ``zh``.
    labels : mapping of str to str
        A second name by tip.
    names : mapping of str to str
        Translations of the templates in `trees.words.WORDS`.
    news : mapping of str to sequence of str
        Names of the new features on the branch to a clade: a number there, and what it stands for in the legend.
    stop : Event, optional
        Set by another thread, it ends the drawing.

    Raises
    ------
    Stopped
        When `stop` was set.
    TreeError
        When the tree has too many tips for a page.
    NoFigure
        When Qt is missing or the drawing failed or took too long: what can be done.
    """
    if len(dated.ranges) > MOST_TIPS:
        raise TreeError(
            message("A figure holds up to {most} tips; this tree has {tips}. Choose a clade.", most=MOST_TIPS, tips=len(dated.ranges))
        )  # fmt: skip
    if find_spec("PyQt5") is None:
        raise NoFigure(_INSTALL)
    task = _task(dated, timescale, language, labels or {}) | {
        "news": _news(dated, news or {}),
        "form": form,
        "circular": circular,
        "width_mm": width_mm,
        "title": title,
        "words": wording(names),
        "fonts": list(dict.fromkeys(str(face.path) for style in ("regular", "italic") for face in chain(style))),
    }
    stop = stop or Event()
    with tempfile.TemporaryDirectory(prefix="bonebed-figure-") as folder, _turn(stop):
        file = Path(folder) / f"figure.{form}"
        _run(json.dumps(task | {"file": str(file)}), folder, stop)
        if not file.exists():
            raise NoFigure(_INSTALL)
        return file.read_bytes()


@contextmanager
def _turn(stop: Event) -> Iterator[None]:
    """Wait until fewer than two figures are being drawn."""
    while not _AT_ONCE.acquire(timeout=_LOOK):
        _end_if(stop)
    try:
        yield
    finally:
        _AT_ONCE.release()


def _end_if(stop: Event) -> None:
    if stop.is_set():
        raise Stopped(message("The drawing was stopped."))


def _run(task: str, folder: str, stop: Event) -> None:
    """Let the worker draw, and look now and then whether it is still wanted; it never outlives this call."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": folder, "PYTHONPATH": str(_ROOT)}
    # By way of a file: a pipe that is left after a while is not filled further, and a large tree would wait for ever.
    given = Path(folder) / "task.json"
    given.write_text(task, encoding="utf-8")
    with (
        given.open(encoding="utf-8") as asked,
        subprocess.Popen(  # noqa: S603  our own module, and nothing that anybody typed
            [sys.executable, *_WORKER],
            stdin=asked,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=_ROOT,
            env=environment,
        ) as worker,
    ):
        try:
            said = _wait(worker, stop)
        finally:
            worker.kill()
    if worker.returncode != 0:
        raise NoFigure(_why(said))


def _wait(worker: subprocess.Popen[str], stop: Event) -> str:
    """What the worker said on standard error when it ended."""
    until = monotonic() + _PATIENCE
    while monotonic() < until:
        try:
            return worker.communicate(timeout=_LOOK)[1]
        except subprocess.TimeoutExpired:
            _end_if(stop)
    raise NoFigure(message("The figure took longer than {seconds} seconds.", seconds=int(_PATIENCE)))


def _why(said: str) -> Message:
    last = next((line for line in reversed(said.splitlines()) if line.strip()), "")
    if "ImportError" in said or "platform plugin" in said or not last:
        return _INSTALL
    return message("The figure could not be drawn: {why}.", why=last.strip()[:300])


def _task(dated: DatedTree, timescale: Timescale, language: str, labels: Mapping[str, str]) -> dict[str, object]:
    shape, nodes = backbone_of(dated.tree)
    youngest = min(known.last_appearance for known in dated.ranges.values())
    timed = has_time(dated)
    return {
        "parents": list(shape.parents),
        "ages": [node.age for node in nodes],
        "names": [node.name for node in nodes],
        "tips": [
            {
                "last": dated.ranges[name].last_appearance,
                "living": timed and dated.ranges[name].living,
                "color": _color(timescale, dated.ranges[name].first_appearance) if timed else INK,
                "second": labels.get(name, ""),
            }
            for name in shape.tip_names
        ],
        "ghosts": [node.ghost > 0 for node in nodes],
        "youngest": youngest,
        "fossils": dated.method in METHODS,
        "axis": "time" if timed else "none" if dated.method == STEPS else "lengths",
        "intervals": [
            {
                "rank": rank,
                "name": unit.label(language),
                "older": min(unit.span.max_ma, dated.root_age),
                "younger": max(unit.span.min_ma, youngest),
                "color": unit.color,
                "ink": ink_on(unit.color),
            }
            for rank in ("period", "epoch")
            if timed
            for unit in timescale.of_rank(rank, AgeRange(dated.root_age, youngest))
        ],
    }


def _news(dated: DatedTree, news: Mapping[str, Sequence[str]]) -> list[tuple[int, str]]:
    """The number of each clade with something new, in the order of the figure, and what it is."""
    _shape, nodes = backbone_of(dated.tree)
    return [
        (number, "; ".join(news[node.name]))
        for number, node in enumerate(nodes)
        if node.children and news.get(node.name)
    ]


def _color(timescale: Timescale, age_ma: float) -> str:
    unit = interval_beginning(timescale, age_ma)
    return legible(unit.color) if unit else INK
