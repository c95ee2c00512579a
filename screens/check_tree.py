"""One tree of the library: what it is, and each of its tips against the catalogue, with a place to put each right.

Its link is ``/check?tree=t12``. It is drawn by `screens.family_tree`.
"""

from functools import partial

import streamlit as st

from catalogue import database
from catalogue.messages import CatalogueError
from catalogue.rights import Person
from screens import navigation
from screens.manage_trees import adder, ask_about
from screens.parts import address, reading_report, tip_report, tree_exports, who
from screens.parts.picture import still
from screens.words import _, as_typed, language, say, several
from trees import keeping, kept
from trees.dating import DatedTree, date_tree
from trees.errors import TreeError
from trees.kept import Entry, KeptFile, KeptTree
from trees.reading.files import read_content
from trees.undated import by_lengths, by_steps

_DEFAULTS = {"tree": "", **tip_report.DEFAULTS}
_DONE, _MENDING = "tree_amended", "tip_to_mend"


def show() -> None:
    """The page of the tree that the address names."""
    address.follow(_DEFAULTS, lambda name, written: tip_report.allowed(written) if name == "tips" else written)
    key = str(st.session_state["tree"])
    try:
        with database.reading() as connection:
            entry = kept.entry(connection, key, who.who())
            file = kept.original_file(connection, entry.file_id)
            ages = kept.original_file(connection, entry.ages_file_id) if entry.ages_file_id else None
            held = kept.open_tree(connection, key, who.who()) if entry.tips else None
            taxa = sorted(kept.taxa_to_choose(connection)) if held else []
    except CatalogueError as error:
        st.title(_("A tree and its tips"))
        st.info(as_typed(say(error.message)))
        navigation.link("trees", _("All trees"))
        return
    st.title(as_typed(entry.title))
    _tell_done()
    _about(entry, file)
    if held is not None:
        _tips(held, ages, taxa)
        _along(held)
    address.keep(_DEFAULTS)


def _about(entry: Entry, file: KeptFile) -> None:
    mine = keeping.may_amend(who.who(), entry)
    if entry.citation:
        st.markdown(as_typed(entry.citation))
    if entry.note:
        st.markdown(as_typed(entry.note))
    added = _("Added by {who} on {day}").format(who=as_typed(adder(entry.added_by)), day=entry.added_at[:10])
    licence = _("Licence: {licence}").format(licence=as_typed(entry.licence)) if entry.licence else ""
    tips = several("{n} tip", "{n} tips", entry.tips) if entry.tips else ""
    st.caption(" · ".join(filter(None, (tips, licence, added))))
    with st.container(horizontal=True, vertical_alignment="center"):
        if entry.tips:
            navigation.link("tree", _("Show the tree"), tree=entry.key)
        if file.matrices:
            navigation.link("characters", _("Show its characters"), matrix=f"kept:0:{file.id}")
        navigation.link("trees", _("All trees"))
        st.download_button(
            _("The file as it came"), file.content, file.file_name or "tree.txt", key="original", on_click="ignore"
        )
        if mine:
            with st.popover(_("Change title and source")):
                _amend(entry)
        if who.may("edit_trees"):
            _remove(entry)
    with st.expander(_("What reading the file found")):
        reading_report.tell(
            file.format, file.trees_found, file.trees_read, file.matrices, file.mended, file.lost, file.doubts
        )


def _amend(entry: Entry) -> None:
    with st.form(f"amend_{entry.key}_{entry.version}", border=False):
        about = ask_about(vars(entry), f"amend_{entry.key}_{entry.version}")
        if st.form_submit_button(_("Save"), type="primary"):
            try:
                with database.writing() as connection:
                    keeping.amend(connection, who.who(fresh=True), entry.key, about, version=entry.version)
            except CatalogueError as error:
                st.error(as_typed(say(error.message)))
                return
            st.session_state[_DONE] = ("success", _("Saved."))
            st.rerun()


def _remove(entry: Entry) -> None:
    if entry.removed_at:
        st.button(_("Bring it back"), key="restore_tree", on_click=_do_restore, args=(entry.key,))
    else:
        st.button(
            _("Remove"),
            key="remove_tree",
            on_click=_do_remove,
            args=(entry.key,),
            help=_("It goes out of the library and can be brought back."),
        )


