"""Photographs and scans of specimens: added, changed, taken away, and found again.

What is said about them is one list of the record, ``media``, so that it stands in the history and is undone, removed and restored
with it. The files lie in a store of their own and stay there: whatever is undone finds its file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from catalogue import specimens, stored
from catalogue.checking import InvalidDraft
from catalogue.generalising import generalise_parts
from catalogue.media import store as media_store
from catalogue.media.checking import check_file
from catalogue.media.kinds import PHOTOGRAPH, Medium
from catalogue.messages import Problem, message
from catalogue.parts import MEDIA
from catalogue.records import Specimen
from catalogue.rights import VISITOR, Person, may, require
from catalogue.tables import PART_TABLES
from catalogue.tables import specimens as specimen_table

_table = PART_TABLES[MEDIA]
_COLUMNS = [column for column in _table.c if column.name not in {"id", "specimen_id", "position"}]


def receive(
    who: Person,
    content: bytes,
    *,
    license: str,
    credit: str,
    caption: str = "",
    translations: Mapping[str, Mapping[str, str]] | None = None,
) -> Medium:
    """Check and clean a file and put it into the store; `add` then puts it with a record.

    Raises
    ------
    NotAllowed
        When the person may not amend records.
    RefusedFile
        When it is not a photograph or a scan that can be kept; nothing is kept.
    """
    require(who, "amend")
    file = check_file(content)
    return Medium(
        sha256=media_store.keep(file),
        kind=file.kind,
        format=file.format,
        width=file.width,
        height=file.height,
        bytes=len(file.content),
        license=license,
        credit=credit,
        caption=caption,
        translations=translations or {},
        added_by=who.login,
        added_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def of_specimen(connection: Connection, occurrence_id: str, *, who: Person = VISITOR) -> list[Medium]:
    """The photographs and scans of a record, in the order in which they are shown."""
    return specimens.listed(connection, occurrence_id, MEDIA, who=who)


def add(
    connection: Connection, who: Person, occurrence_id: str, new: Iterable[Medium], *, version: int, why: str = ""
) -> Specimen:
    """Put photographs and scans with a record, after those that are there.

    Raises
    ------
    NotAllowed, NoSuchSpecimen, Conflict
    InvalidDraft
        When licence or credit are missing, or one is with the record already; nothing is written.
    """
    return arrange(
        connection,
        who,
        occurrence_id,
        [*stored.listed(connection, occurrence_id, MEDIA), *new],
        version=version,
        why=why,
    )


def remove(
    connection: Connection, who: Person, occurrence_id: str, sha256: str, *, version: int, why: str = ""
) -> Specimen:
    """Take a photograph or a scan from a record; undoing brings it back, for its file stays.

    Raises
    ------
    NotAllowed, NoSuchSpecimen, Conflict
    """
    kept = [medium for medium in stored.listed(connection, occurrence_id, MEDIA) if medium.sha256 != sha256]
    return arrange(connection, who, occurrence_id, kept, version=version, why=why)


def describe(
    connection: Connection,
    who: Person,
    occurrence_id: str,
    sha256: str,
    said: Mapping[str, object],
    *,
    version: int,
    why: str = "",
) -> Specimen:
    """Change what is said about one: licence, credit, caption, focus.

    Raises
    ------
    NotAllowed, NoSuchSpecimen, Conflict, InvalidDraft
    """
    changed = [
        replace(medium, **said) if medium.sha256 == sha256 else medium
        for medium in stored.listed(connection, occurrence_id, MEDIA)
    ]
    return arrange(connection, who, occurrence_id, changed, version=version, why=why)


def arrange(
    connection: Connection, who: Person, occurrence_id: str, wanted: Sequence[Medium], *, version: int, why: str = ""
) -> Specimen:
    """Bring the photographs and scans of a record to a list, in its order; the first photograph stands on its card.

    Raises
    ------
    NotAllowed, NoSuchSpecimen, Conflict, InvalidDraft
    """
    require(who, "amend")
    if len({medium.sha256 for medium in wanted}) < len(wanted):
        raise InvalidDraft([Problem(MEDIA, message("This photograph or scan is with the record already."))])
    return specimens.amend(connection, who, occurrence_id, {MEDIA: list(wanted)}, version=version, why=why)


def first_photographs(
    connection: Connection, occurrence_ids: Sequence[str], *, who: Person = VISITOR
) -> dict[str, Medium]:
    """The first photograph of each record that has one, by the key of the record."""
    column = specimen_table.c.occurrence_id
    found: dict[str, Medium] = {}
    for start in range(0, len(occurrence_ids), 500):
        query = (
            select(column, specimen_table.c.is_withheld, *_COLUMNS)
            .join_from(_table, specimen_table, _table.c.specimen_id == specimen_table.c.id)
            .where(column.in_(occurrence_ids[start : start + 500]), _table.c.kind == PHOTOGRAPH)
            .order_by(_table.c.position)
        )
        for key, is_withheld, *values in connection.execute(query):
            found.setdefault(key, _shown(Medium(*values), who, is_withheld))
    return found


def shown_to(connection: Connection, who: Person, sha256: str) -> Medium | None:
    """A photograph or scan that a person may see: it stands with a record, and they may read; else None."""
    if not may(who, "read"):
        return None
    query = select(specimen_table.c.is_withheld, *_COLUMNS).join_from(
        _table, specimen_table, _table.c.specimen_id == specimen_table.c.id
    )
    row = connection.execute(query.where(_table.c.sha256 == sha256).limit(1)).first()
    return _shown(Medium(*row[1:]), who, row.is_withheld) if row is not None else None


def _shown(medium: Medium, who: Person, is_withheld: bool) -> Medium:
    """A photograph or scan as the person may see it: the caption may name a place that is withheld."""
    if not is_withheld or may(who, "see_exact_sites"):
        return medium
    shown: list[Medium] = generalise_parts({MEDIA: [medium]})[MEDIA]
    return shown[0]
