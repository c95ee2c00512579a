"""The book of loans and accessions: what is out and until when, what came in, and what is overdue; for curators."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st
from sqlalchemy import Connection

from catalogue import database, lending, specimens, transactions
from catalogue.checking import InvalidDraft
from catalogue.lending import Accession, Loan, Overdue
from catalogue.messages import CatalogueError, Problem
from screens import loan_papers, navigation
from screens.parts import address, choosing
from screens.parts.part_words import ACCESSIONS, BOOKS
from screens.parts.picture import still
from screens.parts.record_panels import late, status_html, today
from screens.parts.who import who
from screens.words import _, as_typed, language, marked, say, several

_TITLES = {"loan": marked("Loans"), "accession": marked("Accessions")}
_DEFAULTS: Mapping[str, object] = {"book": "loan"}
_EDITING = "book_editing"
_SAID = "book_said"


def show() -> None:
    """The page; ``/loans?with=…`` begins a loan of that specimen, ``/loans?entry=7`` shows one alone."""
    papers = st.query_params.get("papers", "")
    if papers.isdecimal():
        st.title(_("Papers of a loan"))
        loan_papers.show(int(papers))
        return
    address.follow(_DEFAULTS, lambda name, written: written if written in _TITLES else None)
    st.title(_("Loans and accessions"))
    with database.reading() as connection:
        overdue = lending.overdue(connection, today(), who=who())
    _tell()
    _warn(overdue)
    chosen = st.segmented_control(
        _("Book"),
        list(_TITLES),
        format_func=lambda book: _(_TITLES[book]),
        key="book",
        required=True,
        label_visibility="collapsed",
    )
    book = chosen or "loan"
    address.keep(_DEFAULTS)
    _begin_with_specimen()
    editing: tuple[str, Any] | None = st.session_state.get(_EDITING)
    if editing is not None and editing[0] == book:
        _show_form(book, editing[1])
        return
    alone = st.query_params.get("entry", "")
    if alone.isdecimal():
        navigation.link("loans", _("All loans") if book == "loan" else _("All accessions"), book=book)
        _show_book(book, only=int(alone))
        return
    if st.button(_("New loan") if book == "loan" else _("New accession"), type="primary", key="new"):
        _begin(book, None)
    _show_book(book)


def _tell() -> None:
    said: str = st.session_state.pop(_SAID, "")
    if said:
        st.success(said)


def _warn(overdue: Overdue) -> None:
    """What should have happened by now, in words and in the colour of a warning."""
    line = _("- Loan {number}, {borrower}: {late}")
    lines = [
        line.format(number=as_typed(loan.number), borrower=as_typed(loan.borrower), late=late(loan.due, today()))
        for loan in overdue.loans
    ]
    if lines:
        head = several("{n} loan is overdue", "{n} loans are overdue", len(lines))
        st.error("\n".join((f"**{head}**", "", *lines)))
    if overdue.checks:
        with st.expander(
            several(
                "{n} specimen is to be looked at again", "{n} specimens are to be looked at again", len(overdue.checks)
            )
        ):
            for one in overdue.checks:
                with database.reading() as connection:
                    specimen = specimens.get(connection, one.occurrence_id, who=who())
                said = f"{choosing.label_of(specimen)}: {late(one.next_check_due, today())}"
                navigation.link("lists", as_typed(said), id=one.occurrence_id, list="condition_reports")


def _show_book(book: str, *, only: int | None = None) -> None:
    with database.reading() as connection:
        entries = [entry for entry in lending.all_of(connection, who(), book) if only in (None, entry.id)]
        keys = [key for entry in entries for key in entry.occurrence_ids]
        labels = {one.occurrence_id: choosing.label_of(one) for one in specimens.get_all(connection, keys, who=who())}
    if not entries:
        st.info(_("Nothing is written here yet."))
    for entry in entries:
        with st.container(border=True):
            still(_entry(entry, labels), key=f"entry_{entry.id}", language=language())
            with st.container(horizontal=True, vertical_alignment="center"):
                if st.button(_("Change"), key=f"change_{entry.id}"):
                    _begin(book, entry)
                if isinstance(entry, Loan) and not entry.returned:
                    _offer_return(entry)
                if isinstance(entry, Loan):
                    navigation.link("loans", _("Form and receipt"), papers=str(entry.id))
                _offer_removal(book, entry)
                navigation.link("history", _("History"), id=transactions.key_of(entry))


def _offer_return(loan: Loan) -> None:
    if st.button(_("It came back today"), key=f"returned_{loan.id}"):
        back = {"returned": today().isoformat()}
        _do(lambda connection: transactions.amend(connection, who(), "loan", loan.id, back, version=loan.version))


def _offer_removal(book: str, entry: Loan | Accession) -> None:
    with st.popover(_("Remove")):
        st.markdown(_("For what was entered by mistake. The history keeps it, and from there it can be undone."))
        if st.button(_("Remove it from the book"), type="primary", key=f"remove_{entry.id}"):
            _do(lambda connection: transactions.remove(connection, who(), book, entry.id))


def _entry(entry: Loan | Accession, labels: Mapping[str, str]) -> str:
    removed = escape(_("removed from the catalogue"))
    what = "".join(
        f'<li><a href="{escape(navigation.href("specimen", id=key))}" target="_self"><u>{escape(labels[key])}</u></a></li>'
        if key in labels
        else f"<li>{escape(key)} ({removed})</li>"
        for key in entry.occurrence_ids
    )
    head, lines = _loan(entry) if isinstance(entry, Loan) else _accession(entry)
    told = "".join(f"<p>{escape(text)}</p>" for text in lines if text)
    return f'<div class="entry">{head}{told}<ul>{what}</ul></div>'


def _loan(loan: Loan) -> tuple[str, Sequence[str]]:
    sent = _("sent on {date}").format(date=loan.sent)
    return f"<h3>{escape(loan.number)} · {escape(loan.borrower)} {status_html(loan)}</h3>", (
        sent,
        loan.purpose,
        loan.contact,
        loan.remarks,
    )


def _accession(one: Accession) -> tuple[str, Sequence[str]]:
    kind = _(ACCESSIONS[one.accession_kind]) if one.accession_kind in ACCESSIONS and one.accession_kind else ""
    head = " · ".join(text for text in (one.number, one.received_from) if text)
    return f"<h3>{escape(head)}</h3>", (kind, one.received_on, one.terms, one.remarks)


def _begin_with_specimen() -> None:
    """A link from a specimen's page begins a loan of it, once."""
    key = st.query_params.get("with", "")
    if key and st.session_state.get("book_begun") != key:
        st.session_state["book_begun"] = key
        _fill("loan", Loan("", "", sent=today().isoformat(), occurrence_ids=(key,)))
        st.session_state[_EDITING] = ("loan", None)


