"""The read API behind its addresses: ``/api`` and what lies below it. What it answers is made in `catalogue.api`.

Whoever is signed in gets what that person may see, everyone else what visitors see; so does a page of another web site, whoever
looks at it. An answer belongs to its reader alone (``private``) and is asked for anew by its ETag, which is made of the revision of the
records.
"""

import json
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from secrets import token_hex
from urllib.parse import urlsplit

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from catalogue import database, finding
from catalogue.api import answers, endpoints, frames
from catalogue.api.addresses import API, Addresses
from catalogue.api.allowance import Allowance
from catalogue.api.endpoints import HTML, Endpoint
from catalogue.api.linked_data import MEDIA_TYPE as JSON_LD
from catalogue.api.linked_data import as_json_ld
from catalogue.api.openapi import openapi
from catalogue.api.paging import Paging
from catalogue.api.parameters import BadParameters, Values, read_parameters
from catalogue.finding import NoSuchSpecimen
from catalogue.media.kinds import SCAN, Medium
from catalogue.messages import Message, message
from catalogue.rights import VISITOR, NotAllowed, Person
from catalogue.settings import settings
from screens import media_routes
from screens.negotiating import preferred
from screens.parts import api_page, who
from screens.parts.prefix import prefix
from screens.parts.problems import problem

_METHODS = ", ".join(("GET", "HEAD", "OPTIONS"))
_START = token_hex(4)
"""Part of each ETag: after an update the same records may be told otherwise."""
_VARY = ", ".join(("Accept", "Cookie", "Origin"))
_log = logging.getLogger("bonebed")


