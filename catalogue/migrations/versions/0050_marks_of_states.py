"""Each entry of `touched` gets a mark of its own, by which a file beside the database can tell whether it is of this database's past.

Numbers alone would not do: after an older copy of the database was put back, they are given out a second time.
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0046"


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        default = sa.text("(random() * 9007199254740992)::bigint")
        op.add_column("touched", sa.Column("mark", sa.BigInteger, nullable=False, server_default=default))
        return
    # SQLite adds no column whose default is reckoned, so the table is made anew; it has 40,000 rows at most.
    _made_anew(", mark BIGINT DEFAULT (random()) NOT NULL")


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.drop_column("touched", "mark")
        return
    _made_anew("")


def _made_anew(added: str) -> None:
    """The table with other columns; what writes into it is taken away meanwhile, for SQLite would follow the change of names in it."""
    triggers = op.get_bind().scalars(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'touched\\_%' ESCAPE '\\'")
    )
    written = list(triggers)
    for sql in written:
        op.execute(f"DROP TRIGGER {sql.split()[2]}")
    op.execute(
        f"CREATE TABLE touched_anew (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, specimen_id INTEGER NOT NULL{added})"
    )
    op.execute("INSERT INTO touched_anew (id, specimen_id) SELECT id, specimen_id FROM touched ORDER BY id")
    op.execute("DROP TABLE touched")
    op.execute("ALTER TABLE touched_anew RENAME TO touched")
    for sql in written:
        op.execute(sql)
