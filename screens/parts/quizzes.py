"""Questions made from the catalogue, as slides and as worksheets: a quiz is presented, followed and answered like any lesson.

Its key is ``q`` and a number, which brings the same questions back as long as the catalogue holds the same.
"""

from catalogue import database, specimens
from catalogue.geological_time import AgeRange
from catalogue.labels.printing import write_pdf
from catalogue.searching.query import Query
from classroom.lessons import Answer, Lesson
from classroom.questions import Figure, MapFigure, Question, TreeFigure, World, make_questions
from classroom.worksheets import worksheet
from maps.ancient import Carried
from maps.palaeogeography.models import BUILT_IN, built_in_model
from maps.world_picture import draw_world
from screens.parts import cards, trees
from screens.parts.ages import age_words
from screens.parts.slides import Slide, escape_markup, inline, moment
from screens.parts.until_changed import until_changed
from screens.words import _, say, speaking

COUNT = 5
LARGEST_SEED = 999_999
_MESOZOIC = AgeRange(252.0, 66.0)
_COLOR = "#8c3b1f"


def seed_of(key: str) -> int | None:
    """The number in the key of a quiz; None for the key of something else."""
    digits = key.removeprefix("q")
    return int(digits) if key.startswith("q") and digits.isascii() and digits.isdecimal() and len(digits) <= 6 else None


def as_lesson(seed: int, language: str) -> Lesson:
    """The title and key of a quiz, in the place of a lesson."""
    with speaking(language):
        return Lesson(f"q{seed}", language, _("Questions, number {number}").format(number=seed))


def quiz_slides(seed: int, language: str) -> list[Slide]:
    """A quiz as slides."""
    with speaking(language):
        return [_slide(question) for question in questions(seed, language)]


@until_changed(most=32)
def questions(seed: int, language: str) -> list[Question]:
    """The questions of a number, as the catalogue is now and visitors see it."""
    with speaking(language), database.reading() as connection:
        finds = specimens.find(connection, Query(published=False), size=None).specimens
        world = World(trees.dated_now(), finds, built_in_model(BUILT_IN[0]), language, say, cards.place_words)
        return make_questions(world, seed, count=COUNT)


def pdf(seed: int, language: str, *, with_answers: bool) -> bytes:
    """A worksheet to print."""
    with speaking(language):
        pages = worksheet(questions(seed, language), number=seed, with_answers=with_answers, language=language, say=say)
        return write_pdf(pages, title=_("Worksheet"), language=language)


def _slide(question: Question) -> Slide:
    return Slide(
        title=inline(_marked(question, question.asks)),
        because=f"<p>{inline(_marked(question, question.because))}</p>",
        picture=_picture(question.figure) or _animal(question),
        when=moment(age_words(_MESOZOIC), _COLOR, _MESOZOIC),
        answers=tuple(
            Answer(_marked(question, choice), number == question.right)
            for number, choice in enumerate(question.choices)
        ),
    )


def _marked(question: Question, text: str) -> str:
    """A text as in a lesson, with the names of genera between stars."""
    return "".join(f"*{part}*" if is_name else escape_markup(part) for part, is_name in question.pieces(text))


def _animal(question: Question) -> str:
    """The outline of the animal that is asked about."""
    groups = question.groups_named_in(question.asks)
    return f'<div class="outline">{cards.silhouette_of(groups)}</div>' if groups else ""


def _picture(figure: Figure) -> str:
    if isinstance(figure, TreeFigure):
        return trees.on_wall(figure.dated)
    if isinstance(figure, MapFigure):
        letters = ", ".join(letter for letter, _x, _y in figure.places)
        described = _("The Earth {when} with the letters {letters}").format(
            when=age_words(AgeRange(figure.age_ma, figure.age_ma)), letters=letters
        )
        return draw_world(
            Carried((), ()), figure.model, figure.age_ma, color=_COLOR, described=described, lettered=figure.places
        )
    return ""
