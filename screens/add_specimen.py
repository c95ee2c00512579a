"""Add a specimen: four fields are enough, and the page of the new record says what it changed."""

import streamlit as st

from catalogue import database, specimens
from catalogue.checking import InvalidDraft
from screens import navigation
from screens.parts import added, trees, who
from screens.parts.specimen_form import SpecimenForm
from screens.words import _

_KEPT_FOR_THE_NEXT = frozenset({"institution_code", "country_code", "state_province", "recorded_by"})


def show() -> None:
    """The page."""
    st.title(_("Add a specimen"))
    st.caption(_("Fields with a star are needed. Everything else can wait."))
    form = SpecimenForm("add")
    form.show()
    if st.button(_("Save the specimen"), type="primary", key="save"):
        _save(form)
    form.tell_refusal()


def _save(form: SpecimenForm) -> None:
    draft = form.draft()
    form.tried()
    before = trees.dated_now()
    try:
        with database.writing() as connection:
            specimen = specimens.add(connection, who.who(), draft | {"dataset_name": draft["institution_code"]})
    except InvalidDraft as error:
        form.refused(error.problems)
        st.rerun()
    added.remember(specimen.occurrence_id, trees.changes_since(before))
    form.clear(but=_KEPT_FOR_THE_NEXT)
    navigation.go("specimen", id=specimen.occurrence_id)
