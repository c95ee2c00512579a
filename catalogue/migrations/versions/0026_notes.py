"""Private notes and lists, and saved searches that are shared on purpose.

Until now a search that was saved while nobody signed in was everybody's. From here on it belongs to that computer until somebody
shares it: nothing becomes public by itself.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "private_notes",
        sa.Column("id", sa.Integer, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("login", "occurrence_id", "known_as", "written", "made_at", "changed_at")
        ),
    )
    op.create_index("ix_private_notes_login", "private_notes", ["login", "occurrence_id"])
    op.create_table(
        "private_lists",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("login", "name", "made_at")),
    )
    op.create_index("ix_private_lists_name", "private_lists", ["login", "name"], unique=True)
    op.create_table(
        "private_list_entries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("list_id", sa.Integer, sa.ForeignKey("private_lists.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("occurrence_id", "known_as", "remark")),
    )
    op.create_index(
        "ix_private_list_entries_occurrence_id", "private_list_entries", ["list_id", "occurrence_id"], unique=True
    )
    op.add_column("saved_searches", sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("saved_searches", "shared")
    for table in ("private_list_entries", "private_lists", "private_notes"):
        op.drop_table(table)
