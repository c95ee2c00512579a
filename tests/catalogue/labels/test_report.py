"""The report leaves nothing out."""

from collections.abc import Callable
from dataclasses import fields, replace
from io import BytesIO

from pypdf import PdfReader

from catalogue.labels import particulars
from catalogue.labels.company import KINDS
from catalogue.labels.contents import Content
from catalogue.labels.particulars import Section, main_field, sections
from catalogue.labels.printing import write_pdf
from catalogue.labels.report import report
from catalogue.labels.terms import LISTS, NOT_PRINTED, term
from catalogue.parts import PARTS, RELATIONS, Relation
from catalogue.records import Measurement, Specimen
from catalogue.relations import Panel, Related

Make = Callable[..., Content]
HEIGHT = Measurement(
    "w:lufengosaurus", "height", "about 3", "m", "± 0.5 m", "measured on the mount", "Preliminary.", "young1941",
    translations={"zh": {"measurement_type": "高度", "measurement_value": "约3"}},
)  # fmt: skip


def everything(content: Content) -> str:
    return "\n".join(
        f"{term}: {text}" for section in sections(content, {"statements": [HEIGHT]}) for term, text in section.lines
    )


def test_every_field_of_a_record_is_printed(content: Make) -> None:
    """Each text is filled with its own name, and every name is found again."""
    texts = {
        field.name: f"({field.name})"
        for field in fields(Specimen)
        if field.type is str
        and field.name
        not in {"basis_of_record", "earliest_interval", "latest_interval", "country_code", "scientific_name", "genus"}
    }
    told = everything(content(words="en", decimal_latitude=25.1, decimal_longitude=102.1, translations={}, **texts))
    assert [name for name in texts if f"({name})" not in told] == []
    assert "25.1, 102.1" in told
    assert "Hettangian to Sinemurian" in told
    assert "China" in told


def test_a_statement_comes_with_its_doubt_its_method_and_its_source(content: Make) -> None:
    told = everything(content(words="both"))
    for text in ("height 高度", "about 3 / 约3 m", "± 0.5 m", "measured on the mount", "Preliminary.", "(1941)"):
        assert text in told


def test_every_list_of_a_record_is_printed_with_all_it_says(content: Make) -> None:
    """Each text is filled with its own name, and every name is found again."""
    parts, expected = {}, []
    for name, kind in PARTS.items():
        texts = {field.name: f"({name}/{field.name})" for field in fields(kind) if field.type is str}
        numbers = {field.name: 195.5 for field in fields(kind) if field.type in (int, float)}
        parts[name] = [kind(**texts, **numbers)]
        expected += [text for field, text in texts.items() if field not in NOT_PRINTED]
    found = sections(content(words="en"), parts)
    told = "\n".join(f"{term}: {text}" for section in found for term, text in section.lines)
    assert [text for text in expected if text not in told] == []
    assert "195.5" in told
    assert {str(title) for title in LISTS.values()} <= {section.title for section in found}
    assert LISTS.keys() | {"statements"} == PARTS.keys()


def test_each_field_has_a_word(content: Make) -> None:
    assert "Further particulars" not in [section.title for section in sections(content())]
    of_lists = {
        field.name
        for name in LISTS
        for field in fields(PARTS[name])
        if field.name not in {main_field(name), *NOT_PRINTED}
    }
    assert [name for name in of_lists if isinstance(term(name), str)] == []
    of_records = {field.name for field in fields(Specimen)} - particulars._WITH_ANOTHER
    assert [name for name in of_records if isinstance(term(name), str)] == []


def test_blanks_are_left_out(content: Make) -> None:
    assert all(text for section in sections(content()) for _, text in section.lines)
    assert "Bed" not in everything(content(words="en"))


def test_a_long_report_runs_over_pages_and_keeps_every_word(content: Make) -> None:
    words = [f"word{number}" for number in range(1500)]
    made = content(words="en", occurrence_remarks=" ".join(words))
    more = [Section("Storage", [("Shelf", "B 12")])]
    pages = report(made, {"statements": [HEIGHT]}, paper="Letter", more=more)
    document = PdfReader(BytesIO(write_pdf(pages, title="Report")))
    told = " ".join(page.extract_text() for page in document.pages)
    assert len(document.pages) == len(pages) > 1
    assert [word for word in words if word not in told] == []
    assert "B 12" in told
    assert f"Page 2 of {len(pages)}" in told
    for page in pages:
        (_, _, drawing) = page.placed[0]
        assert max(mark.y for mark in drawing.marks if hasattr(mark, "text")) < page.height - 10


def test_a_record_without_a_link_has_no_code(content: Make) -> None:
    made = replace(content(), link="")
    assert report(made)[0].placed[0][2].module > 100


def test_specimens_that_belong_with_it_stand_there_from_either_end(content: Make) -> None:
    counterpart = replace(content().specimen, occurrence_id="w:2", catalog_number="IVPP V16")
    panel = Panel(
        (
            Related("has part", "w:2", counterpart, "", "the skull", from_other_end=True),
            Related("cast of", "", None, "AMNH 5027", "", from_other_end=False),
            Related("part of", "w:gone", None, "", "", from_other_end=False),
        ),
        (replace(counterpart, catalog_number="IVPP V17"),),
    )
    own = Relation("cast of", "", "AMNH 5027")
    (section,) = (one for one in sections(content(words="en"), {"relations": [own]}, panel) if "belong" in one.title)
    assert list(section.lines) == [
        ("has part", "IVPP V16 · cf. Lufengosaurus huenei\nthe skull"),
        ("cast of", "AMNH 5027"),
        ("part of", "w:gone (removed from the catalogue)"),
        ("and, through these,", "IVPP V17 · cf. Lufengosaurus huenei"),
    ]
    assert set(KINDS) == set(RELATIONS)


def test_a_record_that_nothing_belongs_with_has_no_such_section(content: Make) -> None:
    assert sections(content(), {}, Panel()) == sections(content())
