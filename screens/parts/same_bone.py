"""A specimen of the museum and what was published of it, offered: on the form of a relation, and after an import."""

from itertools import islice
from textwrap import shorten

import streamlit as st

from catalogue import database, publications, specimens
from catalogue.exchange.outcomes import Report
from catalogue.facts import cite_briefly
from catalogue.messages import CatalogueError
from catalogue.publications import Offer
from catalogue.records import Specimen
from screens import navigation
from screens.parts import who
from screens.parts.choosing import label_of
from screens.parts.part_form import PartForm
from screens.words import _, as_typed, say, several

_OFFERED = "same_bone_offered"
_LINKED = "same_bone_linked"
_SHOWN = 50
_LONGEST = 100
"""Characters of a source in a line."""
_LOOKED_AT = 50_000
"""Rows of an import that are compared with the museum's numbers; more would keep the page waiting."""


def suggest(form: PartForm, key: str) -> None:
    """What may be the same bone, to be taken into the form of a relation; nothing where nothing is near."""
    with database.reading() as connection:
        found = publications.candidates(connection, who.who(), key)
    if not found:
        return
    with st.expander(several("{n} record may be the same bone", "{n} records may be the same bone", len(found))):
        for place, one in enumerate(found):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"{as_typed(_told(one.specimen))}  \n*{as_typed(say(one.reason))}*")
                st.button(
                    _("Take this one"),
                    key=f"same_bone_{place}",
                    on_click=_take,
                    args=(form, publications.relation_to(one.specimen), one.specimen.occurrence_id),
                )


def _take(form: PartForm, relation: str, key: str) -> None:
    """Into the form: how this record belongs to the other one, and which that is."""
    st.session_state[form.key("relationship_of_resource")] = relation
    st.session_state[form.key("related_occurrence_id")] = key


def offer(report: Report) -> None:
    """The published finds of an import that bear the numbers of the museum's specimens, to be linked where a person says so."""
    _tell_linked()
    if not who.may("bulk_edit"):
        return
    found = _found(report)
    if not found:
        return
    with st.container(border=True):
        st.subheader(
            several(
                "{n} published find bears a number of your museum",
                "{n} published finds bear numbers of your museum",
                len(found),
            )
        )
        st.caption(_("They stay records of their own. Linked, each is shown on the page of the other. Untick what is not the same bone."))  # fmt: skip
        picked = [one for place, one in enumerate(found[:_SHOWN]) if _tick(place, one)]
        if len(found) > _SHOWN:
            st.caption(_("The next ones are offered when these are linked."))
        if st.button(
            several("Link {n} pair", "Link {n} pairs", len(picked)), key="same_bone_link", disabled=not picked
        ):
            _link(picked)


def _found(report: Report) -> list[Offer]:
    """The pairs, asked once for as long as the catalogue is the same."""
    with database.reading() as connection:
        known_by = (report.file_name, report.import_id, specimens.revision(connection))
        held: tuple[object, list[Offer]] | None = st.session_state.get(_OFFERED)
        if held is None or held[0] != known_by:
            keys = [row.occurrence_id for row in islice(report.rows, _LOOKED_AT)]
            held = st.session_state[_OFFERED] = known_by, publications.offers(connection, who.who(), keys)
    return held[1]


def _tick(place: int, one: Offer) -> bool:
    told = f"{label_of(one.own)}  ↔  {_told(one.published)}"
    return st.checkbox(as_typed(told), value=True, key=f"same_bone_tick_{place}_{one.published.occurrence_id}")


def _link(picked: list[Offer]) -> None:
    pairs = [(one.own.occurrence_id, one.published.occurrence_id) for one in picked]
    try:
        with database.writing() as connection:
            publications.link(connection, who.who(), pairs)
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    st.session_state[_LINKED] = len(pairs)
    st.rerun()


def _told(specimen: Specimen) -> str:
    """A record in a line; of a published find also its number and the source that tells of it."""
    if specimen.is_own:
        return label_of(specimen)
    source = shorten(cite_briefly(specimen.associated_references.partition(" | ")[0]), _LONGEST, placeholder=" …")
    return " · ".join(filter(None, (label_of(specimen), specimen.catalog_number, source)))


def _tell_linked() -> None:
    number: int | None = st.session_state.pop(_LINKED, None)
    if number:
        st.success(several("{n} pair was linked.", "{n} pairs were linked.", number))
        navigation.link("history", _("All changes, with undo"))
