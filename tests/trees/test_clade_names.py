"""`trees.clade_names`: names of clades touch nothing."""

from itertools import combinations

from trees.clade_names import Box, Ground, place_names
from trees.dating import DatedTree
from trees.layout import CLADE, lay_out
from trees.lettering import text_width


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


def test_names_neither_touch_each_other_nor_what_is_taken(dinosaurs: DatedTree) -> None:
    layout = lay_out(dinosaurs)
    texts = {place.index: [place.name] for place in layout.places if place.kind == CLADE}
    taken = Box(0, 60, 1000, 64)
    captions = place_names(
        layout,
        {place.index: 300 - place.age for place in layout.places},
        {place.index: 20 * place.y + 10 for place in layout.places},
        20,
        texts,
        Ground([taken]),
        0,
    )
    boxes = [
        Box(caption.x, caption.y - 7, caption.x + text_width(caption.text, 10), caption.y)
        for caption in captions.values()
    ]
    assert len(boxes) >= 2
    assert not any(one.meets(other) for one, other in combinations([*boxes, taken], 2))


def test_a_shorter_text_is_taken_where_the_longer_has_no_room(dinosaurs: DatedTree) -> None:
    layout = lay_out(dinosaurs)
    root = layout.places[0]
    captions = place_names(
        layout,
        {root.index: 70},
        {root.index: 20 * root.y},
        20,
        {0: ["A very long name", "Short"]},
        Ground([Box(75, -99, 999, 999)]),
        0,
    )
    assert captions[0].text == "Short"


def test_without_room_there_is_no_name(dinosaurs: DatedTree) -> None:
    layout = lay_out(dinosaurs)
    assert place_names(layout, {0: 70}, {0: 0}, 1, {0: ["Name"]}, Ground([Box(-999, -999, 999, 999)]), 0) == {}
