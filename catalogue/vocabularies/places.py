"""Which lists of allowed words there are, and where in the records their words stand.

A *closed* list holds all that can be said (left, right …): what is not in it is refused. An *open* one holds what is usual: another
word is kept as it was typed, with a warning, and an administrator may merge it into a word of the list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, false, func, or_, select, union_all

from catalogue.messages import Message, message
from catalogue.parts import IDENTIFICATIONS
from catalogue.tables import PART_TABLES, specimens


@dataclass(frozen=True)
class Place:
    """Where words of a vocabulary stand: a field of the record itself, or of the lines of one of its lists."""

    field: str
    listed: str = ""

    @property
    def column(self) -> Column[str]:
        """The column of the database."""
        table = PART_TABLES[self.listed] if self.listed else specimens
        return table.c[self.field]

    @property
    def key(self) -> Column[int]:
        """The column that says which specimen a row is of."""
        return PART_TABLES[self.listed].c.specimen_id if self.listed else specimens.c.id


@dataclass(frozen=True)
class Kind:
    """A vocabulary: what it is called, whether it is closed, and where its words stand."""

    title: Message
    closed: bool
    places: tuple[Place, ...]


KINDS: Mapping[str, Kind] = {
    "preservation": Kind(message("How it is preserved"), False, (Place("preservation"),)),
    "element": Kind(message("Bone or piece"), False, (Place("element", "pieces"),)),
    "side": Kind(message("Side"), True, (Place("side", "pieces"),)),
    "disposition": Kind(message("Whereabouts"), False, (Place("disposition"),)),
    "type_status": Kind(
        message("Type status"), False, (Place("type_status"), Place("type_status", listed=IDENTIFICATIONS))
    ),
    "sex": Kind(message("Sex"), True, (Place("sex"),)),
    "life_stage": Kind(message("Life stage"), False, (Place("life_stage"),)),
    "citation_role": Kind(message("What a publication does"), True, (Place("citation_role", "citations"),)),
}
"""Every vocabulary, by its name."""

OF_RECORDS: Mapping[str, str] = {
    place.field: name for name, kind in KINDS.items() for place in kind.places if not place.listed
}
"""The fields of a record that hold words of a vocabulary, and of which one."""


def of_list(listed: str) -> dict[str, str]:
    """The fields of a list of a record that hold words of a vocabulary, and of which one."""
    return {place.field: name for name, kind in KINDS.items() for place in kind.places if place.listed == listed}


def using(vocabulary: str, word: str) -> ColumnElement[bool]:
    """Whether a record uses a word anywhere, as an SQL condition on the table of specimens; nothing does of an unknown list."""
    places = KINDS[vocabulary].places if vocabulary in KINDS else ()
    return or_(false(), *(_at(place, word) for place in places))


def _at(place: Place, word: str) -> ColumnElement[bool]:
    here = place.column == word
    return specimens.c.id.in_(select(place.key).where(here)) if place.listed else here


def counted(vocabulary: str) -> Select[Any]:
    """Every word that stands in the places of a vocabulary, with the number of records that use it."""
    held = union_all(
        *(
            select(place.column.label("word"), place.key.label("specimen_id")).where(place.column != "")
            for place in KINDS[vocabulary].places
        )
    ).subquery()
    return select(held.c.word, func.count(held.c.specimen_id.distinct())).group_by(held.c.word)
