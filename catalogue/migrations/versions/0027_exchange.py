"""Who made an import, and what the columns of other people's tables mean, saved by name."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("imports", sa.Column("made_by", sa.Text, nullable=False, server_default=""))
    op.execute(
        "UPDATE imports SET made_by = coalesce("
        "(SELECT min(edits.made_by) FROM edits WHERE edits.import_id = imports.id AND edits.kind = 'import'), '')"
    )
    op.create_table(
        "column_maps",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "headings")),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("targets", "fixed")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("made_by", "made_at")),
    )
    op.create_index("ix_column_maps_name", "column_maps", ["name"], unique=True)
    op.create_index("ix_column_maps_headings", "column_maps", ["headings"])


def downgrade() -> None:
    op.drop_table("column_maps")
    op.drop_column("imports", "made_by")
