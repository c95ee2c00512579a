"""Who is related to whom, and when did they live? The dated tree from the first dinosaurs to living birds."""

import streamlit as st

from catalogue import database, specimens
from catalogue.facts import cite
from catalogue.records import Specimen
from catalogue.searching.query import Query
from screens import navigation
from screens.parts import address, asking, cards, trees
from screens.parts.cards import common_name
from screens.parts.picture import still
from screens.words import _, language, marked, several

_DEFAULTS = {"taxon": "", "kind": "all"}
_CARDS = 4


def show() -> None:
    """The page; a chosen tip or clade has its link."""
    address.follow(_DEFAULTS, _allowed)
    st.title(_("Family tree"))
    st.html(f'<p class="quiet">{_(_HOW_TO_READ)}</p>')
    kind = st.segmented_control(
        _("Dated by"), list(asking.KINDS), format_func=lambda kind: _(asking.KINDS[kind]), key="kind", required=True
    )
    selected = str(st.session_state["taxon"])
    if selected:
        _tell_taxon(selected)
    chosen = trees.show(selected, str(kind))
    if chosen is not None:
        st.session_state["taxon"] = "" if chosen == selected else chosen
        address.keep(_DEFAULTS)
        st.rerun()
    _tell_sources()
    address.keep(_DEFAULTS)


_HOW_TO_READ = marked(
    "Time runs from left to right. A thick bar shows when fossils are known; a dashed line is a ghost lineage: the animals must have "
    "lived then, but nobody has found them yet. Click a name to see its specimens."
)


def _allowed(name: str, written: str) -> object | None:
    if name == "kind":
        return written if written in asking.KINDS else None
    return written if trees.has(written) else None


def _tell_taxon(taxon: str) -> None:
    found, total = _finds_of(taxon)
    common = common_name(taxon)
    with st.container(border=True):
        st.subheader(f"{taxon.replace('_', ' ')} · {common}" if common else taxon.replace("_", " "))
        st.markdown(trees.age_words_of(taxon))
        st.markdown(several("**{n} record in the catalogue**", "**{n} records in the catalogue**", total))
        if found:
            still(cards.cards(found), key="of_taxon", language=language())
        with st.container(horizontal=True):
            if total > _CARDS:
                navigation.link("specimens", _("All of them"), taxon=taxon)
            if total:
                navigation.link("map", _("On the map"), taxon=taxon, interval=address.ANY)
        claims = trees.claims_for(taxon)
        if claims:
            with st.expander(_("Who found this group")):
                st.markdown("\n".join(f"- {claim}" for claim in claims))


def _finds_of(taxon: str) -> tuple[list[Specimen], int]:
    """The oldest few finds of a taxon, those in museums first, and how many there are in all."""
    with database.reading() as connection:
        own = specimens.find(connection, Query(taxon=taxon, published=False), order="oldest_age", size=_CARDS)
        published = specimens.find(connection, Query(taxon=taxon, own=False), order="oldest_age", size=_CARDS)
    return [*own.specimens, *published.specimens][:_CARDS], own.total + published.total


def _tell_sources() -> None:
    with st.expander(_("How this tree was made")):
        st.markdown(
            _(
                "The branching follows published studies; click a group to see who found it. The dates are Bonebed’s own: each tip begins "
                "with its oldest find, here or in the literature, and each fork lies at least one million years before the older of its branches "
                "(Laurin 2004). That is a youngest possible date, not an estimate: the true forks are older."
            )
        )
        for reference in trees.references():
            st.markdown(f"- {cite(reference)}")
