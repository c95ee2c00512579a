"""What stands in Streamlit's page before its own scripts run: our style sheet, what a map needs early, and a short script for keys.

The style sheet comes last in the page, so that it counts more than Streamlit's own, and from the first letter that is drawn. The script
hears Ctrl+Enter from the first moment: Streamlit fetches the browser's part of a form (`screens/parts/keystrokes.js`) after the page. On
a busy machine that takes seconds, in which the form can be filled in already; a shortcut that only that part knows would be lost.
"""

import gzip
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from screens import early_files
from screens.parts import style

_SCRIPT = (Path(__file__).parent / "parts" / "first_keys.js").read_text(encoding="utf-8")
_WORTH_PACKING = 1_000
"""Bytes."""
_HEAD, _BODY, _ROOT = b"</head>", b"</body>", b'id="root"'
_OF_THE_FILE = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
"""What a browser says of Streamlit's own file; ours is another one, and is written anew each time."""


class PageShell:
    """Puts our own into Streamlit's page, and packs every page; every other answer goes through as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] != "GET"
            or "text/html" not in Headers(scope=scope).get("accept", "")
        ):
            await self.app(scope, receive, send)
            return
        asked = [(name, value) for name, value in scope["headers"] if name not in _OF_THE_FILE]
        packs = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        head = f"<script>\n{_SCRIPT}</script>\n{early_files.links(scope['path'])}"
        await self.app({**scope, "headers": asked}, receive, _Rewriting(send, packs, head))


class _Rewriting:
    """Holds an answer in HTML back until it is whole, and packs it for a browser that can unpack it."""

    def __init__(self, send: Send, packs: bool, head: str) -> None:
        self._send = send
        self._packs = packs
        self._head = head
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None or message["type"] != "http.response.body":
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body, headers = self._body, MutableHeaders(scope=start)
        if _ROOT in body:
            body = body.replace(_HEAD, self._head.encode() + _HEAD, 1).replace(_BODY, style.link().encode() + _BODY, 1)
            for name in ("etag", "last-modified", "accept-ranges"):
                del headers[name]
        if self._packs and len(body) > _WORTH_PACKING:
            body = gzip.compress(body, 6)
            headers["content-encoding"] = "gzip"
            headers.add_vary_header("Accept-Encoding")
        if "content-length" in headers:
            headers["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_page(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
