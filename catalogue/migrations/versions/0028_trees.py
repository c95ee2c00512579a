"""The library of trees: files as they came, the trees kept of them, and what people said of their tips."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "kept_files",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("file_name", "format")),
        sa.Column("content", sa.LargeBinary, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("trees_found", "trees_read")),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("told", "matrices")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("added_by", "added_at")),
    )
    op.create_table(
        "kept_trees",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("file_id", sa.Integer, sa.ForeignKey("kept_files.id"), nullable=False),
        sa.Column("ages_file_id", sa.Integer, sa.ForeignKey("kept_files.id"), nullable=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "newick", "rooted")),
        sa.Column("has_lengths", sa.Boolean, nullable=False),
        sa.Column("tips", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("title", "authors", "year", "doi", "note", "licence")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("added_by", "added_at", "removed_by", "removed_at")),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("ix_kept_trees_file_id", "kept_trees", ["file_id"])
    op.create_index("ix_kept_trees_ages_file_id", "kept_trees", ["ages_file_id"])
    op.create_table(
        "kept_tips",
        sa.Column("tree_id", sa.Integer, sa.ForeignKey("kept_trees.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("tip", sa.Text, primary_key=True),
        sa.Column("taxon", sa.Text, nullable=False),
        sa.Column("left_out", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Float, nullable=True) for name in ("first_ma", "last_ma")),
        sa.Column("source", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in ("kept_tips", "kept_trees", "kept_files"):
        op.drop_table(table)
