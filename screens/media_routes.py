"""The addresses of photographs and scans: guarded like the catalogue itself, and harmless whatever a file may hold.

``/photographs/<key>/320``, ``/1280`` and ``/full`` are pictures, ``/scans/<key>`` is a surface. Who may not read the catalogue, and
whoever asks for a file that stands with no record, gets the same "not found".
"""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from catalogue import database
from catalogue.media import keeping as media
from catalogue.media import store as media_store
from catalogue.media.kinds import CONTENT_TYPES, PHOTOGRAPH, PREVIEWS, SCAN, Medium
from screens.parts import who
from screens.parts.prefix import prefix

PHOTOGRAPHS, SCANS = "/photographs", "/scans"
_FULL = "full"
_HEADERS = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def routes() -> list[BaseRoute]:
    """The addresses of photographs and scans."""
    return [
        Route(f"{prefix()}{PHOTOGRAPHS}/{{key}}/{{size}}", _photograph),
        Route(f"{prefix()}{SCANS}/{{key}}", _scan),
    ]


def photograph_href(medium: Medium, size: int | None = None) -> str:
    """Where a photograph is, whole or with its longest side at most so many pixels; relative, so that a prefix is kept."""
    return f".{PHOTOGRAPHS}/{medium.sha256}/{size or _FULL}"


def scan_href(medium: Medium) -> str:
    """Where a scan is; relative, so that a prefix is kept."""
    return f".{SCANS}/{medium.sha256}"


def _photograph(request: Request) -> Response:
    size = request.path_params["size"]
    found = _shown(request, PHOTOGRAPH)
    if found is None or size not in {_FULL, *map(str, PREVIEWS)}:
        return Response(status_code=404)
    side = None if size == _FULL else int(size)
    return _file(media_store.path_of(found.sha256, side), "webp" if side else found.format)


def _scan(request: Request) -> Response:
    found = _shown(request, SCAN)
    if found is None:
        return Response(status_code=404)
    return _file(media_store.path_of(found.sha256), found.format, name=f"{found.sha256[:12]}.{found.format}")


def _shown(request: Request, kind: str) -> Medium | None:
    """What is asked for, when it is of that kind and this person may see it."""
    with database.reading() as connection:
        found = media.shown_to(connection, who.of_cookies(request.cookies), request.path_params["key"])
    return found if found is not None and found.kind == kind else None


def _file(path: Path | None, form: str, name: str | None = None) -> Response:
    if path is None:
        return Response(status_code=404)
    return FileResponse(path, media_type=CONTENT_TYPES[form], headers=_HEADERS, filename=name)
