"""The stable link of a record serves people and programs alike: ``/specimen?id=…``, which labels bear, and ``/id/<key>``.

A browser gets the page, with the way to the data in its ``Link`` header; whoever asks for JSON or linked data is sent there. The page
itself is Streamlit's, so this stands in front of it.

References
----------
Van de Sompel, H. et al. 2019. cite-as: A Link Relation to Convey a Preferred URI for Referencing. RFC 8574. doi:10.17487/RFC8574
"""

from urllib.parse import parse_qs, quote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catalogue.api.addresses import Addresses, specimen_path
from catalogue.api.endpoints import HTML, JSON
from catalogue.api.linked_data import MEDIA_TYPE as JSON_LD
from catalogue.labels.contents import record_link
from screens.api_routes import addresses_of
from screens.negotiating import preferred
from screens.parts.prefix import prefix

PAGE, BY_PATH = "/specimen", "/id"
"""The page of a record, and the same with the key as a part of the path. That may lie below no page: there the browser's part of
Streamlit looks for its server."""
_FORMS = (HTML, JSON, JSON_LD)


def routes() -> list[BaseRoute]:
    """The link with the key as a part of the path."""
    return [Route(f"{prefix()}{BY_PATH}/{{id:anything}}", _to_record)]


class RecordLinks:
    """Stands in front of the page of a record."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope)
        if not key:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        addresses = addresses_of(request)
        if _wants_data(request):
            await _see(f".{specimen_path(key)}")(scope, receive, send)
            return

        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.append("Link", _links(addresses, key))
                headers.add_vary_header("Accept")
            await send(message)

        await self.app(scope, receive, send_with_links)


def _key(scope: Scope) -> str:
    """The key of the record whose page is asked for; blank for everything else."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return ""
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    if path != f"{prefix()}{PAGE}":
        return ""
    asked: dict[str, list[str]] = parse_qs(scope["query_string"].decode("latin-1"))
    return asked.get("id", [""])[0]


def _wants_data(request: Request) -> bool:
    return preferred(request.headers.get("accept", ""), _FORMS) in (JSON, JSON_LD)


def _to_record(request: Request) -> Response:
    """From the path to the page or the data."""
    key = request.path_params["id"]
    home = "../" * _depth(request.scope)
    return _see(home + specimen_path(key)[1:] if _wants_data(request) else home + record_link("", key)[1:])


def _depth(scope: Scope) -> int:
    """How many steps it is from the path of a record up to the first page; keys may have slashes of their own."""
    written = scope.get("raw_path") or quote(scope["path"]).encode()
    return int(written.partition(f"{BY_PATH}/".encode())[2].count(b"/")) + 1


def _see(where: str) -> Response:
    """Send the reader elsewhere; relative, so that a prefix of the server is kept."""
    return RedirectResponse(where, 303, headers={"Vary": "Accept"})


def _links(addresses: Addresses, key: str) -> str:
    data = addresses.specimen(key)
    alternates = [f'<{data}>; rel="alternate"; type="{form}"' for form in (JSON_LD, JSON)]
    return ", ".join([f'<{addresses.record(key)}>; rel="cite-as"', *alternates])
