"""Beside the screens: Leaflet's files come from us, every answer is guarded, and visitors never see an error's details."""

import logging
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from catalogue.settings import Settings, settings
from maps import assets
from screens import early_files, serving
from screens.page_shell import PageShell
from screens.parts import style

ROOT = Path(__file__).resolve().parents[2]
ADDRESSES = ("", "specimens", "map", "tree", "class", "add", "import", "specimen", "amend", "history", "people")


@pytest.fixture
def client() -> TestClient:
    """A browser before our own routes."""
    return TestClient(Starlette(routes=serving.routes(), middleware=serving.middleware()))


def test_leaflets_files_are_served_with_their_type_and_may_be_kept(client: TestClient) -> None:
    for name, content in assets.asset_files().items():
        answer = client.get(f"{serving.LEAFLET}/{name}")
        assert answer.status_code == 200
        assert answer.content == content
        assert answer.headers["content-type"].startswith("text/css" if name.endswith(".css") else "text/javascript")
        assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "name", ["none.js", "..%2f..%2fapp.py", "%2e%2e/app.py", "leaflet.js%00", "leaflet/leaflet.js", ""]
)
def test_an_unknown_file_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"{serving.LEAFLET}/{name}").status_code == 404


def test_every_answer_bears_the_security_headers(client: TestClient) -> None:
    for path in (f"{serving.LEAFLET}/{next(iter(assets.asset_files()))}", f"{serving.LEAFLET}/none.js", "/nowhere"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["referrer-policy"] == "same-origin"
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "http" not in headers["content-security-policy"]


def test_tiles_of_another_host_are_let_in_only_where_they_are_wanted(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = settings().model_copy(update={"map_tiles": "https://tiles.example.org/{z}/{x}/{y}.png"})
    monkeypatch.setattr(serving, "settings", lambda: wanted)
    policy = client.get("/nowhere").headers["content-security-policy"]
    assert policy.endswith("; img-src 'self' data: blob: https://tiles.example.org")
    assert policy.count("http") == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/",
        "https://a.org/{z}; script-src https://b.org",
        "tiles/{z}",
    ],
)
def test_an_address_that_is_none_of_tiles_stops_the_start(address: str) -> None:
    with pytest.raises(ValueError, match="map_tiles"):
        Settings(map_tiles=address)


def test_the_browser_may_fetch_nothing_from_another_host(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    sources = {source for rule in policy.split("; ") for source in rule.split()[1:]}
    assert sources <= {"'self'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:", "ws:", "wss:"}


def test_the_server_is_set_to_keep_errors_and_statistics_to_itself() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["client"]["showErrorDetails"] == "none"
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["address"] == "127.0.0.1"


def test_an_error_is_written_to_the_log_and_not_to_the_page(caplog: pytest.LogCaptureFixture) -> None:
    def page() -> None:
        from screens import serving

        assert serving.report_error(ValueError("password of the database"))

    with caplog.at_level(logging.ERROR):
        app = AppTest.from_function(page).run()
    assert "password of the database" in caplog.text
    assert len(app.error) == 1
    assert "password" not in app.error[0].value
    assert "Traceback" not in app.error[0].value


def test_the_page_of_streamlit_itself_names_no_other_host() -> None:
    import streamlit

    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"""(?:src|href)=["'](?:https?:)?//[^"']+""", page) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_url_on_a_page_is_our_own(open_page: Callable[..., Any], address: str, lang: str) -> None:
    query = {"id": "bonebed:ivpp-v15"} if address == "specimen" else {}
    screen = open_page(address, lang=lang, **query)
    given = [*screen.html().split("http://www.w3.org/")]
    assert re.findall(r"""(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}[^\s"'<]*""", "".join(given)) == []
    for target in re.findall(r'(?:href|src)=\\?"([^"\\]*)', screen.html()):
        assert target.startswith(("./", "../", "#", "data:")), target


def test_the_maps_ask_for_files_that_are_served(open_page: Callable[..., Any], client: TestClient) -> None:
    [given] = open_page("map").maps()
    asked = [*given["js_links"], *given["css_links"]]
    assert {Path(link).suffix for link in asked} == {".js", ".css"}
    for link in asked:
        assert link.startswith(assets.PREFIX)
        assert client.get(f"{serving.LEAFLET}/{link.removeprefix(assets.PREFIX)}").status_code == 200


def test_a_page_with_a_map_fetches_its_files_early_and_keeps_them(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = early_files.files_of_map()
    assert [name.rsplit("/", 1)[-1].split(".")[0].split("-")[0] for name in ahead] == ["map", "map", "main"]
    for address in ahead[:2]:
        assert client.get(address).headers["cache-control"] == early_files.KEPT
    monkeypatch.delitem(sys.modules, "streamlit_folium", raising=False)
    assert ahead[2] not in early_files.links("/bones/map")
    monkeypatch.setitem(sys.modules, "streamlit_folium", sys)
    head = early_files.links("/bones/map")
    assert all(f'"{address}"' in head for address in ahead)
    assert "ComponentInstance" in head
    assert early_files.links("/") == early_files.links("/tree") == ""
    kept = [
        early_files.may_be_kept(f"/bones{address}")
        for address in (ahead[2], "/component/streamlit_folium.st_folium/index.html")
    ]
    assert kept == [True, False]


def test_our_style_sheet_is_kept_under_the_name_of_its_content(client: TestClient) -> None:
    answer = client.get(style.address())
    assert (answer.text, answer.headers["cache-control"]) == (style.sheet(), early_files.KEPT)
    assert answer.headers["content-type"].startswith("text/css")


def test_streamlits_page_holds_what_is_ours_from_the_start_and_other_pages_are_left_alone() -> None:
    shell = '<html><head></head><body><div id="root"></div></body></html>'
    answers = [
        Route("/add", lambda _: HTMLResponse(shell, headers={"etag": "x"})),
        Route("/own", lambda _: HTMLResponse("<head></head>")),
    ]
    browser = TestClient(Starlette(routes=answers, middleware=[Middleware(PageShell)]), headers={"accept": "text/html"})
    page, packed = browser.get("/add", headers={"Accept-Encoding": "identity"}), browser.get("/add")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == page.text
    assert page.text.index("addEventListener") < page.text.index("</head>")
    assert page.text.index('id="root"') < page.text.index(style.address()) < page.text.index("</body>")
    assert int(page.headers["content-length"]) == len(page.content)
    assert "etag" not in page.headers
    assert browser.get("/own").text == "<head></head>"
