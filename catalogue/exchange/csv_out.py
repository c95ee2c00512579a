"""Found records as a CSV file, a line each, with the column names of Darwin Core.

The ages stand as Darwin Core wants them, each rank in its own pair of columns, filled from the chart: a Hettangian specimen is also
Early Jurassic, Jurassic, Mesozoic and Phanerozoic. What Darwin Core has no term for keeps our name: ``maxMa``, ``minMa``,
``timescale``, ``translations`` (JSON).

References
----------
Wieczorek, J. et al. 2012. Darwin Core: an evolving community-developed biodiversity data standard. PLoS ONE 7: e29715.
doi:10.1371/journal.pone.0029715
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache

from catalogue.exchange.cells import harmless
from catalogue.geological_time import timescale
from catalogue.records import Specimen

_LEFT_OUT = frozenset({"earliest_interval", "latest_interval", "import_id", "genus"})
_SPELT = {"occurrence_id": "occurrenceID", "max_ma": "maxMa", "min_ma": "minMa"}
_RANKS = {
    "eon": "EonOr{end}Eonothem",
    "era": "EraOr{end}Erathem",
    "period": "PeriodOr{end}System",
    "epoch": "EpochOr{end}Series",
    "age": "AgeOr{end}Stage",
}
"""The ranks of the chart that Darwin Core has terms for."""


def term(field: str) -> str:
    """The Darwin Core term of a field: ``catalogNumber`` for ``catalog_number``."""
    first, *rest = field.split("_")
    return _SPELT.get(field) or first + "".join(word.capitalize() for word in rest)


_FIELDS = tuple(field.name for field in fields(Specimen) if field.name not in _LEFT_OUT)
_AGES = tuple(
    f"{which}{name.format(end=end)}"
    for name in _RANKS.values()
    for which, end in (("earliest", "Lowest"), ("latest", "Highest"))
)
COLUMNS = (*map(term, _FIELDS), "genus", *_AGES)
"""The headings, in their order."""


def csv_lines(specimens: Iterable[Specimen], *, byte_order_mark: bool = False) -> Iterator[str]:
    """The file, in portions.

    Parameters
    ----------
    specimens : iterable of Specimen
        The records, in the order of the lines.
    byte_order_mark : bool
        Whether to begin with U+FEFF, by which Excel knows UTF-8.

    Yields
    ------
    str
        Lines that end in CR LF. A cell that a spreadsheet would run as a formula is set behind an apostrophe.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    yield ("\ufeff" if byte_order_mark else "") + _taken(text)
    for number, specimen in enumerate(specimens, 1):
        writer.writerow(map(harmless, _cells(specimen)))
        if number % 500 == 0:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> str:
    written = text.getvalue()
    text.seek(0)
    text.truncate()
    return written


def _cells(specimen: Specimen) -> list[str]:
    groups = " | ".join(group for group in specimen.higher_classification.split("|") if group)
    cells = [groups if name == "higher_classification" else _cell(getattr(specimen, name)) for name in _FIELDS]
    genus = specimen.genus if specimen.genus in specimen.scientific_name.split() else ""
    earliest, latest = _ranked(specimen.earliest_interval), _ranked(specimen.latest_interval)
    return [*cells, genus, *(name for pair in zip(earliest, latest, strict=True) for name in pair)]


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:.10g}"
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False) if value else ""


@cache
def _ranked(interval: str) -> tuple[str, ...]:
    """The names of the units that hold an interval, itself included, in the order of the ranks; blank below it."""
    chart = timescale()
    units = chart.lineage(chart[interval]) if interval in chart.intervals else []
    names = {unit.rank: unit.name for unit in units}
    return tuple(names.get(rank, "") for rank in _RANKS)
