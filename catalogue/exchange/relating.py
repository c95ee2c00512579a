"""The relations of a row: to records of the catalogue or of the same file by their key, to all others in words."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from catalogue import numbers
from catalogue.exchange.formats import Format
from catalogue.exchange.reading import Table


class Relating:
    """Settles the relations of the rows of a table; `ends` are the keys that any of them named."""

    def __init__(self, connection: Connection, table: Table, of: Format) -> None:
        self.ends: set[str] = set()
        self._connection = connection
        self._table = table
        self._format = of
        self._keys: set[str] | None = None

    def settled(self, relations: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Relations with the key of their other end, where there is such a record."""
        ends = {str(one.get("of") or "") for one in relations} - {""}
        self.ends |= ends
        there = numbers.present(self._connection, ends) if ends else set()
        return [_with_end(one, there | (ends & self._keys_of_file() if ends - there else set())) for one in relations]

    def _keys_of_file(self) -> set[str]:
        if self._keys is None:
            column = self._format.column_of("occurrence_id", dict.fromkeys(self._table.columns, "x"))
            self._keys = {row.cells.get(column, "").strip() for row in self._table.rows}
        return self._keys


def _with_end(relation: dict[str, Any], there: set[str]) -> dict[str, Any]:
    end = str(relation.get("of") or "")
    settled = {name: value for name, value in relation.items() if name != "of"}
    return settled | {"related_occurrence_id": end, "related_resource": ""} if end in there else settled
