"""Found records as Bonebed JSON: everything that the catalogue knows of them, to keep or to take over elsewhere."""

import json
from pathlib import Path

from catalogue.exchange.bonebed_json import NAME, VERSION, as_records
from catalogue.exchange.out.about import about
from catalogue.exchange.out.found import Found

_json = json.JSONEncoder(ensure_ascii=False).encode
"""Made once; `json.dumps` makes one for each record."""


def write(found: Found, to: Path) -> None:
    """Write the file, a record a line; its form is told in `catalogue.exchange.bonebed_json`."""
    told = about(found)
    head = {
        "format": NAME,
        "version": VERSION,
        "title": told.title,
        "citation": told.citation,
        "license": told.license_address or told.license_name,
        "dated": told.dated,
    }
    with to.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "records": [')
        before = "\n"
        for portion in found.portions(lists=True):
            for record in as_records(portion):
                file.write(before + _json(record))
                before = ",\n"
        file.write("\n]}\n")
