"""Many photographs at once, put with the specimens by the numbers in the names of their files."""

import time
from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from catalogue import database, specimens
from catalogue.exchange.reading import UnreadableFile
from catalogue.media import by_number
from catalogue.media.arriving import Arrived, of_uploads
from catalogue.media.by_number import Added, Picture, Seen, Terms
from catalogue.media.matching import Match, match
from catalogue.messages import CatalogueError
from catalogue.settings import settings
from screens import navigation
from screens.parts import arrivals, terms_of_use, who
from screens.words import _, as_typed, say, several

_ENDINGS = ("jpg", "jpeg", "png", "tif", "tiff", "webp", "glb", "stl", "zip")
_ROUND, _SEEN, _MATCHES, _ADDED, _STOPPED = (
    "arrivals_round",
    "arrivals_seen",
    "arrivals_matches",
    "arrivals_added",
    "arrivals_stopped",
)


def show() -> None:
    """The page."""
    st.title(_("Photographs by number"))
    lede = _("Give many photographs at once. Those whose file names bear a catalogue number find their specimens; you see each before anything is added.")  # fmt: skip
    st.html(f'<p class="lede">{escape(lede)}</p>')
    _tell_added()
    files = _files()
    if not files:
        _teach()
        return
    if st.session_state.pop(_STOPPED, False):
        st.info(_("It was stopped. No record was changed."))
    try:
        arrived = of_uploads([(file.name, file.getvalue()) for file in files])
        seen = _looked_at(arrived, tuple(file.file_id for file in files))
        pictures = _previewed(arrived, seen)
    except (UnreadableFile, CatalogueError) as error:
        st.error(as_typed(say(error.message)))
        return
    if not pictures:
        st.info(_("There is no file in it that could be a photograph."))
        return
    arrivals.tell(pictures)
    _offer(arrived, pictures)


def _files() -> list[UploadedFile]:
    turn = st.session_state.setdefault(_ROUND, 0)
    return st.file_uploader(
        _("Photographs and scans, or one zipped folder of them"),
        type=list(_ENDINGS),
        accept_multiple_files=True,
        max_upload_size=max(settings().max_media_mb, settings().max_upload_mb),
        key=f"arrivals_{turn}",
    )


def _teach() -> None:
    st.info(
        _(
            "Name the files after the specimens, in any manner: “IVPP V15_2.jpg”, “ivpp-v15 left femur.JPG”, or a folder “IVPP V15” full of pictures. "
            "A number alone is enough where only one museum’s specimen bears it, as long as the name begins with it."
        )
    )
    navigation.link("import", _("Import a table instead"))


def _looked_at(arrived: Sequence[Arrived], files: tuple[str, ...]) -> list[Seen]:
    """What each file holds; read once for as long as the files are the same."""
    held: tuple[object, list[Seen]] | None = st.session_state.get(_SEEN)
    if held is None or held[0] != files:
        place = st.empty()
        with place.container():
            bar = st.progress(0.0, text=_("Looking at the pictures …"))
            st.button(_("Stop"), key="arrivals_stop_looking", on_click=_stop)
        started = time.monotonic()
        held = files, by_number.look(who.who(), arrived, progress=lambda done, whole: _advance(bar, started, done, whole))  # fmt: skip
        place.empty()
        st.session_state[_SEEN] = held
    return held[1]


def _previewed(arrived: Sequence[Arrived], seen: Sequence[Seen]) -> tuple[Picture, ...]:
    """What would become of each file, with what the person chose."""
    names = tuple(one.name for one in arrived)
    with database.reading() as connection:
        known_by = (names, specimens.revision(connection))
        held: tuple[object, list[Match]] | None = st.session_state.get(_MATCHES)
        if held is None or held[0] != known_by:
            held = st.session_state[_MATCHES] = known_by, match(connection, names)
        chosen = arrivals.chosen(connection, held[1])
        pictures = by_number.preview(connection, who.who(), chosen, seen)
    return tuple(replace(one, nearest=was.nearest) for one, was in zip(pictures, held[1], strict=True))


def _offer(arrived: Sequence[Arrived], pictures: Sequence[Picture]) -> None:
    wanted = [one for one in pictures if one.fate == "added"]
    records = len({one.owner.occurrence_id for one in wanted if one.owner})
    if not wanted:
        st.info(_("There is nothing to add as it is."))
        return
    left, right = st.columns(2)
    with left:
        license = terms_of_use.choose("arrivals_license")
    with right:
        credit = st.text_input(_("Credit: who is to be named *"), key="arrivals_credit", persist_state="session")
    told = _("Add {files} to {specimens}").format(
        files=_files_counted(len(wanted)), specimens=_specimens_counted(records)
    )
    if st.button(told, type="primary", key="arrivals_add"):
        missing = [what for what, given in ((_("a licence"), license), (_("the credit"), credit.strip())) if not given]
        if missing:
            st.error(_("Still needed: {what}.").format(what=_(", ").join(missing)))
        else:
            _add(arrived, pictures, Terms(license, credit))


def _add(arrived: Sequence[Arrived], pictures: Sequence[Picture], terms: Terms) -> None:
    bar = st.progress(0.0, text=_("Adding …"))
    st.button(_("Stop"), key="arrivals_stop", on_click=_stop)
    started = time.monotonic()
    try:
        received = by_number.receive(
            who.who(), arrived, pictures, terms, progress=lambda done, whole: _advance(bar, started, done, whole)
        )
        with database.writing() as connection:
            added = by_number.add(connection, who.who(), received)
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    st.session_state[_ADDED] = added
    st.session_state[_ROUND] += 1
    arrivals.forget()
    for name in (_SEEN, _MATCHES):
        st.session_state.pop(name, None)
    st.rerun()


def _stop() -> None:
    """The press stops the run at its next step; what it would have written is not written."""
    st.session_state[_STOPPED] = True


def _advance(bar: "st.delta_generator.DeltaGenerator", started: float, done: int, whole: int) -> None:
    left = round((time.monotonic() - started) * (whole - done) / done) if done else 0
    told = _("{done} of {whole} files").format(done=f"{done:,}", whole=f"{whole:,}")
    if left > 1:
        seconds = several("{n} second left", "{n} seconds left", left)
        told = f"{told} · {seconds}"
    bar.progress(done / whole if whole else 1.0, text=told)


def _tell_added() -> None:
    added: Added | None = st.session_state.pop(_ADDED, None)
    if added is None:
        return
    files, records = _files_counted(added.pictures), _specimens_counted(added.records)
    st.success(_("Added: {files} to {specimens}.").format(files=files, specimens=records))
    navigation.link("history", _("All changes, with undo"))


def _files_counted(number: int) -> str:
    return several("{n} file", "{n} files", number)


def _specimens_counted(number: int) -> str:
    return several("{n} specimen", "{n} specimens", number)
