"""Write a lesson: the file of each language beside what is missing in it and the lesson as the class will see it."""

from collections.abc import Mapping

import streamlit as st

from catalogue import database, specimens
from catalogue.entry import drafts
from catalogue.messages import CatalogueError
from classroom import writing
from classroom.checking import check_languages, check_lesson
from classroom.lessons import LANGUAGES, LONGEST, Lesson, built_in_lessons, decoded, read_lesson
from classroom.writing import LessonChanged, Written
from screens import navigation
from screens.choose_lesson import ORDER, lesson_href
from screens.parts import address, keystrokes, lesson_page, lesson_text, slides, unsaved, who
from screens.words import LANGUAGES as LANGUAGE_NAMES
from screens.words import _, as_typed, language, say, speaking

_DEFAULTS = {"lesson": "", "copy": ""}
_OPENED = "lesson_opened"
_SAVED = "lesson_saved"


def show() -> None:
    """The page; its link is ``/write-lesson?lesson=l3``, and ``?copy=extinct`` begins with a copy."""
    address.follow(_DEFAULTS)
    st.title(_("Write a lesson"))
    held = _open()
    if st.session_state.pop(_SAVED, False):
        st.success(_("The lesson is on the shelf."))
    if held is None and not st.session_state["lesson"]:
        _offer_copies()
    unsaved.offer(lesson_text.entry(), lesson_text.go_on)
    chosen = st.segmented_control(
        _("Language"), list(LANGUAGES), key="written_in", format_func=LANGUAGE_NAMES.__getitem__, default=language(), required=True
    )  # fmt: skip
    code = str(chosen or LANGUAGES[0])
    write, look = st.columns(2)
    with write:
        _write(code, held)
    lesson_text.keep()
    lesson_text.hold_keystrokes()
    with look:
        _look(code)
    address.keep(_DEFAULTS)


def _open() -> Written | None:
    """The lesson of the link, with its texts in the fields once; None for a new one."""
    key, copy = st.session_state["lesson"], st.session_state["copy"]
    held: Written | None = None
    if key:
        try:
            with database.reading() as connection:
                held = writing.versions(connection, key)[0]
        except CatalogueError as error:
            st.error(say(error.message))
    if st.session_state.get(_OPENED) != (key, copy) or not lesson_text.is_open():
        _open_anew(held)
    return held


def _open_anew(held: Written | None) -> None:
    """Put the lesson of the link into the fields, as it was saved last."""
    key, copy = st.session_state[_OPENED] = st.session_state["lesson"], st.session_state["copy"]
    start = held.texts if held else {code: _copied(copy, code) for code in LANGUAGES}
    lesson_text.open_with(start, key if held else "", held.version if held else 0)


def _copied(key: str, code: str) -> str:
    return writing.built_in_text(key, code) if (key, code) in built_in_lessons() else writing.empty_text(code)


def _offer_copies() -> None:
    with st.container(horizontal=True):
        st.markdown(_("Begin with a copy of:"), width="content")
        for key in ORDER:
            navigation.link("write-lesson", built_in_lessons()[key, language()].title, copy=key)


def _write(code: str, held: Written | None) -> None:
    _take_file(code)
    for other in LANGUAGES:
        if other == code:
            st.text_area(_("The lesson as a file"), key=lesson_text.field(code), height=560)
        else:
            st.session_state[lesson_text.field(other)] = st.session_state.get(
                lesson_text.field(other), ""
            )  # kept while its field is not shown
    with st.container(horizontal=True):
        lesson_text.offer_undo()
        st.button(_("Save"), key="save_lesson", type="primary", on_click=_save, disabled=not who.may("write_lessons"))
        name = f"{held.key if held else 'lesson'}.{code}.md"
        st.download_button(
            _("Save as a file"), st.session_state[lesson_text.field(code)], file_name=name, mime="text/markdown"
        )
        if held is not None:
            st.button(_("Take off the shelf"), key="remove_lesson", on_click=_remove, args=(held,))
    if st.session_state.get("lesson_complaint"):
        st.error(st.session_state.pop("lesson_complaint"))
    if held is not None:
        _offer_versions(held)


