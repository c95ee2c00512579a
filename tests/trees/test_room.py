"""`trees.room`: rows that move apart for pictures, against the plain rule that nothing may meet anything."""

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thoroughness import often
from trees.dating import DatedTree, date_tree
from trees.ground import Box
from trees.layout import Place, fit_axis, lay_out
from trees.model import Tree
from trees.ranges import TaxonRange
from trees.room import Frame, Plate, Spread, line_boxes, spread_rows

LEAST = 4.0


def frame_of(dated: DatedTree, height: float, taken: tuple[Box, ...] = ()) -> Frame:
    axis = fit_axis([], oldest=dated.root_age, youngest=0, left=0, right=700, least=100)
    return Frame(lay_out(dated), axis, 10, 10 + height, taken)


def tip(frame: Frame, name: str) -> Place:
    place = frame.layout.find(name)
    assert place is not None
    return place


def plate(width: float, height: float, worth: float = 0.0) -> Plate:
    return Plate("one", (Box(9, -height / 2, 9 + width, height / 2),), worth)


def put(frame: Frame, room: Spread) -> list[Box]:
    places = frame.layout.places
    return [
        box
        for index, found in room.plates.items()
        for box in found.at(frame.axis.x(places[index].youngest), room.y[index])
    ]


def assert_nothing_meets(frame: Frame, room: Spread) -> None:
    boxes = put(frame, room)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]
    for _, line in line_boxes(frame, room.y):
        assert not [box for box in boxes if box.meets(line)]
    for box in boxes:
        assert frame.top - 1e-6 <= box.top
        assert box.bottom <= frame.bottom + 1e-6
        assert not any(box.meets(taken) for taken in frame.taken)


def test_without_plates_rows_share_the_height(dinosaurs: DatedTree) -> None:
    room = spread_rows(frame_of(dinosaurs, 120), [], LEAST)
    assert room.row_height == 20
    assert [room.y[place.index] for place in lay_out(dinosaurs).ends] == [20, 40, 60, 80, 100, 120]


def test_rows_move_apart_as_far_as_it_takes(dinosaurs: DatedTree) -> None:
    frame = frame_of(dinosaurs, 120)
    room = spread_rows(frame, [(tip(frame, "Eoraptor"), [plate(300, 60)])], LEAST)
    assert room.plates
    assert LEAST <= room.row_height < 20
    assert_nothing_meets(frame, room)


def test_what_has_no_room_is_left_out(dinosaurs: DatedTree) -> None:
    frame = frame_of(dinosaurs, 120)
    room = spread_rows(frame, [(tip(frame, "Eoraptor"), [plate(300, 130)])], LEAST)
    assert room.plates == {}
    assert room.row_height == 20


def test_the_most_wanted_comes_first(dinosaurs: DatedTree) -> None:
    frame = frame_of(dinosaurs, 90)
    pair = [(tip(frame, name), [plate(600, 60)]) for name in ("Sinosaurus", "Lufengosaurus")]
    for wanted in (pair, pair[::-1]):
        assert list(spread_rows(frame, wanted, LEAST).plates) == [wanted[0][0].index]


def test_a_large_plate_must_be_worth_its_room(dinosaurs: DatedTree) -> None:
    frame = frame_of(dinosaurs, 60)
    large, small = plate(300, 34), plate(300, 16)

    def chosen(worth: float) -> list[Plate]:
        ways = [plate(300, 34, worth), small]
        return list(spread_rows(frame, [(tip(frame, "Yunnanosaurus"), ways)], LEAST).plates.values())

    assert chosen(100)[0].boxes == large.boxes
    assert chosen(0)[0].boxes == small.boxes


def test_a_plate_grows_where_that_moves_nothing(dinosaurs: DatedTree) -> None:
    frame = frame_of(dinosaurs, 600)
    ways = [plate(100, 80, 1), plate(100, 30)]
    room = spread_rows(frame, [(tip(frame, "Gallus"), ways)], LEAST)
    assert list(room.plates.values()) == ways[:1]


def test_a_plate_across_its_own_lineage_finds_no_place(dinosaurs: DatedTree) -> None:
    frame = frame_of(dinosaurs, 600)
    across = Plate("across", (Box(-50, -5, 0, 5),))
    upon = Plate("upon", (Box(-50, -12, 0, -2),))
    room = spread_rows(frame, [(tip(frame, "Lufengosaurus"), [across, upon])], LEAST)
    assert list(room.plates.values()) == [upon]


@pytest.mark.parametrize("height", [40, 90, 400])
def test_what_is_taken_above_stays_free(dinosaurs: DatedTree, height: float) -> None:
    frame = frame_of(dinosaurs, height, (Box(0, 0, 700, 30),))
    room = spread_rows(frame, [(tip(frame, "Eoraptor"), [plate(80, 20)])], LEAST)
    assert_nothing_meets(frame, room)


def random_tree(tips: int, seed: int) -> DatedTree:
    chance = random.Random(seed)
    nodes = [Tree(name=f"t{number}") for number in range(tips)]
    ranges = {}
    for node in nodes:
        first = chance.uniform(0, 230)
        ranges[node.name] = TaxonRange(node.name, first, max(0.0, first - chance.uniform(0, 40)))
    while len(nodes) > 1:
        chance.shuffle(nodes)
        parent = Tree()
        for _ in range(min(len(nodes), chance.choice([2, 2, 3]))):
            parent.add_child(nodes.pop())
        nodes.append(parent)
    return date_tree(nodes[0], ranges)


@settings(deadline=None, max_examples=often(60))
@given(st.integers(2, 30), st.integers(0, 10_000), st.integers(150, 600))
def test_nothing_ever_meets_anything(tips: int, seed: int, height: int) -> None:
    dated, chance = random_tree(tips, seed), random.Random(seed)
    frame = frame_of(dated, height, (Box(300, 0, 400, 20),))
    wanted = []
    for place in frame.layout.ends:
        wide, high = chance.uniform(20, 150), chance.uniform(10, 60)
        ways = [
            Plate("upon", (Box(-wide, -high - 2, 0, -2), Box(9, -8, 60, 8)), 5),
            *(Plate("behind", (Box(9, -part * high, 9 + wide, (1 - part) * high),)) for part in (0.2, 0.5, 0.9)),
        ]
        wanted.append((place, ways))
    room = spread_rows(frame, wanted, min(LEAST, height / tips))
    assert_nothing_meets(frame, room)
    rows = [room.y[place.index] for place in frame.layout.ends]
    assert rows == sorted(rows)
