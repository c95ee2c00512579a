"""Large collections that never were: n plausible specimens, the same for the same seed, written in bulk.

Genera, groups, intervals and countries are those of `data/`, so that what a benchmark asks for is what people ask for. Numbers
follow what collections look like: few genera with many specimens, many with few.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice

from sqlalchemy import Connection, Engine, insert

from catalogue.database import writing
from catalogue.facts import read_facts
from catalogue.geological_time import timescale
from catalogue.records import OWN, PUBLISHED, Specimen
from catalogue.searching.words import search_text
from catalogue.tables import specimens
from catalogue.taxonomy import taxonomy

BATCH = 5_000
COLUMNS = [field.name for field in fields(Specimen) if field.name in specimens.c]
BEGAN = datetime(2020, 1, 1, tzinfo=UTC)

_COUNTRIES = tuple(
    "CN US AR MN GB DE CA ZA TZ BR AU ES FR PT RO IN NE MG MA AQ".split()  # noqa: SIM905
)
_MUSEUMS = ["IVPP", "LFGT", "KMV", "AMNH", "USNM", "NHMUK", "MACN", "MPEF", "ZPAL", "BSPG"]
_EPITHETS = tuple(
    "huenei magnus sinensis gracilis robustus major minor youngi longus australis borealis antiquus".split()  # noqa: SIM905
)
_PRESERVED = {
    "natural mould of a footprint": "trace fossil",
    "eggshell": "egg or eggshell",
    "cast of a skull": "replica",
}
_PARTS = (
    "partial skeleton",
    "skull",
    "isolated tooth",
    "vertebra",
    "left femur",
    "right humerus",
    "cast of a skull",
    "natural mould of a footprint",
    "eggshell",
    "nearly complete skeleton with skull",
)
_SYLLABLES = tuple(
    "lu feng sha wan da wa zhang jia ao hei guo peng yi xian dash an tend gu ru hell creek mor ris on el li ott".split()  # noqa: SIM905
)


def specimens_of_a_world(n: int, seed: int = 1938) -> Iterator[Specimen]:
    """`n` specimens, the same for the same `seed`."""
    chance = random.Random(seed)
    taxa = taxonomy()
    genera = sorted(row["taxon"] for row in read_facts("taxa/taxa.tsv") if row["rank"] == "genus")
    chance.shuffle(genera)
    often = list(accumulate(1 / (rank + 3) for rank in range(len(genera))))
    chart = timescale()
    ages = [unit for unit in chart if unit.rank == "age" and unit.span.min_ma >= 66 and unit.span.max_ma <= 252]
    formations = sorted({_name(chance, 2, 3) for _ in range(400)})
    formation_often = list(accumulate(1 / (rank + 2) for rank in range(len(formations))))
    localities = [_name(chance, 2, 4) for _ in range(5_000)]
    for number in range(n):
        genus = chance.choices(genera, cum_weights=often)[0]
        species = f"{genus} {chance.choice(_EPITHETS)}" if chance.random() < 0.7 else genus
        at = chance.randrange(len(ages))
        earliest, latest = ages[at], ages[min(at + (chance.random() < 0.3), len(ages) - 1)]
        if earliest.span.max_ma < latest.span.max_ma:
            earliest, latest = latest, earliest
        own = chance.random() < 0.8
        country = chance.choices(_COUNTRIES, weights=range(len(_COUNTRIES), 0, -1))[0]
        museum = chance.choice(_MUSEUMS)
        made = (BEGAN + timedelta(minutes=3 * number)).isoformat(timespec="microseconds")
        yield Specimen(
            occurrence_id=f"world:{number}",
            basis_of_record=OWN if own else PUBLISHED,
            institution_code=museum if own else "",
            catalog_number=f"{museum} V{number}" if own else "",
            verbatim_identification=species,
            scientific_name=species,
            taxon_rank="species" if " " in species else "genus",
            genus=genus,
            higher_classification=f"|{'|'.join(taxa.lineage(genus))}|",
            type_status=chance.choices(("", "holotype", "paratype", "neotype"), weights=(95, 2, 2.5, 0.5))[0],
            preparations=(part := chance.choice(_PARTS)),
            preservation=_PRESERVED.get(part, "body fossil"),
            earliest_interval=earliest.name,
            latest_interval=latest.name,
            max_ma=earliest.span.max_ma,
            min_ma=latest.span.min_ma,
            timescale=chart.version,
            formation=chance.choices(formations, cum_weights=formation_often)[0] if chance.random() < 0.9 else "",
            country_code=country,
            locality=f"{chance.choice(localities)} {number % 97}",
            decimal_latitude=round(chance.uniform(-60, 70), 2),
            decimal_longitude=round(chance.uniform(-180, 180), 2),
            event_date=str(1900 + number % 120),
            recorded_by=chance.choice(("C. C. Young", "M. Bien", "B. Brown", "J. Bonaparte", "Dong Zhiming")),
            occurrence_remarks="Found in red mudstone, prepared with air scribe; surface well preserved.",
            translations={"zh": {"locality": "禄丰沙湾"}} if country == "CN" and number % 3 == 0 else {},
            created=made,
            modified=made,
        )


def fill(engine: Engine, n: int, seed: int = 1938) -> None:
    """Write a world into an empty database, in one transaction."""
    found = specimens_of_a_world(n, seed)
    with writing(engine) as connection:
        while batch := list(islice(found, BATCH)):
            write(connection, batch)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("ANALYZE")


def write(connection: Connection, batch: Iterable[Specimen]) -> None:
    """Write specimens as they are, without a check."""
    rows = [
        {name: getattr(specimen, name) for name in COLUMNS}
        | {"search_text": search_text(specimen), "site_words": "", "is_withheld": False}
        for specimen in batch
    ]
    connection.execute(insert(specimens), rows)


def _name(chance: random.Random, least: int, most: int) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(least, most))).capitalize()
