"""Specimens, statements about them, imports, and the index of words.

On SQLite the words are held by FTS5, kept in step by triggers; on PostgreSQL by an index over `search_text`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TEXTS_BEFORE_AGE = (
    "occurrence_id basis_of_record institution_code catalog_number verbatim_identification scientific_name "
    "identification_qualifier scientific_name_authorship taxon_rank genus higher_classification type_status preparations "
    "earliest_interval latest_interval"
)
_TEXTS_AFTER_AGE = (
    "timescale verbatim_age lithostratigraphic_group formation member bed country_code state_province county locality"
)
_TEXTS_AFTER_PLACE = "georeference_protocol georeference_sources event_date recorded_by occurrence_remarks associated_references dataset_name"


def _texts(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names.split()]


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer, primary_key=True),
        *_texts("file_name file_sha256 format imported_at"),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("read", "accepted", "changed", "unchanged", "rejected")
        ),
    )
    op.create_table(
        "specimens",
        sa.Column("id", sa.Integer, primary_key=True),
        *_texts(_TEXTS_BEFORE_AGE),
        sa.Column("max_ma", sa.Float, nullable=False),
        sa.Column("min_ma", sa.Float, nullable=False),
        *_texts(_TEXTS_AFTER_AGE),
        sa.Column("decimal_latitude", sa.Float),
        sa.Column("decimal_longitude", sa.Float),
        sa.Column("coordinate_uncertainty_in_meters", sa.Float),
        *_texts(_TEXTS_AFTER_PLACE),
        sa.Column("translations", sa.JSON, nullable=False),
        *_texts("created modified"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("import_id", sa.Integer, sa.ForeignKey("imports.id")),
        sa.Column("search_text", sa.Text, nullable=False),
    )
    own = sa.text("basis_of_record = 'FossilSpecimen'")
    op.create_index("ix_specimens_occurrence_id", "specimens", ["occurrence_id"], unique=True)
    op.create_index(
        "ix_specimens_catalog_number",
        "specimens",
        ["institution_code", "catalog_number"],
        unique=True,
        sqlite_where=own,
        postgresql_where=own,
    )
    op.create_index("ix_specimens_age", "specimens", ["max_ma", "min_ma"])
    for column in ("genus", "country_code", "import_id"):
        op.create_index(f"ix_specimens_{column}", "specimens", [column])
    op.create_table(
        "measurements",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("specimen_id", sa.Integer, sa.ForeignKey("specimens.id", ondelete="CASCADE"), nullable=False),
        *_texts("measurement_type measurement_value measurement_unit measurement_accuracy measurement_method"),
        *_texts("measurement_remarks reference"),
        sa.Column("translations", sa.JSON, nullable=False),
    )
    op.create_index("ix_measurements_specimen_id", "measurements", ["specimen_id"])
    _index_words()


def _index_words() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute("CREATE INDEX ix_specimens_words ON specimens USING gin (to_tsvector('simple', search_text))")
        return
    op.execute(
        "CREATE VIRTUAL TABLE specimens_fts USING fts5("
        "search_text, content='specimens', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
    )
    remove = "INSERT INTO specimens_fts(specimens_fts, rowid, search_text) VALUES ('delete', old.id, old.search_text);"
    insert = "INSERT INTO specimens_fts(rowid, search_text) VALUES (new.id, new.search_text);"
    for event, action in (("INSERT", insert), ("DELETE", remove), ("UPDATE OF search_text", remove + insert)):
        name = event.split()[0].lower()
        op.execute(f"CREATE TRIGGER specimens_fts_{name} AFTER {event} ON specimens BEGIN {action} END")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE specimens_fts")
    for table in ("measurements", "specimens", "imports"):
        op.drop_table(table)
