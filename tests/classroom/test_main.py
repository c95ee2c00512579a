"""`python -m classroom check`: a line for each trouble, and the exit status."""

from pathlib import Path

import pytest

from classroom.__main__ import main

GOOD = "---\ntitle: T\n---\n\n# One\nmap: Jurassic\n\nText.\n"


def test_all_is_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "good.en.md"
    file.write_text(GOOD, encoding="utf-8")
    assert main(["check", str(file)]) == 0
    assert "All is well in 1 files." in capsys.readouterr().out


def test_each_trouble_is_a_line_with_file_step_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.en.md"
    file.write_text(GOOD.replace("Jurassic", "Nowhere"), encoding="utf-8")
    assert main(["check", str(file)]) == 1
    assert f"{file}, step 1, line 5: “Nowhere” is no interval of the chart." in capsys.readouterr().out


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "none.md")]) == 2
    assert "cannot be opened" in capsys.readouterr().err
