"""What is missing or wrong in a lesson, against what the catalogue, the chart and the trees hold now."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from catalogue.facts import references
from catalogue.geological_time import timescale
from catalogue.messages import Message, message
from catalogue.taxonomy import taxonomy
from classroom.lessons import LANGUAGES, Lesson, Step, Trouble, markup_in
from classroom.pictures import picture_of
from classroom.reading_level import HARDEST_YEAR, LONGEST_CHINESE, chinese_sentence, school_year
from trees.library import built_in_tree
from trees.model import find_node

LONGEST_TEXT = 900
"""Characters of a step that can still be read at ten metres."""
MOST_STEPS, MOST_ANSWERS = 40, 8


def check_lesson(lesson: Lesson, has_specimen: Callable[[str], bool]) -> list[Trouble]:
    """All that is wrong in a lesson, by its lines.

    Parameters
    ----------
    lesson : Lesson
    has_specimen : callable
        Whether the catalogue has a record under a key.
    """
    troubles = [*lesson.troubles, *_head(lesson)]
    titles: dict[str, int] = {}
    for number, step in enumerate(lesson.steps, 1):
        troubles += (Trouble(step.line, number, what) for what in _step(step, has_specimen))
        if step.title and (former := titles.setdefault(step.title, number)) != number:
            troubles.append(Trouble(step.line, number, message("Step {number} has the same title.", number=former)))
    return sorted(troubles, key=lambda trouble: (trouble.line, trouble.step))


def check_languages(lessons: Sequence[Lesson]) -> Iterator[Message]:
    """What one language of a lesson has and the other lacks."""
    by_language: Mapping[str, Lesson] = {lesson.language: lesson for lesson in lessons}
    key = lessons[0].key
    for language in LANGUAGES:
        if language not in by_language:
            yield message("{key}: there is no file in the language “{language}”.", key=key, language=language)
            return
    shown = [[(step.kind, step.of, step.taxon, step.age_ma, [answer.right for answer in step.answers]) for step in by_language[language].steps] for language in LANGUAGES]  # fmt: skip
    if len(shown[0]) != len(shown[1]):
        yield message(
            "{key}: {first} steps in English, {second} in Chinese.", key=key, first=len(shown[0]), second=len(shown[1])
        )
        return
    for number, (one, other) in enumerate(zip(*shown, strict=True), 1):
        if one != other:
            lines = {language: by_language[language].steps[number - 1].line for language in LANGUAGES}
            yield message("{key}: step {number} does not show the same in both languages (line {en} in English, line {zh} in Chinese).", key=key, number=number, **lines)  # fmt: skip


def _head(lesson: Lesson) -> Iterator[Trouble]:
    for key in lesson.references:
        if key not in references():
            yield Trouble(1, 0, message("There is no publication “{key}”.", key=key[:60]))
    if (markup := markup_in(lesson.title)) is not None:
        yield Trouble(1, 0, markup)
    if len(lesson.steps) > MOST_STEPS:
        said = message("There are {count} steps; no class follows more than {most}.", count=len(lesson.steps), most=MOST_STEPS)  # fmt: skip
        yield Trouble(lesson.steps[MOST_STEPS].line, MOST_STEPS + 1, said)


def _step(step: Step, has_specimen: Callable[[str], bool]) -> Iterator[Message]:
    if not step.title:
        yield message("The step has no title.")
    if (markup := markup_in(step.title)) is not None:
        yield markup
    if not step.text and not step.answers:
        yield message("The step says nothing.")
    if len(step.text) > LONGEST_TEXT:
        yield message("The text has {count} characters; more than {most} cannot be read from the back row.", count=len(step.text), most=LONGEST_TEXT)  # fmt: skip
    yield from _reading(step)
    yield from _shown(step, has_specimen)
    yield from _time(step)
    if step.taxon and not _is_taxon(step.taxon):
        yield message("“{taxon}” is no taxon that we know.", taxon=step.taxon[:60])
    if step.kind == "question" or (step.answers and step.kind != "text"):
        yield from _question(step)
    elif step.answers:
        yield message("There are answers, but the step is no question; write “question:” beneath its title.")


def _reading(step: Step) -> Iterator[Message]:
    """What makes a text too hard for those of whom most classes are; a text is in one language, the measure of the other finds nothing."""
    year, characters = school_year(step.text), chinese_sentence(step.text)
    if characters > LONGEST_CHINESE:
        yield message("The sentences have {count} characters on average; more than {most} are hard to read.", count=round(characters), most=round(LONGEST_CHINESE))  # fmt: skip
    elif not characters and year > HARDEST_YEAR:
        yield message("The text reads like school year {year}; shorter sentences and words bring it to {most}.", year=round(year), most=round(HARDEST_YEAR))  # fmt: skip


def _shown(step: Step, has_specimen: Callable[[str], bool]) -> Iterator[Message]:
    if step.kind in {"specimen", "map", "clade", "picture"} and not step.of:
        yield message("“{kind}:” names nothing.", kind=step.kind)
    elif step.kind == "specimen" and not has_specimen(step.of):
        yield message("There is no specimen “{key}” in the catalogue.", key=step.of[:60])
    elif step.kind == "map" and step.of not in timescale().intervals:
        yield message("“{interval}” is no interval of the chart.", interval=step.of[:60])
    elif step.kind == "clade" and find_node(built_in_tree().tree, step.of) is None:
        yield message("“{clade}” is not on the built-in tree.", clade=step.of[:60])
    elif step.kind == "picture" and picture_of(step.of) is None:
        yield message("There is no picture “{name}”.", name=step.of[:60])


def _time(step: Step) -> Iterator[Message]:
    if step.age_ma is not None and step.kind == "map" and step.of in timescale().intervals:
        span = timescale()[step.of].span
        if not span.min_ma <= step.age_ma <= span.max_ma:
            yield message(
                "{age} Ma is not in the {interval}, which lasted from {older} to {younger} Ma.",
                age=f"{step.age_ma:g}",
                interval=step.of,
                older=f"{span.max_ma:g}",
                younger=f"{span.min_ma:g}",
            )


def _question(step: Step) -> Iterator[Message]:
    if len(step.answers) < 2:
        yield message("A question needs at least two answers, each in a line such as “- [ ] an answer”.")
    elif not any(answer.right for answer in step.answers):
        yield message("No answer is marked as right; write “- [x]” before it.")
    elif all(answer.right for answer in step.answers):
        yield message("Every answer is marked as right.")
    if len(step.answers) > MOST_ANSWERS:
        yield message("A question has at most {most} answers, A to H.", most=MOST_ANSWERS)
    if len({answer.text for answer in step.answers}) < len(step.answers):
        yield message("Two answers are the same.")
    if not step.because:
        yield message("The question does not say why; add a line “because: …”.")


def _is_taxon(name: str) -> bool:
    return name in taxonomy() or find_node(built_in_tree().tree, name) is not None
