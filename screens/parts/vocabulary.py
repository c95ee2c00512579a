"""A word of a vocabulary, chosen in the reader's language; one select for every form and every list.

Where the vocabulary is open, another word may be typed: it is kept as it is, and a warning says so. What a record holds already can
always be chosen again, also when it is in no list any more.
"""

from collections.abc import Mapping

import streamlit as st

from catalogue import database
from catalogue.vocabularies.places import KINDS
from catalogue.vocabularies.settling import unusual
from catalogue.vocabularies.words import Vocabulary, vocabularies
from screens.words import _, as_typed, language, marked, say

FIELDS: Mapping[str, str] = {
    "label_en": marked("In English"),
    "label_zh": marked("In Chinese"),
    "definition": marked("What it means, in English"),
    "definition_zh": marked("What it means, in Chinese"),
    "source": marked("Source"),
    "aliases": marked("Other spellings, one a line"),
}
"""What people write about a word, and what it is called."""


def vocabulary(name: str) -> Vocabulary:
    """A vocabulary as it is now."""
    with database.reading() as connection:
        return vocabularies(connection)[name]


def choose(name: str, label: str, key: str) -> None:
    """Ask for a word; under `key` the session holds it, or None.

    Parameters
    ----------
    name : str
        The vocabulary.
    label : str
        What the field is called.
    key : str
        Under which name the word stands in the session; a blank text there is taken for None.
    """
    listed = vocabulary(name)
    present = st.session_state.get(key)
    if present == "":
        present = st.session_state[key] = None
    words = [term.term for term in listed.offered]
    words += [present] if present and present not in words else []
    st.selectbox(
        label,
        words,
        index=None,
        format_func=lambda word: listed.label(word, language()),
        key=key,
        placeholder=_("Choose") if listed.closed else _("Choose, or type another word"),
        accept_new_options=not listed.closed,
        persist_state="session",
    )
    warning = unusual(listed, str(st.session_state.get(key) or ""), language())
    if warning is not None:
        st.warning(as_typed(say(warning)))


def word(name: str, written: str) -> str:
    """What a record holds, in the reader's language; a word that is in no list as it is."""
    return vocabulary(name).label(written, language()) if written else ""


def labels(name: str) -> Mapping[str, str]:
    """Every word of a vocabulary in the reader's language, retired ones too."""
    return {term.term: term.label(language()) for term in vocabulary(name)}


def meant(name: str, written: str) -> str:
    """The same with what the word means, where that is said."""
    term = vocabulary(name).get(written)
    if term is None:
        return written
    told = term.told(language())
    return _("{word}: {meaning}").format(word=term.label(language()), meaning=told) if told else term.label(language())


def asked(written: str) -> str:
    """A word that a link asks for, ``side:left``, in the reader's language; what is no such word as it is."""
    name, _colon, said = written.partition(":")
    return _("{field}: {word}").format(field=title(name), word=word(name, said)) if name in KINDS else written


def title(name: str) -> str:
    """What a vocabulary is called."""
    return say(KINDS[name].title)
