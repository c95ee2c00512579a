"""A table of characters on a page: the grid, in which a cell is chosen and changed; the characters; undo and download."""

from html import escape

import streamlit as st

from catalogue.facts import cite
from screens.parts import tree_sources
from screens.parts.character_tree import second_names
from screens.parts.matrix_versions import put
from screens.parts.picture import picture
from screens.words import _, as_typed, language, say, several
from trees.character_drawing import PALETTE
from trees.colours import ink_on
from trees.errors import TreeError
from trees.matrices import INAPPLICABLE, MISSING, Character, Matrix, states
from trees.matrix_editing import Version, read_cell, with_cell, with_character
from trees.matrix_writing import symbols_of, write_nexus_matrix, write_tnt_matrix
from trees.teaching import teaching_matrix

_COLUMNS, _ROWS = 24, 40
_CELL = "matrix_cell"


def show(key: str, version: Version) -> None:
    """The table, and what can be done with it."""
    matrix = version.matrix
    taxa = several("{n} animal", "{n} animals", len(matrix.taxa))
    characters = several("{n} character", "{n} characters", len(matrix.characters))
    unknown = sum(cell == MISSING for row in matrix.cells for cell in row)
    share = _("{share} % not known").format(
        share=round(100 * unknown / max(1, len(matrix.taxa) * len(matrix.characters)))
    )
    st.markdown(f"**{taxa}** · **{characters}** · {share}")
    _edit_cell(key, version)
    first_row, first_column = _window(matrix)
    chosen = picture(_grid(matrix, first_row, first_column, _chosen(key, matrix)), key="grid", language=language())
    if chosen is not None:
        st.session_state[_CELL] = (key, *map(int, chosen.split(",")))
        st.rerun()
    st.caption(
        _(
            "? means that nobody knows; – means that the question makes no sense there: without teeth there is no shape of teeth. These are not the same."
        )
    )
    _take_along(key, version)
    _characters(key, version)


def _chosen(key: str, matrix: Matrix) -> tuple[int, int] | None:
    kept = st.session_state.get(_CELL)
    if kept is None or kept[0] != key or kept[1] >= len(matrix.taxa) or kept[2] >= len(matrix.characters):
        return None
    return kept[1], kept[2]


def _window(matrix: Matrix) -> tuple[int, int]:
    """Which row and which column come first, where the table is larger than a page."""
    places = []
    with st.container(horizontal=True):
        for name, count, size, label in (
            ("first_row", len(matrix.taxa), _ROWS, _("From row")),
            ("first_column", len(matrix.characters), _COLUMNS, _("From character")),
        ):
            if count <= size:
                places.append(0)
                continue
            most = count - size + 1
            st.session_state[name] = min(int(st.session_state.get(name, 1)), most)
            places.append(int(st.number_input(label, 1, most, step=size, key=name, width=220)) - 1)
    return places[0], places[1]


