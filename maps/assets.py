"""The scripts and styles that a Folium map asks for, served by Bonebed itself.

Folium names its files on five public servers. Without the internet its maps stay blank, and with it every visitor is known to
strangers. The package folium-offline holds the same files; here each gets a name made from its content, so that a
browser may keep it for ever, and every class of Folium is told to ask for that name below a prefix of ours.

A map of streamlit-folium is a page at ``/component/streamlit_folium.st_folium/index.html``. The prefix is relative to that page,
so that it holds below any base path of the server too.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import branca.colormap
import branca.element
import folium
import folium.plugins  # noqa: F401  its classes must exist before they are told where to ask
from folium.elements import JSCSSMixin
from offlinefolium.elements import _res as _offline_files

from catalogue.messages import message
from maps import finer_land, places
from maps.errors import MapError

PREFIX = "../../assets/leaflet/"
"""Where the files are, seen from the page that holds a map."""

OWN_FILES = Path(__file__).parent / "leaflet"
MAP_SCRIPTS = (
    "/leaflet.js",
    "/leaflet.markercluster.js",
    "land.js",
    "bonebed.js",
    "towns.js",
    "finer.js",
    "many.js",
    "cells.js",
    "areas.js",
)
"""What our own maps consist of, in this order: how the address of each file ends. A map asks for all of them at once, as ``map.js``."""
MAP_STYLES = ("/leaflet.css", "/MarkerCluster.css", "bonebed.css")
"""The same of style sheets, as ``map.css``."""
_CONTENT_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
}
_SQUARE = re.compile(r"land-(.+)_(-?\d+)_(-?\d+)\.json")
_prefix = PREFIX


def asset_files() -> Mapping[str, bytes]:
    """Every file that a map may ask for: its content by its name, which is made from the content."""
    return _store()[1]


def asset(name: str) -> tuple[str, bytes] | None:
    """Content type and content of one file, to be served under its name; None when there is no such file."""
    content = asset_files().get(name) or _square(name)
    return None if content is None else (_CONTENT_TYPES[Path(name).suffix], content)


def squares_url() -> str | None:
    """How the address of each square of `maps.finer_land` begins; None where there are none."""
    edition = finer_land.edition()
    return edition and f"{_prefix}land-{edition}"


def _square(name: str) -> bytes | None:
    asked = _SQUARE.fullmatch(name)
    if not asked or asked[1] != finer_land.edition():
        return None
    found = finer_land.square(int(asked[2]), int(asked[3]))
    return found.encode() if found else None


def local_url(url: str) -> str:
    """Where Bonebed serves a file that Folium, or one of our own maps, asks for.

    Parameters
    ----------
    url : str
        The address that Folium knows, the name of a file of ours (``"bonebed.js"``), or an address that is already local.

    Returns
    -------
    str
        The prefix and the file's name.

    Raises
    ------
    MapError
        When no file is known for the address.
    """
    names, files = _store()
    name = names.get(url) or url.rsplit("/", 1)[-1]
    if name not in files:
        raise MapError(
            message("The map asks for {url}, which is not among its files. Is folium-offline up to date?", url=url)
        )
    return _prefix + name


def use_local_assets(prefix: str = PREFIX) -> None:
    """Tell every class of Folium to ask for Bonebed's files. May be called again, also with another prefix.

    Parameters
    ----------
    prefix : str
        What comes before a file's name; it ends in a slash.

    Notes
    -----
    Colour bars of branca on a streamlit-folium map bring two addresses of d3 with them that streamlit-folium has written down itself;
    `local_url` knows both.
    """
    global _prefix
    _prefix = prefix
    for owner in folium_classes():
        for links in ("default_js", "default_css"):
            if links in vars(owner):
                setattr(owner, links, [(name, local_url(url)) for name, url in vars(owner)[links]])
    vars(branca.colormap)["JavascriptLink"] = _LocalScript


def folium_classes() -> Iterator[type[JSCSSMixin]]:
    """Every class of Folium and its plugins that brings scripts or styles."""
    waiting: list[type[JSCSSMixin]] = [JSCSSMixin]
    seen: set[type[JSCSSMixin]] = set()
    while waiting:
        owner = waiting.pop()
        if owner not in seen:
            seen.add(owner)
            waiting.extend(owner.__subclasses__())
            yield owner


class _LocalScript(branca.element.JavascriptLink):
    """A link to a script that asks Bonebed for it."""

    def __init__(self, url: str, download: bool = False) -> None:
        super().__init__(local_url(url), download)


@cache
def _store() -> tuple[Mapping[str, str], Mapping[str, bytes]]:
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}
    single = {**_offline_files, **dict(_own_files())}
    for url, text in (*single.items(), *_together(single)):
        content = (_without_requests(text) if _suffix(url) == ".css" else text).encode()
        names[url] = _hashed_name(url, content)
        files[names[url]] = content
    return MappingProxyType(names), MappingProxyType(files)


def _own_files() -> Iterator[tuple[str, str]]:
    for path in sorted(OWN_FILES.iterdir()):
        yield path.name, path.read_text(encoding="utf-8")
    yield "land.js", f"window.bonebedLand={places.land_json() or 'null'};"
    yield "borders.js", f"window.bonebedBorders={places.borders_json()};"


def _together(files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The files of a map as one of each kind: streamlit-folium asks for one script after another, and each is a way there and back."""
    scripts, styles = ([_ending(files, name) for name in names] for names in (MAP_SCRIPTS, MAP_STYLES))
    yield "map.js", "\n;\n".join(map(_without_notes, scripts))
    yield "map.css", "\n".join(_without_notes(_NOTE.sub("", _EMBEDDED.sub("none", style))) for style in styles)


def _ending(files: Mapping[str, str], name: str) -> str:
    return next(text for url, text in files.items() if url.endswith(name))


def _without_notes(script: str) -> str:
    """A script or a style sheet without the lines that are for people, and without its indents."""
    return "\n".join(line for line in map(str.strip, script.splitlines()) if line and not line.startswith("//"))


def _hashed_name(url: str, content: bytes) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", Path(url.rsplit("/", 1)[-1]).name.lower().removesuffix(_suffix(url))).strip("-")
    return f"{stem}-{sha256(content).hexdigest()[:12]}{_suffix(url)}"


def _suffix(url: str) -> str:
    """``.css`` or ``.js``; one script of Folium's is named without a suffix."""
    return ".css" if url.endswith(".css") else ".js"


_REFERENCE = re.compile(r"""url\(\s*(['"]?)(?!data:|#|%23|['"])[^)]*\)""", re.IGNORECASE)
_IMPORT = re.compile(r"@import\s[^;]+;", re.IGNORECASE)


_NOTE = re.compile(r"/\*.*?\*/", re.DOTALL)
_EMBEDDED = re.compile(r"""url\(\s*(['"]?)data:image/[^)]*\)""")
"""Pictures of Leaflet's own marks and buttons, which our maps do not use."""


def _without_requests(css: str) -> str:
    """A style sheet whose fonts and pictures lie inside it; what it would fetch from elsewhere is left out."""
    return _REFERENCE.sub("url(data:,)", _IMPORT.sub("", css))
