"""Publications as BibTeX, RIS and CSL-JSON: what is known in parts goes out in parts, the rest in its own words."""

import json
import re
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, update

from catalogue.exchange.out import found as reading
from catalogue.exchange.out.found import find
from catalogue.exchange.out.references import Reference, bibtex, csl, of_found, ris, write_bibtex, write_csl, write_ris
from catalogue.exchange.paleobiology_cells import references
from catalogue.rights import THIS_COMPUTER, VISITOR
from catalogue.searching.query import Query
from catalogue.specimens import add
from catalogue.tables import specimens
from tests.catalogue.exchange.out.conftest import HOLOTYPE, Finds

ARTICLE = Reference(
    "wang2001",
    ("Wang, T.", "Müller, Ä. & Co"),
    "2001",
    "On 50% of {it}: a_b #1 \\ ~ ^",
    "Journal & Son",
    "12",
    "3-14",
    "10.1/a_b",
)
TYPED = Reference("somebody1999-abc123", text="Somebody (1999). A 禄丰 book.\nSecond line")


def test_the_publications_of_the_records_each_once(finds: Finds) -> None:
    listed = of_found(finds(VISITOR))
    keys = [one.key for one in listed]
    assert keys == sorted(set(keys))
    assert {"young1941", "barrett2005"} <= set(keys)
    typed = {one.text: one for one in listed if one.text}
    assert set(typed) == {"Somebody (1999). A book with {braces} & 5 % $.", "Unknown, 1950"}
    assert typed["Unknown, 1950"].doi == "10.1/x"
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)


def test_of_two_identifiers_of_a_publication_the_same_one_goes_out_in_any_order(
    world: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = [{"bibliographic_citation": "Unknown, 1950", "doi": "10.1/a"}]
    add(world, THIS_COMPUTER, {**HOLOTYPE, "occurrence_id": "w:a", "catalog_number": "V 9", "citations": named})
    for at_once, order in product((1, 250), ("name", "newest")):
        monkeypatch.setattr(reading, "AT_ONCE", at_once)
        listed = of_found(find(world, Query(), VISITOR, order=order))  # type: ignore[arg-type]
        assert [one.doi for one in listed if one.text == "Unknown, 1950"] == ["10.1/a"]


def test_entries_of_the_paleobiology_database_are_one_source_and_no_publications(world: Connection) -> None:
    entries = [
        references({"collection_no": "col:7", "reference_no": "9", "ref_author": "Young", "ref_pubyr": "1941"}, record)
        for record in ("occurrence 1", "specimen 2, occurrence 1", "specimen 3")
    ]
    put = update(specimens).values(associated_references=" | ".join(entries))
    world.execute(put.where(specimens.c.id == select(func.min(specimens.c.id)).scalar_subquery()))
    listed = {one.key: one for one in of_found(find(world, Query(), VISITOR))}
    assert listed["paleobiology-database"].title == "The Paleobiology Database"
    assert not [one for one in listed.values() if one.text.startswith("Paleobiology Database ")]
    assert "Young 1941 (reference 9 there)" in {one.text for one in listed.values()}


def test_an_article_as_bibtex() -> None:
    assert bibtex([ARTICLE]) == (
        "@article{wang2001,\n"
        "  author = {Wang, T. and Müller, Ä. \\& Co},\n"
        "  title = {{On 50\\% of \\{it\\}: a\\_b \\#1 \\textbackslash{} \\textasciitilde{} \\textasciicircum{}}},\n"
        "  journal = {Journal \\& Son},\n"
        "  year = {2001},\n"
        "  volume = {12},\n"
        "  pages = {3--14},\n"
        "  doi = {10.1/a_b}\n"
        "}\n"
    )


def test_a_typed_citation_is_an_honest_note() -> None:
    assert bibtex([TYPED]) == "@misc{somebody1999-abc123,\n  note = {Somebody (1999). A 禄丰 book. Second line}\n}\n"
    (held,) = json.loads(csl([TYPED]))
    assert held == {"id": TYPED.key, "type": "document", "note": TYPED.text}
    assert ris([TYPED]).split("\r\n")[:3] == [
        "TY  - GEN",
        "ID  - somebody1999-abc123",
        "N1  - Somebody (1999). A 禄丰 book. Second line",
    ]


def test_an_article_as_ris() -> None:
    lines = ris([ARTICLE]).split("\r\n")
    assert lines[0] == "TY  - JOUR" and lines[-3:] == ["ER  - ", "", ""]
    assert {"AU  - Wang, T.", "AU  - Müller, Ä. & Co", "PY  - 2001", "SP  - 3", "EP  - 14", "DO  - 10.1/a_b"} <= set(
        lines
    )
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)


def test_an_article_as_csl() -> None:
    (held,) = json.loads(csl([ARTICLE]))
    assert held["author"] == [{"family": "Wang", "given": "T."}, {"family": "Müller", "given": "Ä. & Co"}]
    assert held["issued"] == {"date-parts": [[2001]]}
    assert (held["type"], held["container-title"], held["page"]) == ("article-journal", "Journal & Son", "3-14")


def test_names_are_whole_in_bibtex_and_others_are_others() -> None:
    authors = ("Delgado de Jesús, C. R.", "von Huene, F.", "Commission on Zoological Nomenclature", "Xu, X.", "et al.")
    one = Reference("a", authors, "2001", "Title", "Journal")
    expected = (
        "{Delgado de Jesús}, C. R. and von Huene, F. and {Commission on Zoological Nomenclature} and Xu, X. and others"
    )
    assert f"  author = {{{expected}}}" in bibtex([one])
    assert (
        "AU  - Xu, X.\r\n" in ris([one]) and "et al" not in ris([one]) and "N1  - With further authors." in ris([one])
    )
    (held,) = json.loads(csl([one]))
    assert (held["author"][-1]["family"], held["note"]) == ("Xu", "With further authors.")


@pytest.mark.parametrize(
    ("doi", "expected"), [("10.1671/0272-4634(2005)025[0806:COOLHY]2.0.CO;2", True), ("10.1/{x}", False)]
)
def test_a_doi_stays_as_it_is_where_it_can(doi: str, expected: bool) -> None:
    assert (f"doi = {{{doi}}}" in bibtex([Reference("a", doi=doi)])) is expected


def test_braces_are_always_balanced(finds: Finds, to: Path) -> None:
    write_bibtex(finds(), to)
    text = re.sub(r"\\[{}]", "", to.read_text(encoding="utf-8"))
    assert text.count("{") == text.count("}") > 0


def test_files_are_written(finds: Finds, to: Path) -> None:
    write_ris(finds(), to)
    assert to.read_bytes().endswith(b"ER  - \r\n\r\n")
    write_csl(finds(query=Query(text="nowhere")), to)
    assert json.loads(to.read_text(encoding="utf-8")) == []
