"""The addresses of the API: what each gives, which parameters it takes, and in which forms it answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.api.addresses import API, SPECIMENS
from catalogue.api.linked_data import MEDIA_TYPE as JSON_LD
from catalogue.api.parameters import FACET_LIST, FILTERS, ORDER, PAGE, Parameter, page_size
from catalogue.geological_time import timescale
from catalogue.messages import Message, message

JSON, HTML, GEOJSON = "application/json", "text/html", "application/geo+json"
PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Endpoint:
    """One address.

    Parameters
    ----------
    name : str
        What it is called in programs.
    path : str
        With ``{id}`` where the key of a record stands.
    summary : Message
    forms : sequence of str
        Media types in which it answers, the first one when nothing is asked.
    parameters : sequence of Parameter
    """

    name: str
    path: str
    summary: Message
    forms: Sequence[str] = (JSON,)
    parameters: Sequence[Parameter] = ()


_RANK = Parameter(
    "rank",
    message("Only the intervals of one rank."),
    {"type": "string", "enum": list(dict.fromkeys(unit.rank for unit in timescale()))},
    "period",
)

_LANGUAGE = Parameter("lang", message("The language of the page."), {"type": "string", "enum": ["en", "zh"]}, "zh")

DESCRIPTION = Endpoint(
    "describe", API, message("This description, as OpenAPI or as a page to read."), (JSON, HTML), (_LANGUAGE,)
)
SPECIMEN_LIST = Endpoint(
    "listSpecimens",
    SPECIMENS,
    message("The records that a search finds, a page at a time."),
    parameters=(*FILTERS, ORDER, PAGE, page_size(100), FACET_LIST),
)
ONE_SPECIMEN = Endpoint(
    "getSpecimen",
    f"{SPECIMENS}/{{id}}",
    message("One record with all its lists, as JSON or as linked data (JSON-LD)."),
    (JSON, JSON_LD),
)
TAXA = Endpoint(
    "listTaxa",
    f"{API}/taxa",
    message("The taxa and groups of the records that a search finds, with their lineage and their number of records."),
    parameters=(*FILTERS, PAGE, page_size(100)),
)
INTERVALS = Endpoint(
    "listIntervals",
    f"{API}/intervals",
    message("The ICS chart: ages, colours, names in English and Chinese, and how many records overlap each interval."),
    parameters=(_RANK,),
)
LOCALITIES = Endpoint(
    "listLocalities",
    f"{API}/localities.geojson",
    message("The places of the records that a search finds, for maps."),
    (GEOJSON, JSON),
    (*FILTERS, ORDER, PAGE, page_size(1000)),
)
ENDPOINTS = (DESCRIPTION, SPECIMEN_LIST, ONE_SPECIMEN, TAXA, INTERVALS, LOCALITIES)
"""All of them, in the order in which they are described."""
