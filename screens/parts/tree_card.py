"""What is said of a tip or clade of a tree: a card in the window, and its specimens below it."""

from dataclasses import dataclass
from html import escape

import streamlit as st
from sqlalchemy import Connection

from catalogue import database, specimens
from catalogue.geological_time import AgeRange
from catalogue.records import Specimen
from catalogue.searching.query import Query
from maps import periods
from screens import navigation
from screens.parts import address, cards, maps, tree_stories, trees, who, withheld
from screens.parts.ages import age_words, ma
from screens.parts.cards import common_name
from screens.parts.picture import still
from screens.parts.tree_source import Shown
from screens.words import _, as_typed, language, several
from trees.undated import has_time

_CARDS, _TIPS = 4, 12
_MOST_GENERA = 500
"""Tips of a clade without a name, of which all finds are looked up."""
_MOST_ON_MAP = 1000
"""Finds on the map below the tree, the oldest; the page of the map has no bound."""
_EVERY_TIME = "#8c3b1f"


@dataclass(frozen=True)
class _Kin:
    """Whose finds are wanted: those of a taxon, or those of the tips of a clade that the catalogue does not know by a name."""

    taxon: str = ""
    genera: tuple[str, ...] = ()


def card(shown: Shown, key: str, folded: bool) -> str:
    """The card of what was chosen, as HTML; blank when nothing was."""
    number = shown.known.numbers.get(key)
    if number is None:
        return _way_back(shown)
    node, tips = shown.known.nodes[number], shown.known.tips[number]
    clade = bool(shown.known.children[number])
    lines = [age_line(shown, key)]
    if clade:
        lines.append(several("{n} tip", "{n} tips", tips))
    deeds = [("fold", _("Unfold") if folded else _("Fold"))] if clade and number else []
    deeds += [("alone", _("Show alone"))] if clade and number else []
    deeds += [("root", _("Root the tree here"))] if number else []
    deeds += _general_deeds(shown)
    taxon = shown.taxon_of(str(node.name))
    link = ""
    if node.name and _finds_of(_Kin(taxon))[1]:
        href = escape(navigation.href("map", taxon=taxon, interval=address.ANY))
        link = f'<a href="{href}" target="_self">{escape(_("On the map"))}</a>'
    news = tree_stories.new_in_short(str(node.name)) if clade and shown.source.built_in else ""
    return (
        f'<button type="button" class="close" data-act="close" aria-label="{escape(_("Close"))}">×</button>'
        f"<h3>{escape(title_of(shown, key))}</h3>{''.join(f'<p>{escape(line)}</p>' for line in lines if line)}"
        f'{news}<div class="deeds">{_buttons(deeds, key)}{link}</div>'
    )


def _way_back(shown: Shown) -> str:
    """Where nothing is chosen, the way back to the whole tree, if only a part of it is shown or its root was moved."""
    deeds = _general_deeds(shown)
    if not deeds:
        return ""
    path = " › ".join(name for _key, name in shown.above if name)
    return f'{f"<p>{escape(path)} ›</p>" if path else ""}<div class="deeds">{_buttons(deeds, "")}</div>'


def _general_deeds(shown: Shown) -> list[tuple[str, str]]:
    deeds = []
    if shown.above:
        deeds += [("up", _("One group up")), ("whole", _("The whole tree"))]
    if shown.rooted is not shown.source.tree:
        deeds.append(("unroot", _("Root as published")))
    return deeds


def _buttons(deeds: list[tuple[str, str]], key: str) -> str:
    return "".join(
        f'<button type="button" data-act="{act}" data-key="{escape(key)}">{escape(label)}</button>'
        for act, label in deeds
    )


def title_of(shown: Shown, key: str) -> str:
    """The name of a tip or clade with what people call it."""
    name = str(shown.known.nodes[shown.known.numbers[key]].name)
    if not name:
        return _("A group without a name")
    common = common_name(shown.taxon_of(name))
    plain = name.replace("_", " ")
    return f"{plain} · {common}" if common else plain


