"""`catalogue.formations`: one formation is found under all its spellings, and each record keeps its own."""

import doctest

import pytest
from sqlalchemy import Connection

from catalogue import formations, specimens
from catalogue.facts import read_facts, references
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.facets import count, search
from catalogue.searching.query import Query

SPELLINGS = ("Lufeng", "禄丰组", "Lufeng Fm.", "Lower Lufeng Formation", "lufeng formation")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("禄丰组", "Lufeng Formation"),
        ("禄丰組", "Lufeng"),
        ("Lufeng Fmn", "LUFENG"),
        ("Lufeng Formation, Shawan Member", "禄丰组沙湾段"),
        ("Formación Cerro Barcino", "Cerro Barcino Formation"),
        ("Formação Santa Maria", "Santa Maria"),
        ("Formation de Trossingen", "Trossingen-Formation"),
        ("Lourinha Fm", "Formação da Lourinhã"),
    ],
)  # fmt: skip
def test_rank_words_accents_and_scripts_do_not_part_a_formation(one: str, other: str) -> None:
    assert formations.formation_key(one) == formations.formation_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lufeng", "Upper Lufeng"), ("Formation", ""), ("La Colonia", "Colonia"), ("Wangshi Group", "Wangshi"), ("Fmx", "x")],
)  # fmt: skip
def test_what_is_not_known_to_be_the_same_stays_apart(one: str, other: str) -> None:
    assert formations.formation_key(one) != formations.formation_key(other)


def test_the_examples_hold() -> None:
    assert doctest.testmod(formations).failed == 0


def test_each_name_has_a_source_and_means_one_formation() -> None:
    table = read_facts("formations.tsv")
    assert all(row["source"] in references() or " " in row["source"] for row in table)
    assert len({row["alias"] for row in table}) == len(table)


@pytest.fixture
def lufeng(connection: Connection) -> Connection:
    for number, formation in enumerate((*SPELLINGS, "Yixian")):
        age = "Sinemurian" if formation != "Yixian" else "Aptian"
        draft = {"catalog_number": f"F {number}", "formation": formation, "earliest_interval": age, "locality": "x"}
        specimens.add(connection, THIS_COMPUTER, {"verbatim_identification": "Dinosauria indet.", "institution_code": "LFGT", "basis_of_record": "FossilSpecimen", **draft})  # fmt: skip
    return connection


@pytest.mark.parametrize("asked", ["禄丰组", "Lufeng Formation"])
def test_any_spelling_finds_all_and_suggests_their_age(lufeng: Connection, asked: str) -> None:
    assert specimens.ages_of_formation(lufeng, asked) == [("Sinemurian", "Sinemurian", len(SPELLINGS))]
    assert specimens.count(lufeng, Query(formation=asked)) == len(SPELLINGS)
    answer = search(lufeng, Query(formation=asked))
    assert {one.formation for one in answer.specimens} == set(SPELLINGS)
    assert answer.counts.of["formation"] == {asked: len(SPELLINGS), "Yixian": 1}


def test_a_facet_counts_a_formation_once(lufeng: Connection) -> None:
    assert sorted(count(lufeng, Query()).of["formation"].values()) == [1, len(SPELLINGS)]


def test_the_words_of_either_name_find_it(lufeng: Connection) -> None:
    assert specimens.count(lufeng, Query(text="禄丰")) == len(SPELLINGS)
    assert specimens.count(lufeng, Query(text="义县")) == 1
