"""Records, tables and checks hold the same fields."""

from dataclasses import fields
from typing import Any

from catalogue.checking import check
from catalogue.records import Import, Specimen
from catalogue.tables import imports, specimens


def test_each_field_has_its_column() -> None:
    assert {field.name for field in fields(Specimen)} == set(specimens.c.keys()) - {
        "id",
        "search_text",
        "site_words",
        "is_withheld",
    }
    assert {field.name for field in fields(Import)} == set(imports.c.keys())


def test_a_check_gives_every_field_but_those_the_catalogue_makes(draft: dict[str, Any]) -> None:
    made = {"created", "modified", "version", "import_id"}
    assert set(check(draft).values) == {field.name for field in fields(Specimen)} - made


def test_a_specimen_knows_its_place_and_time() -> None:
    specimen = Specimen("k", "FossilSpecimen", max_ma=201.4, min_ma=192.9, decimal_latitude=25.0)
    assert specimen.span.midpoint == (201.4 + 192.9) / 2
    assert specimen.is_own
    assert not specimen.has_place
    assert specimen.dates_its_genus
