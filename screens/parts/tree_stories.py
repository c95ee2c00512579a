"""What the built-in tree tells beside its branching: what was new on a branch, and how else the branches have been joined."""

from collections.abc import Iterable

import streamlit as st
from sqlalchemy import Connection

from catalogue import database, specimens
from catalogue.facts import cite
from catalogue.taxonomy import taxonomy
from screens import navigation
from screens.parts import who
from screens.parts.tree_source import OTHER, Shown
from screens.words import _, as_typed, language
from trees.library import AlternativeTree, Innovation, alternative_trees, innovations


def new_on(clade: str) -> None:
    """The new features on the branch to a clade; nothing where none is told."""
    found = [one for one in innovations() if one.clade == clade]
    if not found:
        return
    st.markdown(f"**{_('New on this branch')}**")
    _tell(found)


def show(shown: Shown) -> None:
    """All new features from the root on, and the other trees; only beside the built-in tree and its alternatives."""
    tree = str(st.query_params.get("tree") or "")
    if not shown.source.built_in and not tree.startswith(OTHER):
        return
    with st.expander(_("What was new, branch by branch")):
        st.caption(
            _("Each feature stands where most of the evidence puts it. What speaks against that place is told with it.")
        )
        for clade in dict.fromkeys(one.clade for one in innovations()):
            navigation.link("tree", _clade_label(clade), taxon=clade)
            _tell([one for one in innovations() if one.clade == clade])
    with st.expander(_("Other ways to join the branches")):
        st.caption(_("Researchers do not agree on every fork. These are other trees of the same animals."))
        for other in alternative_trees():
            _tell_other(other, shown_now=tree == OTHER + other.key)


def _clade_label(clade: str) -> str:
    common = taxonomy().common_name(clade, language())
    return as_typed(f"{clade} · {common}" if common else clade)


def _tell(found: Iterable[Innovation]) -> None:
    with database.reading() as connection:
        for one in found:
            st.markdown(f"**{as_typed(one.names[language()])}.** {as_typed(one.accounts[language()])}")
            if one.doubts[language()]:
                st.caption(_("But: {doubt}").format(doubt=as_typed(one.doubts[language()])))
            _link_evidence(connection, one)
            st.caption(_("Sources: {sources}").format(sources=_sources(one.references)))


def _link_evidence(connection: Connection, one: Innovation) -> None:
    """Links to the specimens that show it, as far as the reader's catalogue has them."""
    records = [
        record
        for occurrence_id in one.specimens
        if (record := specimens.by_occurrence_id(connection, occurrence_id, who=who.who())) is not None
    ]
    if records:
        with st.container(horizontal=True):
            for record in records:
                name = f"{record.verbatim_identification} {record.catalog_number}".strip()
                navigation.link("specimen", _("Seen in {specimen}").format(specimen=as_typed(name)), id=str(record.id))


def _tell_other(other: AlternativeTree, *, shown_now: bool) -> None:
    st.markdown(f"**{as_typed(other.titles[language()])}.** {as_typed(other.accounts[language()])}")
    st.caption(_("Sources: {sources}").format(sources=_sources(other.references)))
    with st.container(horizontal=True):
        if shown_now:
            navigation.link("tree", _("Show the built-in tree"))
        else:
            navigation.link("tree", _("Show this tree"), tree=OTHER + other.key)
        navigation.link("compare", _("Both side by side"), right=OTHER + other.key)


def _sources(references: Iterable[str]) -> str:
    return as_typed(" ".join(cite(reference) for reference in references))
