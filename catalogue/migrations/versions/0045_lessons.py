"""Lessons that people write, each version a row of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "lesson_versions",
        *(sa.Column(name, sa.Integer, primary_key=True) for name in ("lesson_id", "version")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("title", "en", "zh")),
        sa.Column("removed", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("made_by", "made_at")),
    )


def downgrade() -> None:
    op.drop_table("lesson_versions")
