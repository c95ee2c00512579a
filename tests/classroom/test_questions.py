"""`classroom.questions`: one right answer that follows from the data, the same for the same number, and never a hidden name in sight."""

from itertools import pairwise

import numpy as np
import pytest

from catalogue.geological_time import timescale
from classroom.questions import HIDDEN, KINDS, MapFigure, OrderFigure, Question, TreeFigure, World, make_questions
from maps.palaeogeography.models import built_in_model
from tests.classroom.worlds import made_world
from trees.model import tip_names

SEEDS = range(40)


@pytest.fixture(scope="module")
def world() -> World:
    return made_world("en")


def asked(world: World, kind: str) -> list[Question]:
    found = [one for seed in SEEDS for one in make_questions(world, seed, (kind,), 1)]  # type: ignore[arg-type]
    assert len(found) > len(SEEDS) / 2
    return found


def test_a_number_brings_the_same_questions_back_and_another_brings_others(world: World) -> None:
    assert make_questions(world, 7) == make_questions(world, 7)
    assert [one.choices for one in make_questions(world, 7)] != [one.choices for one in make_questions(world, 8)]


def test_all_kinds_take_turns_and_no_question_comes_twice(world: World) -> None:
    made = make_questions(world, 3, count=10)
    assert {one.kind for one in made} == set(KINDS)
    assert len({(one.asks, one.choices) for one in made}) == len(made)


@pytest.mark.parametrize("kind", KINDS)
def test_choices_differ_and_the_right_one_is_among_them(world: World, kind: str) -> None:
    for one in asked(world, kind):
        assert len(set(one.choices)) == len(one.choices) >= 3
        assert 0 <= one.right < len(one.choices)
        assert one.because


def test_the_right_place_of_the_answer_is_no_habit(world: World) -> None:
    assert len({one.right for one in asked(world, "tips")}) == 4


def test_the_right_order_is_that_of_the_ranges_and_nobody_overlaps(world: World) -> None:
    for one in asked(world, "order"):
        assert isinstance(one.figure, OrderFigure)
        spans = dict(one.figure.listed)
        names = one.choices[one.right].split(" → ")
        assert all(spans[old].min_ma > spans[young].max_ma for old, young in pairwise(names))


def test_the_right_period_holds_the_whole_range(world: World) -> None:
    for one in asked(world, "period"):
        name = one.asks.removeprefix("In which period did ").removesuffix(" live?")
        span, period = world.dated.ranges[name], timescale()[one.choices[one.right]].span
        assert period.max_ma >= span.first_appearance and span.last_appearance >= period.min_ma


def test_the_hidden_name_is_not_on_the_tree_and_belongs_there(world: World) -> None:
    for one in asked(world, "tips"):
        assert isinstance(one.figure, TreeFigure)
        shown = tip_names(one.figure.dated.tree)
        assert shown.count(HIDDEN) == 1
        assert set(shown).isdisjoint(one.choices)
        (clade,) = [node for node in world.dated.tree.traverse() if node.children and set(shown) - {HIDDEN} < set(tip_names(node)) and len(tip_names(node)) == len(shown)]  # fmt: skip
        assert set(tip_names(clade)) - set(shown) == {one.choices[one.right]}


def test_the_longest_ghost_is_the_longest(world: World) -> None:
    for one in asked(world, "ghost"):
        assert isinstance(one.figure, TreeFigure)
        ghosts = {node.name: node.ghost for node in one.figure.dated.tree.traverse() if not node.children}
        assert max(ghosts, key=ghosts.__getitem__) == one.choices[one.right]


def test_the_letter_stands_where_the_model_puts_the_find(world: World) -> None:
    for one in asked(world, "site"):
        assert isinstance(one.figure, MapFigure)
        find = next(
            find for find in world.finds if world.place_of(find) in one.asks and world.called(find.genus) in one.asks
        )
        assert find.decimal_longitude is not None and find.decimal_latitude is not None
        (position,) = built_in_model("paleomap").positions(
            np.array([[find.decimal_longitude, find.decimal_latitude]]), [one.figure.age_ma]
        )
        assert one.figure.places[one.right][1:] == pytest.approx((position.longitude, position.latitude))


def test_an_empty_catalogue_asks_less_and_never_fails(world: World) -> None:
    empty = World(world.dated, (), world.model, "en", str, lambda find: "")
    assert {one.kind for one in make_questions(empty, 1, count=10)} == set(KINDS) - {"site"}


def test_the_names_of_genera_are_told_apart_in_every_text() -> None:
    for language in ("en", "zh"):
        for one in make_questions(made_world(language), 5, count=10):
            for text in (one.asks, one.because, *one.choices):
                assert "".join(part for part, _ in one.pieces(text)) == text
            if one.kind == "tips":
                assert all(one.pieces(choice)[0][1] for choice in one.choices)
                assert any(is_name for _, is_name in one.pieces(one.because))
