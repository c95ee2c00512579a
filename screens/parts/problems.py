"""What goes wrong on our own addresses, as problem documents: in plain words, in the language of the reader.

References
----------
Nottingham, M., Wilde, E. and Dalal, S. 2023. Problem Details for HTTP APIs. RFC 9457. doi:10.17487/RFC9457
"""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from catalogue.api.endpoints import PROBLEM
from catalogue.api.parameters import Fault
from catalogue.messages import Message
from screens.parts.plain_page import language_of
from screens.words import translated


def problem(
    request: Request,
    status: int,
    why: Message,
    *,
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem document.

    Parameters
    ----------
    request : Request
        Whose language decides.
    status : int
        Of HTTP.
    why : Message
        What is wrong, in a sentence.
    faults : sequence of Fault
        What is wrong with each parameter.
    headers : mapping
        More headers of the answer.
    """
    language = language_of(request)

    def say(words: Message) -> str:
        return words.render(lambda template: translated(template, language))

    told: dict[str, object] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    told["detail"] = say(why)
    if faults:
        told["errors"] = [_named(fault, say(fault.message)) for fault in faults]
    kept = {"Cache-Control": "no-store", **(headers or {})}
    return Response(json.dumps(told, ensure_ascii=False), status, kept, PROBLEM)


def _named(fault: Fault, detail: str) -> dict[str, object]:
    named: dict[str, object] = {"parameter": fault.parameter, "detail": detail}
    return named | ({"allowed": list(fault.allowed)} if fault.allowed else {})
