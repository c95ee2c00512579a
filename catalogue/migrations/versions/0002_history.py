"""Who changed what, when and why: edits and the changes that each of them made."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "edits",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "made_at", "made_by", "why")),
        sa.Column("undoes", sa.Integer),
        sa.Column("import_id", sa.Integer),
    )
    op.create_index("ix_edits_made_at", "edits", ["made_at"])
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("edit_id", sa.Integer, sa.ForeignKey("edits.id"), nullable=False),
        sa.Column("occurrence_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("before", sa.JSON),
        sa.Column("after", sa.JSON),
    )
    op.create_index("ix_changes_edit_id", "changes", ["edit_id"])
    op.create_index("ix_changes_occurrence_id", "changes", ["occurrence_id"])


def downgrade() -> None:
    op.drop_table("changes")
    op.drop_table("edits")
