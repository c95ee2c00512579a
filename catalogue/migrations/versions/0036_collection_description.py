"""What the collection is called where it is published, as curators write it."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0045"


def upgrade() -> None:
    op.create_table(
        "collection_description",
        sa.Column("id", sa.Integer, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("title", "description", "organization", "contact", "email", "license")
        ),
        sa.Column("version", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("collection_description")
