"""`trees.novelties`: marks for what was new, on the branch where it belongs and in nobody's way."""

import re
from xml.etree import ElementTree

import pytest

from catalogue.geological_time import timescale
from trees.dating import DatedTree
from trees.drawing import Drawing, draw
from trees.look import Look
from trees.outline_list import outline_list
from trees.sheet import Form

Element = ElementTree.Element
SVG = "{http://www.w3.org/2000/svg}"
NEWS = {"Theropoda": ["Hollow bones", "A <wish> bone"], "Avialae": ["Flight"], "Massopoda": ["Long necks"]}


def drawn(dated: DatedTree, form: Form = "rectangular", **more: object) -> Drawing:
    return draw(dated, Look(news=NEWS, form=form, to_explore=True, **more), timescale=timescale())  # type: ignore[arg-type]


def stars(drawing: Drawing) -> dict[str, Element]:
    root = ElementTree.fromstring(drawing.svg)
    return {g.attrib["data-pick"]: g for g in root.iter(f"{SVG}g") if g.get("class") == "novelty" and "data-of" in g.attrib}  # fmt: skip


def foot(star: Element) -> tuple[float, float]:
    """Where a star meets its branch: the foot of its stem, or its middle, which is seven pixels below its upper point."""
    first, *rest = star.iter(f"{SVG}path")
    x, y, down = (float(number) for number in re.findall(r"-?[\d.]+", first.attrib["d"])[:3])
    return x, y + (down if rest else 7)


@pytest.mark.parametrize("form", ["rectangular", "slanted", "circular"])
def test_a_star_stands_in_the_middle_of_its_branch(dinosaurs: DatedTree, form: Form) -> None:
    drawing = drawn(dinosaurs, form)
    places = {place.key: place for place in drawing.sheet.layout.places}
    found = stars(drawing)
    assert set(found) == set(NEWS)
    for key, star in found.items():
        (x, y), (from_x, from_y) = (
            drawing.spot(place) for place in (places[key], drawing.sheet.layout.places[places[key].parent])
        )
        if form == "circular":
            assert drawing.circle is not None
            middle, star_at = drawing.circle.middle, foot(star)
            near, far, at = (
                sum((one - other) ** 2 for one, other in zip(point, middle, strict=True)) ** 0.5
                for point in ((from_x, from_y), (x, y), star_at)
            )
            assert at == pytest.approx((near + far) / 2, abs=0.05)
        else:
            assert foot(star) == pytest.approx(((from_x + x) / 2, y if form == "rectangular" else (from_y + y) / 2), abs=0.02)  # fmt: skip


def test_stars_move_neither_the_axis_nor_any_label(dinosaurs: DatedTree) -> None:
    plain = draw(dinosaurs, Look(to_explore=True), timescale=timescale())
    marked = drawn(dinosaurs)
    assert marked.sheet.axis == plain.sheet.axis
    labels = r'<text class="label" [^>]*>'
    assert re.findall(labels, marked.svg) == re.findall(labels, plain.svg)


def test_several_features_share_a_star_and_are_heard_with_their_clade(dinosaurs: DatedTree) -> None:
    drawing = drawn(dinosaurs)
    star = stars(drawing)["Theropoda"]
    assert star.attrib["data-new"].split("\n") == NEWS["Theropoda"]
    assert "".join(star.itertext()) == "2"
    for markup in (drawing.svg, outline_list(drawing.sheet)):
        assert "new on the branch to it: Hollow bones; A &lt;wish&gt; bone" in markup


def test_a_star_is_folded_away_with_its_clade_and_stays_on_a_folded_one(dinosaurs: DatedTree) -> None:
    assert set(stars(drawn(dinosaurs, collapsed={"Theropoda"}))) == {"Theropoda", "Massopoda"}


def test_the_way_to_the_living_stands_out_until_something_is_chosen(dinosaurs: DatedTree) -> None:
    drawing = drawn(dinosaurs)
    assert [place.name for place in drawing.sheet.thread] == ["Saurischia", "Eusaurischia", "Theropoda", "Avialae"]
    assert drawing.svg.count('class="thread" d="M') == 2  # the way and its sign in the legend
    assert 'class="thread"' not in drawn(dinosaurs, selected="Gallus").svg


def test_the_end_of_the_cretaceous_lies_on_the_axis(dinosaurs: DatedTree) -> None:
    drawing = drawn(dinosaurs)
    line = re.search(r'class="extinction" d="M([\d.]+) ', drawing.svg)
    assert line is not None
    assert float(line[1]) == pytest.approx(drawing.sheet.axis.x(66), abs=0.01)
