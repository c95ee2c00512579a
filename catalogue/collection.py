"""The built-in collection: the specimens of `data/specimens`, taken over into a new database."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from catalogue import imports
from catalogue.facts import FACTS, fact_tables, read_facts
from catalogue.records import UNKNOWN, Measurement
from catalogue.rights import Person, Role
from catalogue.tables import imports as import_table
from catalogue.tables import specimens
from catalogue.taking_over import TakingOver

FORMAT = "built-in collection"
BONEBED = Person("bonebed", "Bonebed", Role.CURATOR)
"""Who brings the built-in collection."""
DATASET = "Bonebed first collection"
_TRANSLATED = "zh_"


def drafts() -> Iterator[dict[str, object]]:
    """The built-in specimens as drafts for `catalogue.taking_over`."""
    for table in _tables(measurements=False):
        for row in read_facts(table):
            yield {
                **{column: cell for column, cell in row.items() if not column.startswith(_TRANSLATED)},
                "locality": row["locality"] or UNKNOWN,
                "associated_references": row["references"],
                "dataset_name": DATASET,
                "translations": _translations(row),
            }


def statements() -> dict[str, list[Measurement]]:
    """What is stated about the built-in specimens, by `occurrence_id`."""
    about: dict[str, list[Measurement]] = defaultdict(list)
    for table in _tables(measurements=True):
        for row in read_facts(table):
            texts = {column: cell for column, cell in row.items() if not column.startswith(_TRANSLATED)}
            about[row["occurrence_id"]].append(Measurement(**texts, translations=_translations(row)))
    return about


def fill_if_new(connection: Connection) -> int:
    """Add the built-in collection to a database that never had it and holds no records; returns how many specimens were added."""
    had_it = connection.scalar(select(func.count()).where(import_table.c.format == FORMAT))
    if had_it or connection.scalar(select(specimens.c.id).limit(1)):
        return 0
    about = statements()
    found = list(drafts())[::-1]  # the first rows of the tables, Lufeng's, become the newest records and lead the list
    batch = imports.begin(connection, "data/specimens", _digest(), FORMAT, made_by=BONEBED.login)
    door = TakingOver(connection)
    judged = [door.judge(draft, about.get(str(draft["occurrence_id"]), ())) for draft in found]
    door.keep(BONEBED, judged, import_id=batch)
    imports.finish(connection, batch, read=len(found), accepted=len(found))
    return len(found)


def _tables(*, measurements: bool) -> list[str]:
    return [table for table in fact_tables("specimens") if table.endswith("_measurements.tsv") == measurements]


def _translations(row: dict[str, str]) -> dict[str, dict[str, str]]:
    chinese = {
        column.removeprefix(_TRANSLATED): cell
        for column, cell in row.items()
        if column.startswith(_TRANSLATED) and cell
    }
    return {"zh": chinese} if chinese else {}


def _digest() -> str:
    digest = hashlib.sha256()
    for table in fact_tables("specimens"):
        digest.update((FACTS / table).read_bytes())
    return digest.hexdigest()
