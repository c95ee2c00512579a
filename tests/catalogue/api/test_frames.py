"""Taxa with their lineage and their number of records, and the intervals of the chart with theirs."""

from typing import Any

from sqlalchemy import Connection

from catalogue.api import frames
from catalogue.api.addresses import Addresses
from catalogue.api.endpoints import INTERVALS, TAXA
from catalogue.api.paging import Paging
from catalogue.api.parameters import read_parameters
from catalogue.geological_time import timescale
from catalogue.rights import VISITOR

ADDRESSES = Addresses("", lambda medium: "")


def taxa(connection: Connection, **written: str) -> dict[str, Any]:
    asked = read_parameters(TAXA.parameters, written.items())
    return frames.taxa(connection, VISITOR, asked, Paging(ADDRESSES, TAXA.path, written))


def intervals(connection: Connection, **written: str) -> dict[str, Any]:
    return frames.intervals(connection, VISITOR, read_parameters(INTERVALS.parameters, written.items()))


def test_a_taxon_has_its_lineage_names_and_count(small_world: Connection) -> None:
    found = {one["scientificName"]: one for one in taxa(small_world, size="1000")["taxa"]}
    genus = found["Lufengosaurus"]
    assert genus["count"] == 2
    assert genus["taxonRank"] == "genus"
    assert genus["lineage"][-1] == "Lufengosaurus"
    assert genus["lineage"][-2] == genus["parentNameUsage"]
    assert "禄丰龙" in genus["vernacularNames"]["zh"]
    assert found["Dinosauria"]["count"] == 4
    assert found["Dinosauria"]["lineage"] == genus["lineage"][: len(found["Dinosauria"]["lineage"])]


def test_taxa_are_those_of_the_records_that_are_found(small_world: Connection) -> None:
    names = [one["scientificName"] for one in taxa(small_world, country="DE", size="1000")["taxa"]]
    assert "Archaeopteryx" in names
    assert "Lufengosaurus" not in names
    assert names == sorted(names)


def test_a_group_holds_itself_and_what_belongs_to_it(small_world: Connection) -> None:
    names = {one["scientificName"] for one in taxa(small_world, taxon="Sauropodomorpha", size="1000")["taxa"]}
    assert {"Sauropodomorpha", "Lufengosaurus", "Lufengosaurus huenei"} <= names
    assert names.isdisjoint({"Dinosauria", "Sinosaurus"})


def test_taxa_come_in_pages(small_world: Connection) -> None:
    every = taxa(small_world, size="1000")["taxa"]
    assert taxa(small_world, size="5", page="2")["taxa"] == every[5:10]


def test_the_chart_is_whole_and_counts_what_overlaps(small_world: Connection) -> None:
    found = intervals(small_world)
    assert found["timescale"] == timescale().version
    assert [one["name"] for one in found["intervals"]] == [unit.name for unit in timescale()]
    jurassic = next(one for one in found["intervals"] if one["name"] == "Jurassic")
    assert jurassic["count"] == 4
    assert jurassic["names"] == {"en": "Jurassic", "zh": "侏罗纪"}
    assert (jurassic["maxMa"], jurassic["minMa"], jurassic["color"]) == (201.4, 143.1, "#34B2C9")


def test_intervals_of_one_rank(small_world: Connection) -> None:
    found = intervals(small_world, rank="era")
    assert {one["rank"] for one in found["intervals"]} == {"era"}
    assert found["total"] == len(found["intervals"]) > 3
