"""`trees.figures`: the figure for print, drawn by Qt in a process of its own; four at once never harm this one."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from itertools import cycle
from threading import Event, Timer

import pytest
from PIL import Image
from pypdf import PdfReader

from catalogue.geological_time import timescale
from trees import figures
from trees.dating import DatedTree, date_tree
from trees.errors import TreeError
from trees.figures import COLUMN_MM, FORMS, PAGE_MM, Form, NoFigure, Stopped, draw_figure
from trees.model import Tree
from trees.ranges import TaxonRange


@pytest.fixture(scope="module")
def qt() -> None:
    """Skips where Qt or a library of the system that it needs is missing, never where all must be there."""
    try:
        from PyQt5 import QtGui  # noqa: F401
    except ImportError as error:
        if os.environ.get("BONEBED_REQUIRE_BROWSER") == "1":
            pytest.fail(f"Qt is missing: {error}")
        pytest.skip(f"Qt is missing: {error}")


def draw(dated: DatedTree, form: Form, **more: object) -> bytes:
    return draw_figure(dated, form, timescale=timescale(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("circular", [False, True])
def test_an_svg_names_every_tip_and_period(qt: None, dinosaurs: DatedTree, circular: bool) -> None:
    drawn = draw(dinosaurs, "svg", circular=circular, title="Some dinosaurs").decode()
    written = set(re.findall(r"<text[^>]*>\s*([^<]+?)\s*</text>", drawn))
    assert {name for name in dinosaurs.ranges if any(text.startswith(name) for text in written)} == set(
        dinosaurs.ranges
    )
    assert "Some dinosaurs" in written
    assert {"Triassic", "Jurassic", "Cretaceous"} <= written or circular
    assert f'width="{PAGE_MM:g}mm"' in drawn[:400]
    assert re.search(r'font-family="[^"]+, serif"', drawn)
    # each text keeps its room in whatever face a browser has, so that none is cut at the edge
    assert len(re.findall(r'<text[^>]* textLength="[\d.]+"', drawn)) == len(re.findall(r"<text[^>]*>[^<]*\S", drawn))


def test_a_pdf_is_as_wide_as_a_column_of_a_journal(qt: None, dinosaurs: DatedTree) -> None:
    for width in (COLUMN_MM, PAGE_MM):
        page = PdfReader(BytesIO(draw(dinosaurs, "pdf", width_mm=width))).pages[0]
        assert float(page.mediabox.width) / 72 * 25.4 == pytest.approx(width, abs=1)


def test_a_png_has_300_dots_an_inch(qt: None, dinosaurs: DatedTree) -> None:
    with Image.open(BytesIO(draw(dinosaurs, "png", width_mm=COLUMN_MM))) as picture:
        assert picture.width == pytest.approx(COLUMN_MM / 25.4 * 300, abs=3)
        assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 10


def test_four_at_once_in_threads_do_not_harm_this_process(qt: None, dinosaurs: DatedTree) -> None:
    begins: dict[Form, bytes] = {"svg": b"<?xml", "pdf": b"%PDF", "png": b"\x89PNG"}
    forms = [form for form, _ in zip(cycle(FORMS), range(4), strict=False)]
    with ThreadPoolExecutor(4) as four:
        drawn = list(four.map(partial(draw, dinosaurs), forms))
    assert [one[: len(begins[form])] for one, form in zip(drawn, forms, strict=True)] == [
        begins[form] for form in forms
    ]


def test_whoever_waits_no_more_stops_it(dinosaurs: DatedTree, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that never answers stands for a figure that takes long."""
    monkeypatch.setattr(figures, "_WORKER", ("-c", "import threading; threading.Event().wait()"))
    monkeypatch.setattr(figures, "find_spec", lambda _name: True)
    stop = Event()
    stopping = Timer(0.1, stop.set)
    stopping.start()
    with pytest.raises(Stopped):
        draw(dinosaurs, "svg", stop=stop)
    stopping.join()


def test_a_figure_that_takes_too_long_is_given_up(dinosaurs: DatedTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "_WORKER", ("-c", "import threading; threading.Event().wait()"))
    monkeypatch.setattr(figures, "find_spec", lambda _name: True)
    monkeypatch.setattr(figures, "_PATIENCE", 0.3)
    with pytest.raises(NoFigure, match="longer than 0 seconds"):
        draw(dinosaurs, "svg")


def test_stopped_before_its_turn(dinosaurs: DatedTree) -> None:
    stop = Event()
    stop.set()
    with figures._turn(Event()), figures._turn(Event()), pytest.raises(Stopped), figures._turn(stop):
        pytest.fail("a third figure was drawn beside two")


def test_where_qt_is_missing_one_is_told_what_to_install(dinosaurs: DatedTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "find_spec", lambda _name: None)
    with pytest.raises(NoFigure, match="pip install PyQt5"):
        draw(dinosaurs, "svg")


def test_a_library_of_the_system_is_missing() -> None:
    said = "Traceback\nImportError: libGL.so.1: cannot open shared object file"
    assert "apt-get install libgl1" in str(figures._why(said))
    assert str(figures._why("Traceback\nValueError: odd")) == "The figure could not be drawn: ValueError: odd."


def test_a_tree_of_hundreds_of_tips(qt: None) -> None:
    """Its task is larger than what a pipe holds."""
    root = Tree()
    for number in range(700):
        root.add_child(name=f"A taxon with a long name {number}")
    dated = date_tree(root, {tip.name: TaxonRange(tip.name, 100, 90) for tip in root.children}, "basic")
    assert draw(dated, "svg").count(b"A taxon with a long name") == 700


def test_a_tree_of_thousands_of_tips_is_no_figure() -> None:
    root = Tree()
    for number in range(2001):
        root.add_child(name=f"t{number}")
    dated = date_tree(root, {f"t{n}": TaxonRange(f"t{n}", 10, 5) for n in range(2001)}, "basic")
    with pytest.raises(TreeError, match="2000 tips; this tree has 2001"):
        draw(dated, "svg")


@pytest.mark.parametrize("circular", [False, True])
def test_the_legend_tells_what_bars_dashes_and_numbers_mean(qt: None, dinosaurs: DatedTree, circular: bool) -> None:
    news = {"Theropoda": ["Hollow bones", "A wishbone"], "Avialae": ["Flight"], "Nobody": ["Nothing"]}
    drawn = draw(dinosaurs, "svg", circular=circular, news=news, title="Some " * 60, width_mm=COLUMN_MM).decode()
    assert 5 < drawn.count(">Some Some") < 20  # lines of a title that is too long for one
    written = re.findall(r"<text[^>]*>\s*([^<]+?)\s*</text>", drawn)
    assert {"known fossils", "lineage without known fossils", "living", "Hollow bones; A wishbone", "Flight"} <= set(
        written
    )
    # each number stands on its branch and in the legend
    assert [written.count(number) for number in "123"] == [2, 2, 0]
    assert "Nothing" not in written
