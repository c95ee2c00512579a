"""Taking records over from files: looked up together, judged one by one, kept together.

Judging reads only, so that a preview and an import judge alike.
"""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlalchemy import Connection

from catalogue import history, numbers, ready, stored
from catalogue.as_held import number_held, says_the_same, says_what_is_held
from catalogue.changing import OF_THE_NAME, Changing, same_name
from catalogue.checking import Draft, Values
from catalogue.compact import Places, Texts
from catalogue.holding import MADE_BY_US, batches
from catalogue.keeping import checked_parts, checked_values, insert_new, new_key, of_new
from catalogue.mended import by_people, without
from catalogue.messages import Problem
from catalogue.parts import PARTS, STATEMENTS, nothing
from catalogue.records import OWN, Measurement, Specimen
from catalogue.rights import Person, require
from catalogue.withholding import in_force, refuse_mark

Outcome = Literal["accepted", "changed", "unchanged"]


@dataclass(frozen=True)
class Judgement:
    """What taking over a draft means for the catalogue: the outcome, the values and lists to keep, and the record as it was.

    Parameters
    ----------
    kept : tuple of str
        The fields in which the file says something else, and that stay because a person changed them since they were imported.
    """

    outcome: Outcome
    values: Values
    before: Specimen | None
    parts: dict[str, list[Any]] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


_UNCHANGED = Judgement("unchanged", {}, None)
"""The judgement on a draft that says what is held, field by field; who asks for no more need not be told what that is."""


class _Taken:
    """The numbers of the drafts so far, and the names of their specimens; for a million drafts in little memory."""

    def __init__(self) -> None:
        self._numbers = Texts()
        self._places = Places(self._numbers)
        self._names: dict[object, int] = {}
        self._name_of = array("I")
        self._at = array("I")

    def add(self, number: numbers.Number, name: object, at: int) -> None:
        """Note that a number is borne; one that was borne before has the newer name."""
        joined = _joined(number)
        self._append(joined, name, at)
        self._places.put(len(self._name_of) - 1, joined)

    def add_new(self, number: numbers.Number, name: object, at: int) -> bool:
        """Note that a number is borne, unless it was borne before; whether it was not."""
        joined = _joined(number)
        if not self._places.put_new(joined):
            return False
        self._append(joined, name, at)
        return True

    def _append(self, joined: str, name: object, at: int) -> None:
        self._numbers.append(joined)
        self._name_of.append(self._names.setdefault(name, len(self._names)))
        self._at.append(at)

    def holder(self, number: numbers.Number) -> object | None:
        """The name of the specimen that bears a number; None when no draft had it."""
        place = self._places.find(_joined(number))
        return None if place is None else list(self._names)[self._name_of[place]]

    def at(self, number: numbers.Number) -> int | None:
        """Where the draft stands that bears a number; None when no draft had it."""
        place = self._places.find(_joined(number))
        return None if place is None else self._at[place]


def _joined(number: numbers.Number) -> str:
    return f"{number[0]}\x00{number[1]}"


