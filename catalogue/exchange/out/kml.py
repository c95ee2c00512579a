"""Found records as KML for Google Earth and its like: a pin each in the colour of its time, with the age in words.

Google Earth knows no date before the year −9999, so the age is told and not set as a date. Records without coordinates are left out.

References
----------
Wilson, T. 2008. OGC KML. Open Geospatial Consortium 07-147r2.
"""

from collections.abc import Iterator
from pathlib import Path

from catalogue.exchange.out.about import about, link_of
from catalogue.exchange.out.found import Found
from catalogue.exchange.out.markup import attribute, escape
from catalogue.exchange.out.terms import term
from catalogue.geological_time import timescale
from catalogue.records import Specimen

_TOLD = ["occurrence_id", "catalog_number", "type_status", "earliest_interval", "latest_interval", "formation", "country_code", "state_province", "locality", "coordinate_uncertainty_in_meters", "information_withheld", "data_generalizations"]  # fmt: skip


def write(found: Found, to: Path) -> None:
    """Write the file."""
    told = about(found)
    said = "\n".join(f"{heading}: {text}" for heading, text in told.lines())
    with to.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n')
        file.write(f"<name>{escape(told.title)}</name>\n<description>{escape(said)}</description>\n")
        file.writelines(_styles())
        for specimen in found.specimens():
            if specimen.has_place:
                file.write(placemark(specimen))
        file.write("</Document>\n</kml>\n")


def placemark(specimen: Specimen) -> str:
    """One record as a pin."""
    link = link_of(specimen.occurrence_id)
    lines = [specimen.catalog_number, age_in_words(specimen), specimen.formation, specimen.locality, link]
    data = "".join(
        f"<Data name={attribute(term(name))}><value>{escape(str(getattr(specimen, name)))}</value></Data>"
        for name in _TOLD
        if getattr(specimen, name)
    )
    return (
        f"<Placemark><name>{escape(specimen.verbatim_identification)}</name>"
        f"<Snippet>{escape(age_in_words(specimen))}</Snippet>"
        f"<description>{escape(chr(10).join(line for line in lines if line))}</description>"
        f"<styleUrl>#{_style(specimen.earliest_interval)}</styleUrl><ExtendedData>{data}</ExtendedData>"
        f"<Point><coordinates>{specimen.decimal_longitude},{specimen.decimal_latitude}</coordinates></Point></Placemark>\n"
    )


def age_in_words(specimen: Specimen) -> str:
    """``Hettangian to Sinemurian, 201.4 to 192.9 million years ago``."""
    names = dict.fromkeys((specimen.earliest_interval, specimen.latest_interval))
    return f"{' to '.join(names)}, {specimen.max_ma:g} to {specimen.min_ma:g} million years ago"


def _styles() -> Iterator[str]:
    """A colour for each interval, the official one; KML writes it from the back: opacity, blue, green, red."""
    for unit in timescale():
        red, green, blue = unit.color[1:3], unit.color[3:5], unit.color[5:7]
        colour = f"ff{blue}{green}{red}".lower()
        icon = f"<IconStyle><color>{colour}</color></IconStyle>"
        yield f'<Style id="{_style(unit.name)}">{icon}</Style>\n'


def _style(interval: str) -> str:
    return "t-" + "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in interval)
