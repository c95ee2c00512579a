"""Taking records over from files: looked up together, judged one by one, kept together.

Judging reads only, so that a preview and an import judge alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import Connection, insert, select

from catalogue import history
from catalogue.checking import Draft, Values
from catalogue.finding import COLUMNS, specimen_of
from catalogue.records import OWN, Measurement, Specimen
from catalogue.rights import Person, require
from catalogue.search import search_text
from catalogue.specimens import as_new, change, checked_values, insert_new
from catalogue.tables import specimens

Outcome = Literal["accepted", "changed", "unchanged"]


@dataclass(frozen=True)
class Judgement:
    """What taking over a draft means for the catalogue: the outcome, the values to keep, and the record as it was."""

    outcome: Outcome
    values: Values
    before: Specimen | None
    about: list[Measurement] = field(default_factory=list)


class TakingOver:
    """Many records taken over from a file. Each `occurrence_id` may come once.

    Parameters
    ----------
    connection : Connection
        For `keep` in a transaction (`writing`).
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._present: dict[str, Specimen] = {}
        self._numbers: dict[tuple[object, object], object] = {}

    def look_up(self, occurrence_ids: Iterable[str]) -> None:
        """Find the records of the next drafts; those of drafts before are forgotten."""
        wanted = specimens.c.occurrence_id.in_(list(occurrence_ids))
        rows = self._connection.execute(select(*COLUMNS).where(wanted))
        self._present = {specimen.occurrence_id: specimen for specimen in map(specimen_of, rows)}

    def judge(self, draft: Draft, about: Iterable[Measurement] = ()) -> Judgement:
        """Say what a draft that was looked up means for the catalogue.

        Raises
        ------
        InvalidDraft
            As for `catalogue.specimens.add`; also when a draft before has the same catalogue number.
        """
        values = checked_values(self._connection, draft, replaces=str(draft["occurrence_id"]), taken=self._numbers)
        if values["basis_of_record"] == OWN:
            self._numbers[values["institution_code"], values["catalog_number"]] = values["verbatim_identification"]
        before = self._present.get(str(values["occurrence_id"]))
        if before is None:
            return Judgement("accepted", values, None, list(about))
        alike = all(getattr(before, name) == value for name, value in values.items())
        return Judgement("unchanged" if alike else "changed", values, before)

    def keep(
        self, who: Person, judgements: Iterable[Judgement], *, import_id: int | None = None, edit: int | None = None
    ) -> int:
        """Write what was judged; what is unchanged is not touched. Returns the number of the edit, for the next batch.

        Raises
        ------
        NotAllowed
            When the person may not import.
        """
        require(who, "import")
        number = edit if edit is not None else history.begin(self._connection, "import", who.login, import_id=import_id)
        new: list[Values] = []
        added: list[str] = []
        for judgement in judgements:
            if judgement.outcome == "changed" and judgement.before is not None:
                key = judgement.before.occurrence_id
                change(self._connection, who, key, judgement.values, kind="import", edit=number)
            elif judgement.outcome == "accepted":
                values = as_new(judgement.values, import_id)
                added.append(str(values["occurrence_id"]))
                if judgement.about:
                    insert_new(self._connection, values, judgement.about)
                else:
                    new.append(values | {"search_text": search_text(Specimen(**values))})  # type: ignore[arg-type]
        if new:
            self._connection.execute(insert(specimens), new)
        history.note_added(self._connection, number, added)
        return number


def put(connection: Connection, who: Person, draft: Draft, *, import_id: int | None = None) -> Outcome:
    """Take one record over: add it, or bring the record with its `occurrence_id` to the same state.

    Returns
    -------
    str
        ``accepted`` (new), ``changed``, or ``unchanged``.

    Raises
    ------
    NotAllowed, InvalidDraft
    """
    door = TakingOver(connection)
    door.look_up([str(draft["occurrence_id"])])
    judgement = door.judge(draft)
    if judgement.outcome != "unchanged":
        door.keep(who, [judgement], import_id=import_id)
    return judgement.outcome
