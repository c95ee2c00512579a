"""The lessons that people write: kept with every version, so that nothing is lost and each can be brought back.

A written lesson has a key such as ``l3``, which stands in links beside the keys of the built-in ones. Its text is the file itself, one a
language; a language that is not written yet is blank. Reading is free to everyone, writing needs the right ``write_lessons``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, select

from catalogue.facts import FACTS
from catalogue.messages import CatalogueError, message
from catalogue.rights import Person, require
from catalogue.tables import lesson_versions
from classroom.lessons import LANGUAGES, LONGEST, Lesson, built_in_lessons, read_lesson

_table = lesson_versions


class NoSuchLesson(CatalogueError):
    """There is no lesson under that key."""


class LessonRefused(CatalogueError):
    """What was written cannot be kept as it is."""


class LessonChanged(CatalogueError):
    """Somebody else changed the lesson since it was opened; `theirs` is it now."""

    def __init__(self, theirs: "Written") -> None:
        super().__init__(
            message(
                "Somebody changed this lesson while you had it open. Your text is still here: compare, then save again."
            )
        )
        self.theirs = theirs


@dataclass(frozen=True)
class Written:
    """A version of a lesson.

    Parameters
    ----------
    key : str
        As in links, ``l3``.
    version : int
        From 1.
    title : str
        That of the first language which has one.
    texts : mapping of str to str
        The file by language; blank where it is not written.
    removed : bool
        Whether it was taken off the shelf with this version.
    made_by, made_at : str
        Login, and ISO 8601 in UTC.
    """

    key: str
    version: int
    title: str
    texts: Mapping[str, str] = field(repr=False)
    removed: bool
    made_by: str
    made_at: str


def shelf(connection: Connection, *, removed: bool = False) -> list[Written]:
    """The lessons that people wrote, newest first; with `removed` those that were taken off the shelf."""
    newest = select(_table.c.lesson_id, func.max(_table.c.version).label("version")).group_by(_table.c.lesson_id)
    last = newest.subquery()
    joined = and_(_table.c.lesson_id == last.c.lesson_id, _table.c.version == last.c.version)
    query = select(_table).join(last, joined).where(_table.c.removed.is_(removed)).order_by(_table.c.lesson_id.desc())
    return [_written(row) for row in connection.execute(query)]


def versions(connection: Connection, key: str) -> list[Written]:
    """All versions of a lesson, newest first.

    Raises
    ------
    NoSuchLesson
    """
    query = select(_table).where(_table.c.lesson_id == _number_of(key)).order_by(_table.c.version.desc())
    found = [_written(row) for row in connection.execute(query)]
    if not found:
        raise NoSuchLesson(message("There is no lesson “{key}”.", key=key[:40]))
    return found


def lesson(connection: Connection, key: str, language: str) -> Lesson | None:
    """A lesson, built in or written, in a language, or in the other where that is not written; None when there is none."""
    built_in = built_in_lessons().get((key, language)) or built_in_lessons().get((key, LANGUAGES[0]))
    if built_in is not None or not _number_of(key):
        return built_in
    try:
        newest = versions(connection, key)[0]
    except NoSuchLesson:
        return None
    there = next((code for code in (language, *LANGUAGES) if newest.texts[code]), None)
    return None if newest.removed or there is None else read_lesson(newest.texts[there], f"{key}.{there}.md")


def built_in_text(key: str, language: str) -> str:
    """The file of a built-in lesson, to begin one's own with."""
    return (FACTS / "lessons" / f"{key}.{language}.md").read_text(encoding="utf-8")


def empty_text(language: str) -> str:
    """The file with which a new lesson begins, with one step to be written over."""
    return (FACTS / "lessons" / "start" / f"{language}.md").read_text(encoding="utf-8")


def write(connection: Connection, who: Person, texts: Mapping[str, str]) -> Written:
    """Put a new lesson on the shelf.

    Parameters
    ----------
    connection : Connection
        In a transaction (`catalogue.database.writing`).
    texts : mapping of str to str
        The file by language, ``en`` and ``zh``; one of them may be blank.

    Raises
    ------
    NotAllowed
    LessonRefused
        When no language has a title and a step, or a text is endless.
    """
    require(who, "write_lessons")
    number = (connection.execute(select(func.max(_table.c.lesson_id))).scalar() or 0) + 1
    return _add(connection, who, number, 1, texts)


def amend(connection: Connection, who: Person, key: str, texts: Mapping[str, str], *, version: int) -> Written:
    """Write a lesson anew; the same text makes no version.

    Raises
    ------
    NotAllowed, NoSuchLesson, LessonRefused
    LessonChanged
        When its newest version is not the one that was opened.
    """
    held = _opened(connection, who, key, version)
    if {code: texts.get(code, "") for code in LANGUAGES} == dict(held.texts):
        return held
    return _add(connection, who, _number_of(key), held.version + 1, texts)


def remove(connection: Connection, who: Person, key: str, *, version: int) -> Written:
    """Take a lesson off the shelf; `bring_back` undoes it.

    Raises
    ------
    NotAllowed, NoSuchLesson, LessonChanged
    """
    held = _opened(connection, who, key, version)
    return _add(connection, who, _number_of(key), held.version + 1, held.texts, removed=True)


def bring_back(connection: Connection, who: Person, key: str, of_version: int, *, version: int) -> Written:
    """Make a former version the newest.

    Raises
    ------
    NotAllowed, NoSuchLesson, LessonChanged
    """
    held = _opened(connection, who, key, version)
    former = next((one for one in versions(connection, key) if one.version == of_version), None)
    if former is None:
        raise NoSuchLesson(message("There is no lesson “{key}”.", key=key[:40]))
    return _add(connection, who, _number_of(key), held.version + 1, former.texts)


def _opened(connection: Connection, who: Person, key: str, version: int) -> Written:
    require(who, "write_lessons")
    newest = versions(connection, key)[0]
    if newest.version != version:
        raise LessonChanged(newest)
    return newest


def _add(
    connection: Connection, who: Person, number: int, version: int, texts: Mapping[str, str], *, removed: bool = False
) -> Written:
    given = {code: str(texts.get(code, "")) for code in LANGUAGES}
    if any(len(text) > LONGEST or "\x00" in text for text in given.values()):
        raise LessonRefused(message("A lesson has at most {most} characters in each language.", most=LONGEST))
    read = [read_lesson(text) for text in given.values() if text.strip()]
    title = next((one.title for one in read if one.title and one.steps), "")
    if not title:
        raise LessonRefused(message("A lesson needs a title in its head and at least one step."))
    row = {"lesson_id": number, "version": version, "title": title, **given, "removed": removed}
    made = {"made_by": who.login, "made_at": datetime.now(UTC).isoformat(timespec="seconds")}
    connection.execute(insert(_table), {**row, **made})
    return versions(connection, f"l{number}")[0]


def _number_of(key: str) -> int:
    """The number of a written lesson; 0, which none has, for what is no such key."""
    digits = key.removeprefix("l")
    return int(digits) if key.startswith("l") and digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def _written(row: Row[Any]) -> Written:
    texts = {code: getattr(row, code) for code in LANGUAGES}
    return Written(f"l{row.lesson_id}", row.version, row.title, texts, row.removed, row.made_by, row.made_at)