def _take_file(code: str) -> None:
    with st.expander(_("Take a file")):
        sent = st.file_uploader(_("A lesson (.md)"), type=["md", "txt"], key=f"lesson_file_{code}")
        if sent is not None and st.session_state.get("lesson_taken") != sent.file_id:
            st.session_state["lesson_taken"] = sent.file_id
            st.session_state[lesson_text.field(code)] = decoded(sent.getvalue()[: 4 * LONGEST])


def _save() -> None:
    draft = lesson_text.entry().draft
    try:
        with database.writing() as connection:
            if draft.occurrence_id:
                given, version = lesson_text.written(), draft.base_version
                made = writing.amend(connection, who.who(), draft.occurrence_id, given, version=version)
            else:
                made = writing.write(connection, who.who(), lesson_text.written())
            drafts.discard(connection, who.who(), draft.key)
    except LessonChanged as error:
        lesson_text.is_based_on(error.theirs.version)
        st.session_state["lesson_complaint"] = say(error.message)
        return
    except CatalogueError as error:
        st.session_state["lesson_complaint"] = say(error.message)
        return
    keystrokes.is_over(draft.key)
    st.session_state["lesson"], st.session_state["copy"] = made.key, ""
    st.session_state[_OPENED] = (made.key, "")
    lesson_text.is_saved(made.key, made.version)
    st.session_state[_SAVED] = True


def _remove(held: Written) -> None:
    version = lesson_text.entry().draft.base_version
    try:
        with database.writing() as connection:
            gone = writing.remove(connection, who.who(), held.key, version=version)
    except CatalogueError as error:
        st.session_state["lesson_complaint"] = say(error.message)
        return
    lesson_text.is_based_on(gone.version)


def _offer_versions(held: Written) -> None:
    with database.reading() as connection:
        versions = writing.versions(connection, held.key)
    if held.removed:
        st.warning(_("This lesson is off the shelf. Save it, or bring a version back, to have it there again."))
    with st.expander(_("Earlier versions")):
        for one in versions:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"{one.version} · {as_typed(one.made_at[:16].replace('T', ' '))} · {as_typed(who.called(one.made_by))}", width="content")  # fmt: skip
                if one.version != held.version and not one.removed:
                    st.button(
                        _("Bring back"), key=f"bring_{one.version}", on_click=_bring_back, args=(held, one.version)
                    )


def _bring_back(held: Written, of_version: int) -> None:
    version = lesson_text.entry().draft.base_version
    try:
        with database.writing() as connection:
            now = writing.bring_back(connection, who.who(), held.key, of_version, version=version)
    except CatalogueError as error:
        st.session_state["lesson_complaint"] = say(error.message)
        return
    lesson_text.put(now.texts)
    lesson_text.is_saved(held.key, now.version)


def _look(code: str) -> None:
    texts = {code: text for code, text in lesson_text.written().items() if text.strip()}
    read = {code: read_lesson(text, f"preview.{code}.md") for code, text in texts.items()}
    lesson = read.get(code)
    if lesson is None:
        st.info(_("Write on the left; the lesson appears here."))
        return
    _tell_troubles(lesson, read)
    if lesson.steps:
        shown = slides.slides_now(lesson, code)
        with speaking(code):
            page = lesson_page.present(lesson.title, "preview", shown, home="./lessons")
        st.iframe(page, height=520)
    if st.session_state["lesson"]:
        href, words = lesson_href(st.session_state["lesson"], code), _("In front of a class, as it was saved last")
        st.html(f'<a class="ours" href="{href}" target="_top">{words}</a>')


def _tell_troubles(lesson: Lesson, read: Mapping[str, Lesson]) -> None:
    with database.reading() as connection:
        troubles = check_lesson(lesson, lambda key: bool(specimens.get_all(connection, [key])))
    lines = [_("Step {step}, line {line}: {what}").format(step=one.step, line=one.line, what=say(one.what)) for one in troubles]  # fmt: skip
    if len(read) == len(LANGUAGES):
        lines += [say(what) for what in check_languages(list(read.values()))]
    if not lines:
        st.success(_("Nothing is missing in this lesson."))
        return
    st.warning("\n".join(f"- {as_typed(line)}" for line in lines[:20]))
