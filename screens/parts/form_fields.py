"""The fields of the form of a specimen: one table, in the order in which they are shown, read and reached with the Tab key.

A field is a line here: its Darwin Core name, what it is called, an example, and how it is entered. Fields that most records leave
blank are in `screens.parts.more_fields`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from catalogue.vocabularies.places import OF_RECORDS
from screens.parts import more_fields
from screens.words import marked


@dataclass(frozen=True)
class Field:
    """One field of the form.

    Parameters
    ----------
    name : str
        The field of `catalogue.records.Specimen`.
    label : str
        What it is called; translated where it is shown.
    example : str
        Stands in it while it is empty; a text that is marked for translation, or a name that is none.
    entered : str
        How: one line of ``text``, a ``long`` text, or a choice of an ``interval``, a ``country`` or a ``word`` of a vocabulary; ``site`` only for whoever may withhold sites.
    """

    name: str
    label: str
    example: str = ""
    entered: Literal["text", "long", "interval", "country", "word", "locality", "site"] = "text"


FIRST = (
    Field("catalog_number", marked("Catalogue number"), "LFGT 0123"),
    Field("institution_code", marked("Museum (short code)"), "LFGT"),
    Field("verbatim_identification", marked("Scientific name, as on the label"), "cf. Lufengosaurus huenei"),
    Field("preparations", marked("What is kept"), marked("skull and left hind limb")),
    Field("formation", marked("Rock formation"), "Lufeng"),
    Field("earliest_interval", marked("Earliest interval"), entered="interval"),
    Field("locality", marked("Locality"), marked("Dawa, Lufeng"), entered="locality"),
    Field("country_code", marked("Country"), entered="country"),
    Field("recorded_by", marked("Found by")),
    Field("event_date", marked("Collected (year or date)"), "1938-11"),
)
"""The fields that are always in sight."""
PLACE = (
    Field("decimal_latitude", marked("Latitude in degrees (north +, south −)"), "25.15"),
    Field("decimal_longitude", marked("Longitude in degrees (east +, west −)"), "102.08"),
    Field("coordinate_uncertainty_in_meters", marked("Uncertain by how many metres"), "1000"),
    Field("georeference_sources", marked("Where the coordinates come from")),
    Field("state_province", marked("Province or state")),
    Field("county", marked("County or city")),
    Field("site_withheld", marked("Exact site"), entered="site"),
)
MATERIAL = (
    Field("scientific_name_authorship", marked("Who named the species"), "Young, 1941"),
    Field("type_status", marked("Type status"), entered="word"),
    Field("preservation", marked("How it is preserved"), entered="word"),
)
ROCK = (
    Field("latest_interval", marked("Latest interval (blank: the same)"), entered="interval"),
    Field("lithostratigraphic_group", marked("Rock group")),
    Field("member", marked("Member")),
    Field("bed", marked("Bed")),
)
STORY = (
    Field("associated_references", marked("Published in"), "Young 1941"),
    Field("occurrence_remarks", marked("Remarks"), entered="long"),
)

LABELS: Mapping[str, str] = {
    **{field.name: field.label for field in (*FIRST, *PLACE, *MATERIAL, *ROCK, *STORY)},
    **more_fields.LABELS,
}
"""The fields of the form and what they are called, in its order."""
NEEDED = frozenset({"catalog_number", "verbatim_identification", "earliest_interval", "locality"})
"""Without these no record of a museum is saved."""
CHOSEN = frozenset({"earliest_interval", "latest_interval", "country_code", *OF_RECORDS})
"""Fields that are chosen from a list; their widgets hold None while they are empty."""
