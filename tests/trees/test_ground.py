"""`trees.ground`: what is taken and what is free."""

import math
import random

import numpy as np

from trees.ground import Box, Ground, Taken, boxes_along_arcs, boxes_along_lines, first_free


def test_boxes_that_share_an_edge_do_not_meet() -> None:
    box = Box(0, 0, 10, 10)
    assert box.meets(Box(9, 9, 20, 20))
    assert not box.meets(Box(10, 0, 20, 10))
    assert not box.meets(Box(0, 10, 10, 20))


def test_ground_remembers_what_is_taken_across_strips() -> None:
    ground = Ground([Box(0, 0, 10, 200)])
    assert not ground.free(Box(5, 150, 6, 151))
    assert ground.free(Box(11, 150, 12, 151))
    ground.take(Box(11, 150, 12, 151))
    assert not ground.free(Box(11, 150, 12, 151))
    assert ground.near(Box(11, 160, 12, 161)) == [(150, 151)]


def random_boxes(chance: random.Random, number: int) -> list[Box]:
    corners = [(chance.uniform(-50, 400), chance.uniform(-50, 400)) for _ in range(number)]
    return [Box(x, y, x + chance.uniform(0, 90), y + chance.uniform(0, 90)) for x, y in corners]


def test_meetings_are_those_that_comparing_all_finds() -> None:
    chance = random.Random(2)
    taken, others = random_boxes(chance, 60), random_boxes(chance, 60)
    one, other = Taken(np.array(taken)).meetings(np.array(others))
    met = {(a, b) for a, box in enumerate(others) for b, its in enumerate(taken) if box.meets(its)}
    assert set(zip(one.tolist(), other.tolist(), strict=True)) == met
    assert Taken(np.empty((0, 4))).free(np.array(others)).all()


def test_lines_and_arcs_are_taken_wherever_they_pass() -> None:
    line = boxes_along_lines(np.array([0.0]), np.array([0.0]), np.array([100.0]), np.array([60.0]))
    arc = boxes_along_arcs(50, 50, np.array([40.0]), np.array([0.0]), np.array([math.pi]))
    for share in (0.0, 0.13, 0.5, 0.98):
        x, y = 100 * share, 60 * share
        assert not Taken(line).free(np.array([[x - 0.1, y - 0.1, x + 0.1, y + 0.1]])).any()
        x, y = 50 + 40 * math.cos(math.pi * share), 50 + 40 * math.sin(math.pi * share)
        assert not Taken(arc).free(np.array([[x - 0.1, y - 0.1, x + 0.1, y + 0.1]])).any()
    assert Taken(arc).free(np.array([[49.0, 5, 51, 15]])).all()


def test_the_first_free_way_is_taken_and_keeps_the_next_text_away() -> None:
    here, there = [0.0, 0, 10, 10], [20.0, 0, 30, 10]
    ways = np.array([[here, here, here], [there, there, there]])
    assert first_free(ways, Taken(np.empty((0, 4)))) == {0: tuple(here), 1: tuple(there)}
    assert first_free(ways, Taken(np.array([[5.0, 5, 6, 6]]))) == {0: tuple(there)}
