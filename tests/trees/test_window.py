"""`trees.window`: what the browser is told beside the drawing."""

import json

from catalogue.geological_time import timescale
from trees.dating import DatedTree
from trees.drawing import draw
from trees.lineages import lineages_through_time
from trees.look import Look
from trees.undated import by_steps
from trees.window import window_of


def test_places_are_those_of_the_marks(dinosaurs: DatedTree) -> None:
    drawing = draw(dinosaurs, Look(to_explore=True, collapsed={"Massopoda"}), timescale=timescale())
    about = json.loads(json.dumps(window_of(drawing, timescale=timescale(), alive=lineages_through_time(dinosaurs))))
    for number, (key, kind, parent, x, _y, start, age, last, tips, name) in enumerate(about["places"]):
        assert f'data-name="{key}" data-n="{number}"' in drawing.svg
        assert name == key
        if parent >= 0:
            assert about["places"][parent][6] == start >= age >= last
        assert abs(about["axis"]["left"] + (about["axis"]["oldest"] - age) * about["axis"]["scale"] - x) < 0.06
        assert (kind == "tip") == (tips == 1)


def test_the_chart_has_the_ranks_that_were_asked_for(dinosaurs: DatedTree) -> None:
    drawing = draw(dinosaurs, Look(to_explore=True, language="zh"), timescale=timescale())
    about = window_of(drawing, timescale=timescale(), ranks=("era", "period"))
    units = about["units"]
    assert isinstance(units, list)
    assert [unit[0] for unit in units if unit[0] == "era"] == ["era", "era"]
    assert "侏罗纪" in [unit[1] for unit in units]
    assert not [unit for unit in units if unit[0] in ("epoch", "age")]


def test_without_dates_there_is_no_chart(dinosaurs: DatedTree) -> None:
    dated = by_steps(dinosaurs.tree)
    about = window_of(draw(dated, Look(to_explore=True), timescale=timescale()), timescale=timescale())
    assert about["units"] == []
    assert about["alive"] is None


def test_a_circle_tells_its_middle(dinosaurs: DatedTree) -> None:
    drawing = draw(dinosaurs, Look(to_explore=True, form="circular"), timescale=timescale())
    axis = window_of(drawing, timescale=timescale())["axis"]
    assert isinstance(axis, dict)
    assert drawing.circle is not None
    assert axis["middle"] == drawing.circle.middle
