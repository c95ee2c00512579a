"""The photographs and scans of a record: add several at once, say what they show and who is to be named, order them, take them away."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from catalogue import database, specimens
from catalogue.checking import InvalidDraft
from catalogue.media import keeping as media
from catalogue.media.kinds import SCAN, Medium, RefusedFile
from catalogue.messages import CatalogueError, Message
from catalogue.records import Specimen
from catalogue.settings import settings
from catalogue.specimens import Conflict, NoSuchSpecimen
from screens import navigation
from screens.parts import focus, terms_of_use, who
from screens.parts.cards import lede
from screens.words import _, as_typed, say, several

_OPENED = "media_opened"
_TOLD = "media_told"
_ROUND = "media_round"
_ENDINGS = ("jpg", "jpeg", "png", "tif", "tiff", "webp", "glb", "stl")
Act = Callable[..., Specimen]


def show() -> None:
    """The page; its link is ``/pictures?id=…``."""
    key = st.query_params.get("id", "")
    st.title(_("Photographs and scans"))
    try:
        with database.reading() as connection:
            specimen = specimens.get(connection, key, who=who.who())
            found = media.of_specimen(connection, key, who=who.who())
    except NoSuchSpecimen as error:
        st.warning(as_typed(say(error.message)))
        navigation.link("specimens", _("To all specimens"))
        return
    st.html(lede(specimen))
    navigation.link("specimen", _("Back to the specimen"), id=key)
    _tell()
    _opened_version(specimen)
    _offer_adding(specimen, first=not found)
    for number, medium in enumerate(found):
        _show_one(specimen, found, number, medium)


def _opened_version(specimen: Specimen) -> int:
    """The version that this person looks at; it moves on with their own savings alone."""
    opened: tuple[str, int] | None = st.session_state.get(_OPENED)
    if opened is None or opened[0] != specimen.occurrence_id:
        opened = st.session_state[_OPENED] = (specimen.occurrence_id, specimen.version)
    return opened[1]


def _offer_adding(specimen: Specimen, *, first: bool) -> None:
    turn = st.session_state.setdefault(_ROUND, 0)
    with st.expander(_("Add photographs or scans"), expanded=first, key=f"add_media_{turn}"):
        files = st.file_uploader(
            _("Photographs (JPEG, PNG, TIFF, WebP) and scans (GLB, STL)"),
            type=list(_ENDINGS),
            accept_multiple_files=True,
            max_upload_size=settings().max_media_mb,
            key=f"media_files_{turn}",
        )
        st.caption(
            _("Place and time of taking, camera and all other hidden notes are removed from the files before they are kept.")
        )  # fmt: skip
        left, right = st.columns(2)
        with left:
            license = terms_of_use.choose("media_license")
            credit = st.text_input(_("Credit: who is to be named *"), key="media_credit", persist_state="session")
        with right:
            caption = st.text_input(_("What they show (in English)"), key=f"media_caption_{turn}")
            chinese = st.text_input(_("What they show (in Chinese)"), key=f"media_caption_zh_{turn}")
        refused = st.container()
        if st.button(_("Add to the record"), type="primary", key="media_add", disabled=not files):
            said = {"license": license, "credit": credit, "caption": caption, "translations": _chinese(chinese)}
            with refused:
                _add(specimen, files, said)


def _chinese(caption: str) -> dict[str, dict[str, str]]:
    return {"zh": {"caption": caption.strip()}} if caption.strip() else {}


def _add(specimen: Specimen, files: Sequence[UploadedFile], said: Mapping[str, object]) -> None:
    needed = {_("a licence"): said["license"], _("the credit"): str(said["credit"]).strip()}
    missing = [what for what, given in needed.items() if not given]
    if missing:
        st.error(_("Still needed: {what}.").format(what=_(", ").join(missing)))
        return
    good: list[Medium] = []
    refused: list[tuple[str, Message]] = []
    for file in files:
        try:
            good.append(media.receive(who.who(), file.getvalue(), **said))  # type: ignore[arg-type]
        except RefusedFile as error:
            refused.append((file.name, error.message))
    if good and not _do(specimen, media.add, good):
        return
    st.session_state[_TOLD] = (len(good), refused)
    st.session_state[_ROUND] += bool(good)
    st.rerun()


def _tell() -> None:
    told = st.session_state.pop(_TOLD, None)
    if told is None:
        return
    number, refused = told
    if number:
        st.success(several("{n} file was added.", "{n} files were added.", number))
    for name, reason in refused:
        st.error(f"**{as_typed(name)}**: {as_typed(say(reason))}")


def _show_one(specimen: Specimen, found: list[Medium], number: int, medium: Medium) -> None:
    mark = medium.sha256[:10]
    with st.container(border=True):
        left, right = st.columns([2, 3], gap="medium")
        with left:
            chosen: dict[str, object] = {}
            if medium.kind == SCAN:
                scan = _("3D scan")
                st.markdown(f"**{scan}** · {medium.format.upper()}")
            else:
                chosen = focus.choose(medium, key=f"focus_{mark}")
                st.caption(
                    _(
                        "Click the bone that this photograph is about, or draw a box around it. Backspace takes the mark away."
                    )
                )
            st.caption(_facts(medium))
        with right:
            caption = st.text_input(_("Caption (in English)"), medium.caption, key=f"caption_{mark}")
            chinese = st.text_input(_("Caption (in Chinese)"), medium.translations.get("zh", {}).get("caption", ""), key=f"caption_zh_{mark}")  # fmt: skip
            license = terms_of_use.choose(f"license_{mark}", medium.license)
            credit = st.text_input(_("Credit *"), medium.credit, key=f"credit_{mark}")
            said = {"caption": caption, "translations": _chinese(chinese), "license": license, "credit": credit}
            _tools(specimen, found, number, medium, said | chosen)


def _tools(specimen: Specimen, found: list[Medium], number: int, medium: Medium, said: Mapping[str, object]) -> None:
    mark = medium.sha256[:10]
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("Save"), type="primary", key=f"save_{mark}"):
            _do_and_show(specimen, media.describe, medium.sha256, said)
        if st.button(_("Move forward"), key=f"earlier_{mark}", disabled=number == 0):
            _do_and_show(
                specimen, media.arrange, [*found[: number - 1], medium, found[number - 1], *found[number + 1 :]]
            )
        with st.popover(_("Take away")):
            st.markdown(_("It leaves the record. The file is kept, so that the history can bring it back."))
            if st.button(_("Take it away"), type="primary", key=f"remove_{mark}"):
                _do_and_show(specimen, media.remove, medium.sha256)


def _do_and_show(specimen: Specimen, act: Act, *what: object) -> None:
    if _do(specimen, act, *what):
        st.rerun()


def _do(specimen: Specimen, act: Act, *what: object) -> bool:
    """Write with the version that this person looks at, or say why not."""
    key, version = specimen.occurrence_id, _opened_version(specimen)
    try:
        with database.writing() as connection:
            written = act(connection, who.who(), key, *what, version=version)
    except Conflict as conflict:
        st.session_state[_OPENED] = (key, conflict.theirs.version)
        st.warning(as_typed(say(conflict.message)))
        return False
    except InvalidDraft as error:
        for problem in error.problems:
            st.error(as_typed(say(problem.message)))
        return False
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return False
    st.session_state[_OPENED] = (key, written.version)
    return True


def _facts(medium: Medium) -> str:
    size = f"{medium.bytes / 2**20:.1f} MB" if medium.bytes >= 2**19 else f"{max(1, round(medium.bytes / 1024))} kB"
    return size if medium.kind == SCAN else f"{medium.width} × {medium.height} · {size}"
