"""A real server and a real Chromium, cut off from every other host.

The server runs as people start it, with a data folder of its own. Chromium may reach nothing but that server: whatever else a page
asks for is blocked, written down, and fails the test.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Route, expect

from tests.chromium import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
STARTING = 240.0
"""Seconds; a slow computer that has compiled nothing yet takes more than one minute."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Bonebed as people start it; gives its address."""
    with _serving(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[str]:
    """A server of its own for one test, in whose catalogue no other test has been."""
    with _serving(tmp_path) as address:
        yield address


@pytest.fixture
def guarded_server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server of its own on which people sign in; gives its address and its log."""
    with _serving(tmp_path, BONEBED_SIGN_IN="local") as address:
        yield address, tmp_path / "log.txt"


@pytest.fixture
def serving() -> Callable[..., AbstractContextManager[str]]:
    """Opens a server with a folder and settings of its own, while a context lasts."""
    return _serving


@pytest.fixture
def free_port() -> Callable[[], int]:
    """Finds a port at which nobody listens."""
    return _free_port


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _serving(folder: Path, *, port: int = 0, **settings: str) -> Iterator[str]:
    port = port or _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BONEBED_")}
    environment |= {"BONEBED_DATA_DIR": str(folder / "data"), **settings}
    log = folder / "log.txt"
    with log.open("w", encoding="utf-8") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT, env=environment, stdout=written, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait_until_healthy(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said, said
    assert "A screen failed" not in said, said


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    pytest.fail(f"The server did not start:\n{log.read_text(encoding='utf-8')}")


class Visitor:
    """A person at a browser of their own."""

    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        self.server = server

    def open(self, address: str = "", **query: str) -> Page:
        """Open a page by its link and wait until it is there."""
        self.page.goto(f"{self.server}/{address}?{urlencode({'lang': 'English'} | query)}")
        return self.settled()

    def settled(self) -> Page:
        """Wait until the page is drawn and nothing runs any more."""
        page = self.page
        expect(page.locator("[data-testid=stMainBlockContainer]")).to_be_visible()
        expect(page.locator(".st-key-language")).to_be_visible()
        expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        return page

    def fill(self, key: str, text: str) -> None:
        """Write into a field, by its key, and leave it."""
        field = self.page.locator(f".st-key-{key}").locator("input, textarea").first
        field.fill(text)
        field.blur()
        self.settled()

    def pick(self, key: str, typed: str) -> None:
        """Choose what a list offers first for what was typed."""
        self.page.locator(f".st-key-{key} input").fill(typed)
        self.page.get_by_role("option").filter(has_text=typed).first.click()
        self.settled()

    def menu(self, title: str) -> Page:
        """Go to a page by the navigation."""
        self.page.get_by_test_id("stTopNavLink").filter(has_text=title).first.click()
        return self.settled()


@pytest.fixture
def outside() -> list[str]:
    """What pages asked of other hosts; has to be empty in the end."""
    return []


@pytest.fixture
def visit(chromium: Browser, server: str, outside: list[str]) -> Iterator[Callable[..., Visitor]]:
    """Lets a person come: ``visit(locale="zh-CN", theme="dark")``."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def visit(*, locale: str = "en-GB", theme: str = "light", to: str = server) -> Visitor:
        context = chromium.new_context(
            locale=locale, color_scheme=theme, viewport={"width": 1280, "height": 720}, service_workers="block", reduced_motion="reduce"
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.route(lambda url: not _is_ours(url, to), lambda route: _block(route, outside))
        page = context.new_page()
        page.on("request", lambda request: None if _is_ours(request.url, to) else outside.append(request.url))
        page.on("websocket", lambda socket: None if _is_ours(socket.url, to) else outside.append(socket.url))
        page.on("console", lambda message: _listen(message, outside))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("dialog", lambda dialog: _close(dialog, trouble))
        return Visitor(page, to)

    yield visit
    for context in contexts:
        context.close()
    assert outside == []
    assert trouble == []


def _is_ours(url: str, server: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"data", "blob", "about"} or parts.netloc == urlsplit(server).netloc


def _block(route: Route, outside: list[str]) -> None:
    outside.append(route.request.url)
    route.abort()


def _listen(message: ConsoleMessage, outside: list[str]) -> None:
    """A request that the server's own policy stopped never becomes one; the browser only complains of it."""
    if "Content Security Policy" in message.text:
        outside.append(message.text)


def _close(dialog: Dialog, trouble: list[str]) -> None:
    trouble.append(f"dialog: {dialog.message}")
    dialog.dismiss()
