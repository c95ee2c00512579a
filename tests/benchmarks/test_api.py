"""The read API beside Datasette's JSON, on the same rows, file and machine: pages of records through the whole of each server.

Run with ``python -m pytest -m benchmark -n 0 -s tests/benchmarks/test_api.py``: 100,000 specimens, or as many as the variable
``BENCHMARK_SPECIMENS`` names. Both are asked in this process through their own clients, without a network. We give a page of full records
under Darwin Core terms with links and the total; Datasette gives the same rows as they lie in the table, with the total. What our census
remembers of answers is thrown away before each question; Datasette's limits of time are lifted.
"""

import asyncio
import statistics
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalogue import database as databases
from catalogue.database import reading
from catalogue.searching.census_at_hand import take_census
from catalogue.settings import settings
from screens import serving
from tests.benchmarks.sizes import rounds

pytestmark = pytest.mark.benchmark
QUESTIONS: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "the first page": ({}, {}),
    "page 500": ({"page": "500"}, {"_next": "49900"}),
    "a country": ({"country": "CN"}, {"country_code": "CN"}),
    "a word that 1 in 270 has": ({"q": "lufeng"}, {"_search": "lufeng*"}),
    "a group": ({"taxon": "Theropoda"}, {"higher_classification__contains": "|Theropoda|"}),
}


def milliseconds(work: Callable[[], object], runs: int = 15) -> list[float]:
    taken = []
    for _ in range(max(2, rounds(runs))):  # a 95th percentile asks for two
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def told(name: str, ours: list[float], theirs: list[float]) -> str:
    ratio = statistics.median(theirs) / statistics.median(ours)
    p95 = statistics.quantiles(ours, n=20)[-1]
    return f"{name:32} {statistics.median(ours):8.1f} {p95:8.1f} {statistics.median(theirs):11.1f} {ratio:8.1f}×"


def test_pages_of_a_hundred_records_beside_datasette(world: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "engine", lambda: world)
    monkeypatch.setenv("BONEBED_API_PER_MINUTE", "1000000")
    settings.cache_clear()
    peer = Peer(Path(str(world.url.database)))
    with reading(world) as connection:
        census = take_census(connection)
    with TestClient(Starlette(routes=serving.routes(), middleware=serving.middleware())) as client:
        print(f"\n{len(census):,} specimens, 100 a page")
        print(f"{'ms':32} {'median':>8} {'p95':>8} {'Datasette':>11}")
        for name, (parameters, of_peer) in QUESTIONS.items():

            def ask(parameters: Mapping[str, str] = parameters) -> Any:
                census.kept.pop("found", None)
                return client.get("/api/specimens", params={"size": "100", "kind": "all", **parameters}).json()

            total, rows = peer.ask(of_peer)
            assert (ask()["total"], len(ask()["specimens"])) == (total, rows)
            theirs = milliseconds(lambda of_peer=of_peer: peer.ask(of_peer), 5)  # type: ignore[misc]
            print(told(name, milliseconds(ask), theirs))


class Peer:
    """Datasette over a file, asked through its own client in one event loop."""

    def __init__(self, file: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from datasette.app import Datasette
        limits = {"sql_time_limit_ms": 600_000, "suggest_facets": False, "default_facet_size": 1}
        self._datasette = Datasette([str(file)], settings=limits)

    def ask(self, parameters: Mapping[str, str]) -> tuple[int, int]:
        """A page of 100; returns how many rows there are in all and how many came."""
        return asyncio.run(self._ask(parameters))

    async def _ask(self, parameters: Mapping[str, str]) -> tuple[int, int]:
        asked = [("_size", "100"), ("_shape", "objects"), *parameters.items()]
        if "_search" in parameters:
            asked += [("_searchmode", "raw"), ("_fts_table", "specimens_fts"), ("_fts_pk", "id")]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answer = (await self._datasette.client.get("/world/specimens.json", params=asked)).json()
        return int(answer["filtered_table_rows_count"]), len(answer["rows"])
