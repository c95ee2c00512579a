"""The photographs and scans of a specimen: small pictures with licence and credit, and a viewer to look closely and to turn scans.

The viewer is our own: pictures and scans come from `screens.media_routes`, and where the browser has no WebGL 2 it says so and offers
the file itself. A link with ``media=…`` opens it at once.
"""

from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from catalogue.media.kinds import LICENSES, PREVIEWS, SCAN, Medium
from screens.media_routes import photograph_href, scan_href
from screens.parts import style
from screens.words import _, language, say

_HERE = Path(__file__).parent
_SMALL, _MEDIUM = PREVIEWS
_SURFACE = (
    '<svg viewBox="0 0 48 48" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" aria-hidden="true">'
    '<path d="M24 5 41 14v20L24 43 7 34V14zM24 5v19M24 24 7 34M24 24l17 10M7 14l17 10 17-10M7 14l34 20M41 14 7 34" opacity=".85"/></svg>'
)


def show(found: Iterable[Medium], name: str) -> None:
    """The photographs and scans of a specimen; nothing where there are none.

    Parameters
    ----------
    name : str
        What the specimen is called, for those without a caption.
    """
    found = list(found)
    if found:
        _component()(key="gallery", data={"markup": _gallery(found, name)})


def terms(medium: Medium) -> str:
    """Who is to be named, and under which terms others may use it."""
    return f"{medium.credit} · {license_words(medium.license)}"


def license_words(license: str) -> str:
    """A licence in the reader's language."""
    return say(LICENSES[license]) if license in LICENSES else license


def picture_html(medium: Medium, text: str) -> str:
    """The smallest picture, cut so that its focus stays in view."""
    left, top = (50 if at is None else round(100 * at) for at in (medium.focus_x, medium.focus_y))
    return (
        f'<img src="{photograph_href(medium, _SMALL)}" alt="{escape(text)}" loading="lazy" '
        f'style="object-position:{left}% {top}%">'
    )


def _gallery(found: list[Medium], name: str) -> str:
    thumbs = "".join(f"<li>{_thumb(medium, name)}</li>" for medium in found)
    title = _("Photographs and scans")
    return (
        f'<section class="gallery" aria-label="{title}"><h3>{title}</h3><ul class="thumbs">{thumbs}</ul></section>'
        f"{_viewer()}"
    )


def _thumb(medium: Medium, name: str) -> str:
    caption = medium.text("caption", language()) or name
    scan = medium.kind == SCAN
    shown = _SURFACE + escape(_("3D scan")) if scan else picture_html(medium, caption)
    focus = (medium.focus_x, medium.focus_y, medium.focus_width, medium.focus_height)
    given = {
        "key": medium.sha256[:12],
        "kind": medium.kind,
        "format": medium.format,
        "full": scan_href(medium) if scan else photograph_href(medium),
        "small": "" if scan else photograph_href(medium, _MEDIUM),
        "width": str(medium.width),
        "height": str(medium.height),
        "focus": ",".join(f"{at:.4f}" for at in focus if at is not None),
        "caption": caption,
        "terms": terms(medium),
    }
    data = " ".join(f'data-{field}="{escape(text)}"' for field, text in given.items())
    label = escape(_("Look closely: {what}").format(what=caption))
    return (
        f'<figure><button class="thumb" type="button" aria-label="{label}" {data}>{shown}</button>'
        f"<figcaption>{escape(caption)}<small>{escape(terms(medium))}</small></figcaption></figure>"
    )


def _viewer() -> str:
    tools = (
        ("previous", "‹", _("Previous")),
        ("next", "›", _("Next")),
        ("farther", "−", _("Farther")),
        ("closer", "+", _("Closer")),
    )
    buttons = "".join(
        f'<button type="button" data-part="{part}" aria-label="{label}" title="{label}">{sign}</button>'
        for part, sign, label in tools
    )
    said = {
        "loading": _("The scan is being loaded …"),
        "no-webgl": _("This browser cannot draw scans (it has no WebGL 2). You can save the file and open it in another program."),
        "broken": _("The scan could not be loaded. Close the viewer and try again."),
    }  # fmt: skip
    help_photograph = _("Wheel, pinch or + and − to zoom, drag or arrow keys to move, 0 for all of it.")
    help_scan = _("Drag or arrow keys to turn, wheel, pinch or + and − to zoom, Shift to move, 0 to start again.")
    viewer, whole, look = _("Viewer"), _("All of it"), _("The part in question")
    save, close = _("Save the file"), _("Close")
    messages = "".join(f'<p data-say="{when}" hidden>{text}</p>' for when, text in said.items())
    return (
        f'<dialog class="viewer" aria-label="{viewer}">'
        f'<div style="position:relative;display:grid;min-height:0"><div class="viewer-stage" tabindex="0" role="img"></div>'
        f'<div class="viewer-said" role="status">{messages}</div></div>'
        f'<div class="viewer-bar"><div class="viewer-words"><p data-part="caption"></p><p class="quiet" data-part="terms"></p>'
        f'<p class="quiet" data-part="help-photograph">{help_photograph}</p>'
        f'<p class="quiet" data-part="help-scan">{help_scan}</p></div>'
        f'<div class="viewer-tools">{buttons}<button type="button" data-part="whole">{whole}</button>'
        f'<button type="button" data-part="look">{look}</button>'
        f'<a data-part="save" download>{save}</a>'
        f'<button type="button" data-part="close">{close}</button></div></div></dialog>'
    )


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "bonebed_gallery",
        html='<div class="picture gallery-frame"></div>',
        css=sheet(),
        js="\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("gestures.js", "scan.js", "gallery.js")),
        isolate_styles=True,
    )


@cache
def sheet() -> str:
    """The style sheet's rules with those of the viewer."""
    return style.sheet() + (_HERE / "gallery.css").read_text(encoding="utf-8")
