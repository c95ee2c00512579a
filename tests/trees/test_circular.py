"""`trees.circular`: time as a radius, labels that are never cut, and no mark off its age."""

import math
import re
from collections.abc import Callable, Collection
from xml.etree import ElementTree

import pytest

from catalogue.geological_time import timescale
from trees.dating import DatedTree, date_tree
from trees.drawing import Drawing, draw
from trees.layout import CLADE
from trees.library import built_in_tree
from trees.look import Look
from trees.ranges import published_ranges
from trees.undated import by_steps

SVG = "{http://www.w3.org/2000/svg}"
Drawn = Callable[..., Drawing]


@pytest.fixture
def drawn(dinosaurs: DatedTree) -> Drawn:
    def drawn(width: float = 700, collapsed: Collection[str] = (), language: str = "en") -> Drawing:
        look = Look(form="circular", width=width, collapsed=collapsed, language=language, to_explore=True)
        return draw(dinosaurs, look, timescale=timescale())

    return drawn


def test_a_radius_is_an_age(drawn: Drawn) -> None:
    drawing = drawn()
    circle, axis = drawing.circle, drawing.sheet.axis
    assert circle is not None
    for place in drawing.sheet.layout.places:
        x, y = drawing.spot(place)
        radius = math.hypot(x - circle.middle[0], y - circle.middle[1])
        assert radius == pytest.approx(circle.core + (axis.oldest - place.age) * circle.scale)


def test_rings_end_where_periods_do(drawn: Drawn) -> None:
    drawing = drawn()
    circle = drawing.circle
    assert circle is not None
    rings = {
        str(ring.findtext(f"{SVG}title")).split(",")[0]: ring
        for ring in ElementTree.fromstring(drawing.svg).iter(f"{SVG}circle")
        if ring.get("class") == "band"
    }
    jurassic, unit = rings["Jurassic"], timescale()["Jurassic"]
    outer = float(jurassic.attrib["r"]) + float(jurassic.attrib["stroke-width"]) / 2
    assert outer == pytest.approx(circle.core + (drawing.sheet.axis.oldest - unit.span.min_ma) * circle.scale, abs=0.02)
    assert jurassic.get("stroke") == unit.color


@pytest.mark.parametrize("width", [200, 700])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_labels_stay_on_the_sheet(width: float, language: str) -> None:
    dated = date_tree(built_in_tree().tree, published_ranges(timescale()))
    labels = dict.fromkeys(dated.ranges, "a rather long second name")
    drawing = draw(dated, Look(form="circular", width=width, labels=labels, language=language), timescale=timescale())
    turned = re.compile(r"translate\(([\d.-]+) ([\d.-]+)\) rotate\(([\d.-]+)\)")
    ends = 0
    for group in ElementTree.fromstring(drawing.svg).iter(f"{SVG}g"):
        found = turned.match(group.get("transform", ""))
        if found:
            x, y, angle = (float(part) for part in found.groups())
            hit = next(box for box in group.iter(f"{SVG}rect") if box.get("class") == "hit")
            reach = float(hit.attrib["x"]) + float(hit.attrib["width"])
            assert 0 <= x + reach * math.cos(math.radians(angle)) <= drawing.width
            assert 0 <= y + reach * math.sin(math.radians(angle)) <= drawing.height
            ends += 1
    assert ends == len(dated.ranges)


def test_labels_of_the_left_half_are_turned_around(drawn: Drawn) -> None:
    drawing = drawn()
    root = ElementTree.fromstring(drawing.svg)
    for place in drawing.sheet.layout.ends:
        group = next(group for group in root.iter(f"{SVG}g") if group.get("data-name") == place.key)
        label = next(text for text in group.iter(f"{SVG}text") if text.get("class") == "label")
        assert drawing.circle is not None
        left = drawing.spot(place)[0] < drawing.circle.middle[0] - 1
        assert (label.get("transform") == "rotate(180)") is left


def test_folded_clades_and_forks_to_fold(drawn: Drawn) -> None:
    svg = drawn(collapsed={"Theropoda"}).svg
    assert 'class="fan" data-fold="Theropoda"' in svg
    assert svg.count('class="joint') == sum(
        place.kind == CLADE and place.parent >= 0 for place in drawn(collapsed={"Theropoda"}).sheet.layout.places
    )


def test_a_cladogram_has_no_rings() -> None:
    drawing = draw(by_steps(built_in_tree().tree), Look(form="circular"), timescale=timescale())
    assert not re.search('class="(band|ring|ring-name|range|ghost)"', drawing.svg)
    assert drawing.svg.count('class="tip plain"') == drawing.sheet.layout.places[0].tips
