"""The lists of allowed words: what each word means, how many records use it, and putting right what was typed otherwise."""

from collections.abc import Callable
from html import escape

import streamlit as st
from sqlalchemy import Connection

from catalogue import database, undoing
from catalogue.facts import cite, cite_briefly
from catalogue.messages import CatalogueError
from catalogue.rights import Person
from catalogue.vocabularies import editing, merging
from catalogue.vocabularies.merging import Usage
from catalogue.vocabularies.places import KINDS
from catalogue.vocabularies.words import Term
from screens import navigation
from screens.parts import address, vocabulary
from screens.parts.picture import still
from screens.parts.who import who
from screens.words import _, as_typed, language, say, several

_DONE = "vocabulary_done"
_LONG = frozenset({"definition", "definition_zh", "aliases"})
_DEFAULTS = {"list": next(iter(KINDS))}


def show() -> None:
    """The page; its link is ``/vocabularies?list=sex``."""
    address.follow(_DEFAULTS, lambda _name, written: written if written in KINDS else None)
    st.title(_("Lists of words"))
    name = st.selectbox(_("List"), list(KINDS), format_func=vocabulary.title, key="list", width=380)
    address.keep(_DEFAULTS)
    with database.reading() as connection:
        used = merging.usage(connection, who(), name)
    st.caption(
        _("Closed: only these words are accepted.")
        if used.vocabulary.closed
        else _("Open: another word is kept as it was typed, and shown under “Not in the list”.")
    )
    _tell()
    titles = [_("The list"), _("Change a word"), _("Add a word")]
    titles += [_("Not in the list ({n})").format(n=len(used.unlisted))] if used.unlisted else []
    the_list, change, add, *others = st.tabs(titles, key=f"vocabulary_{name}")
    with the_list:
        still(_table(used), key=f"words_{name}", language=language())
    with change:
        _change(used)
    with add:
        _add(name)
    for tab in others:
        with tab:
            _unlisted(used)


def _table(used: Usage) -> str:
    titles = (_("Word"), _("What it means"), _("Other spellings"), _("Used by"))
    head = "".join(f"<th scope='col'>{escape(title)}</th>" for title in titles)
    rows = "".join(_row(used, term) for term in used.vocabulary)
    return (
        '<div class="table-frame"><table class="specimens"><thead>'
        f"<tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(used: Usage, term: Term) -> str:
    label = escape(term.label(language()))
    said = escape(_("not offered any more"))
    shown = f'<del>{label}</del> <span class="quiet">({said})</span>' if term.retired_at else label
    if term.label(language()) != term.term:
        shown += f"<br><code>{escape(term.term)}</code>"
    told = escape(term.told(language()))
    if term.source:
        whole, short = escape(cite(term.source)), escape(cite_briefly(term.source))
        told += f'{"<br>" if told else ""}<small class="quiet" title="{whole}">{short}</small>'
    cells = (shown, told, escape(_(", ").join(term.aliases)))
    link = _link(used.vocabulary.name, term.term, used.of(term.term))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}<td>{link}</td></tr>"


def _link(name: str, word: str, count: int) -> str:
    """How many records use a word, as a link to them."""
    said = escape(several("{n} record", "{n} records", count))
    where = escape(navigation.href("specimens", word=f"{name}:{word}"))
    return f'<a href="{where}" target="_self">{said}</a>' if count else "–"


def _unlisted(used: Usage) -> None:
    """What stands in records and in no list, each with a way to put it right."""
    name = used.vocabulary.name
    st.caption(_("These words stand in records. Merge each into a word of the list, or add it to the list."))
    words = list(used.unlisted)
    word = st.selectbox(
        _("Word in records"),
        words,
        format_func=lambda word: f"{word} · {several('{n} record', '{n} records', used.of(word))}",
        key=f"unlisted_{name}",
    )
    near = used.vocabulary.nearest(word)
    _merge(used, word, near.term if near else None, "unlisted")
    with st.container(horizontal=True):
        navigation.link("specimens", _("See these records"), word=f"{name}:{word}")
        st.button(
            _("Add “{word}” to the list").format(word=as_typed(word)),
            key="take_in",
            on_click=_take_in,
            args=(name, word),
        )


def _merge(used: Usage, word: str, suggested: str | None, key: str) -> None:
    name, count = used.vocabulary.name, used.of(word)
    others = [term for term in used.vocabulary.offered if term.term != word]
    labels = {term.term: term.label(language()) for term in others}
    if not labels:
        return
    into = st.selectbox(
        _("Merge it into"),
        list(labels),
        index=list(labels).index(suggested) if suggested in labels else None,
        format_func=lambda term: labels[term],
        key=f"into_{key}_{name}_{word}",
        placeholder=_("Choose a word of the list"),
    )
    if into is None:
        return
    changed = several("{n} record will be changed.", "{n} records will be changed.", count)
    stands = _("From now on “{word}” stands for “{into}”.").format(word=as_typed(word), into=as_typed(labels[into]))
    st.markdown(f"**{changed}** {stands}")
    why = st.text_input(_("Why (for the history)"), key=f"why_{key}_{name}")
    st.button(_("Merge"), type="primary", key=f"merge_{key}", on_click=_do_merge, args=(name, word, into, count, why))


