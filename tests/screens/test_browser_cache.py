"""Nothing refers to a message that the browser has thrown away by the time it reads on."""

import tomllib
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from screens.browser_cache import RUNS, BrowserCache

ROOT = Path(__file__).resolve().parents[2]
FINISHED, EARLY = ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_EARLY_FOR_RERUN


def heard(asked: bytes, *told: ForwardMsg) -> bytes:
    """What reaches the server of a request, from a browser to which some messages were sent before."""
    requests = []

    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        for message in told:
            await socket.send_bytes(message.SerializeToString())
        requests.append(await socket.receive_bytes())
        await socket.close()

    app = Starlette(routes=[WebSocketRoute("/", talk)], middleware=[Middleware(BrowserCache)])
    with TestClient(app).websocket_connect("/") as browser:
        for message in told:
            assert browser.receive_bytes() == message.SerializeToString()
        browser.send_bytes(asked)
        browser.receive()
    return requests[0]


def whole(name: str) -> ForwardMsg:
    """A message that the browser keeps."""
    message = ForwardMsg(hash=name)
    message.metadata.cacheable = True
    message.delta.new_element.text.body = name
    return message


def again(name: str) -> ForwardMsg:
    return ForwardMsg(ref_hash=name)


def finished(status: "ForwardMsg.ScriptFinishedStatus.ValueType" = FINISHED) -> ForwardMsg:
    return ForwardMsg(script_finished=status)


def passed_on(*told: ForwardMsg, names: tuple[str, ...] = ("a", "b")) -> list[str]:
    """What the server hears that the browser has."""
    asked = BackMsg()
    asked.rerun_script.query_string = "lang=zh"
    asked.rerun_script.cached_message_hashes.extend(names)
    request = BackMsg.FromString(heard(asked.SerializeToString(), *told)).rerun_script
    assert request.query_string == "lang=zh"
    return list(request.cached_message_hashes)


def test_what_the_last_runs_used_is_referred_to() -> None:
    assert passed_on(whole("a"), whole("b")) == ["a", "b"]
    assert passed_on(whole("a"), whole("b"), *[finished()] * RUNS) == ["a", "b"]
    assert passed_on(whole("a"), finished(), again("a"), finished(), again("a"), finished()) == ["a"]


def test_what_is_about_to_be_thrown_away_is_struck() -> None:
    assert passed_on(whole("a"), finished(), whole("b"), *[finished()] * RUNS) == ["b"]
    assert passed_on(whole("a"), *[finished()] * (RUNS + 1), names=("a",)) == []


def test_a_run_that_made_room_for_another_one_throws_nothing_away() -> None:
    assert passed_on(whole("a"), *[finished(EARLY)] * 9, names=("a",)) == ["a"]


def test_what_was_sent_on_an_earlier_connection_is_sent_again() -> None:
    assert passed_on(whole("a"), names=("a", "of a connection that broke")) == ["a"]


def test_other_requests_go_through_as_they_are() -> None:
    stop = BackMsg(stop_script=True).SerializeToString()
    for asked in (stop, b"\xff\xff no message"):
        assert heard(asked, whole("a")) == asked


def test_the_browser_keeps_for_longer_than_we_count_on() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["global"]["maxCachedMessageAge"] >= RUNS + 2
