"""`trees.folding`: as many rows as there is room for, the largest groups opened first."""

import random

import pytest

from trees.folding import fold_to_rows
from trees.keys import keyed
from trees.layout import COLLAPSED, lay_out
from trees.reading import read_newick
from trees.survey import Survey, survey
from trees.undated import by_steps


def balanced(levels: int) -> Survey:
    text = "t"
    for _ in range(levels):
        text = f"({text},{text})"
    parts = text.split("t")
    named = "".join(f"{part}t{number}" for number, part in enumerate(parts[:-1])) + parts[-1]
    return survey(by_steps(keyed(read_newick(f"{named};"))))


def rows(known: Survey, folded: frozenset[int]) -> int:
    return sum(not known.children[node] or node in folded for node in visible(known, folded))


def visible(known: Survey, folded: frozenset[int]) -> list[int]:
    found, todo = [], [0]
    while todo:
        node = todo.pop()
        found.append(node)
        if node not in folded:
            todo.extend(known.children[node])
    return found


@pytest.mark.parametrize("room", [2, 7, 40, 100])
def test_no_more_rows_than_there_is_room_and_the_largest_groups_open(room: int) -> None:
    known = balanced(8)
    folded = fold_to_rows(known, room)
    assert room - 1 <= rows(known, folded) <= room
    opened = [node for node in visible(known, folded) if known.children[node] and node not in folded]
    assert min(known.tips[node] for node in opened) * 2 >= max(known.tips[node] for node in folded)


def test_a_tree_that_fits_is_not_folded() -> None:
    known = balanced(5)
    assert fold_to_rows(known, 32) == frozenset()


def test_what_was_opened_is_open_with_all_above_it_and_shows_more() -> None:
    known = balanced(9)
    folded = fold_to_rows(known, 10)
    key = known.keys[max(folded)]
    opened = fold_to_rows(known, 10, [key])
    node = known.numbers[key]
    while node >= 0:
        assert node not in opened
        node = known.parents[node]
    below = [at for at in visible(known, opened) if known.within(at, known.numbers[key])]
    assert len(below) > 20


def test_a_key_that_is_not_there_opens_nothing() -> None:
    known = balanced(6)
    assert fold_to_rows(known, 10, ["Nobody"]) == fold_to_rows(known, 10)


def test_ten_thousand_tips_take_a_window_and_a_fork_of_many_opens_at_the_root() -> None:
    chance = random.Random(3)
    parts = [f"t{number}" for number in range(10_000)]
    while len(parts) > 1:
        one = parts.pop(chance.randrange(len(parts)))
        at = chance.randrange(len(parts))
        parts[at] = f"({parts[at]},{one})"
    dated = by_steps(read_newick(f"{parts[0]};"))
    known = survey(dated)
    layout = lay_out(dated, collapsed=fold_to_rows(known, 90), known=known)
    assert 80 <= layout.rows <= 90
    assert sum(place.tips for place in layout.ends) == 10_000
    assert any(place.kind == COLLAPSED and place.example.startswith("t") for place in layout.ends)
    star = survey(by_steps(read_newick(f"({','.join(f's{number}' for number in range(300))});")))
    assert fold_to_rows(star, 90) == frozenset()
