"""`python -m trees`: the numbers, and a plain line with status 2 on what cannot be used."""

import json
from pathlib import Path

import pytest

from trees.__main__ import main

TREE = "((A:2,B:1):3,(C:1,(D:1,E:2):1,F:4):2,G_x:1);"
AGES = "taxon,FAD,LAD\nA,100,95\nB,90,85\nC,120,110\nD,80,70\nE,95,95\nF,110,100\nZ,5,4\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    tree, ages = tmp_path / "a.nwk", tmp_path / "ages.csv"
    tree.write_text(TREE, encoding="utf-8")
    ages.write_text(AGES, encoding="utf-8")
    return str(tree), str(ages)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main([*arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_read(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "read", files[0])
    assert (found["trees_found"], found["trees_read"], found["tips"], found["mended"]) == (1, 1, 7, [])


def test_date(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "date", *files)
    assert (found["root_age"], found["tree_length"], found["zero_branches"]) == (120, 80, 4)
    assert found["newick"] == "((A:0,B:10):20,(C:0,(D:15,E:0):25,F:10):0);"
    assert (found["unmatched"], found["unused"]) == (["G_x"], ["Z"])
    assert {tuple(node["tips"]): node["age"] for node in found["node_ages"]}[("D", "E")] == 95  # type: ignore[attr-defined]
    longer = run(capsys, "date", *files, "--method", "equal", "--root-length", "10")
    assert longer["tree_length"] == 137.5
    assert run(capsys, "date", *files, "--method", "ruta", "--root-length", "10")["root_age"] == 130
    assert run(capsys, "date", *files, "--method", "mbl", "--min-branch", "2")["root_age"] == 124


def test_congruence(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "congruence", *files)
    assert (found["SRL"], found["MIG"], found["Gmin"], found["Gmax"], found["MSM"]) == (40, 80, 40, 125, 0.5)


def test_compare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "trees.nwk"
    file.write_text("(((A,B),C),D);(((A,B),D),C);(((A,B),C),D);", encoding="utf-8")
    found = run(capsys, "compare", str(file))
    assert found == {"trees": 3, "strict_clades": 2, "majority_clades": 3, "rf_rooted_first_two": 2}


@pytest.mark.parametrize("arguments", [("read", "none.nwk"), ("date", "tree", "tree"), ("compare", "ages"), ("date", "cladogram", "ages", "--method", "ruta")])  # fmt: skip
def test_bad_input_is_one_plain_line_and_status_2(
    arguments: tuple[str, ...], files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cladogram = tmp_path / "cladogram.nwk"
    cladogram.write_text("((A,B),C);", encoding="utf-8")
    known = {"tree": files[0], "ages": files[1], "cladogram": str(cladogram)}
    assert main([known.get(argument, argument) for argument in arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1


def test_numbers_for_people(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["congruence", *files]) == 0
    assert "MIG: 80.0" in capsys.readouterr().out
