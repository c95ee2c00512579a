"""`trees.legend`: what the marks mean, as far as they occur."""

from collections.abc import Collection
from xml.etree import ElementTree

from catalogue.geological_time import timescale
from trees.dating import DatedTree
from trees.layout import fit_axis, lay_out
from trees.legend import draw_legend
from trees.sheet import Sheet
from trees.words import WORDS


def legend(
    dated: DatedTree,
    counts: dict[str, int] | None = None,
    collapsed: Collection[str] = frozenset(),
    width: float = 1000,
) -> tuple[ElementTree.Element, float]:
    axis = fit_axis([], oldest=240, youngest=0, left=0, right=480, least=100)
    layout = lay_out(dated, collapsed=collapsed)
    sheet = Sheet(dated, layout, axis, timescale(), "en", WORDS, {}, counts or {}, None, None, 0, 20)
    svg, height = draw_legend(sheet, 100, width)
    return ElementTree.fromstring(svg), height


def words(svg: ElementTree.Element) -> list[str | None]:
    """The last text of each entry; a mark may be a text as well."""
    return [group.findall("text")[-1].text for group in svg.findall("g")]


def test_marks_that_occur(dinosaurs: DatedTree) -> None:
    always = [WORDS["legend_range"], WORDS["legend_ghost"]]
    assert words(legend(dinosaurs)[0]) == [
        *always,
        WORDS["legend_thread"],
        WORDS["legend_living"],
        WORDS["legend_extinct"],
    ]
    counted = words(legend(dinosaurs, counts={"Gallus": 1}, collapsed={"Massopoda"})[0])
    assert counted[-2:] == [WORDS["legend_count"], WORDS["legend_folded"]]


def test_specimens_of_taxa_that_are_not_shown_do_not_count(dinosaurs: DatedTree) -> None:
    assert WORDS["legend_count"] not in words(legend(dinosaurs, counts={"Diplodocus": 3})[0])


def test_a_narrow_legend_takes_more_lines(dinosaurs: DatedTree) -> None:
    assert legend(dinosaurs)[1] == 22
    assert legend(dinosaurs, width=300)[1] == 22 * 4
