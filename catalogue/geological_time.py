"""Geological time: the ICS chart, the names that people write for its intervals, and ranges in Ma.

Time is the thread of Bonebed. A specimen has named intervals; this module turns them into a range of ages. Names are found
in English and Chinese, for time and for rock ("Lower Jurassic", 下侏罗统), in capitals or not, with "early" or "late" before an
age, and through a table of regional and informal names.

References
----------
Cohen, K., Harper, D., Gibbard, P. and Car, N. 2025. The ICS international chronostratigraphic chart this decade.
Episodes 48: 105-115. doi:10.18814/epiiugs/2025/025001
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from catalogue.facts import read_facts
from catalogue.messages import CatalogueError, Message, message

VERSION = "ICS 2024-12"


@dataclass(frozen=True, order=True)
class AgeRange:
    """A span of time.

    Parameters
    ----------
    max_ma : float
        The older end, in Ma.
    min_ma : float
        The younger end, in Ma; not above `max_ma`.
    """

    max_ma: float
    min_ma: float

    def __post_init__(self) -> None:
        if self.max_ma < self.min_ma:
            raise ValueError(f"An age range runs from old to young, not from {self.max_ma} to {self.min_ma} Ma.")

    @property
    def midpoint(self) -> float:
        """The age half-way between both ends, in Ma."""
        return (self.max_ma + self.min_ma) / 2

    def overlaps(self, other: "AgeRange") -> bool:
        """Whether both spans share more than an instant; an instant overlaps the span that holds it."""
        if self.max_ma == self.min_ma or other.max_ma == other.min_ma:
            return self.max_ma >= other.min_ma and other.max_ma >= self.min_ma
        return self.max_ma > other.min_ma and other.max_ma > self.min_ma

    def lies_within(self, other: "AgeRange") -> bool:
        """Whether this span lies inside the other, ends included."""
        return self.max_ma <= other.max_ma and self.min_ma >= other.min_ma


@dataclass(frozen=True)
class Interval:
    """One unit of the ICS chart.

    Parameters
    ----------
    name : str
        Geochronologic name in English, "Early Jurassic".
    chronostratigraphic_name : str
        Name of the rocks of that time, "Lower Jurassic".
    rank : str
        ``super-eon``, ``eon``, ``era``, ``period``, ``sub-period``, ``epoch`` or ``age``.
    parent : str
        Name of the unit that holds it; blank at the top.
    span : AgeRange
        Its ages in Ma.
    max_ma_error, min_ma_error : float or None
        Margins of both ages in Ma; None where the chart states none.
    color : str
        Colour of the Commission for the Geological Map of the World, ``#34B2C9``.
    symbol : str
        Short code on geological maps, "J1".
    chinese_name, chinese_chronostratigraphic_name : str
        早侏罗世 and 下侏罗统.
    """

    name: str
    chronostratigraphic_name: str
    rank: str
    parent: str
    span: AgeRange
    max_ma_error: float | None
    min_ma_error: float | None
    color: str
    symbol: str
    chinese_name: str
    chinese_chronostratigraphic_name: str

    def label(self, language: str = "en") -> str:
        """Its name for a reader of English (``en``) or Chinese (``zh``)."""
        return self.chinese_name if language.startswith("zh") else self.name


@dataclass(frozen=True)
class Match:
    """What a written name of an interval was taken for.

    Parameters
    ----------
    earliest, latest : Interval
        First and last unit of the chart; the same for a name of the chart.
    exact : bool
        False for a regional or informal name and for a part of an age, whose true ages may be narrower.
    """

    earliest: Interval
    latest: Interval
    exact: bool


@dataclass(frozen=True)
class GeologicalAge:
    """The age of a specimen: its earliest and latest interval and the span from one to the other."""

    earliest: Interval
    latest: Interval

    @property
    def span(self) -> AgeRange:
        """From the base of the earliest to the top of the latest interval, in Ma."""
        return AgeRange(self.earliest.span.max_ma, self.latest.span.min_ma)


class UnknownInterval(CatalogueError):
    """A name that is neither on the chart nor among the aliases."""


class InvertedRange(CatalogueError):
    """The earliest interval is younger than the latest one."""


class Timescale:
    """The ICS chart with its aliases. Use `timescale()`, which reads it once."""

    version = VERSION

    def __init__(self, intervals: Iterable[Interval], aliases: Iterable[dict[str, str]] = ()) -> None:
        self.intervals = {interval.name: interval for interval in intervals}
        rows = list(aliases)
        self.aliases = tuple(row["alias"] for row in rows)
        self._aliases = {
            _folded(row["alias"]): (row["earliest_interval"], row["latest_interval"] or row["earliest_interval"])
            for row in rows
        }

    def __getitem__(self, name: str) -> Interval:
        return self.intervals[name]

    def __iter__(self) -> Iterator[Interval]:
        return iter(self.intervals.values())

    def children(self, interval: Interval) -> list[Interval]:
        """The units directly below `interval`, oldest first."""
        return [unit for unit in self if unit.parent == interval.name]

    def lineage(self, interval: Interval) -> list[Interval]:
        """`interval` and the units that hold it, narrowest first."""
        lineage = [interval]
        while lineage[-1].parent:
            lineage.append(self[lineage[-1].parent])
        return lineage

    def of_rank(self, rank: str, within: AgeRange | None = None) -> list[Interval]:
        """The units of one rank, oldest first, that overlap `within` when it is given."""
        return [unit for unit in self if unit.rank == rank and (within is None or unit.span.overlaps(within))]

    def at(self, age_ma: float, rank: str) -> Interval | None:
        """The unit of `rank` at an age in Ma; a boundary belongs to the younger unit. None where there is none."""
        for unit in self:
            if unit.rank == rank and (unit.span.min_ma < age_ma <= unit.span.max_ma or age_ma == unit.span.min_ma == 0):
                return unit
        return None

    def narrowest(self, span: AgeRange) -> Interval | None:
        """The smallest unit that holds the whole span; None when no unit does."""
        holders = [unit for unit in self if span.lies_within(unit.span)]
        return min(holders, key=lambda unit: unit.span.max_ma - unit.span.min_ma, default=None)

    def find(self, written: str) -> Match | None:
        """What a written name stands for.

        Parameters
        ----------
        written : str
            A name of the chart in English or Chinese, for time or rock; an alias; or "early", "middle", "late", "lower", "upper"
            before a name of the chart, which is then taken for the whole unit and called not exact.

        Returns
        -------
        Match or None
            None when the name is not known.
        """
        folded = _folded(written)
        if folded in self._names:
            unit = self._names[folded]
            return Match(unit, unit, exact=True)
        if folded in self._aliases:
            earliest, latest = self._aliases[folded]
            return Match(self[earliest], self[latest], exact=False)
        part = _PART.match(folded)
        whole = part and self.find(part["whole"])
        return Match(whole.earliest, whole.latest, exact=False) if whole else None

    def date(self, earliest: str, latest: str = "") -> GeologicalAge:
        """The age that two written intervals give together.

        Parameters
        ----------
        earliest : str
            Name of the earliest interval.
        latest : str
            Name of the latest interval; blank means the same as the earliest.

        Returns
        -------
        GeologicalAge

        Raises
        ------
        UnknownInterval
            When a name is not known; near names are offered.
        InvertedRange
            When the earliest interval is younger than the latest.
        """
        first = self._known(earliest)
        last = self._known(latest) if latest.strip() else first
        if (
            first.earliest.span.max_ma < last.latest.span.max_ma
            and first.earliest.span.min_ma < last.latest.span.min_ma
        ):
            raise InvertedRange(
                message(
                    "The earliest interval “{earliest}” ({earliest_ma} Ma) is younger than the latest interval “{latest}” ({latest_ma} Ma). Swap them?",
                    earliest=earliest.strip(),
                    earliest_ma=f"{first.earliest.span.max_ma:g}",
                    latest=latest.strip(),
                    latest_ma=f"{last.latest.span.max_ma:g}",
                )
            )
        return GeologicalAge(first.earliest, last.latest)

    def _known(self, written: str) -> Match:
        match = self.find(written)
        if match is None:
            raise UnknownInterval(self._unknown(written))
        return match

    def _unknown(self, written: str) -> Message:
        from difflib import get_close_matches

        written = written.strip()[:60]
        near = [self._names[name].name for name in get_close_matches(_folded(written), self._names, n=2, cutoff=0.7)]
        if near:
            return message(
                "“{written}” is not an interval of the {version} chart. Did you mean {near}?",
                written=written,
                version=self.version,
                near=" / ".join(dict.fromkeys(near)),
            )
        return message(
            "“{written}” is not an interval of the {version} chart, nor a name we know for one.",
            written=written,
            version=self.version,
        )

    @cached_property
    def _names(self) -> dict[str, Interval]:
        names: dict[str, Interval] = {}
        for unit in self:
            for name in (
                unit.name,
                unit.chronostratigraphic_name,
                unit.chinese_name,
                unit.chinese_chronostratigraphic_name,
            ):
                names.setdefault(_folded(name), unit)
        return names


_PART = re.compile(
    r"^(?:(?:lower|upper|early|middle|late|mid|earliest|latest|uppermost|lowermost)\s+|[早中晚上下])(?P<whole>.+)$"
)


def chinese_years(ma: float) -> str:
    """A number of million years as Chinese counts years, by hundred millions and ten thousands: 2.014亿, 6600万."""
    return f"{float(f'{ma / 100:.4g}'):g}亿" if ma >= 100 else f"{float(f'{ma * 100:.4g}'):g}万"


def _folded(name: str) -> str:
    return re.sub(r"[\s_\-‐–]+", " ", name).strip().casefold()


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _interval(row: dict[str, str]) -> Interval:
    return Interval(
        name=row["name"],
        chronostratigraphic_name=row["chronostratigraphic_name"],
        rank=row["rank"],
        parent=row["parent"],
        span=AgeRange(float(row["max_ma"]), float(row["min_ma"])),
        max_ma_error=_number(row["max_ma_error"]),
        min_ma_error=_number(row["min_ma_error"]),
        color=row["color"],
        symbol=row["symbol"],
        chinese_name=row["chinese_name"],
        chinese_chronostratigraphic_name=row["chinese_chronostratigraphic_name"],
    )


@cache
def timescale() -> Timescale:
    """The ICS chart 2024-12 with the aliases of `data/geological_time`, read once."""
    return Timescale(
        [_interval(row) for row in read_facts("geological_time/ics_2024_12.tsv")],
        read_facts("geological_time/interval_aliases.tsv"),
    )
