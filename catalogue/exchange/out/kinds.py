"""The files that can be made of found records, each with a plain sentence what it is for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from catalogue.exchange.out import (
    archive,
    csv_file,
    geojson_file,
    geopackage,
    json_file,
    kml,
    references,
    workbook,
)
from catalogue.exchange.out.found import Found
from catalogue.messages import Message, message


@dataclass(frozen=True)
class Kind:
    """A kind of file.

    Parameters
    ----------
    name : str
        Its short name, on the command line and in links.
    label : Message
        What people call it.
    purpose : Message
        What it is for.
    suffix : str
        How its name ends.
    media_type : str
        By which browsers know it.
    write : callable
        Writes found records to a path.
    places_only : bool
        Whether records without coordinates are left out.
    always_coarser : bool
        Whether withheld sites are made coarser for everybody.
    says_itself : bool
        Whether citation and licence stand in the file; otherwise they can be put beside it, in a zip.
    """

    name: str
    label: Message
    purpose: Message
    suffix: str
    media_type: str
    write: Callable[[Found, Path], None]
    places_only: bool = False
    always_coarser: bool = False
    says_itself: bool = True


_KINDS = (
    Kind(
        "xlsx",
        message("Excel workbook"),
        message(
            "A sheet of records, and one for each of their lists: names, measurements, pieces. For reading, sorting and mending; imported again, the lists come back too."
        ),
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        workbook.write,
    ),
    Kind(
        "csv",
        message("Table (CSV)"),
        message(
            "A line for each record, under the names of Darwin Core. For R, Python and other programs. In Excel take the workbook: of a CSV it misreads letters such as é and 禄, and drops zeros before a number. One table has no room for lists (earlier names, measurements, pieces): the workbook, the archive and Bonebed JSON hold them."
        ),
        "csv",
        "text/csv",
        csv_file.write,
        says_itself=False,
    ),
    Kind(
        "dwca",
        message("Archive for GBIF"),
        message("A Darwin Core Archive, as GBIF and other museums take it. Withheld sites are always made coarser."),
        "zip",
        "application/zip",
        archive.write,
        always_coarser=True,
    ),
    Kind(
        "json",
        message("Everything (Bonebed JSON)"),
        message(
            "All that is known of the records, with their lists and translations. Another Bonebed takes it over as it is."
        ),
        "json",
        "application/json",
        json_file.write,
    ),
    Kind(
        "kml",
        message("Google Earth (KML)"),
        message("A pin for each place, in the colour of its time. For a globe in front of a class."),
        "kml",
        "application/vnd.google-earth.kml+xml",
        kml.write,
        places_only=True,
    ),
    Kind(
        "geojson",
        message("Map layer (GeoJSON)"),
        message("Places with the fields of their records, not their lists. For maps on the web."),
        "geojson",
        "application/geo+json",
        geojson_file.write,
    ),
    Kind(
        "gpkg",
        message("Map layer (GeoPackage)"),
        message("The same in one file for QGIS and ArcGIS."),
        "gpkg",
        "application/geopackage+sqlite3",
        geopackage.write,
    ),
    Kind(
        "bibtex",
        message("References (BibTeX)"),
        message("The publications that these records name. For LaTeX and JabRef."),
        "bib",
        "application/x-bibtex",
        references.write_bibtex,
    ),
    Kind(
        "ris",
        message("References (RIS)"),
        message("The publications that these records name. For EndNote and Mendeley."),
        "ris",
        "application/x-research-info-systems",
        references.write_ris,
    ),
    Kind(
        "csl",
        message("References (CSL-JSON)"),
        message("The publications that these records name. For Zotero and Pandoc."),
        "json",
        "application/vnd.citationstyles.csl+json",
        references.write_csl,
    ),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}
"""Every kind of file, by its short name, in the order in which they are offered."""
