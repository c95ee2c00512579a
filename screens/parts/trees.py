"""The dated tree on a page: from the finds of the catalogue and published ranges, in the reader's language."""

from collections.abc import Mapping

import streamlit as st

from catalogue import database, specimens
from catalogue.facts import cite
from catalogue.geological_time import timescale
from catalogue.messages import Message, message
from catalogue.records import Specimen
from catalogue.searching.query import Query
from catalogue.taxonomy import taxonomy
from screens import navigation
from screens.parts.cards import common_name, silhouette_of
from screens.parts.picture import picture, still
from screens.words import _, language
from trees import drawing
from trees.changes import what_changed
from trees.dating import DatedTree, date_tree
from trees.library import alternative_trees, built_in_tree, innovations
from trees.miniature import miniature
from trees.model import find_node, tip_names
from trees.neighbourhood import neighbourhood
from trees.portrait import draw_portrait
from trees.ranges import combine, published_ranges, ranges_of_finds
from trees.words import WORDS

_MOST_MOVES = 5
_PORTRAIT_TIPS = 60
_WALL_TIPS, _WHOLE_TIPS = 36, 20
"""Tips of a clade on a wall, and how many are still drawn all."""
_WALL_WIDTH, _WALL_HEIGHT = 620, 420
"""Pixels; no more than half the width of a small screen, so that names are not made smaller and can be read from the back row."""
_PORTRAYED = (
    "Lufengosaurus", "Tyrannosaurus", "Passer", "Sinosaurus", "Archaeopteryx", "Triceratops", "Eoraptor", "Stegosaurus",
    "Mamenchisaurus", "Microraptor", "Sinosauropteryx",
)  # fmt: skip


def dated_now(kind: str = "all") -> DatedTree:
    """The built-in tree, dated by the published ranges and the finds of one kind (``all``, ``own`` or ``published``)."""
    with database.reading() as connection:
        return _dated(kind, specimens.revision(connection), str(database.engine().url))


@st.cache_resource(max_entries=12, show_spinner=False)
def _dated(kind: str, revision: str, _database: str) -> DatedTree:
    del revision  # only there to make the cache forget
    query = Query(own=kind != "published", published=kind != "own")
    published = published_ranges(timescale())
    with database.reading() as connection:
        found = ranges_of_finds(specimens.dated_finds(connection, query), published)
    return date_tree(built_in_tree().tree, combine(published, found))


def changes_since(before: DatedTree) -> list[Message]:
    """What the records added since `before` changed on the tree, in sentences: the greatest moves, and what they come to for the whole tree."""
    changes = what_changed(before, dated_now())
    moves = [change.message for change in changes if change.subject]
    more = [message("and {number} more", number=len(moves) - _MOST_MOVES)] if len(moves) > _MOST_MOVES else []
    return [*moves[:_MOST_MOVES], *more, *(change.message for change in changes if not change.subject)]


def has(name: str) -> bool:
    """Whether a tip or clade of that name is on the tree."""
    return find_node(built_in_tree().tree, name) is not None


def portrait() -> str | None:
    """The tree in miniature, for the first page; returns the tip that was just clicked."""
    dated = miniature(dated_now(), _PORTRAYED, most=_PORTRAIT_TIPS, clade="Dinosauria")
    markup = draw_portrait(
        dated,
        timescale=timescale(),
        language=language(),
        named=_PORTRAYED,
        pictures={name: silhouette_of(taxonomy().lineage(name)) for name in _PORTRAYED},
        labels=_labels(dated) if language() == "zh" else {},
        width=1150,
        height=500,
        names=_names(),
    )
    return picture(_wide(markup), key="portrait", language=language())


def of_clade(clade: str) -> str:
    """A clade for a wall: all of a small one, and of a large one an even choice with a few animals drawn."""
    whole = dated_now()
    tips = tip_names(find_node(whole.tree, clade) or whole.tree)
    if len(tips) > _WHOLE_TIPS:
        named = [name for name in (*_PORTRAYED, *tips) if name in tips]
        dated = miniature(whole, named[: len(_PORTRAYED)], most=_WALL_TIPS, clade=clade)
        return draw_portrait(
            dated,
            timescale=timescale(),
            language=language(),
            named=named,
            pictures={name: silhouette_of(taxonomy().lineage(name)) for name in _PORTRAYED if name in tips},
            labels=_labels(dated) if language() == "zh" else {},
            width=_WALL_WIDTH,
            height=_WALL_HEIGHT,
            names=_names(),
        )
    return on_wall(miniature(whole, tips, most=len(tips), clade=clade))


def on_wall(dated: DatedTree) -> str:
    """A small dated tree, to be read from the back row."""
    return drawing.draw_tree(
        dated,
        timescale=timescale(),
        language=language(),
        labels=_labels(dated),
        width=_WALL_WIDTH,
        row_height=max(24.0, min(40.0, _WALL_HEIGHT / len(dated.ranges))),
        names=_names(),
    )


def _wide(markup: str) -> str:
    """A picture that a phone shows in part and moves sideways, instead of making it too small to read."""
    return f'<div class="wide">{markup}</div>'


def around(specimen: Specimen) -> None:
    """Where a specimen's genus stands: its nearest relatives on the tree, or what it would need to be placed there."""
    taxon = _nearest_on_tree(specimen)
    if taxon is None:
        st.info(_("Its kind is not on the built-in tree."))
        return
    near = neighbourhood(dated_now(), taxon)
    dated = near.dated
    markup = drawing.draw_tree(
        dated,
        collapsed=near.collapsed,
        timescale=timescale(),
        language=language(),
        labels=_labels(dated),
        link_of=lambda name: navigation.href("tree", taxon=name),
        selected=taxon,
        counts=_counts(dated),
        width=560,
        row_height=24,
        names=_names(),
    )
    st.subheader(_("On the family tree"))
    if taxon != specimen.genus:
        st.caption(
            _("{genus} itself is not on the tree; its group is {group}.").format(genus=specimen.genus, group=taxon)
        )
    still(markup, key="around", language=language())
    navigation.link("tree", _("Show the whole tree"), taxon=taxon)


def _nearest_on_tree(specimen: Specimen) -> str | None:
    return next((group for group in [specimen.genus, *reversed(specimen.groups)] if has(group)), None)


def claims_for(taxon: str) -> list[str]:
    """Who found a grouping, and what they say."""
    claim = built_in_tree().clade_sources.get(taxon)
    if claim is None:
        return []
    return [*filter(None, [claim.remarks[language()]]), *(cite(key) for key in claim.references)]


def references() -> list[str]:
    """The publications behind the branching and what is told of it, each once, in alphabetical order."""
    keys = {key for claim in built_in_tree().clade_sources.values() for key in claim.references}
    keys |= {key for other in alternative_trees() for key in other.references}
    keys |= {key for new in innovations() for key in new.references}
    return sorted(keys, key=cite)


def _labels(dated: DatedTree) -> Mapping[str, str]:
    names = [*dated.ranges, *dated.node_ages]
    return {name: common for name in names if (common := common_name(name))}


def _counts(dated: DatedTree) -> Mapping[str, int]:
    with database.reading() as connection:
        return specimens.counts_by_genus(connection, dated.ranges)


def _names() -> Mapping[str, str]:
    return {name: _(word) for name, word in WORDS.items()}
