"""A class on its own devices: ``/join`` asks for the code, ``/join/<code>`` follows what is shown in front and takes answers.

What a device asks is small: which step is shown (the answer waits until that changes), the slides, and one answer. All of it is made and
packed once, when the class is opened, and a device brings the slides before they are shown: a step is a few hundred bytes for each of thirty.
"""

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from catalogue.messages import CatalogueError
from classroom.rooms import NoSuchRoom, Room, Rooms
from screens.api_routes import base_of
from screens.class_routes import slides_of
from screens.parts import lesson_page
from screens.parts.plain_page import language_of
from screens.parts.prefix import prefix
from screens.parts.slides import Slide
from screens.words import _, say, speaking

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

JOIN = "/join"
_WAIT_SECONDS = 20.0
"""How long a device's question waits for a change; shorter than the patience of any proxy."""
_LONGEST_BODY = 4096
_HEADERS = {"Cache-Control": "no-store"}
_KEPT = {"Cache-Control": "max-age=10800, immutable", "Vary": "Accept-Encoding"}
_rooms = Rooms()


@dataclass(frozen=True)
class _Packed:
    """A part of a page, as it is and as most browsers would rather have it; packed once, not for each device."""

    plain: bytes
    packed: bytes

    @classmethod
    def of(cls, text: str) -> "_Packed":
        plain = text.encode()
        return cls(plain, gzip.compress(plain))

    def answer(self, request: Request) -> Response:
        """As the browser understands it; it may keep it, for a slide of a class never changes."""
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return HTMLResponse(self.plain, headers=_KEPT)
        return HTMLResponse(self.packed, headers={**_KEPT, "Content-Encoding": "gzip"})


@dataclass
class _Meeting:
    """What the devices of a class are shown: the slides of the moment in which it was opened.

    Parameters
    ----------
    room : Room
    page : str
        Of a device.
    slides : sequence of Slide
    fragments : sequence of _Packed
        The slides as parts of that page; none tells which answer is right.
    """

    room: Room
    page: str = field(repr=False)
    slides: Sequence[Slide] = field(repr=False)
    fragments: Sequence[_Packed] = field(repr=False)
    _change: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    _told: tuple[int, bytes] = field(default=(0, b""), repr=False)

    def told(self) -> bytes:
        """What a device should know now, as JSON; written once for all devices."""
        if self._told[0] != self.room.changes:
            self._told = self.room.changes, json.dumps(self._now(), ensure_ascii=False).encode()
        return self._told[1]

    def _now(self) -> Mapping[str, object]:
        room, slide = self.room, self.slides[self.room.step]
        uncovered = room.shows_answer
        right = [number for number, answer in enumerate(slide.answers) if answer.right] if uncovered else []
        because = slide.because if uncovered else ""
        return {
            "changes": room.changes,
            "step": room.step,
            "shows_answer": uncovered,
            "right": right,
            "because": because,
        }

    async def change(self) -> None:
        """Wait for a change, or for as long as a question may wait."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_WAIT_SECONDS):
                await self._change.wait()

    def wake(self) -> None:
        """Tell all devices that wait, at once."""
        self._change.set()
        self._change = asyncio.Event()


_meetings: dict[str, _Meeting] = {}


def routes() -> list[BaseRoute]:
    """The addresses of a class."""
    listed = [
        (JOIN, _ask_for_code, "GET"),
        (JOIN, _open, "POST"),
        (f"{JOIN}/{{code}}", _follow, "GET"),
        (f"{JOIN}/{{code}}/state", _or_gone(_state), "GET"),
        (f"{JOIN}/{{code}}/slides/{{step:int}}", _or_gone(_slide), "GET"),
        (f"{JOIN}/{{code}}/answers", _or_gone(_answer), "POST"),
        (f"{JOIN}/{{code}}/lead", _or_gone(_lead), "POST"),
        (f"{JOIN}/{{code}}/tally", _or_gone(_tally), "GET"),
    ]
    return [Route(prefix() + path, endpoint, methods=[method]) for path, endpoint, method in listed]


def _or_gone(endpoint: Endpoint) -> Endpoint:
    """An address that is not found where no class meets, or where somebody else's is to be led."""

    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except NoSuchRoom:
            return Response(status_code=404)

    return answered


def _meeting(request: Request) -> _Meeting:
    """The class of an address.

    Raises
    ------
    NoSuchRoom
    """
    room = _rooms.find(request.path_params["code"])
    return _meetings[room.code]


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
        lesson, slides = found
        try:
            room = _rooms.open(lesson.key, language, tuple(len(slide.answers) for slide in slides))
        except CatalogueError as error:
            return JSONResponse({"error": say(error.message)}, status_code=503)
        for code in [code for code, one in _meetings.items() if not _rooms.is_open(one.room)]:
            del _meetings[code]
        page = lesson_page.follow(lesson.title, f"{prefix()}{JOIN}/{room.code}", len(slides))
        fragments = [_Packed.of(lesson_page.slide_html(slide, tells_answer=False, hidden=False)) for slide in slides]
        _meetings[room.code] = _Meeting(room, page, slides, fragments)
    address = f"{base_of(request)}{JOIN}/{room.code}"
    drawn = segno.make(address, error="m").svg_inline(border=3, omitsize=True)  # as large as the page has room
    shown = address.split("://", 1)[-1]
    return JSONResponse({"code": room.code, "key": room.key, "address": shown, "qr": drawn}, headers=_HEADERS)


async def _follow(request: Request) -> Response:
    try:
        meeting = _meeting(request)
        room = meeting.room
        device = request.cookies.get(_cookie(room), "")
        if device not in room.devices:
            device = room.join()
    except CatalogueError as error:
        with speaking(language_of(request)):
            return HTMLResponse(lesson_page.ask_for_code(say(error.message)), status_code=404, headers=_HEADERS)
    answer = HTMLResponse(meeting.page, headers=_HEADERS)
    answer.set_cookie(_cookie(room), device, httponly=True, samesite="strict", path=f"{prefix()}{JOIN}/{room.code}")
    return answer


async def _state(request: Request) -> Response:
    """Which step is shown; waits while the device has seen that already."""
    meeting = _meeting(request)
    if request.query_params.get("seen", "0") == str(meeting.room.changes):
        await meeting.change()
    if not _rooms.is_open(meeting.room):
        return Response(status_code=404)
    return Response(meeting.told(), media_type="application/json", headers=_HEADERS)


async def _slide(request: Request) -> Response:
    meeting = _meeting(request)
    step: int = request.path_params["step"]
    if step >= len(meeting.fragments):
        return Response(status_code=404)
    return meeting.fragments[step].answer(request)


async def _answer(request: Request) -> Response:
    room = _meeting(request).room
    asked = await _body(request)
    step, choice = asked.get("step"), asked.get("choice")
    device = request.cookies.get(_cookie(room), "")
    counts = isinstance(step, int) and isinstance(choice, int) and room.answer(device, step, choice)
    return JSONResponse({"counts": counts}, headers=_HEADERS)


async def _lead(request: Request) -> Response:
    asked = await _body(request)
    room = _rooms.led_by(request.path_params["code"], str(asked.get("key", "")))
    if asked.get("close"):
        _rooms.close(room)
    elif isinstance(step := asked.get("step"), int):
        room.go(step, shows_answer=bool(asked.get("shows_answer")))
    _meetings[room.code].wake()
    return JSONResponse({"step": room.step}, headers=_HEADERS)


async def _tally(request: Request) -> Response:
    room = _rooms.led_by(request.path_params["code"], request.query_params.get("key", ""))
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
