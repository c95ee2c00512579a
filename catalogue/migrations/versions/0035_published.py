"""Rock units, localities and names from publications, beside the finds."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "published_entries",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("key", "kind", "title", "looked_up_by")),
        sa.Column("says", sa.JSON, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("import_id", sa.Integer, sa.ForeignKey("imports.id"), nullable=True),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("ix_published_entries_key", "published_entries", ["key"], unique=True)
    op.create_index("ix_published_entries_looked_up_by", "published_entries", ["kind", "looked_up_by"])


def downgrade() -> None:
    op.drop_table("published_entries")
