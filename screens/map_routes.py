"""What a map shows of very many finds: ``/map-window`` answers with bubbles, dots or hexagons for the window that is on the screen.

The map's own script asks, at each move, so that the page need not run again. Whoever asks gets what that person may see; the answer
belongs to its reader alone and is asked for anew by its ETag, which is made of the revision of the records.
"""

import json
import logging
from collections.abc import Mapping
from hashlib import sha256
from secrets import token_hex
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from catalogue import database, finding
from catalogue.api.asking import query_of
from catalogue.api.parameters import FILTERS, BadParameters, read_parameters
from catalogue.messages import message
from catalogue.rights import NotAllowed, Person, require
from catalogue.searching import facets
from catalogue.searching.query import Query
from maps import gathering, hexagons, located
from maps.gathering import Group
from maps.located import Found, Window
from maps.periods import ink_on, rows_of
from maps.tally import shades
from screens.parts import map_colours, maps, who
from screens.parts.map_colours import Colours
from screens.parts.plain_page import language_of
from screens.parts.prefix import prefix
from screens.parts.problems import problem
from screens.words import LANGUAGES, speaking

ADDRESS = "/map-window"
LAYERS = ("clusters", "points", "density")
EACH = 300
"""Finds of a window that are drawn one by one, each with its card; more are gathered."""
_START = token_hex(4)
_OURS = ("window", "layer", "colour", "lang")
_HEADERS = {"Cache-Control": "private, no-cache", "Vary": "Cookie", "Cross-Origin-Resource-Policy": "same-origin"}
_FARTHEST, _CLOSEST = 1080.0, 24.0
_log = logging.getLogger("bonebed")


def routes() -> list[BaseRoute]:
    """The address of windows."""
    return [Route(f"{prefix()}{ADDRESS}", _answer)]


def url(asked: Mapping[str, str], layer: str, colour: str, language: str) -> str:
    """Where a map asks for windows of what a search finds, seen from the page that holds the map; only the window is to be added.

    Parameters
    ----------
    asked : mapping of str to str
        The parameters of the search's link.
    """
    given = {**asked, "layer": layer, "colour": colour, "lang": language}
    return f"../..{ADDRESS}?{urlencode(given)}"


async def _answer(request: Request) -> Response:
    return await run_in_threadpool(_answered, request)


def _answered(request: Request) -> Response:
    given = dict(request.query_params)
    try:
        person = who.of_cookies(request.cookies)
        require(person, "read")
        asked = read_parameters(FILTERS, [pair for pair in given.items() if pair[0] not in _OURS])
        window = _window(given.get("window", ""))
        layer, colour = given.get("layer", LAYERS[0]), given.get("colour", "age")
        if window is None or layer not in LAYERS or colour not in map_colours.BY:
            return problem(request, 400, message("This window of a map cannot be understood. Reload the page."))
        language = given["lang"] if given.get("lang") in LANGUAGES else language_of(request)
        with speaking(language), database.reading() as connection:
            told = (_START, finding.revision(connection), person.login, person.role, language, str(request.url))
            tag = f'W/"{sha256(json.dumps(told).encode()).hexdigest()[:24]}"'
            if tag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers={"ETag": tag, **_HEADERS})
            answer = window_of(connection, person, query_of(asked), window, layer, colour)
    except BadParameters as error:
        return problem(request, 400, error.message, faults=error.faults)
    except NotAllowed as error:
        return problem(request, 403, error.message)
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return Response(body, media_type="application/json", headers={"ETag": tag, **_HEADERS})


def window_of(
    connection: Connection, person: Person, query: Query, window: Window, layer: str, colour: str
) -> dict[str, object]:
    """What a window of a map shows, as `leaflet/many.js` draws it.

    Parameters
    ----------
    person : Person
        For whom; withheld sites are made coarser before anything is gathered.
    layer : str
        One of `LAYERS`.
    colour : str
        One of `screens.parts.map_colours.BY`.

    Returns
    -------
    dict
        ``kind`` (``finds``, ``bubbles``, ``dots`` or ``hexagons``), ``count`` (the finds in the window) and what is drawn.
    """
    found = located.find(connection, query, person)
    shown = located.in_window(found, window)
    count = len(shown)
    common: dict[str, object] = {"count": count}
    if layer == "density":
        return common | _density(found, window)
    colours = map_colours.colours(
        connection, person, found, colour, facets.count(connection, query, who=person), query.taxon
    )
    if count <= EACH:
        return common | {"kind": "finds", **_rows(connection, person, found, found.ids[shown].tolist(), colours)}
    if layer == "points":
        across, dots = gathering.dots(found, window, colours.codes)
        return common | {"kind": "dots", "across": across, "dots": [_mark(dot, 2 if across else 4) for dot in dots]}
    across, groups = gathering.bubbles(found, window, colours.codes)
    single = [group for group in groups if group.count == 1]
    cells = [cell for group in single for cell in group.cells]
    alone = gathering.ids_in_cells(found, across, cells).tolist() if cells else []
    bubbles = [_mark(group) for group in groups if group.count > 1]
    drawn = {"kind": "bubbles", "across": across, "bubbles": bubbles}
    return common | drawn | _rows(connection, person, found, alone, colours)


def _window(written: str) -> Window | None:
    try:
        west, south, east, north, zoom = (float(number) for number in written.split(","))
    except ValueError:
        return None
    right = -_FARTHEST <= west < east <= _FARTHEST and -90 <= south < north <= 90 and 0 <= zoom <= _CLOSEST
    return Window(west, south, east, north, zoom) if right else None


def _mark(group: Group, decimals: int = 4) -> list[object]:
    cells = ",".join([f"{x}-{y}" for x, y in group.cells])
    place = (round(group.latitude, decimals), round(group.longitude, decimals))
    return [*place, group.count, group.sites, int(group.own), group.color, cells]


def _rows(connection: Connection, person: Person, found: Found, ids: list[int], colours: Colours) -> dict[str, object]:
    points = maps.coloured_points(connection, person, found, ids, colours)
    palette = list(dict.fromkeys(point.color for point in points))
    number = {color: at for at, color in enumerate(palette)}
    return {"palette": palette, "inks": [ink_on(color) for color in palette], "rows": rows_of(points, number)}


def _density(found: Found, window: Window) -> dict[str, object]:
    counted = hexagons.hexagons(found, window)
    most = max((count for _, _, count, _ in counted), default=1)
    drawn = [[round(latitude, 4), round(longitude, 4), count, sites] for longitude, latitude, count, sites in counted]
    return {
        "kind": "hexagons",
        "side": hexagons.side_at(window.zoom),
        "zoom": round(window.zoom),
        "steps": shades(most),
        "hexagons": drawn,
    }