def _change(used: Usage) -> None:
    by_number = {term.id: term for term in used.vocabulary}
    number = st.selectbox(
        _("Word"),
        list(by_number),
        format_func=lambda one: by_number[one].label(language()),
        key=f"term_{used.vocabulary.name}",
    )
    if number is None:
        return
    term = by_number[number]
    _order(used, term)
    with st.expander(_("Say it otherwise")), st.form(f"say_{number}_{term.version}", border=False):
        typed = _fields(f"say_{number}_{term.version}", term)
        if st.form_submit_button(_("Save"), type="primary"):
            _do(lambda connection, me: _amended(connection, me, term, typed))
            st.rerun()
    if not term.retired_at and len(used.vocabulary.offered) > 1:
        with st.expander(_("Merge it into another word")):
            _merge(used, term.term, None, "listed")
    label = _("Offer it again") if term.retired_at else _("Do not offer it any more")
    st.button(label, key="retire", on_click=_retire, args=(term,), help=_("Records that hold it keep it."))


def _order(used: Usage, term: Term) -> None:
    numbers = [one.id for one in used.vocabulary]
    at = numbers.index(term.id)
    with st.container(horizontal=True):
        for label, to, key in ((_("Move up"), at - 1, "up"), (_("Move down"), at + 1, "down")):
            moved = [one for one in numbers if one != term.id]
            moved.insert(to, term.id)
            st.button(
                label,
                key=f"order_{key}",
                disabled=not 0 <= to < len(numbers),
                on_click=_reorder,
                args=(used.vocabulary.name, moved),
            )


def _fields(key: str, term: Term | None = None) -> dict[str, str]:
    typed: dict[str, str] = {}
    for field, label in vocabulary.FIELDS.items():
        held = "" if term is None else "\n".join(term.aliases) if field == "aliases" else str(getattr(term, field))
        ask = st.text_area if field in _LONG else st.text_input
        typed[field] = ask(_(label), value=held, key=f"{key}_{field}")
    return typed


def _add(name: str) -> None:
    with st.form(f"new_{name}", border=False, clear_on_submit=False):
        word = st.text_input(
            _("As records will hold it"), key=f"new_{name}_term", help=_("It cannot be changed later.")
        )
        with st.expander(_("What it means, and other spellings")):
            typed = _fields(f"new_{name}")
        if st.form_submit_button(_("Add"), type="primary"):
            if _do(lambda connection, me: _added(connection, me, name, {"term": word, **typed})):
                for key in [key for key in st.session_state if str(key).startswith(f"new_{name}_")]:
                    del st.session_state[key]
            st.rerun()


def _do(work: Callable[[Connection, Person], tuple[str, int | None]]) -> bool:
    """Change something in one transaction, and remember what to say: what was done, and the edit that can be taken back."""
    try:
        with database.writing() as connection:
            st.session_state[_DONE] = work(connection, who(fresh=True))
    except CatalogueError as error:
        st.session_state[_DONE] = (f"!{as_typed(say(error.message))}", None)
        return False
    return True


def _tell() -> None:
    said, edit = st.session_state.pop(_DONE, ("", None))
    if said.startswith("!"):
        st.error(said[1:])
    elif said:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(said)
            if edit is not None:
                st.button(_("Undo it"), key="take_back", on_click=_take_back, args=(edit,))


def _added(connection: Connection, me: Person, name: str, draft: dict[str, str]) -> tuple[str, int | None]:
    made = editing.add(connection, me, name, draft)
    return _("“{word}” is in the list.").format(word=as_typed(made.term)), editing.last_edit(connection, made)


def _amended(connection: Connection, me: Person, term: Term, draft: dict[str, str]) -> tuple[str, int | None]:
    made = editing.amend(connection, me, term.id, draft, version=term.version)
    changed = made.version > term.version
    return _("Saved.") if changed else _("Nothing differs."), editing.last_edit(connection, made) if changed else None


def _take_in(name: str, word: str) -> None:
    _do(lambda connection, me: _added(connection, me, name, {"term": word}))


def _retire(term: Term) -> None:
    def work(connection: Connection, me: Person) -> tuple[str, int | None]:
        made = editing.retire(connection, me, term.id, back=bool(term.retired_at))
        return _("Saved."), editing.last_edit(connection, made)

    _do(work)


def _reorder(name: str, numbers: list[int]) -> None:
    _do(lambda connection, me: (_("Saved."), editing.reorder(connection, me, name, numbers)))


def _do_merge(name: str, word: str, into: str, expected: int, why: str) -> None:
    def work(connection: Connection, me: Person) -> tuple[str, int | None]:
        edit = merging.merge(connection, me, name, word, into, expected=expected, why=why)
        return several("Done: {n} record was changed.", "Done: {n} records were changed.", expected), edit.id

    _do(work)


def _take_back(edit: int) -> None:
    def work(connection: Connection, me: Person) -> tuple[str, int | None]:
        undone = undoing.undo(connection, me, edit)
        return _("Taken back.") if not undone.kept else say(undone.kept[0].reason), undone.edit

    _do(work)
