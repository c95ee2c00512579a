"""What a map needs is fetched while Streamlit still starts: a line in the head of the pages that hold one.

The frame of a map is only opened when the page has run; its scripts then come from the browser's store. Streamlit names the scripts of
the map's component after their content but lets no browser keep them unasked; here they may be kept.
"""

import json
import re
import sys
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from streamlit import __file__ as streamlit

from maps.assets import PREFIX, local_url
from screens.parts.prefix import prefix

WITH_MAP = ("map", "specimen", "places")
"""The addresses of pages that hold a map of streamlit-folium."""
KEPT = "public, max-age=31536000, immutable"
"""For files whose name changes with their content."""
_COMPONENT = "/component/streamlit_folium.st_folium"
_HASHED = re.compile(re.escape(_COMPONENT) + r"/static/.+\.[0-9a-f]{8,}\.\w+")


def links(path: str) -> str:
    """What to put into the head of a page, by its path; blank for one without a map."""
    if path.rstrip("/").rsplit("/", 1)[-1] not in WITH_MAP:
        return ""
    # A link of the kind "prefetch" would be simpler, but Chromium then asks for a file that is not packed, three times as large.
    known = "streamlit_folium" in sys.modules  # it is served from the first map on that the server showed
    ahead = [f"{prefix()}{file}" for file in files_of_map() if known or not file.startswith(_COMPONENT)]
    fetched = f'<script>for (const file of {json.dumps(ahead)}) fetch(file, {{ priority: "low" }}).catch(() => {{}});</script>'
    return fetched + "".join(f'<link rel="modulepreload" href="{prefix()}{file}">' for file in _frame_of_streamlit())


def may_be_kept(path: str) -> bool:
    """Whether a path is that of a file of the component which is named after its content."""
    return _HASHED.search(path) is not None


@cache
def files_of_map() -> Sequence[str]:
    """The scripts and styles of a map, as addresses below the prefix."""
    ours = [local_url(name).replace(PREFIX, "/assets/leaflet/") for name in ("map.js", "map.css")]
    found = find_spec("streamlit_folium")  # importing it would register it before there is a server
    folder = Path(found.origin).parent / "frontend" / "build" if found and found.origin else Path()
    return [
        *ours,
        *(f"{_COMPONENT}/{one.relative_to(folder).as_posix()}" for one in folder.glob("static/js/main.*.js")),
    ]


@cache
def _frame_of_streamlit() -> Sequence[str]:
    """Streamlit's script for components, which it would ask for only when it comes to the map."""
    folder = Path(streamlit).parent / "static"
    return [f"/{one.relative_to(folder).as_posix()}" for one in folder.glob("static/js/ComponentInstance.*.js")]
