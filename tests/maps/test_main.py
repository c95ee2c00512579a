"""`python -m maps`: rows get their palaeocoordinates or a reason, and none is lost."""

import csv
import json
from pathlib import Path

import pytest

from maps import positioning
from maps.__main__ import main

HEAD = "name,longitude,latitude,age_ma\n"


def run(tmp_path: Path, text: str | bytes, *more: str) -> list[dict[str, str]]:
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert main(["position", str(file), "--out", str(out), *more]) == 0
    with out.open(encoding="utf-8", newline="") as written:
        return list(csv.DictReader(written))


def test_rows_get_a_position_or_a_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {
        "25.17,102.08,195": "Are longitude and latitude swapped?",
        "181,10,66": "Longitude 181 is not from -180 to 180.",
        "nan,3,66": "The longitude “nan” is not a number.",
        "10,91,": "The age is blank.",
        "200,100,1": "Latitude 100 is not from -90 to 90.",
        "102.08,25.17,5000": "PALEOMAP reaches from today to 1100 Ma",
        "3": "The latitude is blank.",
    }
    rows = run(tmp_path, HEAD + "Lufeng,102.08,25.17,195\n" + "".join(f"x,{cells}\n" for cells in wrong))
    assert (rows[0]["plate_id"], rows[0]["reason"]) == ("611", "")
    assert float(rows[0]["palaeolatitude"]) == pytest.approx(33.07, abs=0.1)
    for row, why in zip(rows[1:], wrong.values(), strict=True):
        assert (row["palaeolongitude"], row["palaeolatitude"]) == ("", "")
        assert why in row["reason"]
    assert capsys.readouterr().out.splitlines() == ["model: paleomap", "rows: 8", "placed: 1", "not_placed: 7"]


def test_poles_and_date_line_have_a_position(tmp_path: Path) -> None:
    rows = run(tmp_path, HEAD + "S,0,-90,100\nE,180,-17.0,0\nW,-180,-17.0,0\n")
    assert rows[0]["plate_id"] == "802"
    assert [row["palaeolatitude"] for row in rows[1:]] == ["-17.0000"] * 2


def test_other_columns_delimiters_and_encodings(tmp_path: Path) -> None:
    text = "地点;经度;纬度;年龄\n禄丰;102,08;25,17;195,0\n禄丰;102.08;25.17;195;more\n".encode("gb18030")
    columns = ["--longitude-column", "经度", "--latitude-column", "纬度", "--age-column", "年龄"]
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_bytes(text)
    assert main(["position", str(file), "--out", str(out), *columns]) == 0
    head, one, other = out.read_text(encoding="utf-8").splitlines()
    assert head == "地点;经度;纬度;年龄;palaeolongitude;palaeolatitude;plate_id;reason"
    assert one.startswith("禄丰;102,08;25,17;195,0;107.") and one.endswith(";611;")
    assert other.startswith("禄丰;102.08;25.17;195;107.")
    assert other.endswith(";611;;more")


def test_an_export_of_the_catalogue_gets_the_middle_of_its_ages(tmp_path: Path) -> None:
    text = "id,decimalLongitude,decimalLatitude,maxMa,minMa\na,102.08,25.17,200,190\nb,102.08,25.17,200,\n"
    of_export = {"longitude": "decimalLongitude", "latitude": "decimalLatitude", "age": "maxMa", "youngest": "minMa"}
    named = [word for name, column in of_export.items() for word in (f"--{name}-column", column)]
    rows = run(tmp_path, text, *named)
    single = run(tmp_path, HEAD + "a,102.08,25.17,195\n")
    assert rows[0]["palaeolatitude"] == single[0]["palaeolatitude"]
    assert rows[1]["reason"] == "The age is blank."


def test_many_pieces_make_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positioning, "_AT_ONCE", 3)
    rows = run(tmp_path, HEAD + "".join(f"{n},102.08,25.17,{n}\n" for n in range(10)))
    assert [row["name"] for row in rows] == [str(n) for n in range(10)]
    assert len({row["palaeolatitude"] for row in rows}) == 10


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "in.csv is empty."),
        ("longitude,latitude,age_ma,longitude\n1,2,3,4\n", "more than one column “longitude”"),
        (HEAD + 'a,1,2,3\n"b,1,2,3\nc,1,2,3\n', "a quotation mark opens a text that never ends"),
    ],
)
def test_a_table_that_would_be_misread_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_text(text, encoding="utf-8")
    assert main(["position", str(file), "--out", str(out)]) == 2
    assert told in capsys.readouterr().err and not out.exists()


def test_a_mark_of_inches_a_broken_line_and_a_long_cell_lose_no_row(tmp_path: Path) -> None:
    cells = ['5" long', '"two\nlines"', "x" * 200_000]
    rows = run(tmp_path, "\n\n" + HEAD + "".join(f"{cell},102,25,190\n" for cell in cells))
    assert [row["name"] for row in rows] == ['5" long', "two\nlines", "x" * 200_000]


def test_one_place_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["position", "--longitude", "102.08", "--latitude", "25.17", "--age", "195", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["model", *positioning.ADDED]
    assert (answer["plate_id"], answer["reason"]) == (611, None)
    assert main(["position", "--longitude", "181", "--latitude", "0", "--age", "x", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["reason"] == "The age “x” is not a number."


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["{file}"], "Say with --out"),
        (["{file}", "--out", "{file}"], "written over"),
        (["{folder}/none.csv", "--out", "{out}"], "No such file"),
        (["{folder}", "--out", "{out}"], "directory"),
        (["{file}", "--out", "{folder}/none/out.csv"], "No such file"),
        (["{file}", "--out", "{out}", "--age-column", "when"], "has no column “when”. It has: name, longitude"),
        (["{file}", "--out", "{out}", "--model", "pangaea"], "no plate model “pangaea”"),
        (["{file}", "--longitude", "3", "--out", "{out}"], "not both"),
        (["--longitude", "3"], "Give a table, or"),
    ],
)
def test_bad_input_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    file = tmp_path / "in.csv"
    file.write_text(HEAD, encoding="utf-8")
    names = {"file": file, "out": tmp_path / "out.csv", "folder": tmp_path}
    assert main(["position", *(argument.format(**names) for argument in arguments)]) == 2
    captured = capsys.readouterr()
    assert told in captured.err
    assert (len(captured.err.splitlines()), captured.out) == (1, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv"]


def test_the_models_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(one["key"], one["oldest_ma"]) for one in listed] == [("paleomap", 1100.0), ("wright2013", 550.0)]
