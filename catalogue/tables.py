"""The tables of the database, as SQLAlchemy sees them. How they came to be is told in `catalogue/migrations`.

The columns of `specimens` and `measurements` are the fields of the records, in their order; a test compares tables, records
and migrations.
"""

from dataclasses import fields
from typing import Any

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

from catalogue.records import OWN, Edit, Import, Measurement, Specimen

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

measurements = Table(
    "measurements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("specimen_id", Integer, ForeignKey("specimens.id", ondelete="CASCADE"), nullable=False),
    *_columns(Measurement, "occurrence_id"),
)
Index("ix_measurements_specimen_id", measurements.c.specimen_id)

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
