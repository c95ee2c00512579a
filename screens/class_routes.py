"""The addresses of lessons: ``/lesson/<key>`` in front of a class, ``/join`` for its devices, ``/kiosk`` for a showcase.

What devices ask is small: which step is shown (the answer waits until that changes), the slide of that step, and one answer.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from catalogue import database
from catalogue.messages import CatalogueError
from classroom import writing
from classroom.lessons import Lesson, built_in_lessons
from classroom.rooms import NoSuchRoom, Room, Rooms
from screens.api_routes import base_of
from screens.parts import lesson_page, quizzes
from screens.parts.cards import silhouette_of
from screens.parts.plain_page import language_of
from screens.parts.prefix import prefix
from screens.parts.slides import Slide, slides_now
from screens.words import LANGUAGES, _, say, speaking

JOIN, LESSON, KIOSK = "/join", "/lesson", "/kiosk"
TOURS = {"extinct": "Avialae", "record": "Lufengosaurus", "jurassic-map": "Sauropoda", "phylogeny": "Dinosauria"}
"""The lessons that a showcase offers, and the outline on the door of each."""
IDLE_SECONDS = 60
_WAIT_SECONDS = 20.0
"""How long a device's question waits for a change; shorter than the patience of any proxy."""
_LONGEST_BODY = 4096
_HEADERS = {"Cache-Control": "no-store"}
_rooms = Rooms()
_changed: dict[str, asyncio.Event] = {}
"""What wakes the waiting devices of a room."""


def routes() -> list[BaseRoute]:
    """The addresses of lessons."""
    listed = [
        (f"{LESSON}/{{key}}", _present, "GET"),
        (f"{LESSON}/{{key}}/notes", _notes, "GET"),
        (KIOSK, _tours, "GET"),
        (f"{KIOSK}/{{key}}", _tour, "GET"),
        (JOIN, _ask_for_code, "GET"),
        (JOIN, _open, "POST"),
        (f"{JOIN}/{{code}}", _follow, "GET"),
        (f"{JOIN}/{{code}}/state", _state, "GET"),
        (f"{JOIN}/{{code}}/slides/{{step:int}}", _slide, "GET"),
        (f"{JOIN}/{{code}}/answers", _answer, "POST"),
        (f"{JOIN}/{{code}}/lead", _lead, "POST"),
        (f"{JOIN}/{{code}}/tally", _tally, "GET"),
    ]
    return [Route(prefix() + path, endpoint, methods=[method]) for path, endpoint, method in listed]


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


async def _ask_for_code(request: Request) -> Response:
    code = request.query_params.get("code", "").strip()
    with speaking(language_of(request)):
        if not code:
            return HTMLResponse(lesson_page.ask_for_code(), headers=_HEADERS)
        try:
            return RedirectResponse(f"{prefix()}{JOIN}/{_rooms.find(code).code}", status_code=303)
        except NoSuchRoom as error:
            return HTMLResponse(lesson_page.ask_for_code(say(error.message)), status_code=404, headers=_HEADERS)


async def _open(request: Request) -> Response:
    asked = await _body(request)
    language = "zh" if asked.get("language") == "zh" else "en"
    with speaking(language):
        found = await run_in_threadpool(slides_of, str(asked.get("lesson", "")), language)
        if found is None:
            return JSONResponse({"error": _("There is no such lesson.")}, status_code=404)
        choices = tuple(len(slide.answers) for slide in found[1])
        try:
            room = _rooms.open(found[0].key, language, choices)
        except CatalogueError as error:
            return JSONResponse({"error": say(error.message)}, status_code=503)
    address = f"{base_of(request)}{JOIN}/{room.code}"
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=1)
    shown = address.split("://", 1)[-1]
    return JSONResponse({"code": room.code, "key": room.key, "address": shown, "qr": drawn}, headers=_HEADERS)


