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
LONGEST = 60_000
"""Characters of a lesson in one language; one of ten steps has some 5,000."""
OLDEST_MA = 4567.0
"""The age of the Earth."""
_QUOTED = 60
"""Characters of a line that are repeated when something is wrong with it."""

_HEAD = ("title", "ages", "minutes", "references")
_BESIDE = ("taxon", "age", "because")
"""What may stand with the kind of a step."""
_SETTING = re.compile(r"^([a-z]+):\s*(.*)$")
_ANSWER = re.compile(r"^[-*]\s+\[([ xX])\]\s+(.+)$")
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!]|javascript:", re.IGNORECASE)
_LINK = re.compile(r"!?\[[^\]]*\]\([^)]*\)")
_ALMOST_SETTING = re.compile(r"^\s*([A-Za-z]{3,12})\s*:(\s|$)")
_ALMOST_ANSWER = re.compile(r"^\s*[-*]\s*\[[^\]]?\]")
_ALMOST_HEADING = re.compile(r"^#[^#\s]")
_UNSEEN = re.compile("[\ufffd\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]")
"""What cannot be shown: bytes that were no letter, control signs, and signs that turn the direction of writing."""
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
    lines = _newlines(text.lstrip("\ufeff")[:LONGEST]).split("\n")
    troubles = _unreadable(text, lines)
    head, start = _head(lines, troubles)
    blocks = list(_blocks(lines, start))
    before = next((at for at in range(start, blocks[0][0] if blocks else start) if lines[at].strip()), None)
    if before is not None:
        said = message("This stands before the first step and is not shown: “{line}”.", line=_quoted(lines[before]))
        troubles.append(Trouble(before + 1, 0, said))
    steps = [_step(at, block, number, troubles) for number, (at, block) in enumerate(blocks, 1)]
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
    with file.open("rb") as opened:
        return read_lesson(decoded(opened.read(4 * LONGEST + 4)), file.name)


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 where it begins with its mark. What is neither is told as a trouble, by its line."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content[: len(content) // 2 * 2].decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _quoted(line: str) -> str:
    return line.strip()[:_QUOTED]


def _unreadable(text: str, lines: list[str]) -> list[Trouble]:
    """What is wrong with the signs of a file, whatever they mean."""
    troubles = []
    if len(text) > LONGEST:
        said = message("A lesson has at most {most} characters in each language.", most=LONGEST)
        troubles.append(Trouble(len(lines), 0, said))
    for number, line in enumerate(lines, 1):
        if _UNSEEN.search(line):
            said = message("A sign in this line cannot be shown: “{line}”. Save the file as UTF-8, and write the line anew.", line=_quoted(_UNSEEN.sub("?", line)))  # fmt: skip
            troubles.append(Trouble(number, 0, said))
            break
    return troubles


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
        if match and match[1] in head:
            said = message("“{name}” stands twice in the head.", name=match[1])
            troubles.append(Trouble(number + 1, 0, said))
        elif match and match[1] in _HEAD:
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
        setting, answer = _SETTING.match(line), _ANSWER.match(line)
        what = _not_shown(line)
        if what is None and setting and setting[1] in (*KINDS, *_BESIDE):
            step, what = _set(step, setting[1], setting[2].strip())
        elif what is None and answer:
            answers.append(Answer(answer[2].strip(), answer[1] in "xX"))
        elif what is None and line.startswith(">"):
            notes.append(line.lstrip("> ").strip())
        elif what is None or _LINK.search(line):
            what = what or _almost(
                line, beneath_title=not any(one.strip() for one in text) and bool(block[offset - 1].strip())
            )
            text.append(line)
        if what is not None:
            troubles.append(Trouble(at + offset + 1, number, what))
    return replace(step, text="\n".join(text).strip(), notes="\n".join(notes).strip(), answers=tuple(answers))


def markup_in(text: str) -> Message | None:
    """What is to be said of a text that holds tags or scripts."""
    return message("HTML and scripts are not shown: “{line}”.", line=_quoted(text)) if _MARKUP.search(text) else None


def _not_shown(line: str) -> Message | None:
    """What of a line is left out when it is presented."""
    if (markup := markup_in(line)) is not None:
        return markup
    if _LINK.search(line):
        return message("Links and pictures from elsewhere are not shown: “{line}”.", line=_quoted(line))
    return None


def _almost(line: str, *, beneath_title: bool) -> Message | None:
    """What a line of text was probably meant to be."""
    if beneath_title and _ALMOST_SETTING.match(line):
        known = ", ".join(f"{name}:" for name in (*KINDS[1:], *_BESIDE))
        return message("“{line}” is shown as text. What a step knows is written like this: {known}", line=_quoted(line), known=known)  # fmt: skip
    if _ALMOST_ANSWER.match(line):
        return message("“{line}” is no answer: write “- [ ] ” before a wrong one, “- [x] ” before the right one.", line=_quoted(line))  # fmt: skip
    if _ALMOST_HEADING.match(line):
        return message("“{line}” begins no step: a blank is missing behind the #.", line=_quoted(line))
    return None


def _set(step: Step, name: str, value: str) -> tuple[Step, Message | None]:
    """The step with a setting, and what is wrong with that."""
    if name == "taxon":
        return replace(step, taxon=value), None
    if name == "because":
        return replace(step, because=value), None
    if name == "age":
        return _set_age(step, value)
    if step.kind != "text":
        return step, message("A step shows one thing; it shows “{kind}” already.", kind=step.kind)
    kind = next(kind for kind in KINDS if kind == name)
    return replace(step, kind=kind, of=value), None


def _set_age(step: Step, value: str) -> tuple[Step, Message | None]:
    try:
        age = float(value.removesuffix("Ma").strip())
    except ValueError:
        return step, message("“{age}” is no age in Ma.", age=_quoted(value))
    if not 0 <= age <= OLDEST_MA:  # also what is no number
        return step, message("{age} Ma is no age of the Earth.", age=f"{age:g}")
    return replace(step, age_ma=age), None
