"""The tips of a tree of the library against the catalogue: a table of all, and a form to put one right."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from screens import navigation
from screens.parts.ages import ma
from screens.parts.picture import picture
from screens.words import _, as_typed, language, marked, say
from trees.kept import KeptTree
from trees.matching import SAID, TABLE, How, Matching, TipMatch, TipRemark, nearest
from trees.ranges import BOTH, CATALOGUE, PUBLISHED

WHICH: Mapping[str, str] = {"look": marked("Worth a look"), "all": marked("All tips")}
DEFAULTS = {"tips": "look"}
_A_PAGE = 50
_HOW: Mapping[How, str] = {
    "same": marked("same name"),
    "spelling": marked("spelt otherwise"),
    "genus": marked("by its genus"),
    "said": marked("put right by hand"),
    "left out": marked("left out"),
    "none": marked("not in the catalogue"),
}
_SOURCES: Mapping[str, str] = {
    PUBLISHED: marked("publications"),
    CATALOGUE: marked("finds of the catalogue"),
    BOTH: marked("publications and finds"),
    TABLE: marked("table of ages"),
    SAID: marked("by hand"),
}


def allowed(written: str) -> str | None:
    """A choice that an address may name."""
    return written if written in WHICH else None


def summary(matching: Matching) -> str:
    """How many tips were matched in each way, and how many have an age, as a line of numbers."""
    counts = [(_(word), len(matching.of(how))) for how, word in _HOW.items()]
    counts.append((_("with an age"), len(matching.ranges)))
    tiles = "".join(
        f'<div class="tip-count"><strong>{count:,}</strong> <span>{escape(word)}</span></div>'
        for word, count in counts
        if count
    )
    return f'<div class="tiles">{tiles}</div>'


def show(held: KeptTree, *, can_mend: bool) -> str | None:
    """The table; returns the tip that somebody just chose to put right."""
    which = st.segmented_control(
        _("Which tips"),
        list(WHICH),
        format_func=lambda one: _(WHICH[one]),
        key="tips",
        required=True,
        label_visibility="collapsed",
    )
    found = held.matching.troubled if which == "look" else list(held.matching.tips)
    if not found:
        st.success(_("Every tip is matched and has an age."))
        return None
    pages = -(-len(found) // _A_PAGE)
    page = 1
    if pages > 1:
        page = int(
            st.number_input(
                _("Page (of {pages})").format(pages=pages), 1, pages, 1, key=f"tips_page_{which}", width=160
            )
        )
    shown = found[(page - 1) * _A_PAGE : page * _A_PAGE]
    return picture(_table(shown, can_mend), key="tips_table", language=language())


def _table(found: list[TipMatch], can_mend: bool) -> str:
    titles = [_("Tip"), _("In the catalogue"), _("Age"), _("Worth a look")]
    head = "".join(f"<th scope='col'>{escape(title)}</th>" for title in titles)
    rows = "".join(_row(one, can_mend) for one in found)
    return (
        '<div class="table-frame"><table class="specimens stacked"><thead>'
        f"<tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(one: TipMatch, can_mend: bool) -> str:
    link = escape(navigation.href("specimens", taxon=one.taxon))
    taxon = f'<a href="{link}" target="_self"><i>{escape(one.taxon)}</i></a><br>' if one.taxon else ""
    how = f'<small class="quiet">{escape(_(_HOW[one.how]))}</small>'
    looks = "<br>".join(escape(say(what)) for what in one.troubles)
    button = ""
    if can_mend:
        label, spoken = escape(_("Put right")), escape(_("Put {tip} right").format(tip=one.tip), quote=True)
        named = f'aria-label="{spoken}" data-name="{escape(one.tip, quote=True)}"'
        button = f'<br><span class="own-button nowrap" role="button" tabindex="0" {named}>{label}</span>'
    cells = [f"<i>{escape(one.tip)}</i>{button}", taxon + how, _age(one), looks]
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _age(one: TipMatch) -> str:
    if one.range is None:
        return "–"
    first, last = ma(one.range.first_appearance), ma(one.range.last_appearance)
    span = first if first == last else f"{first}–{last}"
    source = one.source if one.range.source == SAID and one.source else _(_SOURCES[one.range.source])
    return f'<span class="nowrap">{escape(span)} Ma</span><br><small class="quiet">{escape(source)}</small>'


def ask(held: KeptTree, tip: str, taxa: list[str]) -> TipRemark | None:
    """The form of one tip; gives what was said when it is saved."""
    one = next(match for match in held.matching.tips if match.tip == tip)
    for what in one.troubles:
        st.caption(as_typed(say(what)))
    near = nearest(tip, taxa)
    if near:
        st.markdown(_("Names like it: {names}").format(names=", ".join(f"*{as_typed(name)}*" for name in near)))
    offered = list(dict.fromkeys([*([one.taxon] if one.taxon else []), *near, *taxa]))
    said = one.range if one.range is not None and one.range.source == SAID else None
    with st.form("tip_form", border=False):
        taxon = st.selectbox(
            _("It is this taxon of the catalogue"),
            offered,
            index=0 if one.taxon else None,
            placeholder=_("not in the catalogue"),
            key=f"tip_taxon_{tip}",
        )
        left, right = st.columns(2)
        first = left.number_input(
            _("First appearance, million years ago"),
            min_value=0.0,
            value=said.first_appearance if said else None,
            key=f"tip_first_{tip}",
        )
        last = right.number_input(
            _("Last appearance, million years ago"),
            min_value=0.0,
            value=said.last_appearance if said else None,
            key=f"tip_last_{tip}",
        )
        source = st.text_input(
            _("Where this age is from"),
            value=one.source,
            key=f"tip_source_{tip}",
            placeholder=_("A publication or a specimen"),
        )
        out = st.toggle(_("Leave this tip out of the tree"), value=one.how == "left out", key=f"tip_out_{tip}")
        if not st.form_submit_button(_("Save"), type="primary"):
            return None
    # What is matched by itself need not be said; then a name that comes into the catalogue later counts.
    own = "" if taxon is None or (taxon == one.taxon and one.how not in {"said", "left out"}) else str(taxon)
    return TipRemark(tip, own, bool(out), first, last, source.strip() if first is not None else "")
