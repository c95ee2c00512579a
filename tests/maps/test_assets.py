"""`maps.assets`: whatever Folium can ask for is ours to give, and nothing in it asks anybody else."""

import re
from collections.abc import Iterator

import branca.colormap
import folium
import folium.plugins
import pytest
from folium.elements import JSCSSMixin

from maps import assets
from maps.errors import MapError

LINKS = ("default_js", "default_css")


@pytest.fixture(autouse=True)
def _folium_as_it_was() -> Iterator[None]:
    """Every class of Folium asks where it asked before the test."""
    before = {
        (owner, links): list(vars(owner)[links])
        for owner in assets.folium_classes()
        for links in LINKS
        if links in vars(owner)
    }
    prefix, script = assets._prefix, vars(branca.colormap)["JavascriptLink"]
    yield
    for (owner, links), value in before.items():
        setattr(owner, links, value)
    assets._prefix = prefix
    vars(branca.colormap)["JavascriptLink"] = script


def exported_classes() -> list[type]:
    exported = [*vars(folium).values(), *vars(folium.plugins).values(), *vars(folium.features).values()]
    return [thing for thing in exported if isinstance(thing, type) and issubclass(thing, JSCSSMixin)]


def asked_for() -> list[str]:
    return [url for owner in exported_classes() for links in LINKS for _, url in getattr(owner, links)]


def test_every_file_that_folium_asks_for_is_in_the_store() -> None:
    assert len(set(asked_for())) > 50
    assert [
        url for url in asked_for() if assets.local_url(url).removeprefix(assets._prefix) not in assets.asset_files()
    ] == []


def test_after_use_local_assets_every_class_asks_for_our_files() -> None:
    assets.use_local_assets("/here/")
    assert [url for url in asked_for() if not url.startswith("/here/")] == []
    assert {url.removeprefix("/here/") for url in asked_for()} <= set(assets.asset_files())


def test_it_may_be_called_again_and_with_another_prefix() -> None:
    assets.use_local_assets("/here/")
    first = asked_for()
    assets.use_local_assets("/here/")
    assert asked_for() == first
    assets.use_local_assets("../there/")
    assert asked_for() == [url.replace("/here/", "../there/") for url in first]


def test_the_page_of_any_map_names_no_other_server() -> None:
    assets.use_local_assets()
    drawn = folium.Map(tiles=None)
    folium.plugins.MarkerCluster([[25.1, 102.1]]).add_to(drawn)
    folium.plugins.Fullscreen().add_to(drawn)
    branca.colormap.linear.viridis.scale(0, 1).add_to(drawn)
    sources = re.findall(r"""<(?:script|link)[^>]+(?:src|href)="([^"]+)""", drawn.get_root().render())
    assert len(sources) > 10
    assert [source for source in sources if not source.startswith(assets.PREFIX)] == []


@pytest.mark.parametrize(
    "url",
    ["https://d3js.org/d3.v4.min.js", "https://cdnjs.cloudflare.com/ajax/libs/d3/3.5.5/d3.min.js"],
)
def test_the_links_that_streamlit_folium_adds_are_known(url: str) -> None:
    assert assets.asset(assets.local_url(url).removeprefix(assets._prefix)) is not None


def test_an_unknown_address_is_an_error_that_names_it() -> None:
    with pytest.raises(MapError, match=r"The map asks for https://example\.org/x\.js"):
        assets.local_url("https://example.org/x.js")


def test_names_come_from_content_and_are_plain() -> None:
    assert all(re.fullmatch(r"[a-z0-9-]+-[0-9a-f]{12}\.(js|css)", name) for name in assets.asset_files())


def test_a_file_comes_with_its_content_type() -> None:
    script = assets.asset(assets.local_url("bonebed.js").removeprefix(assets._prefix))
    style = assets.asset(assets.local_url("bonebed.css").removeprefix(assets._prefix))
    assert script is not None and script[0] == "text/javascript; charset=utf-8"
    assert style is not None and style[0] == "text/css; charset=utf-8"
    assert assets.asset("../assets.py") is None


def test_no_style_sheet_fetches_anything() -> None:
    for name, content in assets.asset_files().items():
        if name.endswith(".css"):
            style = content.decode()
            assert "@import" not in style
            assert re.findall(r"""url\(\s*['"]?(?!data:|#|%23)[^)'"]+""", style) == [], name


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("a{background:url(https://example.org/x.png)}", "a{background:url(data:,)}"),
        ("a{background:url( '//example.org/x.png' )}", "a{background:url(data:,)}"),
        ('a{background:url("../fonts/x.woff2?v=1#iefix")}', "a{background:url(data:,)}"),
        ('@import "https://example.org/x.css";a{}', "a{}"),
        ("a{background:url(data:image/png;base64,AA==)}", "a{background:url(data:image/png;base64,AA==)}"),
        ('a{behavior:url("#default#VML")}', 'a{behavior:url("#default#VML")}'),
    ],
)
def test_what_a_style_sheet_would_fetch_is_left_out(style: str, kept: str) -> None:
    assert assets._without_requests(style) == kept


def test_the_land_is_a_file_of_its_own() -> None:
    land = assets.asset(assets.local_url("land.js").removeprefix(assets._prefix))
    assert land is not None
    assert land[1].startswith(b"window.bonebedLand=[[")