class TakingOver:
    """Many records taken over from a file. Each `occurrence_id` may come once.

    Parameters
    ----------
    connection : Connection
        For `keep` in a transaction (`writing`).
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._present: dict[str, tuple[Any, ...]] = {}
        self._taken = _Taken()
        self._of_people: dict[str, frozenset[str]] | None = None
        self._asked: frozenset[numbers.Number] = frozenset()
        self._bearers: dict[numbers.Number, dict[str, str]] = {}
        self._given_up: set[numbers.Number] = set()

    def look_up(self, occurrence_ids: Iterable[str], bearing: Iterable[numbers.Number] = ()) -> None:
        """Find the records of the next drafts, and those that bear their catalogue numbers; those of drafts before are forgotten."""
        self._present = stored.rows_of(self._connection, occurrence_ids)
        self._of_people = None
        self._asked = frozenset(bearing)
        self._bearers = numbers.bearers(self._connection, self._asked) if self._asked else {}

    def knows(self, occurrence_id: str) -> bool:
        """Whether there is a record under a key that was looked up."""
        return occurrence_id in self._present

    def says_what_is_held(self, draft: Draft) -> bool:
        """Whether a draft whose record was looked up, and is there, says nothing new."""
        row = self._present.get(str(draft["occurrence_id"]))
        return row is not None and says_what_is_held(draft, row)

    def number_of(self, occurrence_id: str) -> numbers.Number:
        """Institution and catalogue number that a record has, which was looked up and is there."""
        return number_held(self._present[occurrence_id])[0]

    def bears(self, number: numbers.Number) -> bool:
        """Whether a draft that was taken so far bears a number."""
        return self._taken.holder(number) is not None

    def is_given_up(self, number: numbers.Number) -> bool:
        """Whether a record of the catalogue bore a number until a draft so far gave it another one."""
        return number in self._given_up

    def taken_at(self, number: numbers.Number) -> int | None:
        """Where the draft stands that was taken so far and bears a number, as it was told to `judge`; None when there is none."""
        return self._taken.at(number)

    def takes_new(self, number: numbers.Number | None, name: str, at: int) -> bool:
        """Take a record whose key was looked up and is not there, unless its number is borne; then `judge` says why not.

        Parameters
        ----------
        number : tuple of str or None
            Of a specimen of a museum; it was looked up. None for others.
        name : str
            Its name as written.
        at : int
            As for `judge`.
        """
        if number is None:
            return True
        borne = number not in self._asked or (number in self._bearers and number not in self._given_up)
        return not borne and self._taken.add_new(number, name, at)

    def judge(self, draft: Draft, about: Iterable[Measurement] = (), *, at: int = 0) -> Judgement:
        """Say what a draft that was looked up means for the catalogue.

        Lists of `catalogue.parts.PARTS` in the draft are brought to the same state; `about` are statements for a new record only.
        `at` is where it stands among the drafts, for `taken_at`.
        Of a record that is there, what the draft does not speak of stays, and so does what people changed after the import that
        brought it.

        Raises
        ------
        InvalidDraft
            As for `catalogue.specimens.add`; also when a draft before has the same catalogue number.
        """
        row = self._present.get(str(draft["occurrence_id"]))
        if row is not None and not about and says_what_is_held(draft, row) and self._takes_number_of(row, at):
            return _UNCHANGED
        before = stored.specimen_of_row(row) if row is not None else None
        values, parts = self._checked(draft, before)
        differing = self._differing(before, values, parts) if before is not None else []
        kept = tuple(name for name in differing if name in draft and name in self._changed_by_people(draft))
        if kept:
            values, parts = self._checked(without(draft, self._changed_by_people(draft)), before)
            differing = self._differing(before, values, parts) if before is not None else []
        if values["basis_of_record"] == OWN:
            number = values["institution_code"], values["catalog_number"]
            self._taken.add(number, values["verbatim_identification"], at)
        if before is None:
            said = list(about)
            return Judgement("accepted", values, None, parts | ({STATEMENTS: said} if said else {}))
        self._give_up(before, values)
        return Judgement("changed" if differing else "unchanged", values, before, parts, kept)

    def _give_up(self, before: Specimen, values: Values) -> None:
        """Note that a record does not bear its number any more."""
        number = before.institution_code, before.catalog_number
        now = values["institution_code"], values["catalog_number"]
        if before.basis_of_record == OWN and (values["basis_of_record"] != OWN or now != number):
            self._given_up.add(number)

    def in_the_way(self, draft: Draft) -> tuple[numbers.Number, str] | None:
        """The number that a draft wants and another record of the catalogue has, and the key of that one; None when none has.

        A number that a draft before gave up, or took, is in nobody's way: `judge` knows.
        """
        row = self._present.get(str(draft["occurrence_id"]))
        held, basis = number_held(row)[:2] if row is not None else (None, OWN)
        number = (
            str(draft.get("institution_code", held[0] if held else "") or "").strip(),
            str(draft.get("catalog_number", held[1] if held else "") or "").strip(),
        )
        is_own = (draft.get("basis_of_record") or basis) == OWN
        keeps = number == held and basis == OWN
        if not is_own or keeps or number in self._given_up or self._taken.holder(number) is not None:
            return None
        bearers = self._bearers if number in self._asked else numbers.bearers(self._connection, {number})
        others = (key for key in bearers.get(number, {}) if key != draft["occurrence_id"])
        return next(((number, key) for key in others), None)

    def _takes_number_of(self, row: tuple[Any, ...], at: int) -> bool:
        """Note that a record that stays as it is bears its number; False when a draft before took it."""
        number, basis, name = number_held(row)
        if basis == OWN:
            if self._taken.holder(number) is not None:
                return False
            self._taken.add(number, name, at)
        return True

    def _checked(self, draft: Draft, before: Specimen | None) -> tuple[Values, dict[str, list[Any]]]:
        parts, problems = self._parts(draft, before)
        values = checked_values(
            self._connection,
            draft if before is None else _merged(before, draft),
            replaces=str(draft["occurrence_id"]),
            also=problems,
            held=vars(before) if before is not None else None,
            manner="lenient",
            holder_of=self._holder_of,
        )
        return values if before is None else _as_held(values, vars(before)), parts

    def _holder_of(self, number: numbers.Number, but: str) -> object | None:
        holder = self._taken.holder(number)
        if holder is not None or number in self._given_up:
            return holder
        if number not in self._asked:
            return numbers.holder(self._connection, number, but)
        return next((name for key, name in self._bearers.get(number, {}).items() if key != but), None)

    def _differing(self, before: Specimen, values: Values, parts: dict[str, list[Any]]) -> list[str]:
        """The fields and lists in which a record is not as wanted."""
        fields = [name for name, value in values.items() if getattr(before, name) != value]
        lists = (name for name in parts if stored.listed(self._connection, before.occurrence_id, name) != parts[name])
        return [*fields, *lists]

    def _changed_by_people(self, draft: Draft) -> frozenset[str]:
        """The fields of a record that are a person's; asked for all records that were looked up, when the first one differs."""
        if self._of_people is None:
            self._of_people = by_people(self._connection, self._present)
        return self._of_people.get(str(draft["occurrence_id"]), frozenset())

    def _parts(self, draft: Draft, before: Specimen | None) -> tuple[dict[str, list[Any]], list[Problem]]:
        """The lists that a draft brings; most bring none, and then nothing is asked of the database."""
        brought = PARTS.keys() & draft.keys()
        if not brought:
            return {}, []
        key = str(draft["occurrence_id"])
        held = stored.parts_of(self._connection, key) if before is not None else nothing()
        parts, problems = checked_parts(self._connection, draft, held, occurrence_id=key, new=False, manner="lenient")
        return {name: _parts_as_held(parts[name], held[name]) for name in brought}, problems

    def keep(
        self,
        who: Person,
        judgements: Iterable[Judgement],
        *,
        import_id: int | None = None,
        edit: int | None = None,
    ) -> int:
        """Write what was judged; what is unchanged is not touched. Returns the number of the edit, for the next batch.

        Raises
        ------
        NotAllowed
            When the person may not import.
        """
        require(who, "import")
        number = edit if edit is not None else history.begin(self._connection, "import", who.login, import_id=import_id)
        judgements = list(judgements)
        for one in judgements:
            refuse_mark(who, one.values["site_withheld"], one.before.site_withheld if one.before else "")
        changed = {one.before.occurrence_id: one for one in judgements if one.outcome == "changed" and one.before}
        changing = Changing(self._connection, who, lambda: number, manner="lenient")
        for batch in batches(list(changed)):
            changing.look_up(batch)
            for key in batch:
                changing.change(key, changed[key].values | changed[key].parts)
            changing.write()
        self._add(who, [one for one in judgements if one.outcome == "accepted"], number, import_id)
        return number

    def _add(self, who: Person, judgements: Iterable[Judgement], edit: int, import_id: int | None) -> None:
        rows: list[ready.Row] = []
        with_lists: list[str] = []
        for judgement in judgements:
            values = {**judgement.values, "occurrence_id": judgement.values["occurrence_id"] or new_key()}
            if judgement.parts:
                insert_new(self._connection, {**values, **of_new(import_id)}, judgement.parts)
                with_lists.append(str(values["occurrence_id"]))
            else:
                rows.append(ready.row_of(in_force(self._connection), values))
        history.note_added(self._connection, edit, with_lists)
        if rows:
            ready.write(self._connection, who, ready.together(rows), edit=edit, import_id=import_id)


def _as_held(values: Mapping[str, Any], held: Mapping[str, Any]) -> Values:
    """Values with those that say the same as what is held in the way in which it is held."""
    return {name: held[name] if says_the_same(value, held.get(name)) else value for name, value in values.items()}


def _parts_as_held(parts: list[Any], held: list[Any]) -> list[Any]:
    """A list with its parts in the way in which they are held, where as many are held."""
    if len(parts) != len(held):
        return parts
    return [replace(part, **_as_held(vars(part), vars(before))) for part, before in zip(parts, held, strict=True)]


def _merged(before: Specimen, draft: Draft) -> Draft:
    """A draft with what the record holds beside it; what belongs to its old name is not carried over to another one."""
    held = {name: value for name, value in vars(before).items() if name not in MADE_BY_US}
    if not same_name(
        draft.get("verbatim_identification", before.verbatim_identification), before.verbatim_identification
    ):
        held = without(held, (*history.DERIVED, *OF_THE_NAME))
    return {**held, **draft}


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