def _begin(book: str, entry: Any) -> None:
    _clear(book)
    if entry is not None:
        _fill(book, entry)
    elif book == "loan":
        st.session_state[_key(book, "sent")] = today().isoformat()
    st.session_state[_EDITING] = (book, entry)
    st.rerun()


def _fill(book: str, entry: Any) -> None:
    for name in BOOKS[book]:
        st.session_state[_key(book, name)] = getattr(entry, name)
    st.session_state[_key(book, "occurrence_ids")] = list(entry.occurrence_ids)


def _clear(book: str) -> None:
    for name in (*BOOKS[book], "occurrence_ids", "occurrence_ids_find", "problems"):
        st.session_state.pop(_key(book, name), None)


def _key(book: str, name: str) -> str:
    return f"book_{book}_{name}"


def _show_form(book: str, entry: Any) -> None:
    problems: list[Problem] = st.session_state.get(_key(book, "problems"), [])
    needed = lending.KINDS[book].needed
    with st.container(border=True):
        left, right = st.columns(2, gap="large")
        names = [name for name in BOOKS[book] if name != "remarks"]
        for number, name in enumerate(names):
            with left if number < (len(names) + 1) // 2 else right:
                _field(book, name, " *" if name in needed else "")
                _tell_problems(name, problems)
        _field(book, "remarks", "")
        keys = choosing.many(_key(book, "occurrence_ids"), _("Find specimens"))
        _tell_problems("occurrence_ids", problems)
        with st.container(horizontal=True):
            if st.button(_("Save"), type="primary", key="save"):
                typed = {name: st.session_state.get(_key(book, name)) or "" for name in BOOKS[book]}
                _save(book, entry, typed | {"occurrence_ids": keys})
            if st.button(_("Leave it as it was"), key="leave"):
                _end(book)


def _field(book: str, name: str, star: str) -> None:
    label, key = _(BOOKS[book][name]) + star, _key(book, name)
    if name == "accession_kind":
        st.selectbox(
            label, list(ACCESSIONS), format_func=lambda kind: _(ACCESSIONS[kind]), key=key, persist_state="session"
        )
    else:
        st.text_input(label, key=key, persist_state="session")


def _tell_problems(name: str, problems: Sequence[Problem]) -> None:
    for problem in problems:
        if problem.field == name:
            st.error(as_typed(say(problem.message)))


def _save(book: str, entry: Any, typed: dict[str, Any]) -> None:
    def work(connection: Connection) -> None:
        if entry is None:
            transactions.add(connection, who(), book, typed)
        else:
            transactions.amend(connection, who(), book, entry.id, typed, version=entry.version)

    try:
        with database.writing() as connection:
            work(connection)
    except InvalidDraft as error:
        st.session_state[_key(book, "problems")] = error.problems
        st.rerun()
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    st.session_state[_SAID] = _("Saved.")
    _end(book)


def _do(work: Callable[[Connection], object]) -> None:
    try:
        with database.writing() as connection:
            work(connection)
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    st.session_state[_SAID] = _("Saved.")
    st.rerun()


def _end(book: str) -> None:
    _clear(book)
    st.session_state.pop(_EDITING, None)
    st.rerun()
