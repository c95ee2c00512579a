"""`trees.clade_names` and `trees.slanted_names`: names of clades touch nothing."""

import random
import re
from itertools import combinations
from xml.etree import ElementTree

import pytest

from catalogue.geological_time import timescale
from trees.clade_names import DROP, RISE
from trees.dating import DatedTree, date_tree
from trees.drawing import draw
from trees.ground import Box
from trees.lettering import text_width
from trees.library import built_in_tree
from trees.look import Look
from trees.ranges import TaxonRange, published_ranges
from trees.reading import read_newick
from trees.sheet import Form

SVG = "{http://www.w3.org/2000/svg}"
_WAY = re.compile(r"M([\d.]+) ([\d.]+)(?:H([\d.]+)|V([\d.]+)|L([\d.]+) ([\d.]+))")


def random_tree(tips: int, seed: int) -> DatedTree:
    """Any shape, with long and short names for all clades, and forks of more than two."""
    chance = random.Random(seed)
    parts = [f"t{number}" for number in range(tips)]
    while len(parts) > 1:
        held = [parts.pop(chance.randrange(len(parts))) for _ in range(min(len(parts), chance.choice((2, 2, 2, 3, 5))))]
        parts.append(f"({','.join(held)}){chance.choice(('Aves', 'Sauropodomorpha', 'Coelurosauria'))}{len(parts)}")
    ranges = {
        f"t{number}": TaxonRange(f"t{number}", age, age) for number in range(tips) for age in [chance.uniform(66, 230)]
    }
    return date_tree(read_newick(parts[0] + ";"), ranges, chance.choice(("mbl", "basic")))


def names(root: ElementTree.Element) -> list[Box]:
    """What the letters of each name of a clade take."""
    found = []
    for text in root.iter(f"{SVG}text"):
        if text.get("class") == "clade-name":
            x, y = float(text.attrib["x"]), float(text.attrib["y"])
            found.append(Box(x, y - RISE, x + text_width("".join(text.itertext()), 10.5), y + DROP))
    return found


def straight_lines(root: ElementTree.Element) -> list[Box]:
    """The parts of all branches that run along the rows or across them."""
    found = []
    for path in root.iter(f"{SVG}path"):
        if path.get("class") in ("branch", "ghost"):
            for x, y, to_x, to_y, *_ in _WAY.findall(path.attrib["d"]):
                found.append(
                    Box(float(x), min(float(y), float(to_y or y)), float(to_x or x), max(float(y), float(to_y or y)))
                )
    return found


@pytest.mark.parametrize("seed", range(6))
def test_names_touch_neither_lines_nor_ranges_nor_labels_nor_each_other(seed: int) -> None:
    drawing = draw(random_tree(40, seed), Look(width=700), timescale=timescale())
    root = ElementTree.fromstring(drawing.svg)
    bars = []
    for bar in root.iter(f"{SVG}rect"):
        if bar.get("class") == "range":
            x, y, width, height = (float(bar.attrib[key]) for key in ("x", "y", "width", "height"))
            bars.append(Box(x, y, x + width, y + height))
    sheet = drawing.sheet
    labels = [
        Box(start, sheet.y[place.index] - 6, end, sheet.y[place.index] + 6)
        for place, start, end in zip(sheet.layout.ends, sheet.label_starts, sheet.label_ends, strict=True)
    ]
    placed = names(root)
    assert len(placed) > 8
    for name in placed:
        assert not [other for other in (*straight_lines(root), *bars, *labels) if name.meets(other)]
    assert not any(one.meets(other) for one, other in combinations(placed, 2))


@pytest.mark.parametrize("form", ["rectangular", "slanted", "circular"])
def test_names_never_touch_each_other_in_any_form(form: Form) -> None:
    dated = date_tree(built_in_tree().tree, published_ranges(timescale()))
    placed = names(ElementTree.fromstring(draw(dated, Look(form=form), timescale=timescale()).svg))
    assert len(placed) > 6
    assert not any(one.meets(other) for one, other in combinations(placed, 2))


def test_a_shorter_text_is_taken_where_the_longer_has_no_room(dinosaurs: DatedTree) -> None:
    for form in ("rectangular", "slanted"):
        look = Look(
            form=form,
            width=500,
            labels={"Avialae": "a second name that is a good deal too long for so small a clade" * 4},
        )
        svg = draw(dinosaurs, look, timescale=timescale()).svg
        written = re.findall(r'class="clade-name"[^>]*>([^<]*)<', svg)
        assert "Avialae" in written
        assert not re.search(r'class="clade-name"[^>]*>Avialae<tspan', svg)


def test_without_room_there_is_no_name() -> None:
    ranges = {name: TaxonRange(name, 10, 9) for name in "ABC"}
    dated = date_tree(read_newick("((A,B)Averylongnameindeed,C);"), ranges)
    assert not names(ElementTree.fromstring(draw(dated, Look(row_height=5), timescale=timescale()).svg))
