"""The words on the screens, in English and Simplified Chinese.

English is written in the code; `screens/locale/zh_Hans/LC_MESSAGES/bonebed.po` holds the Chinese, in gettext's form, and is read
with Babel. `python -m screens.words` brings the file in step with the code; a test fails when a text is missing there.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import streamlit as st
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as BabelMessage
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from catalogue.messages import Message

LANGUAGES = {"en": "English", "zh": "中文"}
_PO = Path(__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES" / "bonebed.po"
_SOURCES = ("catalogue", "trees", "maps", "classroom", "screens")
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>|~$]|:(?=\S)|[#+-](?=\s)|(?<=\d)[.)](?=\s)")
_KEYWORDS = {"_": None, "marked": None, "message": None, "several": (1, 2)}


_SPOKEN: ContextVar[str] = ContextVar("spoken", default="")
"""The language of an answer that is not one of Streamlit's pages; blank on those."""


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Have everything within said in a language, for our own addresses, where there is no session to ask."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def language() -> str:
    """The reader's language: ``en`` or ``zh``; chosen on the screen or in the link, else that of the browser."""
    if spoken := _SPOKEN.get():
        return spoken
    chosen = st.session_state.get("lang") or st.query_params.get("lang")
    return next((code for code, name in LANGUAGES.items() if chosen in (code, name)), _language_of_browser())


def _language_of_browser() -> str:
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def _(text: str) -> str:
    """A text of the screens in the reader's language."""
    return translated(text, language())


def marked(text: str) -> str:
    """A text that is translated later, where it is shown; written so that it is collected here."""
    return text


def several(singular: str, plural: str, number: int) -> str:
    """A text that counts something, with its number filled in: ``several("{n} find", "{n} finds", 3)``."""
    if language() == "zh":
        return translated(singular, "zh").format(n=f"{number:,}")
    return (singular if number == 1 else plural).format(n=f"{number:,}")


def say(message: Message) -> str:
    """A message of the packages below in the reader's language."""
    return message.render(_)


def as_typed(text: str) -> str:
    """A text that stays as it is where Streamlit reads Markdown: no link, no picture and no italics come of what somebody typed."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def translated(text: str, into: str) -> str:
    """A text in one of the languages; English where a translation is missing."""
    return _chinese().get(text, text) if into == "zh" else text


@cache
def _chinese() -> dict[str, str]:
    texts: dict[str, str] = {}
    for entry in read_catalog():
        key, value = _pair(entry)
        if key and value:
            texts[key] = value
    return texts


def read_catalog() -> Catalog:
    """The Chinese catalogue as it lies on the disk."""
    with _PO.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def texts_in_code() -> Iterable[tuple[str, str | tuple[str, ...]]]:
    """Every text that the code shows to people, with the file it stands in."""
    root = Path(__file__).resolve().parent.parent
    for source in _SOURCES:
        found = extract_from_dir(
            str(root / source),
            method_map=[("**.py", "python")],
            keywords=_KEYWORDS,
            comment_tags=(),
            strip_comment_tags=True,
        )
        for file, _line, text, _comments, _context in sorted(found, key=lambda item: (item[0], item[1])):
            yield f"{source}/{file}", text


def renew_catalog() -> Catalog:
    """The Chinese catalogue with exactly the texts of the code; translations that still serve are kept."""
    template = Catalog()
    for file, text in texts_in_code():
        template.add(text, locations=[(file, 0)])
    old = read_catalog() if _PO.exists() else Catalog(locale="zh_Hans", project="Bonebed")
    old.update(template, no_fuzzy_matching=True)
    old.obsolete.clear()
    return old


def untranslated(catalog: Catalog) -> list[str]:
    """The texts of a catalogue that have no Chinese yet."""
    return [key for key, value in map(_pair, catalog) if key and not value]


def _pair(entry: BabelMessage) -> tuple[str, str]:
    """English and Chinese of an entry; of one that counts, the singular and the only Chinese form."""
    key, value = (text if isinstance(text, str) else next(iter(text or ()), "") for text in (entry.id, entry.string))
    return key, value


def main() -> None:
    """Write the renewed catalogue and say which texts still lack Chinese."""
    catalog = renew_catalog()
    _PO.parent.mkdir(parents=True, exist_ok=True)
    with _PO.open("wb") as file:
        write_po(file, catalog, include_lineno=False, sort_output=True, omit_header=False, width=120)
    for text in untranslated(catalog):
        print(text)


if __name__ == "__main__":
    main()
