"""`python -m trees`: the numbers, and a plain line with status 2 on what cannot be used."""

import json
from pathlib import Path

import pytest

from trees.__main__ import main
from trees.dating import DatedTree

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


def test_a_tree_that_is_left_out_of_a_comparison_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "two.nwk"
    file.write_text("((A,B);\n((A,B),C);\n")
    assert main(["compare", str(file), "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["trees"] == 1
    assert said.err == "two.nwk: Tree 1: Line 1, column 7: The tree ends with brackets still open: 1.\n"


def drawn_with(monkeypatch: pytest.MonkeyPatch) -> list[tuple[DatedTree, str, bool, str]]:
    """What is asked of the figure's worker, in its place."""
    asked: list[tuple[DatedTree, str, bool, str]] = []

    def draw_figure(dated: DatedTree, form: str, *, circular: bool, title: str, **_: object) -> bytes:
        asked.append((dated, form, circular, title))
        return b"a figure"

    monkeypatch.setattr("trees.__main__.draw_figure", draw_figure)
    return asked


@pytest.mark.parametrize(
    ("newick", "method", "root"), [("((A:1,B:2):3,C:9);", "lengths", 9), ("((A,B),C);", "steps", 2)]
)
def test_a_tree_without_ages_is_drawn_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, newick: str, method: str, root: float
) -> None:
    asked = drawn_with(monkeypatch)
    tree, out = tmp_path / "tree.nwk", tmp_path / "tree.SVG"
    tree.write_text(newick)
    assert main(["draw", str(tree), "--out", str(out), "--circular", "--title", "Three"]) == 0
    assert out.read_bytes() == b"a figure"
    dated, *wishes = asked[0]
    assert (dated.method, dated.root_age) == (method, root)
    assert wishes == ["svg", True, "Three"]


def test_a_tree_with_ages_is_drawn_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = drawn_with(monkeypatch)
    tree, ages = tmp_path / "tree.nwk", tmp_path / "ages.csv"
    tree.write_text("((A,B),(C,D));")
    ages.write_text("taxon,FAD,LAD\nA,100,90\nB,80,70\nC,120,110\n")
    assert main(["draw", str(tree), str(ages), "--out", str(tmp_path / "f.pdf")]) == 0
    dated, form, *_ = asked[0]
    assert (dated.method, dated.root_age, form) == ("basic", 120, "pdf")
    assert "undated: D" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("newick", "out", "said"),
    [
        ("(A,B);", "tree.jpg", "must end in one of: .svg, .pdf, .png"),
        ("(A,B);", "no/such/folder/tree.svg", "cannot be written"),
        ("(A,B);", "tree.svg --width 5", "must lie between 40 and 1000"),
        ("(A,B", "tree.svg", ""),
    ],
)
def test_a_figure_that_cannot_be_is_one_plain_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    newick: str,
    out: str,
    said: str,
) -> None:
    drawn_with(monkeypatch)
    tree = tmp_path / "tree.nwk"
    tree.write_text(newick)
    out, *more = out.split(" ")
    assert main(["draw", str(tree), "--out", str(tmp_path / out), *more]) == 2
    line = capsys.readouterr().err
    assert said in line
    assert line.count("\n") == 1
    assert not (tmp_path / out).exists()


def test_without_qt_there_is_one_plain_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("trees.figures.find_spec", lambda name: None)
    tree = tmp_path / "tree.nwk"
    tree.write_text("(A,B);")
    assert main(["draw", str(tree), "--out", str(tmp_path / "tree.svg")]) == 2
    assert "PyQt5" in capsys.readouterr().err
