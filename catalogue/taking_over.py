"""Taking records over from files: looked up together, judged one by one, kept together.

Judging reads only, so that a preview and an import judge alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, insert, select

from catalogue import history
from catalogue.checking import Draft, Values
from catalogue.finding import COLUMNS, listed, parts_of, specimen_of
from catalogue.keeping import as_new, change, checked_parts, checked_values, insert_new
from catalogue.messages import Problem
from catalogue.parts import PARTS, STATEMENTS, nothing
from catalogue.records import OWN, Measurement, Specimen
from catalogue.rights import Person, require
from catalogue.searching.words import search_text
from catalogue.tables import specimens

Outcome = Literal["accepted", "changed", "unchanged"]


@dataclass(frozen=True)
class Judgement:
    """What taking over a draft means for the catalogue: the outcome, the values and lists to keep, and the record as it was."""

    outcome: Outcome
    values: Values
    before: Specimen | None
    parts: dict[str, list[Any]] = field(default_factory=dict)


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

        Lists of `catalogue.parts.PARTS` in the draft are brought to the same state; `about` are statements for a new record only.

        Raises
        ------
        InvalidDraft
            As for `catalogue.specimens.add`; also when a draft before has the same catalogue number.
        """
        key = str(draft["occurrence_id"])
        before = self._present.get(key)
        wanted, problems = self._parts(draft, before)
        values = checked_values(self._connection, draft, replaces=key, taken=self._numbers, also=problems)
        if values["basis_of_record"] == OWN:
            self._numbers[values["institution_code"], values["catalog_number"]] = values["verbatim_identification"]
        about = list(about)
        if before is None:
            return Judgement("accepted", values, None, wanted | ({STATEMENTS: about} if about else {}))
        alike = all(getattr(before, name) == value for name, value in values.items())
        alike = alike and all(listed(self._connection, key, name) == parts for name, parts in wanted.items())
        return Judgement("unchanged" if alike else "changed", values, before, wanted)

    def _parts(self, draft: Draft, before: Specimen | None) -> tuple[dict[str, list[Any]], list[Problem]]:
        """The lists that a draft brings; most bring none, and then nothing is asked of the database."""
        brought = PARTS.keys() & draft.keys()
        if not brought:
            return {}, []
        key = str(draft["occurrence_id"])
        held = parts_of(self._connection, key) if before is not None else nothing()
        parts, problems = checked_parts(self._connection, draft, held, occurrence_id=key, new=False)
        return {name: parts[name] for name in brought}, problems

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
                change(self._connection, who, key, judgement.values | judgement.parts, kind="import", edit=number)
            elif judgement.outcome == "accepted":
                values = as_new(judgement.values, import_id)
                added.append(str(values["occurrence_id"]))
                if judgement.parts:
                    insert_new(self._connection, values, judgement.parts)
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
