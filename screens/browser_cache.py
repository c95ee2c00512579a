"""Keeps Streamlit from referring to a message that the browser has thrown away by then, which would shut the page for good.

The browser keeps large messages (the lists of intervals, the form's help, a tree), says with each request which it has, and is sent a
short reference to one instead of the whole. It throws away what the last runs of the script did not use. On a slow connection the
next request is sent before the answer to the last one is there: what was thrown away in between is still named by it. Streamlit then
refers to it, the browser does not find it ("Cached ForwardMsg MISS"), gives up the connection for ever and locks every field.

What goes to the browser passes here in its order, so it is known what the browser will have by the time it reads on. What is about to be
thrown away is struck from its requests, and is sent whole.
"""

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

RUNS = 2
"""After how many finished runs without a message nothing refers to it any more. The browser keeps it for some more (`maxCachedMessageAge` in
`.streamlit/config.toml`), as runs may finish between its request and the answer."""


class BrowserCache:
    """Strikes what the browser is about to throw away from what it says to have; everything else goes through as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        kept = _Kept()

        async def received() -> Message:
            message = await receive()
            asked = message.get("bytes")
            return {**message, "bytes": kept.struck(asked)} if asked else message

        async def sending(message: Message) -> None:
            if told := message.get("bytes"):
                kept.note(told)
            await send(message)

        await self.app(scope, received, sending)


class _Kept:
    """What the browser at the other end of a connection keeps."""

    def __init__(self) -> None:
        self._finished = 0
        self._used: dict[str, int] = {}

    def note(self, told: bytes) -> None:
        """Note a message on its way to the browser, which keeps it, looks up another one, or learns that a run is finished."""
        message = ForwardMsg.FromString(told)
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            self._used[message.ref_hash] = self._finished
        elif message.metadata.cacheable:
            self._used[message.hash] = self._finished
        elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self._finished += 1
            self._used = {name: at for name, at in self._used.items() if self._finished - at <= RUNS}

    def struck(self, asked: bytes) -> bytes:
        """A request of the browser without what it will not have any more when the answer comes."""
        try:
            request = BackMsg.FromString(asked)
        except DecodeError:
            return asked  # Streamlit answers it as it answers all that it cannot read
        named = request.rerun_script.cached_message_hashes
        if request.WhichOneof("type") != "rerun_script" or all(name in self._used for name in named):
            return asked
        left = [name for name in named if name in self._used]
        del named[:]
        named.extend(left)
        return bytes(request.SerializeToString())
