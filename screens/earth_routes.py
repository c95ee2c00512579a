"""The frames of the moving Earth, at an address that changes with them, so that a browser asks for them once and keeps them."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from maps.errors import MapError
from maps.palaeogeography import library
from maps.palaeogeography.frames import frames_of
from maps.palaeogeography.models import PlateModel
from screens.parts.prefix import prefix

EARTH = "/assets/earth"
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Encoding": "gzip",
    "X-Content-Type-Options": "nosniff",
}


def routes() -> list[BaseRoute]:
    """The address of the frames."""
    return [Route(f"{prefix()}{EARTH}/{{name}}", _frames)]


def frames_href(model: PlateModel) -> str:
    """Where the frames of a model are; relative, so that a prefix is kept."""
    return f".{EARTH}/{frames_of(model).name}"


def _frames(request: Request) -> Response:
    name = request.path_params["name"]
    try:
        found = frames_of(library.model(name.rpartition("-")[0]))
    except MapError:
        return Response(status_code=404)
    if found.name != name:
        return Response(status_code=404)
    return Response(found.content, media_type="application/json", headers=_HEADERS)
