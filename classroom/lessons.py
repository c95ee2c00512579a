"""A lesson: a Markdown file with a head and steps, one idea a step, and how it is read.

A file is read as far as it goes: what is wrong in it is told with its step and line, and the other steps can be presented all the same.

The form of a file, ``KEY.LANGUAGE.md``::

    ---
    title: Are dinosaurs really extinct?
    ages: 10-16
    minutes: 45
    references: young1941 | reisz2013
    ---

    # The world of Lufeng
    map: Early Jurassic
    taxon: Sauropodomorpha

    Ferns, ginkgos and conifers grew here. There were no flowers and no grass.

    > Ask first: what is missing in this picture?

    # Who is nearer to us?
    question:
    - [ ] Stegosaurus
    - [x] Tyrannosaurus

    because: Tyrannosaurus lived 66 million years ago.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from catalogue.facts import FACTS, several
from catalogue.messages import Message, message

Kind: TypeAlias = Literal["text", "specimen", "map", "clade", "picture", "question"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LANGUAGES = ("en", "zh")

_HEAD = ("title", "ages", "minutes", "references")
_BESIDE = ("taxon", "age", "because")
"""What may stand with the kind of a step."""
_SETTING = re.compile(r"^([a-z]+):\s*(.*)$")
_ANSWER = re.compile(r"^[-*]\s+\[([ xX])\]\s+(.+)$")
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!]|javascript:", re.IGNORECASE)
_KEY = re.compile(r"^([a-z0-9-]+)\.(en|zh)\.md$")


@dataclass(frozen=True)
class Answer:
    """One answer of a question, and whether it is right."""

    text: str
    right: bool


@dataclass(frozen=True)
class Step:
    """One idea.

    Parameters
    ----------
    title : str
    kind : str
        What is shown beside the text: ``text`` (nothing), ``specimen``, ``map``, ``clade``, ``picture`` or ``question``.
    of : str
        Of which specimen (its key), interval, clade or picture; blank for text and question.
    text : str
        Markdown, without HTML.
    notes : str
        For whoever presents.
    taxon : str
        For a map: whose finds; blank for all.
    age_ma : float or None
        A moment in Ma that the step is about; None for the whole interval, or no time at all.
    answers : tuple of Answer
    because : str
        Why the right answer is right.
    line : int
        Of its heading in the file, from 1.
    """

    title: str
    kind: Kind = "text"
    of: str = ""
    text: str = ""
    notes: str = ""
    taxon: str = ""
    age_ma: float | None = None
    answers: tuple[Answer, ...] = ()
    because: str = ""
    line: int = 0


@dataclass(frozen=True)
class Trouble:
    """What is wrong in a lesson.

    Parameters
    ----------
    line : int
        In the file, from 1.
    step : int
        Which step, from 1; 0 for the head.
    what : Message
    """

    line: int
    step: int
    what: Message


@dataclass(frozen=True)
class Lesson:
    """A lesson in one language.

    Parameters
    ----------
    key : str
        The same in all languages; blank for a file of another name.
    language : str
        ``en`` or ``zh``.
    title, ages, minutes : str
        As written; `ages` such as ``10-16``.
    references : tuple of str
        Keys of publications.
    steps : tuple of Step
    troubles : tuple of Trouble
        What could not be read.
    """

    key: str
    language: str
    title: str
    ages: str = ""
    minutes: str = ""
    references: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    troubles: tuple[Trouble, ...] = field(default=(), repr=False)


def read_lesson(text: str, file_name: str = "") -> Lesson:
    """Read a lesson.

    Parameters
    ----------
    text : str
        The whole file.
    file_name : str
        Gives the key and the language, ``lufeng.zh.md``; English when it does not.
    """
    named = _KEY.match(file_name)
    troubles: list[Trouble] = []
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    head, start = _head(lines, troubles)
    steps = []
    for number, (at, block) in enumerate(_blocks(lines, start), 1):
        steps.append(_step(at, block, number, troubles))
    if not steps:
        troubles.append(
            Trouble(start + 1, 0, message("There is no step. A step begins with a line such as “# A title”."))
        )
    return Lesson(
        key=named[1] if named else "",
        language=named[2] if named else "en",
        title=head.get("title", ""),
        ages=head.get("ages", ""),
        minutes=head.get("minutes", ""),
        references=several(head.get("references", "")),
        steps=tuple(steps),
        troubles=tuple(troubles),
    )


@cache
def built_in_lessons() -> Mapping[tuple[str, str], Lesson]:
    """The lessons that ship with Bonebed, by key and language."""
    read = [read_lesson_file(file) for file in sorted((FACTS / "lessons").glob("*.md")) if _KEY.match(file.name)]
    return {(lesson.key, lesson.language): lesson for lesson in read}


def read_lesson_file(file: Path) -> Lesson:
    """Read a lesson from a file.

    Raises
    ------
    OSError
        When it cannot be opened.
    """
    return read_lesson(file.read_text(encoding="utf-8", errors="replace"), file.name)


def _head(lines: list[str], troubles: list[Trouble]) -> tuple[dict[str, str], int]:
    """The settings between two lines of dashes, and the line behind them."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not lines or lines[first].strip() != "---":
        troubles.append(Trouble(1, 0, message("The file does not begin with a head between two lines of “---”.")))
        return {}, first
    head: dict[str, str] = {}
    for number in range(first + 1, len(lines)):
        if lines[number].strip() == "---":
            if not head.get("title"):
                troubles.append(Trouble(first + 1, 0, message("The head has no title.")))
            return head, number + 1
        match = _SETTING.match(lines[number].strip())
        if match and match[1] in _HEAD:
            head[match[1]] = match[2].strip()
        elif lines[number].strip():
            known = ", ".join(_HEAD)
            troubles.append(
                Trouble(number + 1, 0, message("The head knows: {known}. Not: “{line}”.", known=known, line=lines[number].strip()[:60]))
            )  # fmt: skip
    troubles.append(Trouble(first + 1, 0, message("The head has no end: a line of “---” is missing.")))
    return head, first + 1


