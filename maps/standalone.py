"""A map as one file that opens anywhere, from a USB stick too: scripts, styles, land and finds lie inside, and nothing is fetched."""

import re
from html import escape

import folium

from maps import assets

_SCRIPT = re.compile(r'<script src="([^"]+)"></script>')
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"\s*/?>')
_FRAME = (
    "html,body{{height:100%;margin:0}}body{{display:flex;flex-direction:column;font:15px/1.45 Georgia,'Songti SC',SimSun,serif;"
    "background:#faf6ee;color:#2b2620}}header,footer{{padding:.5rem 1rem}}h1{{font-size:1.25rem;margin:0}}footer{{font-size:.85rem}}"
    "ul{{display:flex;flex-wrap:wrap;gap:.2rem 1rem;list-style:none;margin:0 0 .4rem;padding:0}}li i{{display:inline-block;width:.8rem;"
    "height:.8rem;border-radius:50%;border:1px solid;margin-right:.35rem}}.folium-map{{flex:1;position:relative!important;"
    "height:auto!important;min-height:300px}}"
)


def standalone(
    drawn: folium.Map, title: str, caption: str, legend: list[tuple[str, str]] | None = None, language: str = "en"
) -> bytes:
    """A map as an HTML page without any request.

    Parameters
    ----------
    drawn : folium.Map
        With its layers; made with `maps.periods.period_map` after `maps.assets.use_local_assets`.
    title, caption : str
        Above and below the map: what, age, data and licence.
    legend : list of (label, color)
        What colours mean.
    language : str
        ``en`` or ``zh``.
    """
    page = str(drawn.get_root().render())
    page = _STYLE.sub(lambda link: f"<style>{_content(link[1])}</style>", page)
    page = _SCRIPT.sub(lambda link: f"<script>{_safe(_content(link[1]))}</script>", page)
    items = "".join(f'<li><i style="background:{color}"></i>{escape(label)}</li>' for label, color in legend or [])
    head = f"<title>{escape(title)}</title><style>{_FRAME.format()}</style></head>"
    page = page.replace("</head>", head, 1).replace(
        "<html>", f'<html lang="{"zh-Hans" if language == "zh" else "en"}">', 1
    )
    page = page.replace("<body>", f"<body><header><h1>{escape(title)}</h1></header>", 1)
    return page.replace("</body>", f"<footer><ul>{items}</ul>{escape(caption)}</footer></body>", 1).encode()


def _content(url: str) -> str:
    found = assets.asset(url.rsplit("/", 1)[-1])
    return found[1].decode() if found else ""


def _safe(script: str) -> str:
    """A script within a page: nothing in it may end it early."""
    return re.sub(r"</(?=script)", r"<\\/", script, flags=re.IGNORECASE)
