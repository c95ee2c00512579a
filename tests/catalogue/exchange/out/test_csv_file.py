"""Records as CSV: Darwin Core headings, every rank of the age, and nothing that a spreadsheet would run."""

import csv
import io
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.exchange.cells import harmless
from catalogue.exchange.out.csv_file import csv_lines
from catalogue.exchange.out.found import of_specimens
from catalogue.exchange.out.terms import COLUMNS, term
from catalogue.records import Specimen

RECORD = Specimen(
    occurrence_id="bonebed:ivpp-v15",
    basis_of_record="FossilSpecimen",
    institution_code="IVPP",
    catalog_number="IVPP V15",
    scientific_name="Lufengosaurus huenei",
    genus="Lufengosaurus",
    higher_classification="|Dinosauria|Sauropodomorpha|Lufengosaurus|",
    earliest_interval="Hettangian",
    latest_interval="Early Jurassic",
    max_ma=201.4,
    min_ma=174.7,
    decimal_latitude=-25.1,
    locality="Shawan, “Lúfeng”\n禄丰",
    translations={"zh": {"locality": "禄丰沙湾"}},
)


def read(*records: Specimen) -> list[dict[str, str]]:
    text = "".join(csv_lines([of_specimens(records)]))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_record_is_a_line_under_the_names_of_darwin_core() -> None:
    (row,) = read(RECORD)
    assert tuple(row) == COLUMNS
    assert row["occurrenceID"] == "bonebed:ivpp-v15"
    assert row["catalogNumber"] == "IVPP V15"
    assert row["higherClassification"] == "Dinosauria | Sauropodomorpha | Lufengosaurus"
    assert (row["maxMa"], row["minMa"], row["decimalLatitude"], row["decimalLongitude"]) == (
        "201.4",
        "174.7",
        "-25.1",
        "",
    )
    assert row["locality"] == "Shawan, “Lúfeng”\n禄丰"
    assert row["translations"] == '{"zh": {"locality": "禄丰沙湾"}}'


def test_the_age_stands_under_each_rank_down_to_its_own() -> None:
    (row,) = read(RECORD)
    ages = {name: text for name, text in row.items() if name.startswith(("earliest", "latest")) and text}
    assert ages == {
        "earliestEonOrLowestEonothem": "Phanerozoic",
        "latestEonOrHighestEonothem": "Phanerozoic",
        "earliestEraOrLowestErathem": "Mesozoic",
        "latestEraOrHighestErathem": "Mesozoic",
        "earliestPeriodOrLowestSystem": "Jurassic",
        "latestPeriodOrHighestSystem": "Jurassic",
        "earliestEpochOrLowestSeries": "Early Jurassic",
        "latestEpochOrHighestSeries": "Early Jurassic",
        "earliestAgeOrLowestStage": "Hettangian",
    }


def test_no_field_of_a_record_is_forgotten_or_named_twice() -> None:
    expected = {term(field.name) for field in fields(Specimen)} - {"earliestInterval", "latestInterval", "importId"}
    assert expected <= set(COLUMNS)
    assert len(set(COLUMNS)) == len(COLUMNS)


@pytest.mark.parametrize(
    ("name", "rank", "genus"),
    [
        ("Sauropodomorpha", "", ""),
        ("Oviraptoridae", "family", ""),
        ("Lufengosaurus", "", "Lufengosaurus"),
        ("Novosaurus", "", ""),
        ("Novosaurus", "genus", "Novosaurus"),
        ("Novosaurus primus", "", "Novosaurus"),
    ],
)
def test_a_group_is_no_genus_and_what_may_be_one_is_not_claimed(name: str, rank: str, genus: str) -> None:
    (row,) = read(replace(RECORD, scientific_name=name, genus=name.split()[0], taxon_rank=rank))
    assert row["genus"] == genus


def test_portions_follow_each_other() -> None:
    many = [replace(RECORD, occurrence_id=str(number)) for number in range(7)]
    text = "".join(csv_lines(of_specimens(many[start : start + 3]) for start in (0, 3, 6)))
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["occurrenceID"] for row in rows] == [record.occurrence_id for record in many]


def test_what_the_standard_library_writes_is_what_is_written() -> None:
    hostile = ["a,b", 'a"b', "a\nb", "a\rb", "", " a ", '"', ",", "禄丰", "=1+1"]
    many = [replace(RECORD, locality=text, formation=text) for text in hostile]
    rows = [[row[name] for name in COLUMNS] for row in read(*many)]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([COLUMNS, *rows])
    assert "".join(csv_lines([of_specimens(many)])) == text.getvalue()


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"])
def test_a_formula_is_set_behind_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    (row,) = read(replace(RECORD, locality=cell))
    assert row["locality"] == f"'{cell}"


@pytest.mark.parametrize("cell", ["-25.1", "+3", "1e-5", "-", "a=b", "", "禄丰", "IVPP V15"])
def test_numbers_and_words_stay(cell: str) -> None:
    assert harmless(cell) == (cell if cell != "-" else "'-")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60))
def test_any_text_comes_back(text: str) -> None:
    (row,) = read(replace(RECORD, occurrence_remarks=text))
    assert row["occurrenceRemarks"] == harmless(text)
