"""Whose photograph is this? The names of files, matched with the catalogue numbers of the museum's own specimens.

A name says whose it is when it bears the whole number ("IVPP V15_2.jpg", "skull ivpp-v15.JPG"), or begins with the number without the
museum's letters ("V15 left.jpg", and "0003.jpg" where numbers are bare). What says it less clearly, or of several specimens, is left
to a person, with the nearest numbers.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlalchemy import Connection, select

from catalogue.number_forms import Form, Run, both, form, form_of, plain, runs
from catalogue.records import OWN
from catalogue.tables import specimens

MOST_OFFERED = 6
"""Numbers that are offered for a name that does not say whose it is."""
_MOST_RUNS = 12
"""Runs that a number may have; the longest of museums have five."""
_LIKE_MOST = 20_000
"""Numbers with a digit run in common that are compared with names without an owner."""
_ENDS = re.compile(r"[\s_\-(),+&=\[\]]|$")
"""What may follow a number: not a letter or a dot, for "V15a" and "V15.1" may be numbers of their own."""


@dataclass(frozen=True)
class Owner:
    """A specimen that a file may show.

    Parameters
    ----------
    label : str
        Its number with the letters of its museum, and its name.
    """

    occurrence_id: str
    label: str


@dataclass(frozen=True)
class Match:
    """Whose a file is.

    Parameters
    ----------
    file_name : str
        As it came.
    owner : Owner or None
        The one specimen that it names; None when it names none, or several.
    nearest : tuple of Owner
        Whose it may be, the likeliest first.
    """

    file_name: str
    owner: Owner | None
    nearest: tuple[Owner, ...] = ()

    @property
    def is_ambiguous(self) -> bool:
        """Whether it names more than one specimen, or one not clearly."""
        return self.owner is None and bool(self.nearest)


@dataclass(frozen=True)
class _Named:
    """A form of a number that may stand in a name: how sure that is, and whether the name says more than that."""

    form: Form
    begins: bool
    ends_well: bool


def match(connection: Connection, file_names: Sequence[str]) -> list[Match]:
    """Say of each file whose it is.

    Parameters
    ----------
    connection : Connection
    file_names : sequence of str
        With their folders; where the name of a file says nothing, that of its folder counts.

    Returns
    -------
    list of Match
        One for each name, in their order.
    """
    asked = [[_forms_in(text) for text in _texts(name)] for name in file_names]
    wanted = {named.form for texts in asked for forms in texts for named in forms}
    digits = {form[0] for form in wanted if len(form) == 1 and form[0].isdecimal()}
    numbers = _Numbers(connection, wanted, digits)
    return [_match(name, texts, numbers) for name, texts in zip(file_names, asked, strict=True)]


def owner_of(connection: Connection, number: str) -> Owner | None:
    """The one specimen with a number that somebody typed; None when there is none, or more than one."""
    return match(connection, [number])[0].owner


class _Numbers:
    """The numbers of the catalogue that may stand in some names, read once, one after the other."""

    def __init__(self, connection: Connection, wanted: set[Form], digits: set[str]) -> None:
        self.whole: dict[Form, list[Owner]] = defaultdict(list)
        self.bare: dict[Form, list[Owner]] = defaultdict(list)
        self.like: dict[str, list[tuple[Form, Owner]]] = defaultdict(list)
        column = specimens.c
        rows = connection.execute(
            select(column.occurrence_id, column.institution_code, column.catalog_number, column.verbatim_identification)
            .where(column.basis_of_record == OWN, column.catalog_number != "")
            .order_by(column.catalog_number, column.id)
        )
        likely = 0
        for key, museum, number, name in rows:
            full, short = both(museum, number)
            common = digits.intersection(full) if likely < _LIKE_MOST else ()
            is_whole, is_bare = full in wanted, short in wanted and short != full
            if not (is_whole or is_bare or common):
                continue
            owner = Owner(key, f"{number if form_of(number) == full else f'{museum} {number}'} · {name}")
            if is_whole:
                self.whole[full].append(owner)
            if is_bare:
                self.bare[short].append(owner)
            likely += bool(common)
            for digit in common:
                self.like[digit].append((full, owner))


def _match(name: str, texts: list[list[_Named]], numbers: _Numbers) -> Match:
    maybe: list[Owner] = []
    for forms in texts:
        sure = [(len("".join(one.form)), owner) for one in forms for owner in _sure(one, numbers)]
        owners = _longest(sure)
        if len(owners) == 1:
            return Match(name, owners[0])
        if owners:
            return Match(name, None, tuple(owners[:MOST_OFFERED]))
        found = [
            (len("".join(one.form)), owner) for one in forms for owner in (*_whole(one, numbers), *_bare(one, numbers))
        ]
        maybe += _longest(found)
    nearest = dict.fromkeys((*maybe, *_like(name, texts, numbers)))
    return Match(name, None, tuple(nearest)[:MOST_OFFERED])


def _sure(one: _Named, numbers: _Numbers) -> list[Owner]:
    """Those whom a form names without doubt."""
    if not one.ends_well:
        return []
    return [*_whole(one, numbers), *(_bare(one, numbers) if one.begins else ())]


def _whole(one: _Named, numbers: _Numbers) -> list[Owner]:
    """Those whose whole number it is; digits alone say something only where they come first."""
    lone_digits = all(run.isdecimal() for run in one.form)
    return numbers.whole.get(one.form, []) if one.begins or not lone_digits else []


def _bare(one: _Named, numbers: _Numbers) -> list[Owner]:
    return numbers.bare.get(one.form, [])


def _longest(found: Iterable[tuple[int, Owner]]) -> list[Owner]:
    """Those that most of the name speaks of: "IVPP V15a" before "IVPP V15"."""
    found = list(found)
    most = max((length for length, _ in found), default=0)
    return list(dict.fromkeys(owner for length, owner in found if length == most))


def _like(name: str, texts: list[list[_Named]], numbers: _Numbers) -> list[Owner]:
    """Numbers with a run of digits in common, the likest to the name first."""
    digits = {one.form[0] for forms in texts for one in forms if len(one.form) == 1}
    like = {owner: form for digit in digits for form, owner in numbers.like.get(digit, ())}
    said = " ".join(form_of(_stem(name)))
    ranked = sorted(like, key=lambda owner: -SequenceMatcher(None, said, " ".join(like[owner])).ratio())
    return ranked[:MOST_OFFERED]


def _texts(name: str) -> Iterator[str]:
    """What may say whose a file is: its name without the ending, then that of its folder."""
    yield _stem(name)
    folders = name.replace("\\", "/").split("/")[:-1]
    if folders and folders[-1].strip():
        yield folders[-1]


def _stem(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    return stem if dot and stem and ending.isalnum() and not ending.isdecimal() and len(ending) <= 4 else last


def _forms_in(text: str) -> list[_Named]:
    """Each row of neighbouring runs of a text that may be a number; it must hold a digit."""
    flat = plain(text)
    found = runs(flat)
    return [
        _Named(form([run.text for run in part]), start == 0, _ENDS.match(flat, part[-1].end) is not None)
        for start in range(len(found))
        for stop in range(start + 1, min(len(found), start + _MOST_RUNS) + 1)
        if _holds_digits(part := found[start:stop])
    ]


def _holds_digits(part: Sequence[Run]) -> bool:
    return any(run.is_digits for run in part)
