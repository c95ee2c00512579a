"""The face of Bonebed beyond Streamlit's theme: a museum label by day, a darkened gallery by night."""

from functools import cache
from hashlib import sha256
from pathlib import Path

import streamlit as st

from screens.parts.prefix import prefix
from screens.words import _, language

_HERE = Path(__file__).parent
_DARK_INK = 'button[kind^="primary"]:not(:disabled) * { color: #15130f; }'


def address() -> str:
    """Where our style sheet lies, named by its content, so that browsers may keep it."""
    return f"{prefix()}/assets/bonebed.{_edition()}.css"


@cache
def _edition() -> str:
    return sha256(sheet().encode()).hexdigest()[:12]


def link() -> str:
    """The line of a page that lays our style sheet over it."""
    return f'<link rel="stylesheet" href="{address()}">'


def apply() -> None:
    """Add the rules that go by the reader's theme and language to those of our style sheet."""
    if rules := (_DARK_INK if is_dark() else "") + _uploading():
        st.html(f"<style>{rules}</style>")


def _uploading() -> str:
    """Streamlit has its field for files in English only: in another language, our words stand in the place of its own."""
    if language() == "en":
        return ""
    field, choose, drop = "[data-testid=stFileUploaderDropzone", _("Choose files"), _("or drop them here")
    return (
        f"{field}] button p, {field}Instructions] span {{ font-size: 0; }}"
        f'{field}] button p::after {{ content: "{choose}"; font-size: 0.95rem; }}'
        f'{field}Instructions] span::after {{ content: "{drop}"; font-size: 0.85rem; }}'
    )


@cache
def sheet() -> str:
    """The style sheet's rules, for pictures that live in a root of their own."""
    return "".join((_HERE / name).read_text(encoding="utf-8") for name in ("style.css", "star.css"))


@cache
def icon() -> str:
    """The picture in the browser's tab."""
    return (_HERE / "icon.svg").read_text(encoding="utf-8")


def is_dark() -> bool:
    """Whether the reader's theme is the dark one."""
    return st.context.theme.type == "dark"
