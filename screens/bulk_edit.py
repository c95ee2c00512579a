"""Change many records at once: what a search finds, each difference shown first, one step, one undo."""

from html import escape

import streamlit as st

from catalogue import bulk, database, specimens, undoing
from catalogue.bulk import BulkPreview, Difference, InvalidRule, Operation, Rule, StalePreview
from catalogue.countries import countries, country_name
from catalogue.messages import CatalogueError, Message
from catalogue.records import Edit
from catalogue.searching.query import Query
from catalogue.vocabularies.places import OF_RECORDS
from screens import navigation
from screens.parts import added, address, asking, trees, vocabulary, who
from screens.parts.picture import still
from screens.parts.specimen_form import LABELS
from screens.words import _, as_typed, language, marked, say, several

_SHOWN = 100
_PREVIEW = "bulk_preview"
_DONE = "bulk_done"
_OTHER_FIELDS = {"dataset_name": marked("Collection"), "verbatim_age": marked("Age as the source says")}
_OPERATIONS: dict[Operation, str] = {
    "set": marked("Set to"),
    "append": marked("Add at the end"),
    "replace": marked("Replace a text"),
    "clear": marked("Empty it"),
}
_INTERVALS = frozenset({"earliest_interval", "latest_interval"})


def show() -> None:
    """The page; its link is that of a search: ``/bulk?country=CN``."""
    address.follow(asking.DEFAULTS, asking.allowed)
    st.title(_("Change many records"))
    if _tell_done():
        return
    lede = _("First choose which records, then what to change. You see each difference before anything is saved.")
    st.html(f'<p class="lede">{escape(lede)}</p>')
    query = asking.query()
    address.keep(asking.DEFAULTS)
    with database.reading() as connection:
        found = specimens.count(connection, query, who=who.who())
    st.markdown(f"**{several('{n} record', '{n} records', found)}**")
    if not found:
        st.info(_("No record fits. Take one condition away."))
        return
    field, rule = _ask()
    if st.button(_("Show what would change"), key="bulk_look"):
        _look(query, field, rule)
    shown: BulkPreview | None = st.session_state.get(_PREVIEW)
    if shown is not None and (shown.query, shown.field, shown.rule) == (query, field, rule):
        _tell(shown)


def _ask() -> tuple[str, Rule]:
    """The field and what to do to it."""
    with st.container(key="bulk_rule"):
        which, how, old, new = st.columns([22, 18, 28, 28], gap="small")
    field = which.selectbox(_("Field"), list(bulk.FIELDS), format_func=_label, key="bulk_field")
    operations = bulk.FIELDS[field]
    operation = how.selectbox(
        _("What to do"), operations, format_func=lambda one: _(_OPERATIONS[one]), key=f"bulk_do_{field}"
    )
    wanted = old.text_input(_("The text that stands there"), key="bulk_wanted") if operation == "replace" else ""
    with new if operation == "replace" else old:
        value = "" if operation == "clear" else _ask_value(field)
    return field, Rule(operation, value, wanted)


def _ask_value(field: str) -> str:
    if field in _INTERVALS:
        written = st.selectbox(
            _("New value"),
            asking.names_of_intervals(),
            index=None,
            format_func=asking.written_interval_label,
            key="bulk_interval",
            placeholder=_("Choose, or type the beginning of a name"),
        )
    elif field == "country_code":
        written = st.selectbox(
            _("New value"),
            list(countries(language())),
            index=None,
            format_func=lambda code: countries(language())[code],
            key="bulk_country",
            placeholder=_("Choose a country"),
        )
    elif field in OF_RECORDS:
        vocabulary.choose(OF_RECORDS[field], _("New value"), f"bulk_word_{field}")
        written = st.session_state.get(f"bulk_word_{field}")
    else:
        written = st.text_input(_("New value"), key="bulk_value")
    return str(written or "")


def _look(query: Query, field: str, rule: Rule) -> None:
    bar = st.progress(0.0, text=_("Comparing …"))
    try:
        with database.reading() as connection:
            st.session_state[_PREVIEW] = bulk.preview(
                connection, who.who(), query, field, rule, progress=lambda done, whole: _advance(bar, done, whole)
            )
    except InvalidRule as error:
        st.session_state.pop(_PREVIEW, None)
        st.warning(as_typed(say(error.message)))
    bar.empty()


def _advance(bar: st.delta_generator.DeltaGenerator, done: int, whole: int) -> None:
    bar.progress(done / whole, text=f"{done:,} / {whole:,}")


def _tell(shown: BulkPreview) -> None:
    _tell_counts(shown)
    if shown.differences:
        still(_table(shown), key="bulk_differences", language=language())
        if shown.changed > _SHOWN:
            st.caption(_("The first {shown} of {all} differences.").format(shown=_SHOWN, all=f"{shown.changed:,}"))
    if shown.translated:
        st.warning(
            several(
                "{n} of these records has this text in another language too. That text stays; look at it afterwards.",
                "{n} of these records have this text in another language too. That text stays; look at it afterwards.",
                shown.translated,
            )
        )
    _tell_left_out(shown)
    if not shown.differences:
        st.info(_("No record would change."))
        return
    why = st.text_input(_("Why (for the history)"), key="bulk_why")
    if st.button(several("Change {n} record", "Change {n} records", shown.changed), type="primary", key="bulk_apply"):
        _apply(shown, why)


