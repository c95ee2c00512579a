"""`trees.background`: long work that tells how far it is, and ends when asked to."""

import threading

import pytest

from catalogue.messages import message
from trees.background import AT_ONCE, Cancelled, Work
from trees.errors import TreeError
from trees.inference import shortest_trees
from trees.matrices import Character, Matrix

LONG = 30.0
"""Seconds that no test comes near."""


def test_what_the_work_returns_is_its_result() -> None:
    def task(work: Work[int]) -> int:
        work.tell(1, 4, 17)
        return 42

    work = Work(task).start()
    assert work.wait(LONG)
    assert (work.result, work.share, work.best, work.problem) == (42, 0.25, 17, None)


def test_a_refusal_is_kept_for_people() -> None:
    def task(_work: Work[int]) -> int:
        raise TreeError(message("No."))

    work = Work(task).start()
    assert work.wait(LONG)
    assert (str(work.problem), work.result) == ("No.", None)


def test_cancelling_ends_it_at_the_next_word() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def task(work: Work[int]) -> int:
        begun.set()
        go_on.wait(LONG)
        work.tell(1, 2)
        return 1

    work = Work(task).start()
    begun.wait(LONG)
    assert not work.waiting
    work.cancel()
    go_on.set()
    assert work.wait(LONG)
    assert (work.result, work.problem, work.over) == (None, None, True)


def test_only_so_many_run_at_once_and_one_that_waits_can_be_cancelled() -> None:
    go_on = threading.Event()
    held = [Work[bool](lambda _work: go_on.wait(LONG)).start() for _ in range(AT_ONCE)]
    late = Work[int](lambda _work: 1).start()
    assert late.waiting
    late.cancel()
    assert late.wait(LONG)
    assert late.result is None
    go_on.set()
    assert all(work.wait(LONG) for work in held)


def test_the_time_left_is_told_once_something_is_done() -> None:
    work = Work[int](lambda _work: 1)
    assert work.seconds_left is None
    with pytest.raises(Cancelled):
        work.cancel()
        work.check()


def test_a_search_is_stopped_within_a_start_and_keeps_what_it_had() -> None:
    cells = tuple(tuple(str((row * (column + 3) // 2) % 2) for column in range(12)) for row in range(14))
    matrix = Matrix(tuple(f"T{row}" for row in range(14)), cells, (Character(),) * 12)
    beats = []

    def told(done: int, _of: int, _best: int) -> None:
        beats.append(done)

    def pulse(share: float, _length: int) -> bool:
        assert 0 <= share < 1
        return not beats

    found = shortest_trees(matrix, starts=50, progress=told, pulse=pulse)
    assert (found.starts, beats) == (1, [1])
    assert found.trees


def test_a_search_that_is_stopped_in_its_first_start_keeps_the_tree_it_had() -> None:
    cells = tuple(tuple(str((row * (column + 3) // 2) % 2) for column in range(12)) for row in range(14))
    matrix = Matrix(tuple(f"T{row}" for row in range(14)), cells, (Character(),) * 12)
    found = shortest_trees(matrix, starts=5, pulse=lambda share, _length: share == 0)
    assert (found.starts, found.hits, len(found.trees)) == (0, 0, 1)
