"""Which exact sites visitors do not see, and by which rules; for curators."""

from html import escape

import streamlit as st
from sqlalchemy import Connection

from catalogue import database, specimens, withholding
from catalogue.countries import countries, country_name
from catalogue.messages import CatalogueError
from catalogue.withholding import Reach, Rule
from screens import navigation
from screens.parts import cards, who
from screens.parts.picture import still
from screens.parts.withheld import sentences
from screens.words import _, as_typed, language, marked, say, several

_FIELDS = {
    "taxon": marked("Group or name"),
    "formation": marked("Rock formation"),
    "locality": marked("Locality"),
    "county": marked("County or city"),
    "state_province": marked("Province or state"),
    "country_code": marked("Country"),
    "institution_code": marked("Museum (short code)"),
    "dataset_name": marked("Collection"),
}
_EXAMPLES = {"taxon": "Theropoda", "formation": "Lufeng", "institution_code": "LFGT"}
_SHOWN = 50
_SAID = "withheld_said"
_REACHED = "withheld_reached"


def show() -> None:
    """The page."""
    st.title(_("Withheld sites"))
    st.markdown(
        _(
            "Visitors and students see a withheld record with its place made coarser, and without bed, finder, field numbers and remarks. They cannot find it by those words either."
        )
    )
    said: str = st.session_state.pop(_SAID, "")
    if said:
        st.success(said)
    left, right = st.columns([5, 4], gap="large")
    with left:
        _show_rules()
    with right:
        _offer_rule()
    _show_records()


def _show_rules() -> None:
    st.subheader(_("Rules"))
    with database.reading() as connection:
        found = withholding.rules(connection, who.who())
        met = _reached(connection, found)
        ended = withholding.rules(connection, who.who(), ended=True)
    if not found:
        st.info(
            _("There is no rule yet. A single record can also be withheld: open it, change it, and choose under Place.")
        )
    for rule in found:
        _show_rule(rule, met[rule.id])
    if ended:
        with st.expander(_("Rules that were ended")):
            still(_table_of_ended(ended), key="ended", language=language())


def _reached(connection: Connection, found: list[Rule]) -> dict[int, Reach]:
    """What each rule meets; kept until a record changes, for each is a look at all records."""
    now = specimens.revision(connection)
    kept: tuple[str, dict[int, Reach]] = st.session_state.get(_REACHED, ("", {}))
    known = kept[1] if kept[0] == now else {}
    reached = {
        rule.id: known.get(rule.id) or withholding.reach(connection, who.who(), rule.field, rule.value)
        for rule in found
    }
    st.session_state[_REACHED] = (now, reached)
    return reached


def _show_rule(rule: Rule, met: Reach) -> None:
    with st.container(border=True):
        st.markdown(f"**{as_typed(_told(rule))}**")
        st.caption(" · ".join(text for text in (_counted(met.met), as_typed(rule.why), _made(rule)) if text))
        with st.popover(_("End this rule")):
            st.markdown(_("Its records are open again, unless another rule or their own mark withholds them."))
            if st.button(_("End this rule"), type="primary", key=f"end_{rule.id}"):
                _end(rule)


def _counted(number: int) -> str:
    return several("{n} record", "{n} records", number)


def _made(rule: Rule) -> str:
    return _("made by {name} on {date}").format(name=as_typed(who.called(rule.made_by)), date=rule.made_at[:10])


def _told(rule: Rule) -> str:
    return _("{field}: {value}").format(field=_(_FIELDS[rule.field]), value=_value(rule))


def _value(rule: Rule) -> str:
    return country_name(rule.value, language()) if rule.field == "country_code" else rule.value


def _table_of_ended(ended: list[Rule]) -> str:
    titles = (_("Rule"), _("Made"), _("Ended"))
    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    rows = "".join(
        f"<tr><td>{escape(_told(rule))}</td>"
        f"<td>{escape(rule.made_at[:10])}, {escape(who.called(rule.made_by))}</td>"
        f"<td>{escape(rule.ended_at[:10])}, {escape(who.called(rule.ended_by))}</td></tr>"
        for rule in ended
    )
    return f'<div class="table-frame"><table class="specimens"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _offer_rule() -> None:
    """A new rule; how many records it would meet is shown before it is made."""
    st.subheader(_("New rule"))
    field = st.selectbox(
        _("Withhold all records with this"), list(_FIELDS), format_func=lambda name: _(_FIELDS[name]), key="rule_field"
    )
    value = _ask_value(field)
    if not value:
        st.caption(_("The number of records is shown here before anything is changed."))
        return
    try:
        with database.reading() as connection:
            would = withholding.reach(connection, who.who(), field, value)
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    st.markdown(_foretold(would))
    why = st.text_input(_("Why (for the staff)"), key="rule_why")
    if st.button(_("Withhold these sites"), type="primary", key="add_rule"):
        _add(field, value, why)


def _ask_value(field: str) -> str:
    label = _(_FIELDS[field])
    if field == "country_code":
        codes = list(countries(language()))
        chosen = st.selectbox(
            label,
            codes,
            index=None,
            format_func=lambda code: country_name(code, language()),
            key="rule_country",
            placeholder=_("Choose a country"),
        )
        return chosen or ""
    return st.text_input(label, key=f"rule_{field}", placeholder=_EXAMPLES.get(field, "")).strip()


def _foretold(would: Reach) -> str:
    if not would.met:
        return _("No record has this now; the rule would hold for those that come.")
    return sentences(
        several("It meets {n} record.", "It meets {n} records.", would.met),
        several("{n} of them is not withheld yet.", "{n} of them are not withheld yet.", would.newly),
    )


def _add(field: str, value: str, why: str) -> None:
    try:
        with st.spinner(_("Withholding …")), database.writing() as connection:
            withholding.add_rule(connection, who.who(), field, value, why=why)
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    for name in (f"rule_{field}", "rule_country", "rule_why"):
        st.session_state.pop(name, None)
    _done(_("The rule is in force."))


def _end(rule: Rule) -> None:
    try:
        with database.writing() as connection:
            withholding.end_rule(connection, who.who(), rule.id)
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    _done(_("The rule was ended."))


def _done(said: str) -> None:
    st.session_state[_SAID] = said
    st.rerun()


def _show_records() -> None:
    with database.reading() as connection:
        last = max(1, -(-withholding.withheld(connection, who.who(), size=1).total // _SHOWN))
        page = min(max(1, int(st.session_state.get("withheld_page") or 1)), last)
        found = withholding.withheld(connection, who.who(), page=page, size=_SHOWN)
    st.subheader(several("{n} record is withheld", "{n} records are withheld", found.total))
    if found.specimens:
        still(cards.rows(found.specimens), key="withheld", language=language())
    if last > 1:
        st.number_input(_("Page"), 1, last, page, key="withheld_page", width=180)
    navigation.link("specimens", _("To all specimens"))
