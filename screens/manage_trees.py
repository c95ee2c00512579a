"""The library of trees: what is in it, and a way to add a file of any format, or a tree typed in.

A tree's own page, with its tips and their ages, is `screens.check_tree`; it is drawn by `screens.family_tree`.
"""

import hashlib
from collections.abc import Mapping
from html import escape

import streamlit as st

from catalogue import database
from catalogue.messages import CatalogueError
from catalogue.rights import THIS_COMPUTER
from screens import navigation
from screens.parts import address, reading_report, who
from screens.parts.picture import still
from screens.words import _, as_typed, language, marked, say, several
from trees import keeping, kept
from trees.errors import TreeError
from trees.kept import Entry
from trees.reading.files import read_content
from trees.reading.outcomes import ReadFile, names_apart

FIELDS: Mapping[str, str] = {
    "title": marked("Title"),
    "authors": marked("Authors"),
    "year": marked("Year"),
    "doi": marked("DOI"),
    "licence": marked("Licence"),
    "note": marked("Note"),
}
_DEFAULTS = {"find": ""}
_READ, _DONE, _TURN = "tree_file_read", "trees_done", "tree_turn"
_SHOWN, _FEW = 100, 5
_EXAMPLES = {
    "tree": "((Lufengosaurus,Yunnanosaurus),Sinosaurus);",
    "doi": "10.1038/nature21700",
    "licence": "CC BY 4.0",
}


def show() -> None:
    """The page; its link is ``/trees?find=sauropod``."""
    address.follow(_DEFAULTS)
    st.title(_("Trees"))
    st.html(f'<p class="quiet">{_(_WHAT_IT_IS)}</p>')
    done = st.session_state.pop(_DONE, None)
    if done:
        _tell_kept(done)
    if who.may("keep_trees"):
        _add()
    else:
        who.offer_sign_in("trees")
    _library()
    address.keep(_DEFAULTS)


_WHAT_IT_IS = marked(
    "Trees from publications, kept beside the catalogue. Each can be shown in geological time, dated by the finds of the catalogue."
)


def _library() -> None:
    with database.reading() as connection:
        found = kept.entries(connection, who.who())
        removed = kept.entries(connection, who.who(), removed=True)
    st.subheader(_("In the library"))
    navigation.link("tree", _("From the first dinosaurs to living birds (built in)"))
    if found:
        wanted = st.text_input(_("Find a tree"), key="find", placeholder=_("Title, author, year or file"))
        words = str(wanted).casefold().split()
        matching = [one for one in found if all(word in _words(one) for word in words)]
        st.caption(several("{n} tree", "{n} trees", len(matching)))
        still(_table(matching[:_SHOWN]), key="library", language=language())
        if len(matching) > _SHOWN:
            st.caption(_("Only the newest are listed. Search for the others."))
    else:
        st.info(_("No tree has been added yet."))
    if removed:
        with st.expander(several("{n} tree was removed", "{n} trees were removed", len(removed))):
            for one in removed[:_SHOWN]:
                _offer_back(one)


def _words(one: Entry) -> str:
    return " ".join((one.title, one.authors, one.year, one.doi, one.note, one.file_name)).casefold()


