"""Photographs and scans of specimens; the files themselves lie in the store."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def _texts(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names.split()]


def upgrade() -> None:
    op.create_table(
        "media",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("specimen_id", sa.Integer, sa.ForeignKey("specimens.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *_texts("sha256 kind format"),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("width", "height", "bytes")),
        *_texts("license credit caption"),
        sa.Column("translations", sa.JSON, nullable=False),
        *(sa.Column(name, sa.Float) for name in ("focus_x", "focus_y", "focus_width", "focus_height")),
        *_texts("added_by added_at"),
    )
    op.create_index("ix_media_specimen_id", "media", ["specimen_id"])
    op.create_index("ix_media_sha256", "media", ["sha256"])


def downgrade() -> None:
    op.drop_table("media")
