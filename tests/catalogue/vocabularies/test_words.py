"""`catalogue.vocabularies.words`: how what people write finds its word."""

import pytest
from sqlalchemy import Connection

from catalogue.facts import read_facts, references
from catalogue.rights import THIS_COMPUTER
from catalogue.vocabularies import editing
from catalogue.vocabularies.built_in import add_missing, built_in, missing
from catalogue.vocabularies.places import KINDS
from catalogue.vocabularies.words import folded, vocabularies


@pytest.mark.parametrize(
    ("name", "written", "term"),
    [
        ("type_status", "holotype", "holotype"),
        ("type_status", "Holotype", "holotype"),
        ("type_status", "HOLOTYPE", "holotype"),
        ("type_status", "正型", "holotype"),
        ("sex", "♀", "female"),
        ("sex", "Female", "female"),
        ("sex", "雌", "female"),
        ("sex", "F.", "female"),
        ("life_stage", "幼年", "juvenile"),
        ("life_stage", " Sub-Adult", "subadult"),
        ("side", "L", "left"),
        ("preservation", "Permineralized", "permineralised"),
    ],
)
def test_spellings_find_their_word(connection: Connection, name: str, written: str, term: str) -> None:
    found = vocabularies(connection)[name].find(written)
    assert found is not None
    assert found.term == term


def test_what_is_no_word_is_not_found_but_has_a_nearest(connection: Connection) -> None:
    sexes = vocabularies(connection)["sex"]
    assert sexes.find("femail") is None
    near = sexes.nearest("femail")
    assert near is not None
    assert near.term == "female"
    assert sexes.nearest("xyzzy") is None


def test_a_blank_spelling_stands_for_nothing() -> None:
    assert folded(" . ") == "."
    assert folded("?") == "?"


def test_built_in_words_are_filled_in_once(connection: Connection) -> None:
    assert missing(connection) == []
    assert add_missing(connection) == 0
    known = vocabularies(connection)
    assert known.keys() == KINDS.keys()
    assert sum(len(vocabulary.terms) for vocabulary in known.values()) == len(built_in())


def test_a_retired_built_in_word_does_not_come_back(connection: Connection) -> None:
    hypotype = vocabularies(connection)["type_status"].get("hypotype")
    assert hypotype is not None
    editing.retire(connection, THIS_COMPUTER, hypotype.id)
    assert missing(connection) == []
    assert "hypotype" not in {term.term for term in vocabularies(connection)["type_status"].offered}


def test_built_in_words_are_said_in_both_languages_and_name_real_sources() -> None:
    for row in read_facts("vocabularies/terms.tsv"):
        assert row["vocabulary"] in KINDS, row
        assert row["english"] and row["chinese"], row
        assert bool(row["definition"]) == bool(row["chinese_definition"]), row
        assert not row["reference"] or row["reference"] in references(), row


def test_no_built_in_spelling_stands_for_two_words() -> None:
    seen: dict[tuple[str, str], str] = {}
    for (vocabulary, term), row in built_in().items():
        aliases = row["aliases"]
        assert isinstance(aliases, list)
        for spelling in {folded(str(text)) for text in (term, row["label_en"], row["label_zh"], *aliases)}:
            assert seen.setdefault((vocabulary, spelling), term) == term


def test_every_alias_belongs_to_a_built_in_word() -> None:
    aliases = {(row["vocabulary"], row["term"]) for row in read_facts("vocabularies/aliases.tsv")}
    assert aliases <= built_in().keys()
