"""What publications suggest for a record that somebody types: the age of its formation, and how its name is used.

A formation is dated anew from time to time and differs by region, so its age is offered and never set. Groups come from Bonebed's own
sourced table (`catalogue.taxonomy`); only where that one does not know a name, the published parents lead to a group that it knows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection

from catalogue.geological_time import AgeRange, timescale
from catalogue.messages import Message, message
from catalogue.names import UnreadableName, parse_name
from catalogue.published import reading
from catalogue.published.entries import Name
from catalogue.spans import ages_covered
from catalogue.taxonomy import taxonomy

_BOUNDARIES_MOVED = 4.0
"""Ma by which a boundary of the Mesozoic moved at most between the timescales of the last decades; less than that at an end is no age."""
_MOST_PARENTS = 60


@dataclass(frozen=True)
class PublishedAge:
    """The age of a formation, as published.

    Parameters
    ----------
    earliest, latest : str
        Intervals of our chart that fit the ages of the source.
    max_ma, min_ma : float
        As the source says, by its timescale.
    collections : int
        From how many collections there.
    """

    earliest: str
    latest: str
    max_ma: float
    min_ma: float
    collections: int


def age_of_formation(connection: Connection, formation: str, country_code: str = "") -> PublishedAge | None:
    """The age that publications give a formation and its members together; None where they say none."""
    units = reading.rock_units(connection, formation, country_code)
    ends = reading.spans_of(units)
    if ends is None:
        return None
    span = AgeRange(*ends)
    ages = ages_covered(span, _BOUNDARIES_MOVED)
    narrowest = timescale().narrowest(span)
    found = (ages[0], ages[-1]) if ages else (narrowest, narrowest)
    if found[0] is None or found[1] is None:
        return None
    collections = sum(unit.collections or 0 for unit in units)
    return PublishedAge(found[0].name, found[1].name, span.max_ma, span.min_ma, collections)


def accepted(connection: Connection, names: Iterable[str]) -> dict[str, Name]:
    """What is published of those of some names that another name is used for now; by name."""
    found = {}
    for name in names:
        published = reading.names(connection, name)
        if published and published[0].accepted_name:
            found[name] = published[0]
    return found


def other_names(connection: Connection, identifications: Iterable[str]) -> dict[str, Message]:
    """What is to be told of names of which another one is in use, by the name as written."""
    named = {written: name for written in identifications if (name := _scientific_name(written))}
    synonyms = accepted(connection, dict.fromkeys(named.values()))
    return {
        written: message(
            "“{name}”: the Paleobiology Database uses “{accepted}” ({difference}). The name is kept as it is written.",
            name=name,
            accepted=synonyms[name].accepted_name,
            difference=Message(synonyms[name].difference or "–"),
        )
        for written, name in named.items()
        if name in synonyms
    }


@lru_cache(maxsize=4096)
def _scientific_name(written: str) -> str:
    try:
        return parse_name(written).scientific_name
    except UnreadableName:
        return ""


def groups(connection: Connection, scientific_name: str) -> tuple[str, ...]:
    """The groups that hold a taxon by its published parents, widest first, itself last; empty where they lead nowhere.

    The parents are followed up to the first that Bonebed's own table knows, and its groups stand before them.
    """
    genus = scientific_name.split(" ")[0]
    if not genus or taxonomy().lineage(scientific_name):
        return ()
    path: list[str] = []
    name = genus
    while name and name not in path and len(path) < _MOST_PARENTS:
        known = taxonomy().lineage(name) if name in taxonomy() else ()
        if known:
            return (*known, *reversed(path))
        path.append(name)
        published = reading.names(connection, name)
        name = (published[0].accepted_name or published[0].parent) if published else ""
    return ()
