"""A service on this computer that answers as the Paleobiology Database documents it, and fails in the ways that services fail.

The records are made up in the documented form: ``occs/list`` and ``specs/list`` with their blocks of columns, ``rowcount`` and
``limit=0`` for how many there are, pages by ``limit`` and ``offset``, errors and warnings as JSON.
"""

import csv
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

OCCURRENCE: dict[str, str] = {
    "occurrence_no": "138845", "record_type": "occ", "reid_no": "", "flags": "", "collection_no": "11805",
    "identified_name": "Lufengosaurus cf. huenei", "identified_rank": "species", "identified_no": "38767", "difference": "",
    "accepted_name": "Lufengosaurus huenei", "accepted_rank": "species", "accepted_no": "57158", "early_interval": "Hettangian",
    "late_interval": "Sinemurian", "max_ma": "201.4", "min_ma": "192.9", "reference_no": "6294", "phylum": "Chordata",
    "class": "Saurischia", "order": "NO_ORDER_SPECIFIED", "family": "Massospondylidae", "genus": "Lufengosaurus",
    "lng": "102.1", "lat": "25.1", "collection_name": "Shawan, Lufeng", "cc": "CN", "state": "Yunnan", "county": "Lufeng",
    "latlng_basis": "based on nearby landmark", "geogscale": "small collection", "geogcomments": "near Shawan village",
    "paleomodel": "gplates", "geoplate": "611", "paleoage": "mid", "paleolng": "108.3", "paleolat": "32.5",
    "formation": "Lower Lufeng", "stratgroup": "", "member": "Shawan", "stratscale": "bed", "zone": "", "localbed": "",
    "museum": "IVPP", "collectors": "M. Bien", "collection_dates": "1938", "primary_name": "Lufengosaurus", "primary_reso": "",
    "primary_reference": "C. C. Young. 1941. A complete osteology of Lufengosaurus huenei Young",
}  # fmt: skip
SPECIMEN: dict[str, str] = {
    "specimen_no": "18592", "record_type": "spm", "flags": "", "occurrence_no": "138845", "reid_no": "0", "collection_no": "11805",
    "specimen_id": "IVPP V15", "is_type": "holotype", "specimen_side": "left", "specimen_part": "femur", "specimen_sex": "",
    "n_measured": "1", "comments": "", "identified_name": "Lufengosaurus huenei", "accepted_name": "Lufengosaurus huenei",
    "accepted_rank": "species", "early_interval": "Hettangian", "late_interval": "Sinemurian", "max_ma": "201.4", "min_ma": "192.9",
    "reference_no": "6294", "lng": "102.1", "lat": "25.1", "cc": "CN", "state": "Yunnan", "formation": "Lower Lufeng",
}  # fmt: skip


def occurrences(number: int) -> list[dict[str, str]]:
    """So many occurrences, each with a number of its own."""
    return [OCCURRENCE | {"occurrence_no": str(138845 + place)} for place in range(number)]


@dataclass
class Replay:
    """What the service says next, and what it was asked.

    Parameters
    ----------
    occurrences, specimens : list of dict
        All records that it has.
    warnings : list of str
        What it says beside its answer.
    failures : list
        How the next requests fail, in this order: a status; a pair of status and headers; ``"cut"``: the connection breaks amid the
        answer; ``"silent"``: nothing comes until the test is over; ``"drip"``: a byte now and then, without an end; ``"page"``: a web
        page; None: no failure.
    refuses : str
        Why the service refuses every question; blank when it does not.
    loses : int
        Records that are announced and never sent.
    """

    occurrences: list[dict[str, str]] = field(default_factory=lambda: occurrences(3))
    specimens: list[dict[str, str]] = field(default_factory=lambda: [dict(SPECIMEN)])
    warnings: list[str] = field(default_factory=list)
    failures: list[Any] = field(default_factory=list)
    refuses: str = ""
    loses: int = 0
    address: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    under_way: set[int] = field(default_factory=set)
    most_at_once: int = 0

    def answer(self, path: str, query: dict[str, str]) -> tuple[int, str, bytes]:
        """Status, type and body of the answer to a good question."""
        if self.refuses:
            told = {"status_code": 400, "errors": [self.refuses], "warnings": []}
            return 400, "application/json", json.dumps(told).encode()
        records = self.specimens if path.startswith("/specs/") else self.occurrences
        start, limit = int(query.get("offset", 0)), int(query.get("limit", 500))
        if path.endswith(".json"):
            found: dict[str, Any] = {
                "elapsed_time": 0.01,
                "records_found": len(records),
                "records_returned": 0,
                "records": [],
            }
            return (
                200,
                "application/json",
                json.dumps(found | ({"warnings": self.warnings} if self.warnings else {})).encode(),
            )
        return 200, "text/csv", table(records[: len(records) - self.loses][start : start + limit], records[0])


def table(records: list[dict[str, str]], heading: dict[str, str]) -> bytes:
    """Records as the service writes them: every cell in quotes, lines ended by CR and LF."""
    written = io.StringIO()
    rows = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerows([list(heading), *(list(record.values()) for record in records)])
    return written.getvalue().encode()


@contextmanager
def replaying() -> Iterator[Replay]:
    """The service, at its own address on this computer."""
    replay = Replay()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            replay.under_way.add(id(self))
            replay.most_at_once = max(replay.most_at_once, len(replay.under_way))
            try:
                _serve(self, replay)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
            finally:
                replay.under_way.discard(id(self))

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing goes to the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    replay.address = f"http://127.0.0.1:{server.server_port}/data1.2"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield replay
    replay.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


def _serve(handler: BaseHTTPRequestHandler, replay: Replay) -> None:
    parts = urlsplit(handler.path)
    query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    path = parts.path.removeprefix("/data1.2")
    replay.asked.append({"path": path, "agent": handler.headers["User-Agent"], **query})
    failure = replay.failures.pop(0) if replay.failures else None
    if failure is None:
        _send(handler, replay, *replay.answer(path, query))
    elif failure == "page":
        _send(handler, replay, 200, "text/html", b"<!DOCTYPE html><html><body>Welcome</body></html>")
    elif isinstance(failure, str):
        _send_badly(handler, replay, failure)
    else:
        status, headers = failure if isinstance(failure, tuple) else (failure, {})
        _send(handler, replay, status, "text/html", b"<h1>Error</h1>", headers)


def _send(
    handler: BaseHTTPRequestHandler,
    replay: Replay,
    status: int,
    kind: str,
    body: bytes,
    headers: dict[str, str] | None = None,
) -> None:
    handler.send_response(status)
    for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    replay.under_way.discard(id(handler))  # who has the last byte may ask again before this thread has ended
    handler.wfile.write(body)


def _send_badly(handler: BaseHTTPRequestHandler, replay: Replay, failure: str) -> None:
    handler.close_connection = True
    if failure == "silent":
        replay.over.wait(20)
        return
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    handler.wfile.write(b'"occurrence_no",')
    while failure == "drip" and not replay.over.wait(0.02):
        handler.wfile.write(b"x")
        handler.wfile.flush()
