"""Found records as KML for Google Earth and its like: a pin each in the colour of its time, with the age in words.

Google Earth knows no date before the year −9999, so the age is told and not set as a date. Records without coordinates are left out.

References
----------
Wilson, T. 2008. OGC KML. Open Geospatial Consortium 07-147r2.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from catalogue.exchange.out.about import about, links_of
from catalogue.exchange.out.found import Found, Portion
from catalogue.exchange.out.making import made
from catalogue.exchange.out.markup import all_escaped, attribute, escape
from catalogue.exchange.out.terms import term
from catalogue.geological_time import timescale

_TOLD = ["occurrence_id", "catalog_number", "type_status", "earliest_interval", "latest_interval", "formation", "country_code", "state_province", "locality", "coordinate_uncertainty_in_meters", "information_withheld", "data_generalizations"]  # fmt: skip


def write(found: Found, to: Path) -> None:
    """Write the file."""
    told = about(found)
    said = "\n".join(f"{heading}: {text}" for heading, text in told.lines())
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n',
        f"<name>{escape(told.title)}</name>\n<description>{escape(said)}</description>\n",
        *_styles(),
    ]
    with to.open("wb") as file:
        file.write("".join(head).encode())
        file.writelines(made(found, _marks))
        file.write(b"</Document>\n</kml>\n")


def placemarks(portion: Portion) -> Iterator[str]:
    """Records as pins; blank for a record without a place."""
    held = portion.columns
    links = all_escaped(links_of(held["occurrence_id"]))
    spans = (held[name] for name in ("earliest_interval", "latest_interval", "max_ma", "min_ma"))
    ages = list(map(_age, *spans))
    names, numbers, formations, localities = (
        all_escaped(held[name]) for name in ("verbatim_identification", "catalog_number", "formation", "locality")
    )
    lines = map(_lines, zip(numbers, ages, formations, localities, links, strict=True))
    styles = map(_style, held["earliest_interval"])
    data = map("".join, zip(*(_data(name, held[name]) for name in _TOLD if any(held[name])), strict=True))
    points = map(_point, held["decimal_latitude"], held["decimal_longitude"])
    return (
        f"<Placemark><name>{name}</name><Snippet>{age}</Snippet><description>{told}</description>"
        f"<styleUrl>#{style}</styleUrl><ExtendedData>{said}</ExtendedData>{point}</Placemark>\n"
        if point
        else ""
        for name, age, told, style, said, point in zip(names, ages, lines, styles, data, points, strict=True)
    )


def _marks(portion: Portion) -> bytes:
    return "".join(placemarks(portion)).encode()


def age_in_words(earliest: str, latest: str, max_ma: float, min_ma: float) -> str:
    """``Hettangian to Sinemurian, 201.4 to 192.9 million years ago``."""
    return f"{' to '.join(dict.fromkeys((earliest, latest)))}, {max_ma:g} to {min_ma:g} million years ago"


@lru_cache(maxsize=8192)
def _age(earliest: str, latest: str, max_ma: float, min_ma: float) -> str:
    return escape(age_in_words(earliest, latest, max_ma, min_ma))


def _lines(texts: Iterable[str]) -> str:
    return "\n".join([text for text in texts if text])


def _data(name: str, values: Sequence[object]) -> Iterable[str]:
    """What stands under one name, record by record; what many records share is written once, and blank what they do not say."""
    known: dict[object, str] = {}
    distinct = set(values)
    start = f"<Data name={attribute(term(name))}><value>"
    for value, text in zip(distinct, all_escaped(list(map(str, distinct))), strict=True):
        known[value] = f"{start}{text}</value></Data>" if value else ""
    return map(known.__getitem__, values)


def _point(latitude: float | None, longitude: float | None) -> str:
    if latitude is None or longitude is None:
        return ""
    return f"<Point><coordinates>{longitude},{latitude}</coordinates></Point>"


def _styles() -> Iterator[str]:
    """A colour for each interval, the official one; KML writes it from the back: opacity, blue, green, red."""
    for unit in timescale():
        red, green, blue = unit.color[1:3], unit.color[3:5], unit.color[5:7]
        colour = f"ff{blue}{green}{red}".lower()
        icon = f"<IconStyle><color>{colour}</color><scale>1</scale></IconStyle>"  # LIBKML of GDAL 3.6 fails without a scale
        yield f'<Style id="{_style(unit.name)}">{icon}</Style>\n'


@cache
def _style(interval: str) -> str:
    return "t-" + "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in interval)
