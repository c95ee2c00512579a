"""Giving a specimen a name: the current one stands in the record, those before it and those of others in its list.

Nothing is overwritten: a name that comes puts the one before it into the list, with who gave it, when and on what grounds.
"""

from collections.abc import Mapping
from dataclasses import fields

from sqlalchemy import Connection

from catalogue import stored
from catalogue.parts import IDENTIFICATIONS, Identification, plain
from catalogue.records import Specimen
from catalogue.rights import Person
from catalogue.specimens import amend

_FIELDS = tuple(field.name for field in fields(Identification))


def current(specimen: Specimen) -> Identification:
    """The identification that stands in the record."""
    return Identification(**{name: getattr(specimen, name) for name in _FIELDS})


def identify(
    connection: Connection,
    who: Person,
    occurrence_id: str,
    typed: Mapping[str, object],
    *,
    version: int,
    why: str = "",
) -> Specimen:
    """Give a specimen a name from now on; the one that it had is put first into its list.

    Parameters
    ----------
    typed : mapping
        Fields of `Identification` as typed. Without a ``type_status`` the one of the record stays, for a type remains a type.
    version : int
        The version that the person had open.

    Raises
    ------
    NotAllowed, InvalidDraft, NoSuchSpecimen, Conflict
    """
    specimen = stored.get(connection, occurrence_id)
    draft = {name: typed.get(name, "") for name in _FIELDS}
    draft["type_status"] = draft["type_status"] or specimen.type_status
    former = [plain(current(specimen)), *map(plain, stored.listed(connection, occurrence_id, IDENTIFICATIONS))]
    return amend(connection, who, occurrence_id, draft | {IDENTIFICATIONS: former}, version=version, why=why)


def make_current(
    connection: Connection, who: Person, occurrence_id: str, place: int, *, version: int, why: str = ""
) -> Specimen:
    """Make a listed identification the current one; the one that was current takes its place in the list.

    Parameters
    ----------
    place : int
        Its place in the list, from 0.

    Raises
    ------
    NotAllowed, InvalidDraft, NoSuchSpecimen, Conflict
    """
    specimen = stored.get(connection, occurrence_id)
    names = [plain(one) for one in stored.listed(connection, occurrence_id, IDENTIFICATIONS)]
    chosen, names[place] = names[place], plain(current(specimen))
    return amend(connection, who, occurrence_id, chosen | {IDENTIFICATIONS: names}, version=version, why=why)
