"""`catalogue.command_lines`: all four command lines say in one plain line what is wrong with a command, with exit status 2."""

import sys
from collections.abc import Callable, Sequence
from types import SimpleNamespace

import pytest

from catalogue import command_lines
from catalogue.__main__ import main as catalogue
from classroom.__main__ import main as classroom
from maps.__main__ import main as maps
from trees.__main__ import main as trees


@pytest.mark.parametrize(
    ("main", "arguments", "told"),
    [
        (catalogue, ["imprt", "a.csv"], "'imprt'"),
        (catalogue, ["people", "role", "anna"], "required: role. See: python -m catalogue people role --help"),
        (maps, ["position", "--modl", "paleomap"], "--modl"),
        (classroom, [], "required: command. See: python -m classroom --help"),
        (trees, ["date", "a.nwk", "b.csv", "--method", "guess"], "'guess'"),
    ],
)
def test_a_wrong_command_is_one_plain_line_and_status_2(
    capsys: pytest.CaptureFixture[str], main: Callable[[Sequence[str]], int], arguments: list[str], told: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    captured = capsys.readouterr()
    assert (ended.value.code, captured.out, len(captured.err.splitlines())) == (2, "", 1)
    assert told in captured.err


def test_the_seconds_that_are_left_begin_anew_with_the_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    moments = iter([0.0, 60.0, 61.0, 61.0, 62.0])
    monkeypatch.setattr(command_lines, "time", SimpleNamespace(monotonic=lambda: next(moments)))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    tell = command_lines.progress()
    assert tell is not None
    for done in (100, 1, 2):
        tell(done, 100)
    assert capsys.readouterr().err.split("\r")[1:] == ["100 % · 0 s left \n", "  1 % · 0 s left ", "  2 % · 49 s left "]
