"""The frames of the moving Earth, at an address that changes with them, so that a browser asks for them once and keeps them."""

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from maps.errors import MapError
from maps.palaeogeography import library
from maps.palaeogeography.frames import frames_of
from maps.palaeogeography.models import PlateModel
from screens.early_files import KEPT
from screens.parts.prefix import prefix

EARTH = "/assets/earth"
LAND_UNTIL = 252.0
"""Ma: how far the smaller frames reach, those of the time machine."""
_NAME = re.compile(rf"(.+?)(-{LAND_UNTIL:g})?-[0-9a-f]+\.json")
_HEADERS = {
    "Cache-Control": KEPT,
    "Content-Encoding": "gzip",
    "X-Content-Type-Options": "nosniff",
}


def routes() -> list[BaseRoute]:
    """The address of the frames."""
    return [Route(f"{prefix()}{EARTH}/{{name}}", _frames)]


def frames_href(model: PlateModel, oldest_ma: float | None = None) -> str:
    """Where the frames of a model are, all or the land until an age; relative, so that a prefix is kept."""
    return f".{EARTH}/{frames_of(model, oldest_ma).name}"


def _frames(request: Request) -> Response:
    name = request.path_params["name"]
    key, oldest = _NAME.sub(r"\1", name), _NAME.sub(r"\2", name)
    try:
        found = frames_of(library.model(key), LAND_UNTIL if oldest else None)
    except MapError:
        return Response(status_code=404)
    if found.name != name:
        return Response(status_code=404)
    return Response(found.content, media_type="application/json", headers=_HEADERS)
