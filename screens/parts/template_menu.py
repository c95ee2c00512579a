"""The menu of templates: put one into the form, keep the present values as one, rename and delete."""

from collections.abc import Callable, Mapping

import streamlit as st

from catalogue import database
from catalogue.entry import templates
from catalogue.entry.templates import Template
from catalogue.messages import CatalogueError
from screens.parts import who
from screens.parts.form_fields import LABELS
from screens.words import _, as_typed, say, several

_OF_ONE_SPECIMEN = frozenset({"catalog_number", "record_number", "verbatim_label", "occurrence_remarks"})
"""What a template rarely means to hold; not chosen at first."""
_REFUSED = "template_refused"
_MENU = "templates"


def show(typed: Mapping[str, str], apply: Callable[[Mapping[str, str]], None]) -> None:
    """The menu.

    Parameters
    ----------
    typed : mapping of str to str
        What stands in the form.
    apply : callable
        Puts values into the form; called before the page is drawn anew.
    """
    with database.reading() as connection:
        found = templates.all_for(connection, who.who())
    with st.popover(_("Templates"), type="tertiary", key=_MENU, on_change="rerun"):
        for number, template in enumerate(found):
            _show(number, template, apply)
        if not found:
            st.caption(
                _("None yet. Fill in what many specimens share, a site with its rock and age, and give it a name.")
            )
        if typed:
            _offer_to_save(typed)
        refused = st.session_state.pop(_REFUSED, None)
        if refused:
            st.error(as_typed(refused))


def _show(number: int, template: Template, apply: Callable[[Mapping[str, str]], None]) -> None:
    with st.container(border=True):
        st.markdown(f"**{as_typed(template.name)}**")
        held = several("{n} field", "{n} fields", len(template.fields))
        st.caption(f"{held} · {_whose(template)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(_("Use it"), key=f"use_template_{number}", on_click=_use, args=(template, apply))
            if templates.may_change(who.who(), template):
                _offer_to_change(number, template)


def _use(template: Template, apply: Callable[[Mapping[str, str]], None]) -> None:
    """Put a template into the form and fold the menu away, which would cover the form."""
    st.session_state[_MENU] = False
    apply(template.fields)


def _whose(template: Template) -> str:
    if template.login != who.who().login:
        return _("shared by {name}").format(name=as_typed(template.login))
    return _("yours, shared with everybody here") if template.shared else _("yours")


def _offer_to_change(number: int, template: Template) -> None:
    st.button(
        _("Delete"), key=f"delete_template_{number}", type="tertiary", on_click=_forget, args=(template,),
        help=_("Deletes the template; no specimen is touched"),
    )  # fmt: skip
    key = f"template_name_{number}"
    with st.expander(_("Rename")):
        st.text_input(_("New name"), template.name, key=key, max_chars=templates.LONGEST_NAME)
        st.button(_("Rename it"), key=f"rename_template_{number}", on_click=_rename, args=(template, key))


def _offer_to_save(typed: Mapping[str, str]) -> None:
    names = list(typed)
    chosen = f"template_fields_{abs(hash(tuple(names)))}"  # other fields filled in: chosen anew, all of them at first
    with st.form("save_template", border=False):
        st.text_input(_("Name for a new template"), key="template_name", max_chars=templates.LONGEST_NAME)
        st.multiselect(
            _("Fields that it holds"),
            names,
            [name for name in names if name not in _OF_ONE_SPECIMEN],
            format_func=lambda name: _(LABELS[name]),
            key=chosen,
            placeholder=_("Choose fields that you filled in"),
        )
        st.checkbox(_("Share it with everybody who adds specimens here"), key="template_shared")
        st.form_submit_button(_("Keep as a template"), on_click=_save, args=(typed, chosen))


def _save(typed: Mapping[str, str], chosen: str) -> None:
    state = st.session_state
    fields = {name: typed[name] for name in state[chosen] if name in typed}
    with database.writing() as connection:
        _do(
            lambda: templates.save(
                connection, who.who(), state["template_name"], fields, shared=state["template_shared"]
            )
        )
    if _REFUSED not in state:
        state["template_name"] = ""


def _rename(template: Template, key: str) -> None:
    with database.writing() as connection:
        _do(lambda: templates.rename(connection, who.who(), template, st.session_state[key]))


def _forget(template: Template) -> None:
    with database.writing() as connection:
        _do(lambda: templates.forget(connection, who.who(), template))


def _do(deed: Callable[[], object]) -> None:
    """Do something to a template; what speaks against it is told in the menu."""
    try:
        deed()
    except CatalogueError as error:
        st.session_state[_REFUSED] = say(error.message)
