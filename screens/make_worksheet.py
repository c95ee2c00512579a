"""Worksheets and quizzes: questions made from the catalogue, on paper with and without the answers, and on the wall."""

from html import escape
from random import randrange

import streamlit as st

from catalogue.labels.preview import draw_label
from catalogue.messages import message
from classroom.worksheets import worksheet
from screens.choose_lesson import lesson_href
from screens.parts import address, quizzes
from screens.parts.picture import still
from screens.words import _, language, say

_DEFAULTS: dict[str, object] = {"number": 0}


def show() -> None:
    """The page; its link ``/worksheet?number=4711`` brings the same questions back."""
    address.follow(_DEFAULTS, _allowed)
    st.title(_("Worksheets and quizzes"))
    lede = _("Questions made from this catalogue: on the timescale, the tree and the map of the Jurassic. A number brings the same ones back.")  # fmt: skip
    st.html(f'<p class="lede">{escape(lede)}</p>')
    if not st.session_state["number"]:
        _take_new()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(_("Number"), min_value=1, max_value=quizzes.LARGEST_SEED, step=1, key="number", width=180)
        st.button(_("Other questions"), key="other_questions", on_click=_take_new)
    seed = int(st.session_state["number"])
    _offer(seed)
    _show_pages(seed)
    address.keep(_DEFAULTS)


def _allowed(_name: str, written: str) -> object | None:
    return int(written) if written.isdecimal() and 0 < len(written) <= 6 and int(written) else None


def _take_new() -> None:
    st.session_state["number"] = randrange(1, quizzes.LARGEST_SEED + 1)  # noqa: S311


def _offer(seed: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        for with_answers, words in ((False, _("Worksheet (PDF)")), (True, _("Answers (PDF)"))):
            name = f"bonebed-{seed}{'-answers' if with_answers else ''}.pdf"
            st.download_button(
                words,
                quizzes.pdf(seed, language(), with_answers=with_answers),
                file_name=name,
                mime="application/pdf",
                key=f"pdf_{with_answers}",
            )
        href, words = lesson_href(f"q{seed}"), _("On the wall, for all to answer")
        st.html(f'<a class="ours" href="{escape(href)}" target="_top">{escape(words)}</a>')


def _show_pages(seed: int) -> None:
    made = quizzes.questions(seed, language())
    if not made:
        st.info(_("The catalogue holds too little to ask about. Add specimens, or bring in published finds."))
        return
    pages = worksheet(made, number=seed, with_answers=False, language=language(), say=say)
    for number, page in enumerate(pages, start=1):
        described = say(message("Page {page} of {pages}", page=number, pages=len(pages)))
        drawing = page.placed[0][2]
        still(f'<div class="print-sheet wide">{draw_label(drawing, described=described)}</div>', key=f"page_{number}", language=language())  # fmt: skip
