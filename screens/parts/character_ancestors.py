"""What ancestors were likely to have: states as pies, measurements as colours along the branches."""

import math

import streamlit as st

from screens.parts import tree_sources
from screens.parts.character_tree import choose_tree, shown_character
from screens.parts.matrix_versions import choose_character
from screens.parts.picture import HAND, for_page_and_hand, still
from screens.words import _, as_typed, language, say, several
from trees.ancestors import ancestral_states, ancestral_values
from trees.character_drawing import CharacterOnTree, draw_chances
from trees.errors import TreeError
from trees.matrices import states
from trees.matrix_editing import Version, measured
from trees.model import Tree, copy_tree
from trees.value_drawing import draw_values


def show(key: str, version: Version) -> None:
    """The ancestors of one character."""
    del key
    matrix = version.matrix
    columns = st.columns(2)
    with columns[0]:
        number = choose_character(version)
    with columns[1]:
        tree = choose_tree(matrix, lengths=True)
    if tree is None:
        return
    shown = shown_character(matrix, number)
    tree, lengths = _lengths(tree, str(st.session_state["on"]))
    try:
        markup = _values(tree, shown, lengths) if matrix.continuous else _states(tree, shown, lengths)
    except TreeError as error:
        st.warning(as_typed(say(error.message)))
        return
    still(markup, key="ancestors", language=language())
    _explain(continuous=matrix.continuous)


def _lengths(tree: Tree, key: str) -> tuple[Tree, bool]:
    """The tree with lengths of branches as a person wants them, and whether they are drawn."""
    if tree_sources.has_lengths(key) and not st.toggle(
        _("Every branch counts alike"), key="alike", help=_("Else a long branch leaves more time for change.")
    ):
        return tree, True
    if not tree_sources.has_lengths(key):
        st.caption(_("The branches of this tree have no lengths; each counts alike."))
    alike = copy_tree(tree)
    for node in alike.iter_descendants():
        node.dist = 1.0
    return alike, False


def _states(tree: Tree, shown: CharacterOnTree, lengths: bool) -> str:
    known = {name: cell for name, cell in shown.cells.items() if len(states(cell)) == 1}
    _say_left_out(len(shown.cells) - len(known))
    chances = ancestral_states(tree, known)
    root = next(iter(chances))
    page, hand = (draw_chances(root, shown, chances, lengths=lengths, width=width) for width in (1050, HAND))
    return for_page_and_hand(page, hand)


def _values(tree: Tree, shown: CharacterOnTree, lengths: bool) -> str:
    values = {name: value for name, cell in shown.cells.items() if (value := measured(cell)) is not None}
    _say_left_out(len(shown.cells) - len(values))
    by_shares = min(values.values(), default=0) > 0 and st.toggle(
        _("Changes count by shares"), key="by_shares",
        help=_("For sizes and masses: from 1 to 2 kg is then as much as from 1 to 2 t. The logarithm is taken."),
    )  # fmt: skip
    used = {name: math.log10(value) for name, value in values.items()} if by_shares else values
    found = ancestral_values(tree, used)
    root = next(iter(found))
    on_tree = {leaf.name: used[leaf.name] for leaf in root.iter_leaves()}
    written = _power if by_shares else _plain
    page, hand = (
        draw_values(root, shown, on_tree, found, lengths=lengths, written=written, width=width)
        for width in (1050, HAND)
    )
    return for_page_and_hand(page, hand)


def _plain(value: float) -> str:
    return f"{float(f'{value:.3g}'):,.10g}"


def _power(value: float) -> str:
    return _plain(10**value)


def _say_left_out(count: int) -> None:
    if count:
        st.caption(
            several(
                "{n} animal is left out: nothing certain is known of it here.",
                "{n} animals are left out: nothing certain is known of them here.",
                count,
            )
        )


def _explain(*, continuous: bool) -> None:
    with st.expander(_("What this means, and what it does not prove")):
        if continuous:
            st.markdown(
                _(
                    "The values of ancestors are means of their relatives, near ones counting most, as if the measurement had wandered at random (Brownian "
                    "motion; Felsenstein 1985). A trend that all lineages shared, such as growing larger, cannot be seen in this way."
                )
            )
        else:
            st.markdown(
                _(
                    "Each pie shows how likely each state is for an ancestor when all changes are equally likely (model Mk; Lewis 2001). Half and half means: "
                    "we cannot tell. A fossil that is found tomorrow may change the pie."
                )
            )
