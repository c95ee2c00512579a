"""Lists of the Paleobiology Database and of GBIF for which a catalogue of finds has no room: named, counted, and what to do with them."""

from collections.abc import Callable

from catalogue.exchange.reading import Table
from catalogue.messages import Message, message


def other_list(table: Table) -> Message | None:
    """Why a list is not taken, with what was read in it; None when it is no such list."""
    columns = set(table.columns)
    return next((told(len(table.rows)) for signs, told in _LISTS if signs <= columns), None)


_LISTS: tuple[tuple[set[str], Callable[[int], Message]], ...] = (
    (
        {"opinion_no", "taxon_name"},
        lambda count: message(
            "This is a list of opinions of the Paleobiology Database: {count} statements on names. Download the occurrences of these taxa there; those can be imported.",
            count=count,
        ),
    ),
    (
        {"reference_no", "pubtitle"},
        lambda count: message(
            "This is a list of references of the Paleobiology Database: {count} publications, without what they say. Download the occurrences of these publications there; those can be imported.",
            count=count,
        ),
    ),
    (
        {"interval_no", "interval_name"},
        lambda count: message(
            "This is a list of intervals of the Paleobiology Database: {count} of them. Bonebed has its own chart of intervals.",
            count=count,
        ),
    ),
    (
        {"taxonKey", "acceptedTaxonKey", "numberOfOccurrences"},
        lambda count: message(
            "This is a species list of GBIF: {count} names, each with its number of occurrences, without the finds themselves. Download the occurrences there, as a simple table or as a Darwin Core Archive; those can be imported.",
            count=count,
        ),
    ),
)
"""The columns by which a list is known, and what is said of one with so many rows."""
