"""Saved searches, and the list of specimens written or removed by which the census of all records keeps itself in step."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0003"

KEPT = 20_000
"""How many of the newest entries of `touched` are kept, at least."""


def upgrade() -> None:
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("asked", sa.JSON, nullable=False),
        sa.Column("saved_at", sa.Text, nullable=False),
        sa.Column("saved_by", sa.Text, nullable=False),
    )
    op.create_index("ix_saved_searches_name", "saved_searches", ["saved_by", "name"], unique=True)
    op.create_index("ix_specimens_created", "specimens", ["created"])
    op.create_table(
        "touched",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("specimen_id", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        _note_touched_on_sqlite()
    else:
        _note_touched_on_postgresql()


def _note_touched_on_sqlite() -> None:
    for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
        op.execute(
            f"CREATE TRIGGER touched_{event.lower()} AFTER {event} ON specimens "  # noqa: S608
            f"BEGIN INSERT INTO touched(specimen_id) VALUES ({row}.id); END"
        )
    op.execute(
        f"CREATE TRIGGER touched_prune AFTER INSERT ON touched WHEN new.id % {KEPT} = 0 "  # noqa: S608
        f"BEGIN DELETE FROM touched WHERE id <= new.id - {KEPT}; END"
    )


def _note_touched_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION note_touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO touched(specimen_id) VALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END); "
        "RETURN NULL; END $$"
    )
    op.execute(
        "CREATE FUNCTION prune_touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
        f"DELETE FROM touched WHERE id <= NEW.id - {KEPT}; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER touched_note AFTER INSERT OR UPDATE OR DELETE ON specimens "
        "FOR EACH ROW EXECUTE FUNCTION note_touched()"
    )
    op.execute(
        f"CREATE TRIGGER touched_prune AFTER INSERT ON touched FOR EACH ROW WHEN (NEW.id % {KEPT} = 0) "
        "EXECUTE FUNCTION prune_touched()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER touched_{event}")
    else:
        op.execute("DROP TRIGGER touched_note ON specimens")
    op.drop_table("touched")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION note_touched")
        op.execute("DROP FUNCTION prune_touched")
    op.drop_index("ix_specimens_created", "specimens")
    op.drop_table("saved_searches")
