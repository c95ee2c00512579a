"""Withheld sites: the rules, the mark of each record that they meet, and its hidden words in a column of their own.

On SQLite the index of words is made anew over both columns; on PostgreSQL the withheld records get one over both.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_BOTH = ("search_text", "site_words")
_PUBLIC = ("search_text",)


def upgrade() -> None:
    for name in ("site_withheld", "site_words"):
        op.add_column("specimens", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("specimens", sa.Column("is_withheld", sa.Boolean, nullable=False, server_default=sa.false()))
    on_sqlite, on_postgresql = sa.text("is_withheld = 1"), sa.text("is_withheld")  # as each is asked for it
    op.create_index(
        "ix_specimens_withheld", "specimens", ["id"], sqlite_where=on_sqlite, postgresql_where=on_postgresql
    )
    op.create_table(
        "withholding_rules",
        sa.Column("id", sa.Integer, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("field", "value", "why", "made_by", "made_at", "ended_by", "ended_at")
        ),
    )
    if op.get_bind().dialect.name == "sqlite":
        _index_words_on_sqlite(_BOTH)
    else:
        op.execute(
            "CREATE INDEX ix_specimens_words_and_sites ON specimens "
            "USING gin (to_tsvector('simple', search_text || ' ' || site_words)) WHERE is_withheld"
        )


def _index_words_on_sqlite(columns: tuple[str, ...]) -> None:
    for event in ("insert", "delete", "update"):
        op.execute(f"DROP TRIGGER specimens_fts_{event}")
    op.execute("DROP TABLE specimens_fts")
    names = ", ".join(columns)
    op.execute(
        f"CREATE VIRTUAL TABLE specimens_fts USING fts5("
        f"{names}, content='specimens', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
    )
    old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("old", "new"))
    remove = f"INSERT INTO specimens_fts(specimens_fts, rowid, {names}) VALUES ('delete', old.id, {old});"  # noqa: S608
    insert = f"INSERT INTO specimens_fts(rowid, {names}) VALUES (new.id, {new});"  # noqa: S608
    for event, action in (("INSERT", insert), ("DELETE", remove), (f"UPDATE OF {names}", remove + insert)):
        name = event.split()[0].lower()
        op.execute(f"CREATE TRIGGER specimens_fts_{name} AFTER {event} ON specimens BEGIN {action} END")
    op.execute("INSERT INTO specimens_fts(specimens_fts) VALUES ('rebuild')")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _index_words_on_sqlite(_PUBLIC)
    else:
        op.execute("DROP INDEX ix_specimens_words_and_sites")
    op.drop_table("withholding_rules")
    op.drop_index("ix_specimens_withheld", "specimens")
    for name in ("is_withheld", "site_words", "site_withheld"):
        op.drop_column("specimens", name)
