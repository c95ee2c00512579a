"""Searching with facets beside Datasette, on the same rows, file and machine; opening and saving a record among as many.

Run with ``python -m pytest -m benchmark -s tests/benchmarks/test_search.py``: 100,000 specimens, or as many as the variable
``BENCHMARK_SPECIMENS`` names (``100000,1000000``). Each question is asked as if for the first time: what our census remembers of
answers is thrown away before each, while both may keep the file's pages in memory. Datasette's limits of time are lifted, so that it
answers in full; it counts seven plain columns, we count nine facets, among them all groups and all intervals.
"""

import asyncio
import statistics
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Engine

from catalogue import specimens
from catalogue.database import reading, writing
from catalogue.geological_time import timescale
from catalogue.rights import THIS_COMPUTER
from catalogue.searching import facets
from catalogue.searching.census_at_hand import take_census
from catalogue.searching.query import Query
from tests.benchmarks.sizes import rounds

pytestmark = pytest.mark.benchmark
JURASSIC = timescale()["Jurassic"].span
_COUNTED = (
    "formation",
    "country_code",
    "type_status",
    "preservation",
    "basis_of_record",
    "genus",
    "earliest_interval",
)
_IN_TIME = {"max_ma__gt": str(JURASSIC.min_ma), "min_ma__lt": str(JURASSIC.max_ma)}
QUESTIONS: Mapping[str, tuple[Query, Mapping[str, str]]] = {
    "everything": (Query(), {}),
    "a word that 1 in 270 has": (Query(text="lufeng"), {"_search": "lufeng*"}),
    "a word that 1 in 3 has": (Query(text="jurassic"), {"_search": "jurassic*"}),
    "two Chinese characters": (Query(text="禄丰"), {"_search": "禄丰*"}),
    "a catalogue number": (Query(text="IVPP V1507"), {"_search": "ivpp* v1507*"}),
    "a group": (Query(taxon="Theropoda"), {"higher_classification__contains": "|Theropoda|"}),
    "a period": (Query(span=JURASSIC), _IN_TIME),
    "a word, a period, a country": (
        Query(text="skull", span=JURASSIC, country_code="CN"),
        {"_search": "skull*", "country_code": "CN", **_IN_TIME},
    ),
}


def milliseconds(work: Callable[[], object], runs: int = 7) -> list[float]:
    taken = []
    for _ in range(max(2, rounds(runs))):  # a 95th percentile asks for two
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def told(name: str, ours: list[float], theirs: list[float] | None = None) -> str:
    line = f"{name:32} {statistics.median(ours):8.1f} {p95(ours):8.1f}"
    if theirs is None:
        return line
    ratio = statistics.median(theirs) / statistics.median(ours)
    return f"{line} {statistics.median(theirs):11.1f} {p95(theirs):8.1f} {ratio:8.0f}×"


def test_searching_with_facets_beside_datasette(world: Engine) -> None:
    peer = Peer(Path(str(world.url.database)))
    every_ours, every_theirs = [], []
    with reading(world) as connection:
        started = time.perf_counter()
        census = take_census(connection)
        taking = time.perf_counter() - started
        print(f"\n{len(census):,} specimens; the census takes {taking:.1f} s once, at the start")
        print(f"{'ms':32} {'median':>8} {'p95':>8} {'Datasette':>11} {'p95':>8}")
        for name, (query, parameters) in QUESTIONS.items():

            def ask(query: Query = query) -> int:
                census.kept.pop("found", None)
                return facets.search(connection, query, order="name").total

            expected = ask()
            ours = milliseconds(ask)
            assert peer.count(parameters) == expected == specimens.count(connection, query)
            theirs = milliseconds(lambda parameters=parameters: peer.count(parameters), 3)  # type: ignore[misc]
            every_ours += ours
            every_theirs += theirs
            print(told(name, ours, theirs))
        print(told("all questions", every_ours, every_theirs))


def test_opening_and_saving_a_record(world: Engine) -> None:
    draft = {
        "institution_code": "LFGT",
        "verbatim_identification": "Lufengosaurus huenei",
        "earliest_interval": "Hettangian",
        "formation": "Lufeng",
        "country_code": "CN",
        "locality": "Shawan",
    }
    numbers = iter(range(1000))

    def save() -> None:
        with writing(world) as connection:
            specimens.add(connection, THIS_COMPUTER, draft | {"catalog_number": f"SAVED {next(numbers)}"})

    def amend() -> None:
        with writing(world) as connection:
            version = specimens.get(connection, "world:77").version
            change = {"bed": f"Layer {next(numbers)}"}
            specimens.amend(connection, THIS_COMPUTER, "world:77", change, version=version)

    def open_one() -> None:
        with reading(world) as connection:
            specimens.get(connection, "world:4711")
            specimens.statements(connection, "world:4711")

    def search() -> int:
        with reading(world) as connection:
            return facets.search(connection, Query(text="lufeng"), order="name").total

    def save_and_search() -> int:
        save()
        return search()

    search()
    print(f"\n{'ms':32} {'median':>8} {'p95':>8}")
    for name, work in (
        ("open a record", open_one),
        ("save a new record", save),
        ("save a changed record", amend),
        ("save, then search with facets", save_and_search),
    ):
        print(told(name, milliseconds(work, 20)))
    assert search() > 0


class Peer:
    """Datasette over a file, asked through its own client."""

    def __init__(self, file: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from datasette.app import Datasette
        limits = {"sql_time_limit_ms": 600_000, "facet_time_limit_ms": 600_000, "suggest_facets": False}
        self._datasette = Datasette([str(file)], settings=limits)

    def count(self, parameters: Mapping[str, str]) -> int:
        """Ask for a page of 24 with facets; returns how many rows there are in all."""
        return asyncio.run(self._ask(parameters))

    async def _ask(self, parameters: Mapping[str, str]) -> int:
        asked = [("_size", "24"), ("_sort", "scientific_name"), ("_shape", "objects"), *parameters.items()]
        if "_search" in parameters:
            asked += [("_searchmode", "raw"), ("_fts_table", "specimens_fts"), ("_fts_pk", "id")]
        asked += [("_facet", column) for column in _COUNTED]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answer = (await self._datasette.client.get("/world/specimens.json", params=asked)).json()
        assert len(answer["facet_results"]) == len(_COUNTED)
        return int(answer["filtered_table_rows_count"])
