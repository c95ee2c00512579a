"""What the built-in tree tells beside its branching: what was new on a branch, and how else the branches have been joined."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import streamlit as st

from catalogue import database, specimens
from catalogue.facts import cite, cite_briefly
from catalogue.records import Specimen
from screens import navigation
from screens.parts import cards, who
from screens.parts.tree_source import OTHER, Shown
from screens.words import _, language
from trees.library import AlternativeTree, Innovation, alternative_trees, innovations


def new_on(clade: str) -> None:
    """The new features on the branch to a clade; nothing where none is told."""
    found = [one for one in innovations() if one.clade == clade]
    if found:
        heading = _("New on this branch")
        st.markdown(f"**{heading}**")
        st.html(_list(_feature(one, _evidence(found)) for one in found))


def news(shown: Shown) -> dict[str, list[str]]:
    """The names of the new features by their clade, to be marked on the tree: on the built-in one, as long as its root is where it was."""
    if not shown.source.built_in or shown.rooted is not shown.source.tree:
        return {}
    found: dict[str, list[str]] = {}
    for one in innovations():
        found.setdefault(one.clade, []).append(one.names[language()])
    return found


def new_in_short(clade: str) -> str:
    """The new features on the branch to a clade with the specimens that show them, as HTML for its card; blank where none is told."""
    found = [one for one in innovations() if one.clade == clade]
    if not found:
        return ""
    heading, evidence = _("New on this branch"), _evidence(found)
    items = "".join(f"<p>{escape(one.names[language()])} {_seen(one, evidence)}</p>" for one in found)
    return f'<div class="new"><p><b>{escape(heading)}</b></p>{items}</div>'


def show(shown: Shown) -> None:
    """All new features from the root on, and the other trees; only beside the built-in tree and its alternatives."""
    tree = str(st.query_params.get("tree") or "")
    if not shown.source.built_in and not tree.startswith(OTHER):
        return
    with st.expander(_("What was new, branch by branch")):
        st.caption(
            _("Each feature stands where most of the evidence puts it. What speaks against that place is told with it.")
        )
        evidence = _evidence(innovations())
        st.html(_list(_clade(one.clade) + _feature(one, evidence) for one in innovations()))
    with st.expander(_("Other ways to join the branches")):
        st.caption(_("Researchers do not agree on every fork. These are other trees of the same animals."))
        st.html(_list(_other(one, shown_now=tree == OTHER + one.key) for one in alternative_trees()))


def _list(items: Iterable[str]) -> str:
    # no <ul>: the theme indents its items more strongly than a style of ours can undo
    listed = "".join(f'<div role="listitem">{item}</div>' for item in items)
    return f'<div class="tree-stories" role="list">{listed}</div>'


def _clade(clade: str) -> str:
    common = cards.common_name(clade)
    name = f"{clade} · {common}" if common else clade
    return f'<p class="where">{_link(escape(name), "tree", taxon=clade)}</p>'


def _feature(one: Innovation, evidence: Mapping[str, Specimen]) -> str:
    """A feature with what speaks for it and against it."""
    seen = _seen(one, evidence)
    doubt, shown = _("But: {doubt}").format(doubt=one.doubts[language()]), _("Seen in the collection:")
    lines = [
        _told(one.names[language()], one.accounts[language()]),
        f'<p class="quiet">{escape(doubt)}</p>' if one.doubts[language()] else "",
        f"<p>{escape(shown)} {seen}</p>" if seen else "",
        _sources(one.references),
    ]
    return "".join(lines)


def _seen(one: Innovation, evidence: Mapping[str, Specimen]) -> str:
    """Links to the specimens that show a feature."""
    return " · ".join(
        _link(f"{cards.name_html(found)} {escape(found.catalog_number)}", "specimen", id=found.occurrence_id)
        for key in one.specimens
        if (found := evidence.get(key)) is not None
    )


def _evidence(found: Sequence[Innovation]) -> dict[str, Specimen]:
    """The specimens that show some features, as far as the catalogue has them and the reader may see them."""
    keys = [key for one in found for key in one.specimens]
    if not keys:
        return {}
    with database.reading() as connection:
        return {one.occurrence_id: one for one in specimens.get_all(connection, keys, who=who.who())}


def _other(one: AlternativeTree, *, shown_now: bool) -> str:
    ways = [
        _link(escape(_("Show the built-in tree")), "tree")
        if shown_now
        else _link(escape(_("Show this tree")), "tree", tree=OTHER + one.key),
        _link(escape(_("Both side by side")), "compare", right=OTHER + one.key),
    ]
    return (
        _told(one.titles[language()], one.accounts[language()])
        + f"<p>{' · '.join(ways)}</p>"
        + _sources(one.references)
    )


def _told(name: str, account: str) -> str:
    return f"<p><b>{escape(name)}</b><br>{escape(account)}</p>"


def _sources(references: Sequence[str]) -> str:
    """The publications in short; a click opens them in full."""
    short = "; ".join(cite_briefly(reference) for reference in references)
    full = "".join(f"<p>{escape(cite(reference))}</p>" for reference in references)
    return f'<details class="quiet"><summary>{escape(short)}</summary>{full}</details>'


def _link(label: str, page: str, **parameters: str) -> str:
    """A link around a label that is markup already."""
    return f'<a href="{escape(navigation.href(page, **parameters))}" target="_self">{label}</a>'
