"""One question after the other to a public service, with a name, pauses and patience.

Never more than one request is on its way from this process, with a pause after each. What is too much for the service (429) or fails
for a moment (5xx, a connection that breaks) is asked again a few times, later each time; what the service refuses is not.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx2

from catalogue.messages import CatalogueError, Message, message
from catalogue.settings import settings

_AGAIN = frozenset({429, 500, 502, 503, 504})
_SLICE = 0.25
"""Seconds between two looks at whether the person still wants an answer."""
_turn = threading.Lock()
_ended = [float("-inf")]
"""When the last request ended, by the clock that only goes forward; changed by whoever holds the turn."""


class NoAnswer(CatalogueError):
    """The service gave no answer that can be used; its message says why and what to do."""


class Stopped(CatalogueError):
    """A person stopped the question; nothing was kept."""

    def __init__(self) -> None:
        super().__init__(message("The question was stopped. Nothing was kept."))


@dataclass(frozen=True)
class Manners:
    """How patiently a service is asked; all times in seconds.

    Parameters
    ----------
    pause : float
        Between two requests.
    tries : int
        How often one question is asked at most.
    first_wait, longest_wait : float
        Before it is asked again; each wait is twice the one before.
    connecting, silence, whole : float
        How long a connection, the next piece of an answer, and the answer may take.
    largest : int
        Bytes of an answer.
    wait : callable
        Lets some seconds go by.
    """

    pause: float = 1.0
    tries: int = 4
    first_wait: float = 2.0
    longest_wait: float = 60.0
    connecting: float = 10.0
    silence: float = 60.0
    whole: float = 300.0
    largest: int = 64 * 2**20
    wait: Callable[[float], None] = time.sleep


POLITE = Manners()


class _Again(Exception):
    """The question may be asked once more."""

    def __init__(self, reason: Message, after: float | None = None) -> None:
        self.reason = reason
        self.after = after


class Service:
    """A public service and the manners with which it is asked; to be closed, or used with `with`.

    Parameters
    ----------
    address : str
        Where its lists begin.
    go_on : callable
        Asked now and then; raises `Stopped` when the person does not want the answer any more.
    """

    def __init__(self, address: str, go_on: Callable[[], None], manners: Manners = POLITE) -> None:
        self._address = address.rstrip("/")
        self._go_on = go_on
        self._manners = manners
        silence = httpx2.Timeout(manners.silence, connect=manners.connecting)
        self._client = httpx2.Client(timeout=silence, headers={"User-Agent": user_agent()}, follow_redirects=False)

    def __enter__(self) -> "Service":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, path_and_query: str) -> bytes:
        """The answer to a question.

        Raises
        ------
        NoAnswer
            When there is none after all tries, or the service refuses the question.
        Stopped
        """
        wait = self._manners.first_wait
        for left in reversed(range(self._manners.tries)):
            try:
                return self._in_turn(f"{self._address}/{path_and_query}")
            except _Again as again:
                if not left:
                    raise NoAnswer(again.reason) from again
                self._wait(min(self._manners.longest_wait, again.after or wait))
                wait *= 2
        raise AssertionError("a question is asked at least once")

    def _in_turn(self, address: str) -> bytes:
        while not _turn.acquire(timeout=_SLICE):
            self._go_on()
        try:
            self._wait(_ended[0] + self._manners.pause - time.monotonic())
            return self._ask(address)
        finally:
            _ended[0] = time.monotonic()
            _turn.release()

    def _ask(self, address: str) -> bytes:
        self._go_on()
        try:
            with self._client.stream("GET", address) as response:
                content = self._content(response)
                _refuse_failure(response, content)
                return content
        except httpx2.TimeoutException as error:
            raise _Again(message("The service did not answer in time. Try again later.")) from error
        except (httpx2.ConnectError, httpx2.UnsupportedProtocol, httpx2.InvalidURL) as error:
            raise _Again(
                message(
                    "The service cannot be reached. Is this computer connected to the internet, and is BONEBED_PBDB_URL right?"
                )
            ) from error
        except httpx2.HTTPError as error:
            raise _Again(message("The connection to the service broke off. Try again later.")) from error

    def _content(self, response: httpx2.Response) -> bytes:
        begun, pieces, size = time.monotonic(), [], 0
        for piece in response.iter_bytes():
            self._go_on()
            pieces.append(piece)
            size += len(piece)
            if size > self._manners.largest:
                raise NoAnswer(message("The answer is larger than {most} MB.", most=self._manners.largest // 2**20))
            if time.monotonic() - begun > self._manners.whole:
                raise NoAnswer(message("The answer took too long. Ask for less, or try again later."))
        return b"".join(pieces)

    def _wait(self, seconds: float) -> None:
        left = seconds
        while left > 0:
            self._go_on()
            self._manners.wait(min(_SLICE, left))
            left -= _SLICE


def user_agent() -> str:
    """How we call ourselves: the program, and where its keepers are found."""
    return " ".join(filter(None, ("Bonebed", settings().public_url and f"(+{settings().public_url})")))


def _refuse_failure(response: httpx2.Response, content: bytes) -> None:
    status = response.status_code
    if status == 200:
        return
    if status in _AGAIN:
        said = message("The service is too busy or out of order (status {status}). Try again later.", status=status)
        raise _Again(said, _seconds(response.headers.get("Retry-After", "")))
    if 300 <= status < 400:
        raise NoAnswer(
            message("The service has moved. An administrator has to set BONEBED_PBDB_URL to its new address.")
        )
    raise NoAnswer(
        message("The service refused the question (status {status}): {said}", status=status, said=_said(content))
    )


def _said(content: bytes) -> str:
    """What the service says of an error, which it does as JSON; an answer in another form is not repeated."""
    try:
        told = json.loads(content)
        errors = told.get("errors") or []
    except (ValueError, AttributeError, RecursionError):
        return "–"
    return " ".join(str(one) for one in errors)[:300] or "–" if isinstance(errors, list) else "–"


def _seconds(written: str) -> float | None:
    return float(written) if written.isdecimal() and len(written) < 6 else None
