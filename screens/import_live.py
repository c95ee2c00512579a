"""Records straight from the Paleobiology Database: say what to ask for, see how much came, and go on as with a file."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from catalogue.countries import countries, country_name
from catalogue.exchange.live import paleobiology
from catalogue.exchange.live.answers import Answer
from catalogue.exchange.live.asking import LISTED, InvalidQuestion, Listed, Question
from catalogue.messages import CatalogueError
from screens import navigation
from screens.parts import asking, who
from screens.parts.handed_over import hand_over
from screens.words import _, as_typed, language, marked, say, several

_ANSWER = "live_answer"
_STOPPED = "live_stopped"
_KINDS: Mapping[Listed, str] = {
    "occurrences": marked("Finds, as publications tell of them"),
    "specimens": marked("Specimens, with the numbers of their museums"),
}


def show() -> None:
    """The page."""
    st.title(_("From the Paleobiology Database"))
    lede = _("Ask the database of published fossils for a group, a time, a country or a formation. You see what would be imported before anything is kept.")  # fmt: skip
    st.html(f'<p class="lede">{escape(lede)}</p>')
    if not paleobiology.is_on():
        _tell_off()
        return
    asked = _question()
    with st.container(horizontal=True, vertical_alignment="center"):
        wanted = st.button(_("Ask the database"), type="primary", key="live_ask")
        navigation.link("import", _("Import a file instead"))
    if st.session_state.pop(_STOPPED, False):
        st.info(_("The question was stopped. Nothing was kept."))
    if wanted:
        _ask(asked)
    answer: Answer | None = st.session_state.get(_ANSWER)
    if answer is not None:
        _tell(answer)
    st.caption(
        _("Records of the Paleobiology Database are free to use with credit (CC BY 4.0). Each imported record says where it comes from.")
    )  # fmt: skip


def _tell_off() -> None:
    st.info(
        _(
            "This Bonebed asks nothing over the internet until an administrator turns it on, with the setting BONEBED_LIVE_PBDB. "
            "Until then, download a file from paleobiodb.org with your browser and import that."
        )
    )
    navigation.link("import", _("Import a file"))


def _question() -> Question:
    names = asking.names_of_intervals()
    left, right = st.columns(2, gap="medium")
    with left:
        taxon = st.text_input(
            _("Group or name"), key="live_taxon", placeholder="Sauropodomorpha", persist_state="session"
        )
        earliest = _interval(_("Earliest time"), "live_earliest", names)
        latest = _interval(_("Latest time (blank: the same)"), "live_latest", names)
    with right:
        country = st.selectbox(
            _("Country"),
            list(countries(language())),
            index=None,
            format_func=lambda code: countries(language())[code],
            placeholder=_("Any country"),
            key="live_country",
            persist_state="session",
        )
        formation = st.text_input(
            _("Formation or group of rocks"), key="live_formation", placeholder="Lufeng", persist_state="session"
        )
        listed = st.selectbox(
            _("What to ask for"),
            LISTED,
            format_func=lambda kind: _(_KINDS[kind]),
            key="live_listed",
            persist_state="session",
        )
    return Question(taxon, earliest, latest, country or "", formation, listed)


def _interval(label: str, key: str, names: Sequence[str]) -> str:
    return (
        st.selectbox(
            label,
            names,
            index=None,
            format_func=asking.written_interval_label,
            placeholder=_("Any time"),
            key=key,
            persist_state="session",
        )
        or ""
    )


def _ask(question: Question, *, refresh: bool = False) -> None:
    """Ask, with progress and a way to stop; the answer stays in the session until another one comes."""
    st.session_state.pop(_ANSWER, None)
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, text=_("Asking how many there are …"))
        st.button(_("Stop"), key="live_stop", on_click=_note_stopped)

    def advance(come: int, found: int) -> None:
        if found:
            told = _("{come} of {found} records have come …").format(come=f"{come:,}", found=f"{found:,}")
            bar.progress(come / found, text=told)
        else:
            bar.progress(0.0, text=_("Asking how many there are …"))

    try:
        answer = paleobiology.fetch(who.who(), question, refresh=refresh, progress=advance)
    except CatalogueError as error:
        place.empty()
        if isinstance(error, InvalidQuestion):
            st.warning(as_typed(say(error.message)))
        else:
            st.error(as_typed(say(error.message)))
        return
    place.empty()
    st.session_state[_ANSWER] = answer


def _note_stopped() -> None:
    """The press stops the run that asks at its next step."""
    st.session_state[_STOPPED] = True


def _tell(answer: Answer) -> None:
    with st.container(border=True):
        counted = several("{n} record", "{n} records", answer.found)
        st.markdown(f"### {counted}")
        st.caption(f"{as_typed(_told(answer.question))} · {_age(answer)}")
        for warning in answer.warnings:
            told = _("The database says: {warning}").format(warning=warning)
            st.warning(as_typed(told))
        if not answer.found:
            st.info(_("The database has no such records. Is the name spelt as in publications? Ask for a wider group or time."))  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="center"):
            if answer.found and st.button(_("See what they would bring"), type="primary", key="live_take"):
                hand_over(answer.question.file_name, answer.content, f"live {answer.fetched_at} {answer.question}")
            if answer.is_kept and st.button(_("Ask again now"), key="live_again"):
                _ask(answer.question, refresh=True)
                st.rerun()


def _told(question: Question) -> str:
    """A question in words."""
    times = [asking.interval_label(name) for name in (question.earliest, question.latest) if name]
    lands = [country_name(code, language()) for code in question.country.split(",") if code]
    told = (question.taxon, " – ".join(times), ", ".join(lands), question.formation, _(_KINDS[question.listed]))
    return " · ".join(filter(None, told))


def _age(answer: Answer) -> str:
    if not answer.is_kept:
        return _("asked just now")
    hours = answer.age_seconds / 3600
    if hours < 1:
        return _("asked less than an hour ago")
    if hours < 48:
        return several("asked {n} hour ago", "asked {n} hours ago", int(hours))
    return several("asked {n} day ago", "asked {n} days ago", int(hours / 24))
