"""The tables of the database, as SQLAlchemy sees them. How they came to be is told in `catalogue/migrations`.

The columns of `specimens` and of the tables of parts are the fields of the records, in their order; a test compares tables,
records and migrations.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
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
    Column("site_words", Text, nullable=False),
    Column("is_withheld", Boolean, nullable=False),
)
"""Beside the fields: the words by which everybody finds a record, those by which only whoever may see its exact site does, and
whether that site is withheld; see `catalogue.withholding`."""
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
Index(
    "ix_specimens_withheld",
    specimens.c.id,
    sqlite_where=specimens.c.is_withheld,
    postgresql_where=specimens.c.is_withheld,
)

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
    Column("mark", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)
"""Which specimens were written or removed, in that order: by triggers, so that no way of writing is left out. The last ones only.

The database itself gives each entry a mark at random: a copy that was put back gives out the same numbers again, never the same marks."""

saved_searches = Table(
    "saved_searches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("asked", JSON, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("saved_by", Text, nullable=False),
    Column("shared", Boolean, nullable=False),
)
Index("ix_saved_searches_name", saved_searches.c.saved_by, saved_searches.c.name, unique=True)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("login", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("occurrence_id", Text, nullable=False),
    Column("base_version", Integer, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("saved_at", Text, nullable=False),
)
"""What people typed and did not save yet."""
Index("ix_drafts_key", drafts.c.key, unique=True)
Index("ix_drafts_login", drafts.c.login, drafts.c.form, drafts.c.occurrence_id)

pins = Table(
    "pins",
    metadata,
    Column("login", Text, primary_key=True),
    Column("fields", JSON, nullable=False),
)

entry_templates = Table(
    "entry_templates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("saved_at", Text, nullable=False),
)
Index("ix_entry_templates_name", entry_templates.c.login, entry_templates.c.name, unique=True)


private_notes = Table(
    "private_notes",
    metadata,
    Column("id", Integer, primary_key=True),
    *(
        Column(name, Text, nullable=False)
        for name in ("login", "occurrence_id", "known_as", "written", "made_at", "changed_at")
    ),
)
"""Named by the keys of the records, as the lists are, so that both outlive the removal of a record; see `catalogue.notes`."""
Index("ix_private_notes_login", private_notes.c.login, private_notes.c.occurrence_id)

private_lists = Table(
    "private_lists",
    metadata,
    Column("id", Integer, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("login", "name", "made_at")),
)
Index("ix_private_lists_name", private_lists.c.login, private_lists.c.name, unique=True)

private_list_entries = Table(
    "private_list_entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", Integer, ForeignKey("private_lists.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("occurrence_id", "known_as", "remark")),
)
Index(
    "ix_private_list_entries_occurrence_id",
    private_list_entries.c.list_id,
    private_list_entries.c.occurrence_id,
    unique=True,
)


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


withholding_rules = Table(
    "withholding_rules",
    metadata,
    Column("id", Integer, primary_key=True),
    *(
        Column(name, Text, nullable=False)
        for name in ("field", "value", "why", "made_by", "made_at", "ended_by", "ended_at")
    ),
)

vocabulary_terms = Table(
    "vocabulary_terms",
    metadata,
    Column("id", Integer, primary_key=True),
    *(
        Column(name, Text, nullable=False)
        for name in ("vocabulary", "term", "label_en", "label_zh", "definition", "definition_zh", "source")
    ),
    Column("aliases", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("retired_at", "made_by", "made_at")),
    Column("version", Integer, nullable=False),
)
Index("ix_vocabulary_terms_term", vocabulary_terms.c.vocabulary, vocabulary_terms.c.term, unique=True)

loans, loan_specimens = _tables_of_transactions(
    "loan", "number", "borrower", "contact", "purpose", "sent", "due", "returned", "remarks"
)
accessions, accession_specimens = _tables_of_transactions(
    "accession", "number", "received_from", "received_on", "accession_kind", "terms", "remarks"
)

column_maps = Table(
    "column_maps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("headings", Text, nullable=False),
    Column("targets", JSON, nullable=False),
    Column("fixed", JSON, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Text, nullable=False),
)
"""What the columns of other people's tables mean, saved by name for everybody; `headings` is how a table is known again."""
Index("ix_column_maps_name", column_maps.c.name, unique=True)
Index("ix_column_maps_headings", column_maps.c.headings)

kept_files = Table(
    "kept_files",
    metadata,
    Column("id", Integer, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("file_name", "format")),
    Column("content", LargeBinary, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("trees_found", "trees_read")),
    *(Column(name, JSON, nullable=False) for name in ("told", "matrices")),
    *(Column(name, Text, nullable=False) for name in ("added_by", "added_at")),
)
"""Files of trees, characters or ages, byte for byte, with what was found in them; see `trees.keeping`."""

kept_trees = Table(
    "kept_trees",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_id", Integer, ForeignKey("kept_files.id"), nullable=False),
    Column("ages_file_id", Integer, ForeignKey("kept_files.id"), nullable=True),
    *(Column(name, Text, nullable=False) for name in ("name", "newick", "rooted")),
    Column("has_lengths", Boolean, nullable=False),
    Column("tips", Integer, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("title", "authors", "year", "doi", "note", "licence")),
    *(Column(name, Text, nullable=False) for name in ("added_by", "added_at", "removed_by", "removed_at")),
    Column("version", Integer, nullable=False),
)
Index("ix_kept_trees_file_id", kept_trees.c.file_id)
Index("ix_kept_trees_ages_file_id", kept_trees.c.ages_file_id)

kept_tips = Table(
    "kept_tips",
    metadata,
    Column("tree_id", Integer, ForeignKey("kept_trees.id", ondelete="CASCADE"), primary_key=True),
    Column("tip", Text, primary_key=True),
    Column("taxon", Text, nullable=False),
    Column("left_out", Boolean, nullable=False),
    *(Column(name, Float, nullable=True) for name in ("first_ma", "last_ma")),
    Column("source", Text, nullable=False),
)
"""What a person said of a tip: which taxon it is, when it lived, or that it stays out."""

published_entries = Table(
    "published_entries",
    metadata,
    Column("id", Integer, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("key", "kind", "title", "looked_up_by")),
    Column("says", JSON, nullable=False),
    Column("source", Text, nullable=False),
    Column("import_id", Integer, ForeignKey("imports.id"), nullable=True),
    Column("version", Integer, nullable=False),
)
"""Rock units, localities and names as published, beside the finds; see `catalogue.published`."""
Index("ix_published_entries_key", published_entries.c.key, unique=True)
Index("ix_published_entries_looked_up_by", published_entries.c.kind, published_entries.c.looked_up_by)

lesson_versions = Table(
    "lesson_versions",
    metadata,
    Column("lesson_id", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("title", "en", "zh")),
    Column("removed", Boolean, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("made_by", "made_at")),
)
"""Lessons as people wrote them, each version a row of its own; the newest counts. See `classroom.writing`."""

collection_description = Table(
    "collection_description",
    metadata,
    Column("id", Integer, primary_key=True),
    *(
        Column(name, Text, nullable=False)
        for name in ("title", "description", "organization", "contact", "email", "license")
    ),
    Column("version", Integer, nullable=False),
)
"""One row: the collection as curators describe it; see `catalogue.describing`."""

settled = Table("settled", metadata, Column("name", Text, primary_key=True), Column("settled_by", Text, nullable=False))
"""By which state of a table of `data/` the columns beside the records were reckoned. See `catalogue.settling`."""