def _tell_counts(shown: BulkPreview) -> None:
    tiles = (
        ("", shown.found, _("records found")),
        ("=", shown.changed, _("would change")),
        ("+", shown.unchanged, _("are so already")),
        ("+", len(shown.left_out), _("left out, as they would not be valid")),
    )
    tile = '<div class="tile"><b><span class="quiet">{sign}</span> {number:,}</b>{word}</div>'
    body = "".join(tile.format(sign=sign, number=number, word=escape(word)) for sign, number, word in tiles)
    st.html(f'<div class="tiles">{body}</div>')


def _table(shown: BulkPreview) -> str:
    head = "".join(f"<th scope='col'>{escape(title)}</th>" for title in (_("Record"), _("Before"), _("After")))
    rows = "".join(_row(shown.field, one) for one in shown.differences[:_SHOWN])
    return (
        '<div class="table-frame"><table class="specimens differences">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(field: str, one: Difference) -> str:
    link = escape(navigation.href("specimen", id=one.occurrence_id))
    also = "".join(
        f"<br><small>{escape(_label(name))}: <del>{_value(name, before)}</del> → <ins>{_value(name, after)}</ins></small>"
        for name, (before, after) in one.also.items()
    )
    return (
        f'<tr><td><a href="{link}" target="_self">{escape(one.label)}</a></td>'
        f"<td><del>{_value(field, one.before)}</del></td><td><ins>{_value(field, one.after)}</ins>{also}</td></tr>"
    )


def _value(field: str, value: object) -> str:
    """A value in the reader's language, safe to stand in a page."""
    text = str(value or "")
    if not text:
        blank = escape(_("blank"))
        return f"({blank})"
    if field in _INTERVALS:
        return escape(asking.interval_label(text))
    if field in OF_RECORDS:
        return escape(vocabulary.word(OF_RECORDS[field], text))
    return escape(country_name(text, language()) if field == "country_code" else text)


def _tell_left_out(shown: BulkPreview) -> None:
    left = shown.left_out
    if not left:
        return
    title = several("{n} record stays as it is. Why?", "{n} records stay as they are. Why?", len(left))
    with st.expander(title, expanded=not shown.differences):
        heading = "".join(f"<th scope='col'>{escape(word)}</th>" for word in (_("Record"), _("Reason")))
        rows = "".join(
            f"<tr><td>{escape(one.label)}</td><td>{escape(say(one.reason))}</td></tr>" for one in left[:_SHOWN]
        )
        markup = f"<thead><tr>{heading}</tr></thead><tbody>{rows}</tbody>"
        still(
            f'<div class="table-frame"><table class="specimens differences">{markup}</table></div>',
            key="bulk_left",
            language=language(),
        )
        if len(left) > _SHOWN:
            st.caption(_("The first {shown} of {all}.").format(shown=_SHOWN, all=f"{len(left):,}"))


def _apply(shown: BulkPreview, why: str) -> None:
    before = trees.dated_now()
    bar = st.progress(0.0, text=_("Saving …"))
    try:
        with database.writing() as connection:
            edit = bulk.apply(
                connection, who.who(), shown, why=why, progress=lambda done, whole: _advance(bar, done, whole)
            )
    except StalePreview as error:
        st.session_state.pop(_PREVIEW, None)
        st.error(as_typed(say(error.message)))
        named = "".join(f"<li>{escape(one.label)}</li>" for one in error.differences[:_SHOWN])
        st.html(f"<ul>{named}</ul>")
        return
    finally:
        bar.empty()
    st.session_state.pop(_PREVIEW, None)
    st.session_state[_DONE] = (edit, shown.changed, trees.changes_since(before))
    st.rerun()


def _tell_done() -> bool:
    """Say what was done and offer to take it back, until the person goes on."""
    done: tuple[Edit, int, list[Message]] | None = st.session_state.get(_DONE)
    if done is None:
        return False
    edit, number, changes = done
    st.success(several("Done: {n} record was changed.", "Done: {n} records were changed.", number))
    added.tell_changes(changes)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("Undo it"), key="bulk_undo"):
            _take_back(edit)
        if st.button(_("Change more"), key="bulk_more"):
            del st.session_state[_DONE]
            st.rerun()
        navigation.link("specimens", _("See them in the list"), **asking.parameters())
        navigation.link("history", _("History"))
    return True


def _take_back(edit: Edit) -> None:
    before = trees.dated_now()
    try:
        with database.writing() as connection:
            undone = undoing.undo(connection, who.who(), edit.id)
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    del st.session_state[_DONE]
    st.session_state["undone"] = undone
    added.note(before)
    navigation.go("history")


def _label(field: str) -> str:
    return _(LABELS.get(field) or _OTHER_FIELDS.get(field) or field)
