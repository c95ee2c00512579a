"""The drawing of the tree page with all that its window needs, as the choices ask."""

from collections.abc import Mapping

import streamlit as st

from catalogue import database, specimens
from catalogue.geological_time import timescale
from catalogue.taxonomy import taxonomy
from screens.parts import tree_card, tree_choices, tree_colours, tree_folds, tree_stories
from screens.parts.cards import common_name, silhouette_of
from screens.parts.tree_source import Shown
from screens.parts.tree_view import Window
from screens.words import _, language
from trees.bands import RANKS
from trees.drawing import draw
from trees.look import Look
from trees.model import Tree
from trees.outline_list import outline_list
from trees.window import window_of
from trees.words import WORDS

_WIDTH = 1150
_SHAPING = tuple(name for name in tree_choices.DEFAULTS if name not in ("fold", "open", "find", "moment"))
"""What else of the address makes one drawing differ from another; with the folds it tells the browser which one it has already."""
_ROW_HEIGHT, _ROW_WITH_OUTLINE = 21, 27


def window(shown: Shown, tree: str) -> Window:
    """What the browser shows of a tree."""
    state = st.session_state
    folded = tree_folds.collapsed(shown)
    drawing = draw(shown.dated, _look(shown, folded), timescale=timescale(), known=shown.known)
    ranks = tuple(rank for rank in RANKS if rank in state["ranks"].split(","))
    about = window_of(drawing, timescale=timescale(), alive=shown.alive, ranks=ranks)
    about |= {
        "room": state.get(tree_folds.ROOM, _WIDTH),
        "form": state["form"],
        "tree": f"{tree}/{state['root']}/{shown.method}/{state['order']}",
        "opened": bool(state["open"]),
        "folds": tree_folds.keys("fold"),
        "opens": tree_folds.keys("open"),
        "otherwise": repr([tree, language(), state.get(tree_folds.ROOM), *(state[one] for one in _SHAPING)]),
    }
    hits = [
        shown.known.keys[at]
        for key in tree_folds.found(shown, state["find"])
        if (at := shown.known.holder(key, folded)) is not None
    ]
    chosen = shown.known.numbers.get(state["taxon"])
    return Window(
        drawing=drawing.svg,
        outline=outline_list(drawing.sheet),
        card=tree_card.card(shown, state["taxon"], folded=chosen in folded),
        about=about,
        found=list(dict.fromkeys(hits)),
        query=state["find"],
        time=state["moment"],
        focus=state["clade"],
        large=tree_folds.is_large(shown),
    )


def _look(shown: Shown, folded: frozenset[int]) -> Look:
    state = st.session_state
    names = [str(node.name) for node in _visible_nodes(shown, folded) if node.name]
    pictures = _outlines(shown, folded) if state["outlines"] else {}
    return Look(
        language=language(),
        labels={name: common for name in names if (common := common_name(shown.taxon_of(name)))},
        selected=state["taxon"] or None,
        counts=_counts(shown, names),
        width=state.get(tree_folds.ROOM, _WIDTH),
        row_height=_ROW_WITH_OUTLINE if pictures else _ROW_HEIGHT,
        collapsed=folded,
        names={name: _(word) for name, word in WORDS.items()},
        order=state["order"],
        form=state["form"],
        paints=tree_colours.paints(shown, state["color"]),
        spreads=shown.spreads if state["spread"] else {},
        pictures=pictures,
        news=tree_stories.news(shown) if state["news"] else {},
        to_explore=True,
    )


def _visible_nodes(shown: Shown, folded: frozenset[int]) -> list[Tree]:
    known, nodes, todo = shown.known, [], [0]
    while todo:
        at = todo.pop()
        nodes.append(known.nodes[at])
        if at not in folded:
            todo.extend(known.children[at])
    return nodes


def _counts(shown: Shown, names: list[str]) -> Mapping[str, int]:
    """Specimens in the catalogue by tip, of those that are visible."""
    genera = {name: shown.taxon_of(name).split(" ")[0] for name in names if name in shown.dated.ranges}
    with database.reading() as connection:
        counted = specimens.counts_by_genus(connection, set(genera.values()))
    return {name: counted[genus] for name, genus in genera.items() if genus in counted}


def _outlines(shown: Shown, folded: frozenset[int]) -> Mapping[str, str]:
    """An outline for each visible tip and folded clade whose group has one."""
    known, kinship = shown.known, taxonomy()
    pictures, of_anything = {}, {silhouette_of(()), silhouette_of(("Tetrapoda",))}
    for node in _visible_nodes(shown, folded):
        taxon = shown.taxon_of(str(node.name)).split(" ")[0]
        if node.name and taxon in kinship and (not node.children or known.numbers.get(str(node.name)) in folded):
            pictures[str(node.name)] = silhouette_of(kinship.lineage(taxon))
    return {name: markup for name, markup in pictures.items() if markup not in of_anything}


def tell_credits(drawing: str) -> None:
    """Who drew the outlines, where there are any on the page."""
    if st.session_state["outlines"] and "<use" in drawing:
        st.caption(
            _("Outlines of animals: drawn for Bonebed from published reconstructions, free for every use (CC0).")
        )
