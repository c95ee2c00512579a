"""The tables of the database, as SQLAlchemy sees them. How they came to be is told in `catalogue/migrations`.

The columns of `specimens` and of the tables of parts are the fields of the records, in their order; a test compares tables,
records and migrations.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

from catalogue.parts import MEDIA, PARTS, RELATED, STATEMENTS
from catalogue.records import OWN, Edit, Import, Specimen

metadata = MetaData()

_COLUMN_TYPES: dict[object, tuple[type[TypeEngine[Any]], bool]] = {
    str: (Text, False),
    int: (Integer, False),
    int | None: (Integer, True),
    float: (Float, False),
    float | None: (Float, True),
}


def _columns(record: type, *left_out: str) -> list[Column[object]]:
    """A column for each field of a record: texts and numbers required, `… | None` may be missing, mappings as JSON."""
    columns: list[Column[object]] = []
    for field in fields(record):
        if field.name in left_out:
            continue
        column_type, nullable = _COLUMN_TYPES.get(field.type, (JSON, False))
        columns.append(Column(field.name, column_type, nullable=nullable))
    return columns


imports = Table("imports", metadata, Column("id", Integer, primary_key=True), *_columns(Import, "id"))

specimens = Table(
    "specimens",
    metadata,
    Column("id", Integer, primary_key=True),
    *_columns(Specimen, "import_id"),
    Column("import_id", Integer, ForeignKey("imports.id"), nullable=True),
    Column("search_text", Text, nullable=False),
)
Index("ix_specimens_occurrence_id", specimens.c.occurrence_id, unique=True)
Index(
    "ix_specimens_catalog_number",
    specimens.c.institution_code,
    specimens.c.catalog_number,
    unique=True,
    sqlite_where=specimens.c.basis_of_record == OWN,
    postgresql_where=specimens.c.basis_of_record == OWN,
)
Index("ix_specimens_age", specimens.c.max_ma, specimens.c.min_ma)
Index("ix_specimens_genus", specimens.c.genus)
Index("ix_specimens_country_code", specimens.c.country_code)
Index("ix_specimens_import_id", specimens.c.import_id)
Index("ix_specimens_created", specimens.c.created)

_TABLE_NAMES = {STATEMENTS: "measurements", "storage": "storage_places"}


def _table_of_parts(name: str) -> Table:
    table = Table(
        _TABLE_NAMES.get(name, name),
        metadata,
        Column("id", Integer, primary_key=True),
        Column("specimen_id", Integer, ForeignKey("specimens.id", ondelete="CASCADE"), nullable=False),
        Column("position", Integer, nullable=False),
        *_columns(PARTS[name], "occurrence_id"),
    )
    Index(f"ix_{table.name}_specimen_id", table.c.specimen_id)
    return table


PART_TABLES: Mapping[str, Table] = {name: _table_of_parts(name) for name in PARTS}
"""The table of each list of `catalogue.parts.PARTS`."""
measurements = PART_TABLES[STATEMENTS]
relations = PART_TABLES[RELATED]
Index("ix_relations_related_occurrence_id", relations.c.related_occurrence_id)
Index("ix_media_sha256", PART_TABLES[MEDIA].c.sha256)

edits = Table("edits", metadata, Column("id", Integer, primary_key=True), *_columns(Edit, "id"))
Index("ix_edits_made_at", edits.c.made_at)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edit_id", Integer, ForeignKey("edits.id"), nullable=False),
    Column("occurrence_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("field", Text, nullable=False),
    Column("before", JSON, nullable=True),
    Column("after", JSON, nullable=True),
)
Index("ix_changes_edit_id", changes.c.edit_id)
Index("ix_changes_occurrence_id", changes.c.occurrence_id)

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("failed_attempts", Integer, nullable=False),
    Column("locked_until", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("created", Text, nullable=False),
)
Index("ix_people_login", people.c.login, unique=True)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("created", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Column("user_agent", Text, nullable=False),
    Column("revoked", Text, nullable=False),
)
Index("ix_sessions_person_id", sessions.c.person_id)

one_time_links = Table(
    "one_time_links",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=True),
    Column("created", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Column("used", Text, nullable=False),
)

touched = Table(
    "touched",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("specimen_id", Integer, nullable=False),
    sqlite_autoincrement=True,
)
"""Which specimens were written or removed, in that order: by triggers, so that no way of writing is left out. The last ones only."""

saved_searches = Table(
    "saved_searches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("asked", JSON, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("saved_by", Text, nullable=False),
)
Index("ix_saved_searches_name", saved_searches.c.saved_by, saved_searches.c.name, unique=True)


def _tables_of_transactions(one: str, *texts: str) -> tuple[Table, Table]:
    """A table of loans or accessions, and which specimens belong to each; these are named by their key, so that a removed
    record comes back into its loan."""
    table = Table(
        f"{one}s",
        metadata,
        Column("id", Integer, primary_key=True),
        *(Column(name, Text, nullable=False) for name in texts),
        Column("version", Integer, nullable=False),
    )
    Index(f"ix_{one}s_number", table.c.number, unique=True)
    members = Table(
        f"{one}_specimens",
        metadata,
        Column(f"{one}_id", Integer, ForeignKey(f"{one}s.id", ondelete="CASCADE"), primary_key=True),
        Column("occurrence_id", Text, primary_key=True),
    )
    Index(f"ix_{one}_specimens_occurrence_id", members.c.occurrence_id)
    return table, members


loans, loan_specimens = _tables_of_transactions(
    "loan", "number", "borrower", "contact", "purpose", "sent", "due", "returned", "remarks"
)
accessions, accession_specimens = _tables_of_transactions(
    "accession", "number", "received_from", "received_on", "accession_kind", "terms", "remarks"
)
