"""People with their roles, the sessions in which they are signed in, and links that open once."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _texts(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names.split()]


def _of_a_person(nullable: bool) -> sa.Column[int]:
    return sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer, primary_key=True),
        *_texts("login name role password_hash"),
        sa.Column("failed_attempts", sa.Integer, nullable=False),
        *_texts("locked_until"),
        sa.Column("disabled", sa.Boolean, nullable=False),
        *_texts("created"),
    )
    op.create_index("ix_people_login", "people", ["login"], unique=True)
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.Text, primary_key=True),
        _of_a_person(nullable=False),
        *_texts("created expires user_agent revoked"),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])
    op.create_table(
        "one_time_links",
        sa.Column("token_hash", sa.Text, primary_key=True),
        *_texts("purpose"),
        _of_a_person(nullable=True),
        *_texts("created expires used"),
    )


def downgrade() -> None:
    for table in ("one_time_links", "sessions", "people"):
        op.drop_table(table)