def _blocks(lines: list[str], start: int) -> Iterator[tuple[int, list[str]]]:
    """Each step with the place of its heading."""
    begins = [number for number in range(start, len(lines)) if lines[number].startswith("# ")]
    for begin, end in zip(begins, [*begins, len(lines)][1:], strict=True):
        yield begin, lines[begin:end]


def _step(at: int, block: list[str], number: int, troubles: list[Trouble]) -> Step:
    step = Step(title=block[0].removeprefix("# ").strip(), line=at + 1)
    text: list[str] = []
    notes: list[str] = []
    answers: list[Answer] = []
    for offset, line in enumerate(block[1:], 1):
        here = at + offset + 1
        setting, answer = _SETTING.match(line), _ANSWER.match(line)
        if _MARKUP.search(line):
            troubles.append(
                Trouble(here, number, message("HTML and scripts are not shown: “{line}”.", line=line.strip()[:60]))
            )
        elif setting and setting[1] in (*KINDS, *_BESIDE):
            step, what = _set(step, setting[1], setting[2].strip())
            if what is not None:
                troubles.append(Trouble(here, number, what))
        elif answer:
            answers.append(Answer(answer[2].strip(), answer[1] in "xX"))
        elif line.startswith(">"):
            notes.append(line.lstrip("> ").strip())
        else:
            text.append(line)
    return replace(step, text="\n".join(text).strip(), notes="\n".join(notes).strip(), answers=tuple(answers))


def _set(step: Step, name: str, value: str) -> tuple[Step, Message | None]:
    """The step with a setting, and what is wrong with that."""
    if name == "taxon":
        return replace(step, taxon=value), None
    if name == "because":
        return replace(step, because=value), None
    if name == "age":
        try:
            return replace(step, age_ma=float(value.removesuffix("Ma").strip())), None
        except ValueError:
            return step, message("“{age}” is no age in Ma.", age=value[:40])
    if step.kind != "text":
        return step, message("A step shows one thing; it shows “{kind}” already.", kind=step.kind)
    kind = next(kind for kind in KINDS if kind == name)
    return replace(step, kind=kind, of=value), None
