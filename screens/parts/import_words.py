"""What the import page calls things: what a column can mean, what becomes of a row, what parts the cells."""

from collections.abc import Mapping

from catalogue.exchange.mapping.headings import FIELDS, LEFT_OUT, RANKS, REMARKS
from catalogue.exchange.outcomes import RowResult
from screens.parts.history_words import field
from screens.words import _, marked

OUTCOMES: Mapping[RowResult, str] = {
    "accepted": marked("new"),
    "changed": marked("changed"),
    "unchanged": marked("unchanged"),
    "rejected": marked("rejected"),
}
DELIMITERS: Mapping[str, str] = {
    ",": marked("comma"),
    ";": marked("semicolon"),
    "\t": marked("tab"),
    "|": marked("bar"),
}
FORMATS = frozenset(
    {
        marked("table with free columns"),
        marked("Bonebed workbook"),
        marked("Paleobiology Database occurrences"),
        marked("Paleobiology Database specimens"),
        marked("Paleobiology Database measurements"),
        marked("Paleobiology Database collections"),
        marked("Paleobiology Database taxa"),
        marked("Paleobiology Database strata"),
    }
)
"""Names of formats that read differently in another language."""
_RANK_WORDS = {
    "age": (marked("Age (stage) of the chart, earliest"), marked("Age (stage) of the chart, latest")),
    "epoch": (marked("Epoch (series), earliest"), marked("Epoch (series), latest")),
    "period": (marked("Period (system), earliest"), marked("Period (system), latest")),
    "era": (marked("Era, earliest"), marked("Era, latest")),
    "eon": (marked("Eon, earliest"), marked("Eon, latest")),
}
_MEANINGS: Mapping[str, str] = {
    LEFT_OUT: marked("Leave out"),
    REMARKS: marked("Into the remarks"),
    "verbatim_identification": marked("Scientific name, as on the label"),
    "scientific_name": marked("Scientific name without doubt (cf., ?)"),
    "genus": marked("Genus"),
    "specific_epithet": marked("Second word of the name (species)"),
    "infraspecific_epithet": marked("Third word of the name (subspecies)"),
    "age": marked("Geological age, in any form"),
    "earliest_interval": marked("Earliest interval"),
    "latest_interval": marked("Latest interval"),
    "max_ma": marked("Oldest age in million years"),
    "min_ma": marked("Youngest age in million years"),
    "coordinates": marked("Latitude and longitude together"),
    "verbatim_latitude": marked("Latitude as written"),
    "verbatim_longitude": marked("Longitude as written"),
    "decimal_latitude": marked("Latitude"),
    "decimal_longitude": marked("Longitude"),
    "elevation": marked("Height above the sea"),
    "occurrence_id": marked("Key of the record"),
    "gbif_id": marked("Number at GBIF"),
    "occurrence_status": marked("Whether anything was found"),
    "collection_code": marked("Part of the collection"),
    "year": marked("Year of collecting"),
    "month": marked("Month of collecting"),
    "day": marked("Day of collecting"),
    "kingdom": marked("Kingdom"),
    "phylum": marked("Phylum"),
    "class": marked("Class"),
    "order": marked("Order, the group above families"),
    "superfamily": marked("Superfamily"),
    "family": marked("Family"),
    "subfamily": marked("Subfamily"),
    "basis_of_record": marked("Own specimen or published find"),
    **{f"{end}_{rank}": _RANK_WORDS[rank][place] for rank in RANKS for place, end in enumerate(("earliest", "latest"))},
}
_FIRST = (
    *("", REMARKS, "catalog_number", "verbatim_identification", "age", "formation", "locality", "country_code"),
    *("state_province", "county", "decimal_latitude", "decimal_longitude", "preparations", "recorded_by", "event_date"),
    *("type_status", "institution_code", "occurrence_remarks"),
)
"""What columns mean most often; it is offered first."""


def meaning(target: str) -> str:
    """What a column can mean, in words."""
    return _(_MEANINGS[target]) if target in _MEANINGS else field(target)


def meanings() -> dict[str, str]:
    """All that a column can mean, by the words for it; the most frequent first."""
    targets = dict.fromkeys((*_FIRST, *_MEANINGS, *FIELDS))
    words: dict[str, str] = {}
    for target in targets:
        word = meaning(target)
        words.setdefault(word if word not in words else f"{word} ({target})", target)
    return words
