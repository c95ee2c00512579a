"""The command line of the classroom: `python -m classroom check [FILE …]`."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from catalogue import specimens
from catalogue.command_lines import UNREADABLE, CommandLine
from catalogue.database import reading
from classroom.checking import check_languages, check_lesson
from classroom.lessons import LANGUAGES, Lesson, built_in_lessons, read_lesson_file

WRONG = 1
"""Exit status when something is wrong in a lesson."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 when all is well."""
    given = _parser().parse_args(arguments)
    try:
        lessons = {str(file): read_lesson_file(file) for file in given.files}
    except OSError as error:
        print(f"{error.filename}: the file cannot be opened: {error.strerror}.", file=sys.stderr)
        return UNREADABLE
    together = not lessons
    for lesson in built_in_lessons().values() if together else ():
        lessons[f"{lesson.key}.{lesson.language}.md"] = lesson
    wrong = [line for name, lesson in lessons.items() for line in _check(name, lesson)]
    wrong += _between(lessons.values(), alone=together)
    print("\n".join(wrong) if wrong else f"All is well in {len(lessons)} files.")
    return WRONG if wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = CommandLine(prog="python -m classroom", description="Lessons of Bonebed.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser(
        "check", help="say what is missing or wrong in lessons; all built-in ones without a file"
    )
    checking.add_argument("files", type=Path, nargs="*", metavar="FILE")
    return parser


def _check(name: str, lesson: Lesson) -> list[str]:
    with reading() as connection:
        troubles = check_lesson(lesson, lambda key: bool(specimens.get_all(connection, [key])))
    return [f"{name}, {f'step {one.step}' if one.step else 'head'}, line {one.line}: {one.what}" for one in troubles]


def _between(lessons: Iterable[Lesson], *, alone: bool) -> list[str]:
    """What the languages of a lesson do not have alike; a lesson in one language is told where `alone`."""
    by_key: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        by_key.setdefault(lesson.key, []).append(lesson)
    compared = [of_key for of_key in by_key.values() if alone or {one.language for one in of_key} == set(LANGUAGES)]
    return [str(what) for of_key in compared for what in check_languages(of_key)]


if __name__ == "__main__":
    sys.exit(main())
