"""`catalogue.exchange.noted_rows`: notes on many rows in little memory say on which rows they stand."""

import tracemalloc

import pytest

from catalogue.exchange.noted_rows import MOST_ALIKE, NotedRows
from catalogue.messages import Message, message

SEA, SWAPPED = message("It lies in the sea."), message("It seems swapped.")


def unknown(value: str) -> Message:
    """A note with a particular."""
    return message("“{value}” is not known.", value=value)


def noted(*rows: tuple[int, list[Message]]) -> NotedRows:
    """Notes on some rows, added in this order."""
    made = NotedRows()
    for number, notes in rows:
        made.add(number, notes)
    return made


def test_notes_are_counted_by_their_words_with_the_most_frequent_first() -> None:
    made = noted((2, [unknown("Lufengian")]), (3, [SEA]), (4, []), (5, [SEA, unknown("Lufengian")]), (6, [SEA]))
    assert made.counted() == ((SEA, 3), (unknown("Lufengian"), 2))
    assert made.first_rows(2) == {str(SEA): [3, 5], str(unknown("Lufengian")): [2, 5]}
    assert [*made.first_rows(1)] == [str(SEA), str(unknown("Lufengian"))]
    assert len(made) == 4
    assert (made.of(4), made.of(5), made.of(7)) == ([], [unknown("Lufengian"), SEA], [])


def test_rows_are_told_in_the_order_of_the_file_and_each_note_once() -> None:
    made = noted((9, [SEA]), (3, [SWAPPED, SEA]), (9, [SWAPPED, SEA]), (3, [SEA]))
    in_order = [(3, [SEA, SWAPPED]), (9, [SEA, SWAPPED])]
    assert list(made) == in_order
    assert made.counted() == ((SEA, 2), (SWAPPED, 2))
    made.add(1, [SWAPPED])
    assert list(made) == [(1, [SWAPPED]), *in_order]


def test_alike_are_those_that_tell_the_same() -> None:
    assert noted((3, [SEA]), (2, [SWAPPED])) == noted((2, [SWAPPED]), (3, [SEA]))
    assert noted((3, [SEA])) != noted((3, [SWAPPED]))
    assert noted((3, [SEA])) != noted((4, [SEA]))
    with pytest.raises(TypeError):
        hash(noted())


def test_nothing_noted_is_nothing_told() -> None:
    made = NotedRows()
    assert (list(made), made.counted(), made.first_rows(20), len(made), made.of(2)) == ([], (), {}, 0, [])


def test_of_very_many_notes_that_differ_in_their_particulars_the_last_count_as_one() -> None:
    made = noted(*((number, [unknown(str(number)), SEA]) for number in range(1, MOST_ALIKE + 101)))
    others = message("And others like this: {note}", note=unknown("1"))
    assert made.counted()[:2] == ((SEA, MOST_ALIKE + 100), (others, 100))
    assert len(made.counted()) == MOST_ALIKE + 2
    assert made.first_rows(2)[str(others)] == [MOST_ALIKE + 1, MOST_ALIKE + 2]
    assert (made.of(MOST_ALIKE), made.of(MOST_ALIKE + 1)) == ([SEA, unknown(str(MOST_ALIKE))], [SEA, others])


def test_a_note_on_every_row_needs_a_few_bytes_each() -> None:
    made = NotedRows()
    tracemalloc.start()
    try:
        for number in range(20_000):
            made.add(number, [SEA, SWAPPED])
        assert tracemalloc.get_traced_memory()[0] < 20_000 * 20
    finally:
        tracemalloc.stop()
