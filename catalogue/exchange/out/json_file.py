"""Found records as Bonebed JSON: everything that the catalogue knows of them, to keep or to take over elsewhere."""

import json
from pathlib import Path

from catalogue.exchange.out.about import about
from catalogue.exchange.out.found import Found, Portion
from catalogue.exchange.out.json_records import NAME, VERSION, record_lines
from catalogue.exchange.out.making import made


def write(found: Found, to: Path) -> None:
    """Write the file, a record a line; its form is told in `catalogue.exchange.out.json_records`."""
    told = about(found)
    head = {
        "format": NAME,
        "version": VERSION,
        "title": told.title,
        "citation": told.citation,
        "license": told.license_address or told.license_name,
        "dated": told.dated,
    }
    with to.open("wb") as file:
        file.write((json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "records": [').encode())
        before = b"\n"
        for lines in made(found, _lines, lists=True):
            file.write(before + lines)
            before = b",\n"
        file.write(b"\n]}\n")


def _lines(portion: Portion) -> bytes:
    return b",\n".join(map(str.encode, record_lines(portion)))
