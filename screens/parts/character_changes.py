"""Where a character changed along a tree, and how well each character fits it."""

import math

import pandas as pd
import streamlit as st

from screens.parts.character_tree import choose_tree, shown_character
from screens.parts.matrix_versions import choose_character
from screens.parts.picture import HAND, for_page_and_hand, still
from screens.words import _, as_typed, language, say, several
from trees.character_drawing import CharacterOnTree, draw_changes
from trees.cladogram import some_names
from trees.errors import TreeError
from trees.matrices import Matrix
from trees.matrix_editing import Version
from trees.parsimony import Fit, Parsimony, StateChange

_MOST_CELLS = 400_000
"""Cells of a table for which a page counts steps while one waits."""


def show(key: str, version: Version) -> None:
    """The changes of one character, and the fit of all."""
    del key
    matrix = version.matrix
    if matrix.continuous:
        st.info(_("This table holds measurements. See them under “Ancestors”."))
        return
    if len(matrix.taxa) * len(matrix.characters) > _MOST_CELLS:
        st.info(_("This table is too large for this page."))
        return
    columns = st.columns(2)
    with columns[0]:
        number = choose_character(version)
    with columns[1]:
        tree = choose_tree(matrix)
    if tree is None:
        return
    try:
        with st.spinner(_("Counting changes …")):
            parsimony = Parsimony(tree, matrix)
            fit, changes = parsimony.fit(), parsimony.changes(number)
    except TreeError as error:
        st.warning(as_typed(say(error.message)))
        return
    shown = shown_character(matrix, number)
    _tell(fit, number, changes, shown)
    possible = parsimony.possible_states(number)
    page, hand = (draw_changes(tree, shown, possible, changes, width=width) for width in (1050, HAND))
    still(for_page_and_hand(page, hand), key="changes", language=language())
    _list(changes, shown)
    _fits(fit, matrix)
    _explain()


def _tell(fit: Fit, number: int, changes: list[StateChange], shown: CharacterOnTree) -> None:
    steps = int(fit.steps[number])
    needed = several(
        "On this tree the character changes at least {n} time.",
        "On this tree the character changes at least {n} times.",
        steps,
    )
    certain = sum(change.certain for change in changes)
    st.html(f'<p class="step-fact">{needed}</p>')
    if steps and not certain:
        st.caption(_("No single branch is certain: several histories need equally few changes."))
    if shown.character.ordered:
        st.caption(_("This character is ordered: each step between its states counts."))
    if steps > int(fit.least[number]) and fit.least[number]:
        st.caption(_("It arose or was lost more than once on this tree: likeness is not always kinship."))


def _list(changes: list[StateChange], shown: CharacterOnTree) -> None:
    """The changes in words, for those who do not see the picture, and for copying."""
    if not changes:
        return
    with st.expander(_("The changes in words")):
        lines = []
        for change in changes:
            sentence = shown.words["certain" if change.certain else "possible"].format(
                before=shown.say_some(change.before), after=shown.say_some(change.after),
                names=some_names(change.node, shown.words, most=6),
            )  # fmt: skip
            lines.append(f"- {'◆' if change.certain else '◇'} {as_typed(sentence)}")
        st.markdown("\n".join(lines))


def _fits(fit: Fit, matrix: Matrix) -> None:
    whole = _("All characters together: {length} changes, consistency (CI) {ci}, retention (RI) {ri}.").format(
        length=fit.length, ci=_index(fit.consistency), ri=_index(fit.retention)
    )
    st.markdown(f"**{whole}**")
    with st.expander(_("Each character on this tree")):
        rows = range(len(matrix.characters))
        table = {
            _("Number"): [row + 1 for row in rows],
            _("Character"): [matrix.characters[row].name for row in rows],
            _("Changes"): [int(steps) for steps in fit.steps],
            _("At least, on any tree"): [int(least) for least in fit.least],
            _("CI"): [_index(fit.consistency_of(row)) for row in rows],
            _("RI"): [_index(fit.retention_of(row)) for row in rows],
        }
        st.dataframe(pd.DataFrame(table), hide_index=True, width="stretch")


def _index(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}"


def _explain() -> None:
    with st.expander(_("What this means, and what it does not prove")):
        st.markdown(
            _(
                "**Parsimony** prefers the history with the fewest changes, as a detective prefers the simplest story. It is a rule for choosing, not a proof: "
                "evolution need not have taken the shortest way. Wings, for example, arose in bats and birds separately."
            )
        )
        st.markdown(
            _(
                "A **full diamond** marks a change that lies on that branch in every shortest history; an **empty diamond** one that does so in some only. "
                "The *consistency index* is 1 when no state arose twice; the *retention index* is 1 when all that is alike could be inherited from one ancestor."
            )
        )