def _table(found: list[Entry]) -> str:
    titles = (_("Tree"), _("Tips"), _("From"), _("Added"))
    head = "".join(f"<th scope='col'>{escape(title)}</th>" for title in titles)
    rows = "".join(f"<tr>{_row(one)}</tr>" for one in found)
    return (
        '<div class="table-frame"><table class="specimens"><thead>'
        f"<tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(one: Entry) -> str:
    published = escape(" ".join(filter(None, (one.authors, one.year)))) or "–"
    with_lengths, characters, details = _("with branch lengths"), _("characters only"), _("Details")
    lengths = f'<br><small class="quiet">{escape(with_lengths)}</small>' if one.has_lengths else ""
    tips = f"{one.tips:,}{lengths}" if one.tips else escape(characters)
    source = f'{published}<br><small class="quiet">{escape(one.format)}</small>'
    added = f'{one.added_at[:10]}<br><small class="quiet">{escape(adder(one.added_by))}</small>'
    check = escape(navigation.href("check", tree=one.key))
    shown = escape(navigation.href("tree", tree=one.key)) if one.tips else check
    title = (
        f'<a href="{shown}" target="_self">{escape(one.title)}</a>'
        f'<br><a class="ours" href="{check}" target="_self"><small>{escape(details)}</small></a>'
    )
    return "".join(f"<td>{cell}</td>" for cell in (title, tips, source, added))


def adder(login: str) -> str:
    """Who added something, for people."""
    return _("This computer") if login == THIS_COMPUTER.login else login


def _offer_back(one: Entry) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(as_typed(one.title))
        st.button(_("Bring it back"), key=f"back_{one.key}", on_click=_bring_back, args=(one.key,))


def _bring_back(key: str) -> None:
    with database.writing() as connection:
        st.session_state[_DONE] = [keeping.restore(connection, who.who(fresh=True), key)]


def _tell_kept(made: list[Entry]) -> None:
    with st.container(border=True):
        st.success(several("{n} tree is in the library.", "{n} trees are in the library.", len(made)))
        for one in made[:_FEW]:
            with st.container(horizontal=True):
                if one.tips:
                    navigation.link("tree", _("Show “{title}”").format(title=as_typed(one.title)), tree=one.key)
                navigation.link("check", _("Check its names and ages"), tree=one.key)


def _add() -> None:
    turn = st.session_state.setdefault(_TURN, 0)
    with st.expander(_("Add a tree"), key=f"add_tree_{turn}"):
        st.caption(_("Newick, NEXUS, TNT, phyloXML or NeXML: the format is told by what stands in the file."))
        file = st.file_uploader(_("File of trees"), key=f"tree_upload_{turn}", max_upload_size=30)
        typed = st.text_area(
            _("or a tree typed in"),
            key=f"tree_typed_{turn}",
            placeholder=_EXAMPLES["tree"],
            height=70,
        )
        content = file.getvalue() if file is not None else str(typed).strip().encode()
        if not content and file is None:
            st.session_state.pop(_READ, None)
            return
        read = _read(content)
        if read is not None:
            _show_read(file.name if file is not None else "typed.nwk", content, read)


def _read(content: bytes) -> ReadFile | None:
    """Read what was given, once; what is wrong with it is told."""
    digest = hashlib.sha256(content).hexdigest()
    held = st.session_state.get(_READ)
    if held is None or held[0] != digest:
        try:
            with st.spinner(_("Reading …")):
                held = (digest, read_content(content))
        except TreeError as error:
            st.session_state.pop(_READ, None)
            st.error(as_typed(say(error.message)))
            return None
        st.session_state[_READ] = held
    read: ReadFile = held[1]
    return read


def _show_read(name: str, content: bytes, read: ReadFile) -> None:
    reading_report.tell(
        read.format, read.trees_found, len(read.trees), read.matrices, read.mended, read.lost, read.doubts
    )
    if read.ages is not None:
        st.info(_("This is a table of ages. Open the tree it belongs to, and add it there."))
        return
    if not read.trees and not read.matrices:
        return
    digest = st.session_state[_READ][0][:12]
    chosen = _choose(read, digest)
    with st.form(f"keep_{digest}", border=False):
        about = ask_about(
            {"title": read.matrices[0].title} if read.matrices and not read.trees else {}, f"new_{digest}"
        )
        if st.form_submit_button(_("Put into the library"), type="primary"):
            _keep(name, content, read, about, chosen)


def _choose(read: ReadFile, digest: str) -> list[int]:
    places = list(range(len(read.trees)))
    if len(places) < 2:
        return places
    names = names_apart(read.trees)
    counted = {place: sum(1 for node in read.trees[place].tree.traverse() if not node.children) for place in places}
    return st.multiselect(
        _("Trees to keep, each by itself"),
        places,
        default=places if len(places) <= _FEW else places[:1],
        format_func=lambda place: f"{names[place]} · {several('{n} tip', '{n} tips', counted[place])}",
        key=f"chosen_{digest}",
        help=_("The file is kept whole in any case: all of its trees can be compared later."),
        max_selections=keeping.MOST_AT_ONCE,
    )


def ask_about(held: Mapping[str, str], key: str) -> dict[str, str]:
    """The fields that people fill in about a tree."""
    typed = {"title": st.text_input(_(FIELDS["title"]), value=held.get("title", ""), key=f"{key}_title")}
    wide, narrow = st.columns([3, 1])
    typed["authors"] = wide.text_input(_(FIELDS["authors"]), value=held.get("authors", ""), key=f"{key}_authors")
    typed["year"] = narrow.text_input(_(FIELDS["year"]), value=held.get("year", ""), key=f"{key}_year")
    left, right = st.columns(2)
    typed["doi"] = left.text_input(
        _(FIELDS["doi"]), value=held.get("doi", ""), key=f"{key}_doi", placeholder=_EXAMPLES["doi"]
    )
    typed["licence"] = right.text_input(
        _(FIELDS["licence"]), value=held.get("licence", ""), key=f"{key}_licence", placeholder=_EXAMPLES["licence"]
    )
    typed["note"] = st.text_area(_(FIELDS["note"]), value=held.get("note", ""), key=f"{key}_note", height=70)
    return typed


def _keep(name: str, content: bytes, read: ReadFile, about: Mapping[str, str], chosen: list[int]) -> None:
    try:
        with database.writing() as connection:
            made = keeping.keep(connection, who.who(fresh=True), name, content, read, about, chosen=chosen)
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    st.session_state[_DONE] = made
    st.session_state.pop(_READ, None)
    st.session_state[_TURN] += 1
    st.rerun()