def _do_remove(key: str) -> None:
    with database.writing() as connection:
        keeping.remove(connection, who.who(fresh=True), key)
    st.session_state[_DONE] = ("success", _("It is out of the library. Here you can bring it back."))


def _do_restore(key: str) -> None:
    with database.writing() as connection:
        keeping.restore(connection, who.who(fresh=True), key)
    st.session_state[_DONE] = ("success", _("It is in the library again."))


def _tell_done() -> None:
    kind, said = st.session_state.pop(_DONE, ("", ""))
    if said:
        (st.error if kind == "error" else st.success)(said)


def _tips(held: KeptTree, ages: KeptFile | None, taxa: list[str]) -> None:
    mine = keeping.may_amend(who.who(), held.entry)
    st.subheader(_("The tips and the catalogue"))
    still(tip_report.summary(held.matching), key="tips_summary", language=language())
    if mine or ages is not None:
        _ages(held, ages, mine)
    chosen = tip_report.show(held, can_mend=mine)
    if chosen is not None:
        st.session_state[_MENDING] = (held.key, chosen)
    key, tip = st.session_state.get(_MENDING, ("", ""))
    if mine and key == held.key and tip in held.published_tips:
        st.dialog(as_typed(tip), width="medium", on_dismiss=_mend_no_more)(partial(_mend, held, tip, taxa))()
    else:
        _mend_no_more()


def _mend_no_more() -> None:
    st.session_state.pop(_MENDING, None)


def _ages(held: KeptTree, ages: KeptFile | None, mine: bool) -> None:
    title = (
        _("Ages from the table “{file}”").format(file=as_typed(ages.file_name)) if ages else _("Add a table of ages")
    )
    with st.expander(title):
        if ages is None:
            st.caption(_("A column of names, and FAD and LAD in million years, or the names of the intervals."))
        elif held.matching.unused:
            unused = several(
                "{n} name of the table is on no tip:",
                "{n} names of the table are on no tip:",
                len(held.matching.unused),
            )
            st.markdown(f"{unused} {as_typed(', '.join(held.matching.unused[:30]))}")
        if not mine:
            return
        given = st.file_uploader(_("Table of ages"), key=f"ages_{held.key}_{held.entry.version}", max_upload_size=5)
        if given is not None and st.button(_("Use this table"), type="primary", key="use_ages"):
            _use_ages(held.entry, given.name, given.getvalue())
        if ages is not None:
            st.button(_("Use the table no more"), key="drop_ages", on_click=_drop_ages, args=(held.entry,))


def _use_ages(entry: Entry, name: str, content: bytes) -> None:
    try:
        read = read_content(content)
        with database.writing() as connection:
            keeping.add_ages(connection, who.who(fresh=True), entry.key, name, content, read, version=entry.version)
    except (TreeError, CatalogueError) as error:
        st.error(as_typed(say(error.message)))
        return
    lines = len(read.ages.ranges) if read.ages else 0
    st.session_state[_DONE] = ("success", several("{n} age was read.", "{n} ages were read.", lines))
    st.rerun()


def _drop_ages(entry: Entry) -> None:
    try:
        with database.writing() as connection:
            keeping.drop_ages(connection, who.who(fresh=True), entry.key, version=entry.version)
    except CatalogueError as error:
        st.session_state[_DONE] = ("error", as_typed(say(error.message)))


def _mend(held: KeptTree, tip: str, taxa: list[str]) -> None:
    remark = tip_report.ask(held, tip, taxa)
    if remark is None:
        return
    person: Person = who.who(fresh=True)
    try:
        with database.writing() as connection:
            tips = held.published_tips
            keeping.say_of_tips(connection, person, held.key, [remark], version=held.entry.version, tips=tips)
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    st.session_state[_DONE] = ("success", _("Saved."))
    _mend_no_more()
    st.rerun()


def _along(held: KeptTree) -> None:
    """The tree as it is dated here: by the least rule, or with the lengths of its own where too few tips have an age."""
    try:
        dated = _dated(held)
    except TreeError as error:
        st.info(as_typed(say(error.message)))
        return
    tree_exports.offer(dated, title=held.title)


def _dated(held: KeptTree) -> DatedTree:
    if 2 * len(held.ranges) > held.entry.tips:
        return date_tree(held.tree, held.ranges, "basic")
    return by_lengths(held.tree) if held.has_lengths else by_steps(held.tree)
