"""Lessons for a class: the shelf from which one is opened, in front of a class or alone, and the ways a class and a showcase use it."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from catalogue import database
from classroom import writing
from classroom.lessons import Lesson, Step, built_in_lessons
from classroom.writing import Written
from screens import navigation
from screens.parts import who
from screens.parts.cards import silhouette_of
from screens.parts.picture import still
from screens.parts.star import mine_href
from screens.time_routes import time_href
from screens.words import LANGUAGES, _, language, several

ORDER = ("extinct", "phylogeny", "jurassic-map", "record", "age")
"""Of the built-in lessons, the one to begin with first."""
_OUTLINES = {
    "extinct": "Avialae",
    "phylogeny": "Dinosauria",
    "jurassic-map": "Sauropoda",
    "record": "Lufengosaurus",
    "age": "Stegosauria",
}
_OWN_OUTLINE = "Animalia"


def show() -> None:
    """The page."""
    st.title(_("Lessons"))
    lede = _("Each step shows the map, the tree and the specimens as they are now. It goes on without a network.")
    st.html(f'<p class="lede">{escape(lede)}</p>')
    built_in = [built_in_lessons()[key, language()] for key in ORDER]
    still(_cards(built_in, _OUTLINES), key="built_in", language=language())
    _own()
    with st.container(horizontal=True):
        navigation.link("worksheet", _("Worksheets and quizzes"))
        navigation.link("class", _("A walk through deep time"))
        st.html(_plain_link(time_href(), _("The time machine")))
        st.html(_plain_link(f"./kiosk?lang={language()}", _("The tours of a showcase")))
        st.html(_plain_link("./join", _("Join a class")))
        st.html(_plain_link(mine_href(), _("My collection")))


def lesson_href(key: str, of: str = "") -> str:
    """The address of a lesson in front of a class, in the reader's language or another."""
    return f"./lesson/{key}?lang={of or language()}"


def _plain_link(href: str, words: str) -> str:
    return f'<a class="ours" href="{escape(href)}" target="_top">{escape(words)}</a>'


def _own() -> None:
    with database.reading() as connection:
        shelf = writing.shelf(connection)
        read = [writing.lesson(connection, one.key, language()) for one in shelf]
    if not shelf and not who.may("write_lessons"):
        return
    st.subheader(_("Lessons of this museum"))
    if shelf:
        still(_cards([one for one in read if one is not None], {}), key="own", language=language())
    if not who.may("write_lessons"):
        return
    if not shelf:
        st.caption(_("None yet. Begin with a copy of one above, or with an empty page."))
    with st.container(horizontal=True):
        navigation.link("write-lesson", _("Write a lesson"))
        for one in shelf:
            navigation.link("write-lesson", _("Change “{title}”").format(title=_short(one)), lesson=one.key)


def _short(one: Written) -> str:
    return one.title if len(one.title) <= 40 else f"{one.title[:39]}…"


def _cards(lessons: Iterable[Lesson], outlines: dict[str, str]) -> str:
    return f'<div class="cards">{"".join(_card(one, outlines.get(one.key, _OWN_OUTLINE)) for one in lessons)}</div>'


def _card(lesson: Lesson, outline: str) -> str:
    about = [several("{n} step", "{n} steps", len(lesson.steps))]
    if lesson.minutes:
        about.append(_("about {minutes} minutes").format(minutes=lesson.minutes))
    if lesson.ages:
        about.append(_("ages {ages}").format(ages=lesson.ages.replace("-", "–")))
    other = f" · {LANGUAGES[lesson.language]}" if lesson.language != language() else ""
    first: Step | None = lesson.steps[0] if lesson.steps else None
    return (
        f'<a class="card door" href="{escape(lesson_href(lesson.key))}" target="_top" data-name="{escape(lesson.key)}">'
        f'<span class="card-picture">{silhouette_of((outline,))}</span><span class="card-name">{escape(lesson.title)}</span>'
        f'<span class="card-line">{escape(" · ".join(about))}{other}</span>'
        f'<span class="card-line quiet">{escape(first.title) if first else ""}</span></a>'
    )
