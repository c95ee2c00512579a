"""Choosing what a photograph is about, on the photograph itself: a point by a click, a box by a drag, or with the arrow keys."""

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from catalogue.media.kinds import PREVIEWS, Medium
from screens.media_routes import photograph_href
from screens.parts import gallery
from screens.words import _

_FIELDS = ("focus_x", "focus_y", "focus_width", "focus_height")


def choose(medium: Medium, *, key: str) -> dict[str, object]:
    """Show a photograph and return what was chosen on it, as the focus fields of a `Medium`; all None for the whole of it."""
    kept = [at for at in (medium.focus_x, medium.focus_y, medium.focus_width, medium.focus_height) if at is not None]
    shown = _component()(
        key=key,
        data={
            "src": photograph_href(medium, PREVIEWS[-1]),
            "focus": kept,
            "label": _("Choose what this photograph is about"),
            "markup": "",
        },
        default={"focus": kept},
        on_focus_change=lambda: None,
    )
    chosen = _numbers(shown.focus)
    return dict(zip(_FIELDS, [*chosen, None, None, None, None], strict=False))


def _numbers(sent: object) -> list[float]:
    """What the browser sent, when it is a point or a box; else nothing."""
    if not isinstance(sent, list) or len(sent) not in {0, 2, 4}:
        return []
    return [float(one) for one in sent] if all(isinstance(one, int | float) for one in sent) else []


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "bonebed_focus",
        html='<div class="picture focus-frame"></div>',
        css=gallery.sheet(),
        js=(Path(__file__).parent / "focus.js").read_text(encoding="utf-8"),
        isolate_styles=True,
    )
