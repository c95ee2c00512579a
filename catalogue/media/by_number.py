"""Photographs put with the specimens whose numbers their files are named by: looked at first, then added as one step with one undo.

`preview` reads and cleans each file as adding does, so that it foretells what will happen. `receive` brings the files into the store,
which may take minutes; only then `add` writes, all of it or nothing, and nobody waits for the pictures.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, TypeAlias

from sqlalchemy import Connection, select

from catalogue import history
from catalogue.changing import Changing
from catalogue.holding import batches
from catalogue.media import keeping
from catalogue.media.arriving import Arrived
from catalogue.media.checking import check_file
from catalogue.media.kinds import PREVIEWS, Medium, RefusedFile
from catalogue.media.matching import Match, Owner
from catalogue.messages import CatalogueError, Message, message
from catalogue.parts import MEDIA
from catalogue.records import Edit
from catalogue.rights import Person, require
from catalogue.tables import PART_TABLES, specimens

Fate: TypeAlias = Literal["added", "already_there", "refused", "no_specimen"]
FATES: tuple[Fate, ...] = ("added", "already_there", "refused", "no_specimen")
"""What becomes of a file."""
Progress: TypeAlias = Callable[[int, int], bool | None]
"""Told how many files are done of how many; returning False cancels."""
WHY = "photographs by catalogue number"
"""The reason that stands in the history where none is given."""


class Stopped(CatalogueError):
    """A person stopped it; no record was changed."""

    def __init__(self) -> None:
        super().__init__(message("It was stopped. No record was changed."))


@dataclass(frozen=True)
class Terms:
    """What is said of all the files: under which terms others may use them, and who is to be named."""

    license: str
    credit: str


@dataclass(frozen=True)
class Picture:
    """One file and what becomes of it.

    Parameters
    ----------
    name : str
        The name of the file.
    owner : Owner or None
        Whose it is; None when nobody is known.
    fate : str
        One of `FATES`.
    reason : Message or None
        Why it is refused.
    nearest : tuple of Owner
        Whose it may be, where nobody is known.
    sha256 : str
        Key of what would be kept; blank when it is refused.
    small : bytes
        A small picture as WebP; nothing for a scan.
    """

    name: str
    owner: Owner | None
    fate: Fate
    reason: Message | None = None
    nearest: tuple[Owner, ...] = ()
    sha256: str = ""
    small: bytes = b""


@dataclass(frozen=True)
class Seen:
    """What a file holds: the key under which it would be kept and its small picture, or why it is refused."""

    sha256: str = ""
    small: bytes = b""
    reason: Message | None = None


@dataclass(frozen=True)
class Received:
    """A file in the store and whose it is."""

    occurrence_id: str
    medium: Medium


@dataclass(frozen=True)
class Added:
    """What adding did: the edit, None when all was there already, and how many pictures went to how many records."""

    edit: Edit | None
    pictures: int
    records: int


def look(who: Person, arrived: Sequence[Arrived], *, progress: Progress | None = None) -> list[Seen]:
    """Read and clean each file without keeping any.

    Raises
    ------
    NotAllowed
        When the person may not import.
    Stopped
        When `progress` returned False.
    """
    require(who, "import")
    seen = []
    for done, one in enumerate(arrived):
        _tell(progress, done, len(arrived))
        seen.append(_seen(one))
    _tell(progress, len(arrived), len(arrived))
    return seen


def preview(connection: Connection, who: Person, matches: Sequence[Match], seen: Sequence[Seen]) -> tuple[Picture, ...]:
    """Say what would become of each file: a picture for each, in their order.

    Parameters
    ----------
    matches : sequence of Match
        From `matching.match`, with what a person chose.
    seen : sequence of Seen
        From `look`, for the same files.

    Raises
    ------
    NotAllowed
    """
    require(who, "import")
    there = _there(connection, {one.owner.occurrence_id for one in matches if one.owner is not None})
    pictures = []
    for one, what in zip(matches, seen, strict=True):
        key = one.owner.occurrence_id if one.owner is not None else ""
        fate = _fate(what, key, there.get(key, ()))
        if fate == "added":
            there.setdefault(key, set()).add(what.sha256)
        pictures.append(Picture(one.file_name, one.owner, fate, what.reason, one.nearest, what.sha256, what.small))
    return tuple(pictures)


def counts(pictures: Sequence[Picture]) -> dict[Fate, int]:
    """How many files have each fate; they add up to the files."""
    counted = Counter(one.fate for one in pictures)
    return {fate: counted[fate] for fate in FATES}


def receive(
    who: Person,
    arrived: Sequence[Arrived],
    pictures: Sequence[Picture],
    terms: Terms,
    *,
    progress: Progress | None = None,
) -> list[Received]:
    """Bring into the store the files that a preview says are to be added; no record is changed yet.

    Raises
    ------
    NotAllowed
    RefusedFile
        When a file is not what it was in the preview.
    Stopped
        When `progress` returned False.
    """
    require(who, "import")
    wanted = [(file, one) for file, one in zip(arrived, pictures, strict=True) if one.fate == "added"]
    received = []
    for done, (file, one) in enumerate(wanted):
        _tell(progress, done, len(wanted))
        assert one.owner is not None
        medium = keeping.receive(who, file.content(), license=terms.license, credit=terms.credit.strip())
        if medium.sha256 != one.sha256:
            raise RefusedFile(
                message("“{name}” changed since you looked. Look again at what would happen.", name=one.name)
            )
        received.append(Received(one.owner.occurrence_id, medium))
    _tell(progress, len(wanted), len(wanted))
    return received


def add(connection: Connection, who: Person, received: Sequence[Received], *, why: str = WHY) -> Added:
    """Put the files with their records, after those that are there, as one edit; `undoing.undo` takes it back.

    Parameters
    ----------
    connection : Connection
        From `catalogue.database.writing`; all is kept together, or nothing is.

    Raises
    ------
    NotAllowed
    NoSuchSpecimen
        When a record was removed meanwhile; nothing is written.
    InvalidDraft
        When licence or credit are missing; nothing is written.
    """
    require(who, "import")
    new: dict[str, dict[str, Medium]] = defaultdict(dict)
    for one in received:
        new[one.occurrence_id].setdefault(one.medium.sha256, one.medium)
    edits: list[int] = []

    def begin() -> int:
        edits.append(history.begin(connection, "bulk", who.login, why=why))
        return edits[0]

    changing = Changing(connection, who, begin)
    with connection.begin_nested():
        pictures, records = _put(changing, new)
    return Added(history.edit(connection, edits[0]) if edits else None, pictures, records)


def _put(changing: Changing, new: Mapping[str, Mapping[str, Medium]]) -> tuple[int, int]:
    pictures = records = 0
    for batch in batches(list(new)):
        changing.look_up(batch)
        for key in batch:
            held = changing.held(key).parts[MEDIA]
            there = {medium.sha256 for medium in held}
            more = [medium for sha, medium in new[key].items() if sha not in there]
            changing.change(key, {MEDIA: [*held, *more]})
            pictures += len(more)
            records += bool(more)
        changing.write()
    return pictures, records


def _seen(one: Arrived) -> Seen:
    try:
        file = check_file(one.content())
    except RefusedFile as refusal:
        return Seen(reason=refusal.message)
    return Seen(sha256(file.content).hexdigest(), file.previews.get(min(PREVIEWS), b""))


def _fate(what: Seen, key: str, there: set[str] | tuple[()]) -> Fate:
    if what.reason is not None:
        return "refused"
    if not key:
        return "no_specimen"
    return "already_there" if what.sha256 in there else "added"


def _there(connection: Connection, keys: set[str]) -> dict[str, set[str]]:
    """The files that are with some records already."""
    table, found = PART_TABLES[MEDIA], defaultdict[str, set[str]](set)
    for batch in batches(sorted(keys)):
        query = (
            select(specimens.c.occurrence_id, table.c.sha256)
            .join_from(table, specimens, table.c.specimen_id == specimens.c.id)
            .where(specimens.c.occurrence_id.in_(batch))
        )
        for key, sha in connection.execute(query):
            found[key].add(sha)
    return found


def _tell(progress: Progress | None, done: int, whole: int) -> None:
    if progress is not None and progress(done, whole) is False:
        raise Stopped
