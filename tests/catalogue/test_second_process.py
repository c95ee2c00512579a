"""A second process does a part of the work, and what it makes comes in the order of the pieces."""

import operator
import pkgutil
from collections.abc import Callable
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

from catalogue import second_process
from catalogue.second_process import shared
from tests.processes import AwaitedProcess


def process(begin: tuple[Callable[..., Any], tuple[Any, ...]]) -> AwaitedProcess:
    return AwaitedProcess(
        begin, alone=lambda piece: ("here", piece), sent=lambda piece: piece, received=lambda _, said: ("there", said)
    )


def test_what_is_made_comes_in_the_order_of_the_pieces() -> None:
    second = process((partial, (operator.mul, 1)))
    made = list(shared(iter(range(1, 100)), second))
    assert [piece for _, piece in made] == list(range(1, 100))
    assert {where for where, _ in made} == {"here", "there"}
    assert second.has_ended


def test_it_helps_where_the_system_allows_no_wider_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_process, "_PIPE", 2**31 - 1)
    made = shared(iter([1]), process((partial, (operator.mul, 1))))
    assert list(made) == [("there", 1)]


def test_what_fails_there_is_made_here() -> None:
    made = shared(count(1), process((partial, (operator.truediv, "no number"))))
    assert list(islice(made, 30)) == [("here", piece) for piece in range(1, 31)]
    made.close()


def test_it_finds_modules_where_this_process_was_told_to_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "of_another_place.py").write_text("def doubled(piece):\n    return 2 * piece\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    made = shared(iter([5]), process((pkgutil.resolve_name, ("of_another_place:doubled",))))
    assert list(made) == [("there", 10)]
