"""What the columns beside the records were reckoned by, so that they are reckoned anew once when that changes."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0036"


def upgrade() -> None:
    op.create_table(
        "settled",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("settled_by", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("settled")
