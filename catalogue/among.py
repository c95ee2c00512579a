"""Asking for many keys with one question: on SQLite as one list, which is quicker than a place in the statement for each key."""

import json
from collections.abc import Iterable

from sqlalchemy import ColumnElement, bindparam, func, select


def is_one_of(column: ColumnElement[str], name: str, dialect: str) -> ColumnElement[bool]:
    """That a column of texts holds one of those that are given under a name, by `given`."""
    if dialect == "sqlite":
        return column.in_(select(func.json_each(bindparam(name)).table_valued("value").c.value))
    return column.in_(bindparam(name, expanding=True))


def given(texts: Iterable[str], dialect: str) -> str | list[str]:
    """Texts as `is_one_of` takes them."""
    return json.dumps(list(texts)) if dialect == "sqlite" else list(texts)
