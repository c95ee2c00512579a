"""Lists of allowed words, and how a fossil is preserved. The built-in words are filled in when the database is opened."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "vocabulary_terms",
        sa.Column("id", sa.Integer, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("vocabulary", "term", "label_en", "label_zh", "definition", "definition_zh", "source")
        ),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("retired_at", "made_by", "made_at")),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("ix_vocabulary_terms_term", "vocabulary_terms", ["vocabulary", "term"], unique=True)
    op.add_column("specimens", sa.Column("preservation", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("specimens", "preservation")
    op.drop_table("vocabulary_terms")
