"""The papers of a loan to look at and to print, and its receipt; a part of the page of loans and accessions.

Its link is ``/loans?papers=7``.
"""

from functools import partial

import streamlit as st

from catalogue import database, lending
from catalogue.labels.contents import WORDS
from catalogue.labels.loan_form import Lender, Loaned, Paper, loan_papers
from catalogue.labels.sheets import PAPERS
from catalogue.lending import Lent, Loan
from catalogue.messages import CatalogueError
from catalogue.settings import settings
from screens import navigation
from screens.parts import address, printing
from screens.parts.who import who
from screens.words import _, as_typed, marked, say, translated

_KINDS: dict[Paper, str] = {"form": marked("Loan form"), "receipt": marked("Receipt for a returned loan")}
_DEFAULTS: dict[str, object] = {"paper": "form", "words": "both", "sheet": next(iter(PAPERS))}
_CHOICES = {"paper": tuple(_KINDS), "words": WORDS, "sheet": tuple(PAPERS)}


def show(number: int) -> None:
    """The papers of the loan with that key in the database."""
    try:
        with database.reading() as connection:
            loan: Loan = lending.get(connection, "loan", number)
            lent = lending.lent_on(connection, loan, who=who())
    except CatalogueError as error:
        st.warning(as_typed(say(error.message)))
        return
    address.follow(_DEFAULTS, lambda name, written: written if written in _CHOICES[name] else None)
    navigation.link("loans", _("Loan {number}").format(number=as_typed(loan.number)), entry=str(number))
    left, right = st.columns([4, 5], gap="large")
    with left:
        which = _choose()
        lender = _lender(lent, which)
    loaned = Loaned(loan, lent, lender, st.session_state["words"], _link(number), translated)
    pages = partial(loan_papers, loaned, which, paper=st.session_state["sheet"])
    with left:
        printing.offer_pages(pages, f"{_(_KINDS[which])} {loan.number}", f"bonebed-loan-{which}.pdf")
    with right:
        printing.preview_pages(pages(), f"papers_{which}")
    address.keep(_DEFAULTS)


def _choose() -> Paper:
    which = st.segmented_control(
        _("Paper"), list(_KINDS), format_func=lambda key: _(_KINDS[key]), key="paper", required=True, wrap=True
    )
    st.segmented_control(
        _("Language of the paper"),
        list(printing.WORDS),
        format_func=lambda key: _(printing.WORDS[key]),
        key="words",
        required=True,
    )
    st.selectbox(_("Sheet"), list(PAPERS), key="sheet")
    assert which is not None
    return which


def _lender(lent: list[Lent], which: Paper) -> Lender:
    """Who lends and on which conditions: from the settings, to be mended here for this paper."""
    known = settings()
    museums = {one.specimen.institution_code for one in lent if one.specimen is not None}
    name = st.text_input(_("Lender"), known.lender or (museums.pop() if len(museums) == 1 else ""), key="lender")
    place = st.text_area(_("Address of the lender"), _lines(known.lender_address), key="lender_address", height=90)
    if which == "receipt":
        return Lender(name, place)
    asked = st.text_area(
        _("Conditions of the loan, one a line"),
        _lines(known.loan_conditions),
        key="loan_conditions",
        height=140,
        help=_("Left blank, the form has lines to write on. What you change here is for this paper alone."),
    )
    return Lender(name, place, tuple(line.strip() for line in asked.split("\n") if line.strip()))


def _lines(written: str) -> str:
    return "\n".join(part.strip() for part in written.split("|") if part.strip())


def _link(number: int) -> str:
    home = printing.home()
    return f"{home.rstrip('/')}/loans?entry={number}" if home else ""
