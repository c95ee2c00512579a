"""What the server does beside the screens: Leaflet's files, security headers, warm-up, and errors kept from visitors."""

import gc
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catalogue.rights import NotAllowed
from catalogue.settings import settings
from maps import assets
from screens import (
    api_routes,
    browser_cache,
    class_routes,
    early_files,
    earth_routes,
    join_routes,
    map_routes,
    media_routes,
    mine_routes,
    page_shell,
    presses,
    record_links,
    signing_in,
    time_routes,
)
from screens.parts import style

LEAFLET = "/assets/leaflet"

_NOTHING_FROM_OUTSIDE = "; ".join(
    (
        "default-src 'self' data: blob:",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "connect-src 'self' ws: wss: data: blob:",
        "frame-ancestors 'self'",
        "form-action 'self'",
        "base-uri 'self'",
    )
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_log = logging.getLogger("bonebed")


def content_security_policy() -> str:
    """What the browser may load: nothing from another host, but pictures of the one whose tiles the administrator wants."""
    tiles = urlsplit(settings().map_tiles)
    if not tiles.netloc:
        return _NOTHING_FROM_OUTSIDE
    return f"{_NOTHING_FROM_OUTSIDE}; img-src 'self' data: blob: {tiles.scheme}://{tiles.netloc}"


def routes() -> Sequence[BaseRoute]:
    """Our own addresses beside Streamlit's."""
    return [
        Route(f"{LEAFLET}/{{name}}", _leaflet_file),
        Route(style.address(), _style_sheet),
        *signing_in.routes(),
        *earth_routes.routes(),
        *media_routes.routes(),
        *map_routes.routes(),
        *api_routes.routes(),
        *record_links.routes(),
        *class_routes.routes(),
        *join_routes.routes(),
        *mine_routes.routes(),
        *time_routes.routes(),
    ]


def middleware() -> Sequence[Middleware]:
    """Security headers on every answer: the browser itself refuses to load anything from another host. Then the links of records,
    what is ours in Streamlit's page, and what the browser keeps of the messages to it."""
    return [
        Middleware(_SecurityHeaders),
        Middleware(record_links.RecordLinks),
        Middleware(page_shell.PageShell),
        Middleware(browser_cache.BrowserCache),
    ]


@asynccontextmanager
async def warm_and_freeze(_: st.App) -> AsyncIterator[None]:
    """Open the database, import and load what the first visitor needs, then freeze it out of garbage collection."""
    from screens import warming

    presses.keep()
    warming.warm()
    signing_in.announce_first_administrator()
    gc.collect()
    gc.freeze()
    yield


def report_error(error: Exception) -> bool:
    """Write an unexpected error into the server's log and show visitors a calm sentence without details."""
    from screens.words import _, say

    if isinstance(error, NotAllowed):
        st.error(say(error.message))
        return True
    _log.error("A screen failed.", exc_info=error)
    st.error(
        _(
            "Something went wrong on our side. Nothing that was saved is lost. Reload the page; if it happens again, tell whoever runs Bonebed here."
        )
    )
    return True


class _SecurityHeaders:
    """Adds what is missing of them to each answer, as it passes: a class of thirty devices need not wait for a task and a queue each."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**_HEADERS, "Content-Security-Policy": content_security_policy()}.items():
                    headers.setdefault(name, value)
                if message["status"] == 200 and early_files.may_be_kept(scope["path"]):
                    headers["Cache-Control"] = early_files.KEPT
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _leaflet_file(request: Request) -> Response:
    found = assets.asset(request.path_params["name"])
    if found is None:
        return Response(status_code=404)
    content_type, content = found
    return Response(content, media_type=content_type, headers={"Cache-Control": early_files.KEPT})


def _style_sheet(_: Request) -> Response:
    return Response(style.sheet(), media_type="text/css", headers={"Cache-Control": early_files.KEPT})