async def _follow(request: Request) -> Response:
    try:
        room = _rooms.find(request.path_params["code"])
        device = request.cookies.get(_cookie(room), "")
        if device not in room.devices:
            device = room.join()
    except CatalogueError as error:
        with speaking(language_of(request)):
            return HTMLResponse(lesson_page.ask_for_code(say(error.message)), status_code=404, headers=_HEADERS)
    found = await run_in_threadpool(slides_of, room.lesson, room.language)
    with speaking(room.language):
        title = found[0].title if found else ""
        answer = HTMLResponse(lesson_page.follow(title, f"{prefix()}{JOIN}/{room.code}"), headers=_HEADERS)
    answer.set_cookie(_cookie(room), device, httponly=True, samesite="strict", path=f"{prefix()}{JOIN}/{room.code}")
    return answer


async def _state(request: Request) -> Response:
    """Which step is shown; waits while the device has seen that already."""
    try:
        room = _rooms.find(request.path_params["code"])
    except NoSuchRoom:
        return Response(status_code=404)
    seen = request.query_params.get("seen", "0")
    if seen == str(room.changes):
        event = _changed.setdefault(room.code, asyncio.Event())
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), _WAIT_SECONDS)
    if not _rooms.is_open(room):
        return Response(status_code=404)
    return JSONResponse(await run_in_threadpool(_told, room), headers=_HEADERS)


def _told(room: Room) -> Mapping[str, object]:
    found = slides_of(room.lesson, room.language)
    slide = found[1][room.step] if found else None
    uncovered = room.shows_answer and slide is not None
    right = [number for number, answer in enumerate(slide.answers) if answer.right] if slide and uncovered else []
    because = slide.because if slide and uncovered else ""
    return {
        "changes": room.changes,
        "step": room.step,
        "shows_answer": room.shows_answer,
        "right": right,
        "because": because,
    }


def _slide(request: Request) -> Response:
    try:
        room = _rooms.find(request.path_params["code"])
    except NoSuchRoom:
        return Response(status_code=404)
    found = slides_of(room.lesson, room.language)
    step = request.path_params["step"]
    if found is None or step >= len(found[1]):
        return Response(status_code=404)
    with speaking(room.language):
        return HTMLResponse(lesson_page.slide_html(found[1][step], tells_answer=False, hidden=False), headers=_HEADERS)


async def _answer(request: Request) -> Response:
    try:
        room = _rooms.find(request.path_params["code"])
    except NoSuchRoom:
        return Response(status_code=404)
    asked = await _body(request)
    step, choice = asked.get("step"), asked.get("choice")
    device = request.cookies.get(_cookie(room), "")
    counts = isinstance(step, int) and isinstance(choice, int) and room.answer(device, step, choice)
    return JSONResponse({"counts": counts}, headers=_HEADERS)


async def _lead(request: Request) -> Response:
    asked = await _body(request)
    try:
        room = _rooms.led_by(request.path_params["code"], str(asked.get("key", "")))
    except NoSuchRoom:
        return Response(status_code=404)
    if asked.get("close"):
        _rooms.close(room)
    elif isinstance(step := asked.get("step"), int):
        room.go(step, shows_answer=bool(asked.get("shows_answer")))
    if event := _changed.pop(room.code, None):
        event.set()
    return JSONResponse({"step": room.step}, headers=_HEADERS)


async def _tally(request: Request) -> Response:
    try:
        room = _rooms.led_by(request.path_params["code"], request.query_params.get("key", ""))
    except NoSuchRoom:
        return Response(status_code=404)
    return JSONResponse({"devices": len(room.devices), "tally": room.tally(room.step)}, headers=_HEADERS)


async def _body(request: Request) -> Mapping[str, Any]:
    """What a script sent; nothing when it is too long, no JSON object, or comes from a page of another site."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return {}
    if int(request.headers.get("content-length") or _LONGEST_BODY + 1) > _LONGEST_BODY:
        return {}
    try:
        sent = await request.json()
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}


def _cookie(room: Room) -> str:
    return f"bonebed_class_{room.code}"