class _Anything(Convertor[str]):
    """The rest of an address, whatever it holds: keys have slashes, and Starlette's own ``path`` stops at a line break."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("anything", _Anything())


def routes() -> list[BaseRoute]:
    """The addresses of the API."""
    allowance = Allowance(settings().api_per_minute)
    listed: list[BaseRoute] = []
    for endpoint in endpoints.ENDPOINTS:
        path = prefix() + endpoint.path.replace("{id}", "{id:anything}")
        listed.append(Route(path, _Address(endpoint, allowance)))
    return [*listed, Route(f"{prefix()}{API}/{{rest:anything}}", _Address(None, allowance))]


def base_of(request: Request) -> str:
    """The address of Bonebed as its reader reaches it, without a slash at its end."""
    return (settings().public_url or f"{request.base_url}".rstrip("/") + prefix()).rstrip("/")


def addresses_of(request: Request) -> Addresses:
    """The addresses that answers to a request hold."""
    return Addresses(base_of(request), _path_of_medium)


def _path_of_medium(medium: Medium) -> str:
    href = media_routes.scan_href(medium) if medium.kind == SCAN else media_routes.photograph_href(medium)
    return href.removeprefix(".")


@dataclass(frozen=True)
class _Question:
    """What one request asks: where, for whom, in which form, with which parameters."""

    endpoint: Endpoint
    request: Request
    person: Person
    form: str
    asked: Values

    @property
    def paging(self) -> Paging:
        return Paging(addresses_of(self.request), self.endpoint.path, dict(self.request.query_params))

    def tag(self, of: str) -> str:
        """The ETag of the answer; weak, for the server may compress it."""
        told = (
            _START,
            of,
            self.person.login,
            self.person.role,
            self.form,
            str(self.request.url),
            base_of(self.request),
        )
        return f'W/"{sha256(json.dumps(told).encode()).hexdigest()[:24]}"'


@dataclass(frozen=True)
class _Address:
    """One address as Starlette calls it; every method and every mistake is answered here."""

    endpoint: Endpoint | None
    allowance: Allowance = field(compare=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        answer = await self._answer(request)
        for name, value in _headers(request).items():
            answer.headers.setdefault(name, value)
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        wait = self.allowance.wait(request.client.host if request.client else "")
        if wait:
            return _too_many(request, wait, self.allowance.per_minute)
        if self.endpoint is None:
            return problem(request, 404, _NO_SUCH_ADDRESS)
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": _METHODS})
        if request.method not in ("GET", "HEAD"):
            return problem(request, 405, _ONLY_READ, headers={"Allow": _METHODS})
        form = preferred(request.headers.get("accept", ""), self.endpoint.forms)
        if form is None:
            return problem(request, 406, _other_forms(self.endpoint))
        return await run_in_threadpool(_answered, self.endpoint, request, form)


def _answered(endpoint: Endpoint, request: Request, form: str) -> Response:
    try:
        asked = read_parameters(endpoint.parameters, request.query_params.multi_items())
        return _read(_Question(endpoint, request, _reader(request), form, asked))
    except BadParameters as error:
        return problem(request, 400, error.message, faults=error.faults)
    except NotAllowed as error:
        return problem(request, 403, error.message)
    except NoSuchSpecimen as error:
        return problem(request, 404, error.message)
    except Exception as error:
        _log.error("An answer of the API failed.", exc_info=error)
        return problem(request, 500, _OUR_FAULT)


def _reader(request: Request) -> Person:
    """Who asks; a page of another web site learns no more than a visitor may, whoever looks at it."""
    return VISITOR if _is_foreign(request) else who.of_cookies(request.cookies)


def _is_foreign(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def _read(question: _Question) -> Response:
    if question.endpoint is endpoints.DESCRIPTION:
        return _described(question)
    with database.reading() as connection:
        moving = "changed" in question.asked  # what counts as lately goes on while no record changes
        tag = question.tag(finding.revision(connection))
        if not moving and _is_known(question.request, tag):
            return Response(status_code=304, headers={"ETag": tag})
        document = _document(question, connection)
        headers = {"ETag": tag, **_last_modified(document, connection), **_links(document)}
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    if moving:
        headers["ETag"] = question.tag(body)
        if _is_known(question.request, headers["ETag"]):
            return Response(status_code=304, headers={"ETag": headers["ETag"]})
    return Response(body, headers=headers, media_type=question.form)


def _described(question: _Question) -> Response:
    base = base_of(question.request)
    if question.form == HTML:
        return HTMLResponse(api_page.page(question.request, base), headers=api_page.HEADERS)
    tag = question.tag("")
    if _is_known(question.request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(json.dumps(openapi(base), indent=1), headers={"ETag": tag}, media_type=question.form)


def _document(question: _Question, connection: Connection) -> Mapping[str, object]:
    person, asked, paging = question.person, question.asked, question.paging
    if question.endpoint is endpoints.ONE_SPECIMEN:
        key = question.request.path_params["id"]
        told = answers.specimen(connection, person, key, paging.addresses)
        return as_json_ld(told, paging.addresses.base) if question.form == JSON_LD else told
    if question.endpoint is endpoints.INTERVALS:
        return frames.intervals(connection, person, asked)
    make = {
        endpoints.SPECIMEN_LIST.name: answers.specimens,
        endpoints.LOCALITIES.name: answers.localities,
        endpoints.TAXA.name: frames.taxa,
    }[question.endpoint.name]
    return make(connection, person, asked, paging)


def _is_known(request: Request, tag: str) -> bool:
    """Whether the reader has this answer already."""
    known = request.headers.get("if-none-match", "").split(",")
    return tag.removeprefix("W/") in {one.strip().removeprefix("W/") for one in known}


def _last_modified(document: Mapping[str, object], connection: Connection) -> dict[str, str]:
    """When the record was changed last, or for several of them any record."""
    written = str(document.get("modified") or answers.last_changed(connection))
    try:
        return {"Last-Modified": format_datetime(datetime.fromisoformat(written).astimezone(UTC), usegmt=True)}
    except ValueError:
        return {}


def _links(document: Mapping[str, object]) -> dict[str, str]:
    rels = {"next": "next", "previous": "prev", "references": "canonical"}
    told = [f'<{document[name]}>; rel="{rel}"' for name, rel in rels.items() if name in document]
    return {"Link": ", ".join(told)} if told else {}


def _headers(request: Request) -> dict[str, str]:
    """Answers are for their reader alone; pages of other web sites may read those of a server that has visitors."""
    common = {"Cache-Control": ", ".join(("private", "no-cache")), "Vary": _VARY}
    if settings().sign_in == "off":
        return common | {"Cross-Origin-Resource-Policy": "same-origin"}
    return common | {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": ", ".join(("Accept", "If-None-Match")),
        "Access-Control-Expose-Headers": ", ".join(("ETag", "Link", "Last-Modified", "Retry-After")),
        "Access-Control-Max-Age": "86400",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


_NO_SUCH_ADDRESS = message("There is nothing at this address. See /api for those that there are.")
_ONLY_READ = message("This catalogue can only be read here: GET, HEAD or OPTIONS.")
_OUR_FAULT = message(
    "Something went wrong on our side. Ask again, and if it happens once more, tell whoever runs Bonebed here."
)


def _other_forms(endpoint: Endpoint) -> Message:
    return message("This is to be had as {forms} only; see the header Accept.", forms=", ".join(endpoint.forms))


def _too_many(request: Request, wait: float, per_minute: int) -> Response:
    seconds = math.ceil(wait)
    why = message(
        "That is more than {allowed} questions in a minute. Go on in {seconds} seconds.",
        allowed=per_minute,
        seconds=seconds,
    )
    return problem(request, 429, why, headers={"Retry-After": str(seconds)})
