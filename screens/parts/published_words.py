"""What things from publications are called: kinds of entries and what is known of each."""

from collections.abc import Mapping

from catalogue.published.entries import Kind
from screens.words import _, marked

KINDS: Mapping[Kind, str] = {
    "rock_unit": marked("Rock units"),
    "locality": marked("Localities"),
    "name": marked("Names"),
}
FIELDS: Mapping[str, str] = {
    "group": marked("Rock group"),
    "lithology": marked("Rocks"),
    "max_ma": marked("Oldest age in million years"),
    "min_ma": marked("Youngest age in million years"),
    "country_codes": marked("Countries"),
    "collections": marked("Collections"),
    "occurrences": marked("Finds"),
    "number": marked("Number"),
    "also_known_as": marked("Also known as"),
    "name": marked("Name"),
    "rank": marked("Rank"),
    "authorship": marked("Named by"),
    "difference": marked("Why another name is used"),
    "accepted_name": marked("Name in use"),
    "parent": marked("Belongs to"),
    "first_max_ma": marked("First appearance, oldest"),
    "first_min_ma": marked("First appearance, youngest"),
    "last_max_ma": marked("Last appearance, oldest"),
    "last_min_ma": marked("Last appearance, youngest"),
    "extant": marked("Alive today"),
    "reference": marked("Published in"),
}
"""Fields of entries that are none of a record."""
DIFFERENCES = frozenset(
    {
        marked("subjective synonym of"),
        marked("objective synonym of"),
        marked("replaced by"),
        marked("recombined as"),
        marked("reassigned as"),
        marked("misspelling of"),
        marked("corrected to"),
        marked("obsolete variant of"),
        marked("invalid subgroup of"),
        marked("nomen dubium"),
        marked("nomen nudum"),
        marked("nomen vanum"),
        marked("nomen oblitum"),
    }
)
"""Why the Paleobiology Database uses another name, in its own words."""


def difference(said: str) -> str:
    """Why another name is used, in the reader's language where it is one of the usual reasons."""
    return _(said) if said in DIFFERENCES else said