def _grid(matrix: Matrix, first_row: int, first_column: int, chosen: tuple[int, int] | None) -> str:
    columns = range(first_column, min(first_column + _COLUMNS, len(matrix.characters)))
    rows = range(first_row, min(first_row + _ROWS, len(matrix.taxa)))
    named = any(matrix.characters[column].name for column in columns)
    heads = "".join(_head(column, matrix.characters[column], named) for column in columns)
    symbols = symbols_of(matrix)
    second = {taxon: f" {name}" for taxon, name in second_names(matrix.taxa).items()}
    body = "".join(
        f'<tr><th scope="row"><i>{escape(matrix.taxa[row])}</i>{escape(second.get(matrix.taxa[row], ""))}</th>'
        + "".join(_cell(matrix, symbols, row, column, chosen == (row, column)) for column in columns)
        + "</tr>"
        for row in rows
    )
    corner = escape(_("Animal"))
    return (
        f'<div class="matrix-frame"><table class="matrix"><thead><tr><th scope="col">{corner}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _head(column: int, character: Character, named: bool) -> str:
    name = f"<span>{escape(character.name)}</span>" if named else ""
    return f'<th scope="col" title="{escape(character.name)}">{name}<b>{column + 1}</b></th>'


def _cell(matrix: Matrix, symbols: list[str], row: int, column: int, chosen: bool) -> str:
    cell, character = matrix.cells[row][column], matrix.characters[column]
    said = _("{animal}, {character}: {state}").format(
        animal=matrix.taxa[row], character=character.name or column + 1, state=say_cell(cell, character)
    )
    kind, style = _look(cell, symbols, matrix.continuous)
    shown = "–" if cell == INAPPLICABLE else cell
    now = ' aria-current="true"' if chosen else ""
    return (
        f'<td class="{kind}"{style}><button data-name="{row},{column}" title="{escape(said)}" aria-label="{escape(said)}"{now}>'
        f"{escape(shown)}</button></td>"
    )


def _look(cell: str, symbols: list[str], continuous: bool) -> tuple[str, str]:
    if cell in {MISSING, INAPPLICABLE}:
        return ("missing" if cell == MISSING else "inapplicable"), ""
    inside = sorted(states(cell))
    if continuous or not inside or inside[0] not in symbols:
        return "state", ""
    colors = [PALETTE[symbols.index(symbol) % len(PALETTE)] for symbol in inside if symbol in symbols]
    part = 100 / len(colors)
    stripes = ", ".join(f"{color} {part * at:.0f}% {part * (at + 1):.0f}%" for at, color in enumerate(colors))
    return "state", f' style="background:linear-gradient(90deg,{stripes});color:{ink_on(colors[0])}"'


def say_cell(cell: str, character: Character) -> str:
    """A cell in words."""
    if cell == MISSING:
        return _("not known")
    if cell == INAPPLICABLE:
        return _("cannot apply")
    if not character.states or not states(cell):
        return cell
    said, *others = (character.states.get(symbol, symbol) for symbol in sorted(states(cell)))
    for other in others:
        said = _("{one} or {other}").format(one=said, other=other)
    return said


def _edit_cell(key: str, version: Version) -> None:
    """What is in the chosen cell, and the states it may have instead."""
    matrix = version.matrix
    chosen = _chosen(key, matrix)
    if chosen is None:
        st.caption(_("Choose a cell to read or to change it."))
        return
    row, column = chosen
    taxon, character, cell = matrix.taxa[row], matrix.characters[column], matrix.cells[row][column]
    with st.container(border=True):
        st.markdown(
            f"*{as_typed(taxon)}* · **{as_typed(character.name or str(column + 1))}**: {as_typed(say_cell(cell, character))}"
        )
        _offer_states(key, version, row, column)
        with st.form(f"cell_{row}_{column}", border=False):
            written = st.text_input(
                _("Or write it"),
                cell,
                help=_("0; {01} for one of these, not known which; (01) for both; ? or -."),
                max_chars=40,
            )
            if st.form_submit_button(_("Change the cell"), key="change_cell"):
                _write(key, version, row, column, written)


def _offer_states(key: str, version: Version, row: int, column: int) -> None:
    matrix, character = version.matrix, version.matrix.characters[column]
    if matrix.continuous:
        return
    usual = sorted({s for one in matrix.cells for s in states(one[column])} | set(character.states))
    with st.container(horizontal=True):
        for number, symbol in enumerate([*usual, MISSING, INAPPLICABLE]):
            words = say_cell(symbol, character)
            sign = "–" if symbol == INAPPLICABLE else symbol
            label = f"{sign} · {words}" if words != symbol else sign
            now = matrix.cells[row][column] == symbol
            if st.button(as_typed(label), key=f"state_{number}", type="primary" if now else "secondary"):
                _write(key, version, row, column, symbol)


def _write(key: str, version: Version, row: int, column: int, written: str) -> None:
    matrix = version.matrix
    try:
        cell = read_cell(written, allowed=symbols_of_character(matrix, column), continuous=matrix.continuous)
    except TreeError as error:
        st.error(as_typed(say(error.message)))
        return
    put(key, version.changed(with_cell(matrix, matrix.taxa[row], column, cell)))
    st.rerun()


def symbols_of_character(matrix: Matrix, column: int) -> list[str]:
    """The states that a cell of a character may have: those with words, or any where none has."""
    return sorted(matrix.characters[column].states)


def _take_along(key: str, version: Version) -> None:
    with st.container(horizontal=True):
        undo = several("Undo ({n} change)", "Undo ({n} changes)", len(version.before))
        if st.button(undo, disabled=not version.before, key="undo_matrix"):
            put(key, version.undone())
            st.rerun()
        for kind, name, write in (("NEXUS", "nex", write_nexus_matrix), ("TNT", "tnt", write_tnt_matrix)):
            label = _("Download as {kind}").format(kind=kind)
            st.download_button(
                label,
                write(version.matrix),
                f"bonebed-characters.{name}",
                "text/plain",
                on_click="ignore",
                key=f"as_{name}",
            )
    if version.before:
        st.caption(_("Your changes stay in this visit. Download the table to keep them."))


def _characters(key: str, version: Version) -> None:
    """The characters with their states; one can be changed at a time."""
    characters = version.matrix.characters
    sources = teaching_matrix().sources if key == tree_sources.TEACHING else ()
    with st.expander(_("The characters in words"), expanded=key == tree_sources.TEACHING):
        lines = []
        for number, character in enumerate(characters[:300], 1):
            kinds = "; ".join(f"{as_typed(symbol)} = {as_typed(words)}" for symbol, words in character.states.items())
            ordered = (
                _(" (in order: from the first state to the last by way of those between)") if character.ordered else ""
            )
            name = as_typed(character.name or _("without a name"))
            lines.append(f"{number}. **{name}**{ordered}  \n{kinds}")
        st.markdown("\n".join(lines))
        if sources:
            st.markdown("**" + _("Sources") + "**")
            used = sorted({reference for of_one in sources for reference in of_one}, key=cite)
            st.markdown("\n".join(f"- {as_typed(cite(reference))}" for reference in used))
    with st.expander(_("Change a character")):
        _edit_character(key, version)


def _edit_character(key: str, version: Version) -> None:
    matrix = version.matrix
    number = st.number_input(_("Number of the character"), 1, len(matrix.characters), key="edited_character") - 1
    character = matrix.characters[number]
    usual = sorted({s for row in matrix.cells for s in states(row[number])} | set(character.states)) or ["0", "1"]
    with st.form(f"character_{number}"):
        name = st.text_input(_("Name"), character.name, max_chars=300)
        words = {symbol: st.text_input(_("State {symbol}").format(symbol=symbol), character.states.get(symbol, ""),
                                       max_chars=300) for symbol in usual[:20]}  # fmt: skip
        ordered = st.checkbox(
            _("Ordered: from 0 to 2 the way leads over 1"), character.ordered,
            help=_("Then a change from 0 to 2 counts as two changes."), disabled=matrix.continuous,
        )  # fmt: skip
        if st.form_submit_button(_("Change the character"), key="change_character"):
            put(key, version.changed(with_character(matrix, number, name=name, states=words, ordered=ordered)))
            st.rerun()
