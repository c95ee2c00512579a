"""Headings in five languages and the terms of Darwin Core."""

import pytest

from catalogue.exchange.mapping.headings import FIELDS, TARGETS, _usual_headings, by_term, by_word, darwin_core_terms
from catalogue.exchange.out.terms import AGES, term


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Cat. No.", "catalog_number"),
        ("cat_no", "catalog_number"),
        ("N° inventaire", "catalog_number"),
        ("标本号", "catalog_number"),
        ("Fundort", "locality"),
        ("产地", "locality"),
        ("学名 (Scientific name)", "verbatim_identification"),
        ("nombre científico", "verbatim_identification"),
        ("层位", "formation"),
        ("Altitude (m)", "elevation"),
        ("Zeitalter", "age"),
        ("gesammelt von", "recorded_by"),
        ("MAT_degC", None),
        ("", None),
    ],
)
def test_a_usual_heading_is_known(heading: str, target: str | None) -> None:
    assert by_word(heading) == target


def test_a_term_is_known_with_its_namespace() -> None:
    for heading in (
        "catalogNumber",
        "dwc:catalogNumber",
        "http://rs.tdwg.org/dwc/terms/catalogNumber",
        "CATALOGNUMBER",
    ):
        assert by_term(heading) == "catalog_number"
    assert by_term("Fundort") is None


def test_every_heading_that_we_write_is_read() -> None:
    assert [name for name in FIELDS if by_term(term(name)) != name] == []
    assert all(by_term(age) in TARGETS for age in AGES)


def test_every_meaning_is_one_that_a_column_can_have() -> None:
    assert {*_usual_headings().values(), *darwin_core_terms().values()} <= {*TARGETS, ""}
