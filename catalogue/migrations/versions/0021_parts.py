"""What a specimen may have many of, more of Darwin Core's single terms, and loans and accessions."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

_NEW_TEXTS = (
    "record_number identified_by date_identified identification_references identification_remarks sex life_stage disposition "
    "verbatim_label lithostratigraphic_terms lowest_biostratigraphic_zone highest_biostratigraphic_zone verbatim_locality "
    "verbatim_coordinates geodetic_datum georeferenced_by georeferenced_date field_number rights_holder license "
    "information_withheld data_generalizations"
)
_NEW_NUMBERS = {
    "individual_count": sa.Integer,
    "minimum_elevation_in_meters": sa.Float,
    "maximum_elevation_in_meters": sa.Float,
}
_PARTS = {
    "identifications": "verbatim_identification scientific_name_authorship type_status identified_by date_identified "
    "identification_references identification_remarks",
    "pieces": "element side piece_count preparations prepared_by date_prepared catalog_number remarks",
    "citations": "bibliographic_citation pages citation_role doi remarks",
    "other_numbers": "other_catalog_number institution_code number_kind remarks",
    "relations": "relationship_of_resource related_occurrence_id related_resource relationship_remarks",
    "absolute_ages": "error_meaning dating_method material_dated reference remarks",
    "storage_places": "storage_location what since remarks",
    "condition_reports": "checked_on condition checked_by treatment next_check_due remarks",
}
_TRANSACTIONS = {
    "loans": "number borrower contact purpose sent due returned remarks",
    "accessions": "number received_from received_on accession_kind terms remarks",
}


def _texts(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names.split()]


def upgrade() -> None:
    for name in _NEW_TEXTS.split():
        op.add_column("specimens", sa.Column(name, sa.Text, nullable=False, server_default=""))
    for name, kind in _NEW_NUMBERS.items():
        op.add_column("specimens", sa.Column(name, kind))
    op.add_column("measurements", sa.Column("position", sa.Integer, nullable=False, server_default="0"))
    for name, texts in _PARTS.items():
        _make_parts(name, texts)
    op.create_index("ix_relations_related_occurrence_id", "relations", ["related_occurrence_id"])
    for name, texts in _TRANSACTIONS.items():
        _make_transactions(name, texts)


def _make_parts(name: str, texts: str) -> None:
    numbers = [sa.Column("age_ma", sa.Float, nullable=False), sa.Column("error_ma", sa.Float)]
    op.create_table(
        name,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("specimen_id", sa.Integer, sa.ForeignKey("specimens.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *(numbers if name == "absolute_ages" else []),
        *_texts(texts),
    )
    op.create_index(f"ix_{name}_specimen_id", name, ["specimen_id"])


def _make_transactions(name: str, texts: str) -> None:
    one = name.removesuffix("s")
    op.create_table(
        name,
        sa.Column("id", sa.Integer, primary_key=True),
        *_texts(texts),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index(f"ix_{name}_number", name, ["number"], unique=True)
    op.create_table(
        f"{one}_specimens",
        sa.Column(f"{one}_id", sa.Integer, sa.ForeignKey(f"{name}.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("occurrence_id", sa.Text, primary_key=True),
    )
    op.create_index(f"ix_{one}_specimens_occurrence_id", f"{one}_specimens", ["occurrence_id"])


def downgrade() -> None:
    for table in ("loan_specimens", "accession_specimens", *_TRANSACTIONS, *_PARTS):
        op.drop_table(table)
    op.drop_column("measurements", "position")
    for name in (*_NEW_TEXTS.split(), *_NEW_NUMBERS):
        op.drop_column("specimens", name)
