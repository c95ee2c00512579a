"""What all specimens of a genus have in common: a country, a formation, a museum. Trees are coloured by it."""

from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from catalogue.rights import VISITOR, Person, may
from catalogue.searching.columns import READABLE
from catalogue.tables import specimens

FIELDS = (
    *("country_code", "formation", "institution_code", "preservation", "type_status"),
    *(field for field in READABLE if field not in ("genus", "scientific_name")),
)
"""Fields of a record that groups of animals may share."""


def shared_values(
    connection: Connection, genera: Iterable[str], field: str, *, who: Person = VISITOR
) -> dict[str, tuple[str, bool]]:
    """The value of a field by genus.

    Parameters
    ----------
    genera : iterable of str
    field : str
        One of `FIELDS`; blank cells say nothing.
    who : Person
        Specimens whose site is withheld count only for who may see it.

    Returns
    -------
    dict
        The first value in the order of the alphabet, and whether it is the only one. A genus of which nothing is known is left out.
    """
    if field not in FIELDS:
        raise ValueError(f"{field!r} is not a field that groups share")
    column, genus = specimens.c[field], specimens.c.genus
    wanted = select(genus, func.min(column), func.max(column)).where(genus.in_(list(genera)), column != "")
    if not may(who, "see_exact_sites"):
        wanted = wanted.where(specimens.c.is_withheld.is_(False))
    return {str(name): (str(least), least == most) for name, least, most in connection.execute(wanted.group_by(genus))}
