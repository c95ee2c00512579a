"""The three kinds of things that are taken over from publications: rock units, localities and names."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, TypeAlias, get_args

from catalogue.geological_time import AgeRange

Kind = Literal["rock_unit", "locality", "name"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_MARKS = re.compile(r"[\"“”„«»'’?]")
_RANK = re.compile(r" (formation|fm\.?|group|gp\.?|member|mb\.?|beds)$")


@dataclass(frozen=True)
class RockUnit:
    """A group, formation or member, and the ages of what was found in it. A blank text means "not stated".

    Parameters
    ----------
    max_ma, min_ma : float or None
        As the source says, by the timescale of the day on which it was asked.
    country_codes : tuple of str
        ISO 3166; what is none of these as the source has it.
    collections, occurrences : int or None
        How many the source has.
    """

    group: str = ""
    formation: str = ""
    member: str = ""
    lithology: str = ""
    max_ma: float | None = None
    min_ma: float | None = None
    country_codes: tuple[str, ...] = ()
    collections: int | None = None
    occurrences: int | None = None

    @property
    def title(self) -> str:
        """What people call it, from wide to narrow."""
        return ", ".join(filter(None, (self.group, self.formation, self.member)))

    @property
    def looked_up_by(self) -> str:
        """The name under which it is looked for: its formation, else the group or the member."""
        return folded(self.formation or self.group or self.member)

    @property
    def span(self) -> AgeRange | None:
        """Its ages; None where the source has none."""
        return None if self.max_ma is None or self.min_ma is None else AgeRange(self.max_ma, self.min_ma)


@dataclass(frozen=True)
class Locality:
    """A place where fossils were found, as published; coordinates in degrees, WGS84 where the source says nothing else."""

    number: str = ""
    locality: str = ""
    also_known_as: str = ""
    group: str = ""
    formation: str = ""
    member: str = ""
    earliest_interval: str = ""
    latest_interval: str = ""
    max_ma: float | None = None
    min_ma: float | None = None
    country_code: str = ""
    state_province: str = ""
    county: str = ""
    decimal_latitude: float | None = None
    decimal_longitude: float | None = None
    occurrences: int | None = None
    reference: str = ""

    @property
    def title(self) -> str:
        """What people call it; its number where it has no name."""
        return self.locality or self.number

    @property
    def looked_up_by(self) -> str:
        """The name under which it is looked for."""
        return folded(self.title)


@dataclass(frozen=True)
class Name:
    """A name of a taxon, how it is used now, and where it belongs.

    Parameters
    ----------
    difference : str
        Why another name is used instead: "subjective synonym of", "nomen dubium"; blank for a name in use.
    accepted_name : str
        The name to be used; blank when it is this one.
    first_max_ma, first_min_ma, last_max_ma, last_min_ma : float or None
        Bounds in Ma of its first and of its last appearance in the source.
    """

    name: str = ""
    rank: str = ""
    authorship: str = ""
    difference: str = ""
    accepted_name: str = ""
    parent: str = ""
    first_max_ma: float | None = None
    first_min_ma: float | None = None
    last_max_ma: float | None = None
    last_min_ma: float | None = None
    extant: str = ""
    occurrences: int | None = None
    reference: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name

    @property
    def looked_up_by(self) -> str:
        """The name under which it is looked for."""
        return folded(self.name)


Says: TypeAlias = RockUnit | Locality | Name
_OF_KIND: Mapping[Kind, type[RockUnit] | type[Locality] | type[Name]] = {
    "rock_unit": RockUnit,
    "locality": Locality,
    "name": Name,
}


@dataclass(frozen=True)
class Entry:
    """One thing taken over from a publication.

    Parameters
    ----------
    key : str
        Under which its source knows it, such as ``pbdb:col:11805``; for a rock unit, which has no number there, its names.
    source : str
        Where it comes from: "Paleobiology Database".
    id, version : int
        Ours; 0 before it is kept.
    """

    key: str
    kind: Kind
    says: Says
    source: str
    id: int = 0
    version: int = 0


def columns_of(kind: Kind) -> tuple[str, ...]:
    """What is known of each entry of a kind."""
    return tuple(field.name for field in fields(_OF_KIND[kind]))


def plain(says: Says) -> dict[str, Any]:
    """What an entry says, as the table and the history keep it."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(says).items()}


def from_plain(kind: Kind, held: Mapping[str, Any]) -> Says:
    """The way back; what it does not name is blank."""
    known = columns_of(kind)
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in held.items() if name in known
    }
    return _OF_KIND[kind](**given)


def folded(name: str) -> str:
    """A name as it is compared: without capitals, accents, marks of doubt, and the rank behind it.

    >>> folded("“Lance” Formation")
    'lance'
    """
    decomposed = unicodedata.normalize("NFKD", _MARKS.sub("", name))
    text = " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).casefold().split())
    return _RANK.sub("", text)
