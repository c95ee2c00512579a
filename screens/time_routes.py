"""The address of the time machine: ``/time?lang=zh&at=195&clade=Sauropodomorpha&specimen=…``; each link opens the same moment again.

A link that asks for what is not there is answered with what comes nearest, and a sentence that says so.
"""

from collections.abc import Mapping
from math import isfinite
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from catalogue import database, specimens
from screens.parts import time_page, trees
from screens.parts.plain_page import language_of
from screens.parts.prefix import prefix
from screens.parts.time_data import SPAN, curve_now, data_now
from screens.words import _, language, speaking

TIME = "/time"
BEGINS_AT = 195.0
"""Ma: the time of the Lufeng dinosaurs."""
_LONGEST = 200
_HEADERS = {"Cache-Control": "no-store"}


def routes() -> list[BaseRoute]:
    """The addresses of the time machine."""
    return [Route(f"{prefix()}{TIME}", _page), Route(f"{prefix()}{TIME}/curve", _curve)]


def time_href(**parameters: str) -> str:
    """A link to the time machine in the reader's language; relative, so that a prefix is kept. Put it in with ``target="_top"``."""
    asked = {name: value for name, value in parameters.items() if value}
    return f".{TIME}?{urlencode(asked | {'lang': language()})}"


def _page(request: Request) -> Response:
    language = language_of(request)
    with speaking(language):
        start = _start(request.query_params)
        curve = curve_now(str(start["clade"]))
        shown = time_page.page(data_now(language), curve, start, curves=f".{TIME}/curve")
    return HTMLResponse(shown, headers=_HEADERS)


def _curve(request: Request) -> Response:
    clade = request.query_params.get("clade", "")[:_LONGEST]
    if clade and not trees.has(clade):
        return Response(status_code=404)
    return JSONResponse(curve_now(clade), headers=_HEADERS)


def _start(asked: Mapping[str, str]) -> dict[str, object]:
    notes: list[str] = []
    clade, key = asked.get("clade", "")[:_LONGEST], asked.get("specimen", "")[:_LONGEST]
    if clade and not trees.has(clade):
        notes.append(_("“{name}” is not on the tree; all animals are shown.").format(name=clade))
        clade = ""
    at = BEGINS_AT
    if key:
        with database.reading() as connection:
            found = specimens.get_all(connection, [key])
        if found and found[0].span.overlaps(SPAN):
            at = min(found[0].span.midpoint, SPAN.max_ma)
        else:
            notes.append(_("There is no find “{name}” here.").format(name=key))
            key = ""
    written = asked.get("at", "")
    moment = _age(written)
    if moment is not None:
        at = min(max(moment, SPAN.min_ma), SPAN.max_ma)
    if written and moment != at:
        nearest = _("The time machine goes from {oldest} million years ago to today; it begins here.")
        notes.append(nearest.format(oldest=f"{SPAN.max_ma:g}"))
    return {"at": round(at, 2), "clade": clade, "specimen": key, "notes": notes}


def _age(written: str) -> float | None:
    """A number of million years; None where none is written."""
    try:
        age = float(written[:20])
    except ValueError:
        return None
    return age if isfinite(age) else None
