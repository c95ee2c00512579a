"""The answers about what records are sorted into: the taxa that are in use, and the intervals of the chart."""

from collections.abc import Mapping

from sqlalchemy import Connection

from catalogue.api.answers import Document
from catalogue.api.asking import query_of
from catalogue.api.paging import Paging, part_of
from catalogue.api.parameters import Values
from catalogue.geological_time import Interval, timescale
from catalogue.rights import Person, require
from catalogue.searching import facets
from catalogue.searching.query import Query
from catalogue.taxonomy import taxonomy


def taxa(connection: Connection, who: Person, asked: Values, paging: Paging) -> Document:
    """A page of the taxa and groups that the found records belong to, by name, each with its number of records.

    Raises
    ------
    NotAllowed
        When the person may not read the catalogue.
    """
    require(who, "read")
    counts = facets.count(connection, query_of(asked), who=who)
    parents, under = counts.parents, asked.get("taxon", "")
    lineages = {name: _lineage(name, parents) for name in sorted(counts.of["taxon"])}
    named = [name for name, lineage in lineages.items() if not under or under in lineage]
    shown = [_taxon(name, lineages[name], counts.of["taxon"][name]) for name in part_of(named, asked)]
    return {**paging.frame(asked, len(named)), "taxa": shown}


def intervals(connection: Connection, who: Person, asked: Values) -> Document:
    """The units of the ICS chart, each before its parts, with ages, colours, names and the number of records that overlap it.

    Raises
    ------
    NotAllowed
        When the person may not read the catalogue.
    """
    require(who, "read")
    chart, rank = timescale(), asked.get("rank")
    counted = facets.count(connection, Query(), who=who).of["interval"]
    units = [unit for unit in chart if rank in (None, unit.rank)]
    return {
        "timescale": chart.version,
        "total": len(units),
        "intervals": [_interval(unit, counted.get(unit.name, 0)) for unit in units],
    }


def _lineage(name: str, parents: Mapping[str, str]) -> list[str]:
    """A taxon and the groups that hold it, widest first, as the records have them."""
    lineage = [name]
    while (parent := parents.get(lineage[0], "")) and parent not in lineage:
        lineage.insert(0, parent)
    return lineage


def _taxon(name: str, lineage: list[str], count: int) -> Document:
    table = taxonomy()
    names = {language: table.common_name(name, language) for language in ("en", "zh")} if name in table else {}
    told: Document = {
        "scientificName": name,
        "taxonRank": table.rank(name),
        "parentNameUsage": lineage[-2] if len(lineage) > 1 else "",
        "vernacularNames": {language: text for language, text in names.items() if text},
    }
    return {key: value for key, value in told.items() if value} | {"lineage": lineage, "count": count}


def _interval(unit: Interval, count: int) -> Document:
    told: Document = {
        "name": unit.name,
        "rank": unit.rank,
        "parent": unit.parent,
        "maxMa": unit.span.max_ma,
        "maxMaError": unit.max_ma_error,
        "minMa": unit.span.min_ma,
        "minMaError": unit.min_ma_error,
        "color": unit.color,
        "symbol": unit.symbol,
        "names": {"en": unit.name, "zh": unit.chinese_name},
        "chronostratigraphicNames": {
            "en": unit.chronostratigraphic_name,
            "zh": unit.chinese_chronostratigraphic_name,
        },
        "count": count,
    }
    return {key: value for key, value in told.items() if value not in ("", None)}
