"""A visitor's own collection: ``/my-collection``, a page whose specimens and notes lie in the browser alone.

The server is asked for the public records of the keys that the browser has, as for any list, and is told nothing else: no title, no note,
no name. It keeps nothing of it.
"""

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from catalogue import database, specimens
from screens.parts import mine_page
from screens.parts.plain_page import language_of
from screens.parts.prefix import prefix
from screens.parts.star import MINE
from screens.words import speaking

MOST = 500
"""Specimens of a collection."""
_LONGEST_BODY = 120_000
_HEADERS = {"Cache-Control": "no-store"}


def routes() -> list[BaseRoute]:
    """The page, and what it asks for."""
    return [
        Route(f"{prefix()}{MINE}", _page),
        Route(f"{prefix()}{MINE}/records", _records, methods=["POST"]),
    ]


async def _page(request: Request) -> Response:
    with speaking(language_of(request)):
        return HTMLResponse(mine_page.page(f".{MINE}/records", most=MOST), headers=_HEADERS)


async def _records(request: Request) -> Response:
    """The public records of some keys, in the language of the page; those that are not there are left out."""
    if int(request.headers.get("content-length") or _LONGEST_BODY + 1) > _LONGEST_BODY:
        return Response(status_code=413)
    try:
        asked = await request.json()
    except ValueError:
        return Response(status_code=400)
    keys = [key for key in asked if isinstance(key, str)][:MOST] if isinstance(asked, list) else []
    found = await run_in_threadpool(_told, keys, language_of(request))
    return JSONResponse(found, headers=_HEADERS)


def _told(keys: Sequence[str], language: str) -> dict[str, dict[str, str]]:
    with speaking(language), database.reading() as connection:
        return {one.occurrence_id: mine_page.record(one) for one in specimens.get_all(connection, keys)}
