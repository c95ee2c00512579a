"""The shell of our own light pages beside Streamlit's: one file that brings its styles, scripts and data, in our colours by day and by night.

Call everything here within `screens.words.speaking`.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from screens.parts.plain_page import DAY, NIGHT, SERIF
from screens.parts.prefix import prefix
from screens.parts.style import icon
from screens.words import language

_HERE = Path(__file__).parent
_LIGHT, _DARK = (
    f"color-scheme: light; {DAY} --sea: #cddfe4; --land: #cfb984; --is-dark: 0;",
    f"color-scheme: dark; {NIGHT} --sea: #12242f; --land: #504c3b; --is-dark: 1;",
)
_STREAMLIT = "--st-text-color: var(--ink); --st-background-color: var(--paper); --st-primary-color: var(--accent); --st-border-color: var(--line); --st-heading-font: var(--serif);"
"""The names under which drawings look for the colours of the page around them."""
_THEMES = f"""
:root {{ {SERIF} {_LIGHT} {_STREAMLIT} }}
@media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ {_DARK} }} }}
:root[data-theme="dark"] {{ {_DARK} }}
"""


def icon_of(path: str) -> str:
    """A small line drawing for a button.

    Parameters
    ----------
    path : str
        As in SVG, within 20 by 20.
    """
    return f'<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="{path}"/></svg>'


ICONS = {
    "close": icon_of("M5 5l10 10M15 5 5 15"),
    "full": icon_of("M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5"),
    "dark": icon_of("M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14"),
    "left": icon_of("M12.5 4 6 10l6.5 6"),
    "right": icon_of("M7.5 4 14 10l-6.5 6"),
}
"""The drawings of buttons that several pages have."""


def light_page(
    title: str,
    body: str,
    *,
    styles: Sequence[str],
    scripts: Sequence[str],
    given: Mapping[str, object],
    more_style: str = "",
    kind: str = "",
) -> str:
    """A whole page.

    Parameters
    ----------
    body : str
        HTML.
    styles, scripts : sequence of str
        Files beside this one, put in one after the other.
    given : mapping
        What the scripts find, as JSON, in the element ``given``.
    more_style : str
        CSS.
    kind : str
        Class of the body.
    """
    data = json.dumps(given, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    code, style = "".join(map(_read, scripts)), "".join(map(_read, styles))
    return f"""<!doctype html>
<html lang="{"zh-Hans" if language() == "zh" else "en"}"><head><meta charset="utf-8"><base href="{escape(prefix())}/">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<link rel="icon" href="data:image/svg+xml,{quote(icon())}"><title>{escape(title)}</title>
<style>{_THEMES}{style}{more_style}</style></head><body class="{kind}">{body}
<script type="application/json" id="given">{data}</script>{f'<script type="module">{code}</script>' if code else ""}</body></html>"""


@cache
def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
