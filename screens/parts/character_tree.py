"""The tree on which characters are shown: chosen by a person, cut down to the animals of the table."""

from collections.abc import Iterable, Mapping

import streamlit as st

from screens.parts import tree_sources
from screens.parts.cards import common_name
from screens.words import _, language, several
from trees.character_drawing import CHARACTER_WORDS, CharacterOnTree
from trees.matrices import Character, Matrix, states
from trees.model import Tree, tip_names, without_tips


def choose_tree(matrix: Matrix, *, lengths: bool = False) -> Tree | None:
    """Let a person choose a tree; None when it shares fewer than three animals with the table, which is then said."""
    titles = tree_sources.titles()
    if st.session_state["on"] not in titles:
        st.info(
            _(
                "The tree of this link is not here: it was in a file of another visit, or was removed. Upload it again to see it."
            )
        )
        st.session_state["on"] = tree_sources.BUILT_IN
    key = st.selectbox(_("On which tree"), list(titles), format_func=titles.__getitem__, key="on")
    tree = tree_sources.with_lengths(key) if lengths else tree_sources.tree_of(key)
    if tree is None:
        return None
    on_tree = set(tip_names(tree))
    shared = [taxon for taxon in matrix.taxa if taxon in on_tree]
    if len(shared) < 3:
        st.warning(
            _("This tree and this table share fewer than three animals. Choose another tree, or look for one in “Look for the tree”. Names must be spelt alike.")
        )  # fmt: skip
        return None
    if len(shared) < len(matrix.taxa):
        missing = several("{n} animal of the table is not on the tree.", "{n} animals of the table are not on the tree.",
                          len(matrix.taxa) - len(shared))  # fmt: skip
        st.caption(missing)
    cut, _lost = without_tips(tree, on_tree - set(shared))
    return cut


def shown_character(matrix: Matrix, number: int) -> CharacterOnTree:
    """One character in the reader's language, ready to be drawn."""
    character = matrix.characters[number]
    name = character.name or _("Character {number}").format(number=number + 1)
    cells = {taxon: row[number] for taxon, row in zip(matrix.taxa, matrix.cells, strict=True)}
    symbols = () if matrix.continuous else sorted({s for cell in cells.values() for s in states(cell)})
    return CharacterOnTree(
        Character(name, character.states, character.ordered), cells, symbols or ("0",), words(), second_names(cells)
    )


def second_names(taxa: Iterable[str]) -> dict[str, str]:
    """The Chinese names of animals, for who reads Chinese; otherwise the Latin ones are enough. Folded groups end in their number."""
    if language() != "zh":
        return {}
    return {taxon: name for taxon in taxa if (name := common_name(taxon.partition(" (")[0]))}


def words() -> Mapping[str, str]:
    """The words of the drawings in the reader's language."""
    return {name: _(word) for name, word in CHARACTER_WORDS.items()}
