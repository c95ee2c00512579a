"""What people type and have not saved yet, what they carry forward to the next specimen, and values kept under a name."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("key", "login", "form", "occurrence_id")),
        sa.Column("base_version", sa.Integer, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("saved_at", sa.Text, nullable=False),
    )
    op.create_index("ix_drafts_key", "drafts", ["key"], unique=True)
    op.create_index("ix_drafts_login", "drafts", ["login", "form", "occurrence_id"])
    op.create_table(
        "pins",
        sa.Column("login", sa.Text, primary_key=True),
        sa.Column("fields", sa.JSON, nullable=False),
    )
    op.create_table(
        "entry_templates",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("saved_at", sa.Text, nullable=False),
    )
    op.create_index("ix_entry_templates_name", "entry_templates", ["login", "name"], unique=True)


def downgrade() -> None:
    for table in ("entry_templates", "pins", "drafts"):
        op.drop_table(table)
