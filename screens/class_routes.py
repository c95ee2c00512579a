"""The addresses of lessons: ``/lesson/<key>`` in front of a class or for one reader, and ``/kiosk`` for a showcase.

The devices of a class have addresses of their own, see `screens.join_routes`.
"""

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from catalogue import database
from classroom import writing
from classroom.lessons import Lesson, built_in_lessons
from screens.parts import lesson_page, quizzes
from screens.parts.cards import silhouette_of
from screens.parts.plain_page import language_of
from screens.parts.prefix import prefix
from screens.parts.slides import Slide, slides_now
from screens.words import LANGUAGES, _, speaking

LESSON, KIOSK = "/lesson", "/kiosk"
TOURS = {"extinct": "Avialae", "record": "Lufengosaurus", "jurassic-map": "Sauropoda", "phylogeny": "Dinosauria"}
"""The lessons that a showcase offers, and the outline on the door of each."""
IDLE_SECONDS = 60
_HEADERS = {"Cache-Control": "no-store"}


def routes() -> list[BaseRoute]:
    """The addresses of lessons."""
    listed = [
        (f"{LESSON}/{{key}}", _present),
        (f"{LESSON}/{{key}}/notes", _notes),
        (KIOSK, _tours),
        (f"{KIOSK}/{{key}}", _tour),
    ]
    return [Route(prefix() + path, endpoint) for path, endpoint in listed]


def slides_of(key: str, language: str) -> tuple[Lesson, list[Slide]] | None:
    """A lesson with its slides as the catalogue is now; None when there is no such lesson."""
    if (seed := quizzes.seed_of(key)) is not None:
        return quizzes.as_lesson(seed, language), quizzes.quiz_slides(seed, language)
    with database.reading() as connection:
        lesson = writing.lesson(connection, key, language)
    return None if lesson is None else (lesson, slides_now(lesson, language))


def _present(request: Request) -> Response:
    language = language_of(request)
    found = slides_of(request.path_params["key"], language)
    if found is None:
        return RedirectResponse(f"{prefix()}/lessons?lang={LANGUAGES[language]}")
    with speaking(language):
        home = f"./lessons?lang={LANGUAGES[language]}"
        return HTMLResponse(lesson_page.present(found[0].title, found[0].key, found[1], home=home), headers=_HEADERS)


def _notes(request: Request) -> Response:
    language = language_of(request)
    found = slides_of(request.path_params["key"], language)
    if found is None:
        return Response(status_code=404)
    with speaking(language):
        return HTMLResponse(lesson_page.notes(found[0].title, found[0].key, found[1]), headers=_HEADERS)


def _tours(request: Request) -> Response:
    language = language_of(request)
    other = next(code for code in LANGUAGES if code != language)
    lessons = built_in_lessons()
    choices = [
        (f"{prefix()}{KIOSK}/{key}?lang={language}", lessons[key, language].title, silhouette_of((outline,)))
        for key, outline in TOURS.items()
    ]
    with speaking(language):
        there = (f"{prefix()}{KIOSK}?lang={other}", LANGUAGES[other])
        return HTMLResponse(lesson_page.tours(_("Touch a tour"), choices, other=there), headers=_HEADERS)


def _tour(request: Request) -> Response:
    language = language_of(request)
    key = request.path_params["key"]
    home = f"{prefix()}{KIOSK}?lang={language}"
    found = slides_of(key, language) if key in TOURS else None
    if found is None:
        return RedirectResponse(home)
    with speaking(language):
        page = lesson_page.kiosk(found[0].title, key, found[1], home=home, idle=IDLE_SECONDS)
    return HTMLResponse(page, headers=_HEADERS)