def age_line(shown: Shown, key: str) -> str:
    """When a tip lived, or how old a clade is at least, in words; blank without dates."""
    number = shown.known.numbers[key]
    node = shown.known.nodes[number]
    if not has_time(shown.dated):
        return ""
    if not shown.known.children[number]:
        found = shown.dated.ranges[node.name]
        return _("Known from {ages}.").format(ages=age_words(AgeRange(found.first_appearance, found.last_appearance)))
    return _("At least {age} million years old on this tree.").format(age=ma(node.age))


def specimens_of(shown: Shown, key: str) -> None:
    """The specimens of what was chosen, with the ways to all of them and to the map."""
    number = shown.known.numbers.get(key)
    if number is None:
        return
    name = str(shown.known.nodes[number].name)
    with st.container(border=True):
        st.subheader(as_typed(title_of(shown, key)))
        if age := age_line(shown, key):
            st.markdown(age)
        kin = _Kin(shown.taxon_of(name))
        finds, total = _finds_of(kin) if name else ([], 0)
        if shown.known.children[number] and not total:
            _tell_tips(shown, number)
        else:
            _tell_finds(kin, finds, total)
        if shown.source.built_in:
            tree_stories.new_on(name)
        claims = trees.claims_for(name) if shown.source.built_in else []
        if claims:
            with st.expander(_("Who found this group")):
                st.markdown("\n".join(f"- {claim}" for claim in claims))


def _tell_finds(kin: _Kin, found: list[Specimen], total: int) -> None:
    st.markdown(several("**{n} record in the catalogue**", "**{n} records in the catalogue**", total))
    if found:
        still(cards.cards(found), key="of_taxon", language=language())
    with st.container(horizontal=True):
        if total > _CARDS and kin.taxon:
            navigation.link("specimens", _("All of them"), taxon=kin.taxon)
        if total and kin.taxon:
            navigation.link("map", _("On the map"), taxon=kin.taxon, interval=address.ANY)
    if total:
        _show_on_map(kin)


def _show_on_map(kin: _Kin) -> None:
    """The finds on a map, once somebody opens it; then it stays open and follows what is chosen."""
    with st.expander(_("Where they were found"), key="tree_map", on_change="rerun") as folded:
        if not folded.open:
            return
        with database.reading() as connection:
            found = _find(connection, kin, Query(taxon=kin.taxon), _MOST_ON_MAP).specimens
        placed = [specimen for specimen in found if specimen.has_place]
        if not placed:
            st.caption(_("None of them has coordinates."))
            return
        layer = periods.points_layer(maps.points(placed), color=_EVERY_TIME, words=maps.words(), name=_("finds"))
        clicked = periods.clicked_occurrence(maps.of_time(layer, "tree_map_finds", 400))
        if coarser := withheld.on_map(placed):
            st.caption(coarser)
        chosen = [specimen for specimen in placed if specimen.occurrence_id == clicked]
        if chosen:
            still(cards.cards(chosen), key="on_tree_map", language=language())


def _tell_tips(shown: Shown, number: int) -> None:
    nodes = range(number, len(shown.known.nodes))
    inside = (at for at in nodes if not shown.known.children[at] and shown.known.within(at, number))
    tips = [str(shown.known.nodes[at].name) for at, _n in zip(inside, range(_MOST_GENERA + 1), strict=False)]
    listed = ", ".join(name.replace("_", " ") for name in tips[:_TIPS])
    st.markdown(as_typed(listed) + (" …" if len(tips) > _TIPS else ""))
    if len(tips) > _MOST_GENERA:
        return
    kin = _Kin(genera=tuple({shown.taxon_of(name).split(" ")[0] for name in tips}))
    found, total = _finds_of(kin)
    if total:
        _tell_finds(kin, found, total)


def _finds_of(kin: _Kin) -> tuple[list[Specimen], int]:
    """The oldest few finds, those in museums first, and how many there are in all."""
    with database.reading() as connection:
        own = _find(connection, kin, Query(taxon=kin.taxon, published=False), _CARDS)
        published = _find(connection, kin, Query(taxon=kin.taxon, own=False), _CARDS)
    return [*own.specimens, *published.specimens][:_CARDS], own.total + published.total


def _find(connection: Connection, kin: _Kin, query: Query, most: int) -> specimens.Page:
    return specimens.find(connection, query, genera=kin.genera or None, order="oldest_age", size=most, who=who.who())
