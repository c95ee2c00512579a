"""`trees.matrix_editing` and `trees.matrix_writing`: a matrix is changed, taken back, and written without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trees.errors import TreeError
from trees.matrices import Character, Matrix
from trees.matrix_editing import Version, measured, read_cell, with_cell, with_character
from trees.matrix_writing import write_nexus_matrix, write_tnt_matrix
from trees.reading.files import read_content

SMALL = Matrix(("A", "B c"), (("0", "?"), ("-", "{01}")), (Character("tail", {"0": "long", "1": "short"}), Character()))


@pytest.mark.parametrize(
    ("written", "cell"),
    [("1", "1"), (" ? ", "?"), ("", "?"), ("-", "-"), ("{1, 0}", "{01}"), ("(0/1)", "(01)"), ("{1}", "1"), ("A", "A")],
)
def test_a_cell_is_read_as_palaeontologists_write_it(written: str, cell: str) -> None:
    assert read_cell(written) == cell


@pytest.mark.parametrize("written", ["01", "{01", "{}", "(0?)", "é", "{0-}", "<b>", "0)"])
def test_what_is_no_cell_is_refused_with_what_to_write(written: str) -> None:
    with pytest.raises(TreeError, match=r"is no state\. Write one such as 0, several such as \{01\}"):
        read_cell(written)


def test_a_state_that_the_character_lacks_is_named() -> None:
    with pytest.raises(TreeError, match="no state “2”; it has 0, 1"):
        read_cell("{02}", allowed=["0", "1"])


def test_measurements_are_numbers_or_ranges() -> None:
    assert [read_cell(text, continuous=True) for text in ("12.5", "1-2", "?", "")] == ["12.5", "1-2", "?", "?"]
    assert [measured(cell) for cell in ("12.5", "1-2", "-3", "?", "-")] == [12.5, 1.5, -3.0, None, None]
    with pytest.raises(TreeError, match="no measurement"):
        read_cell("large", continuous=True)


def test_changes_give_new_versions_and_each_can_be_taken_back() -> None:
    start = Version(SMALL)
    once = start.changed(with_cell(SMALL, "B c", 0, "1"))
    twice = once.changed(with_character(once.matrix, 1, name=" wing ", states={"0": "no", "1": " "}, ordered=True))
    assert (once.matrix.row("B c"), SMALL.row("B c")) == (("1", "{01}"), ("-", "{01}"))
    assert twice.matrix.characters[1] == Character("wing", {"0": "no"}, True)
    assert twice.undone().undone() == start == start.undone()
    assert start.changed(SMALL) is start


CELLS = st.sampled_from(["0", "1", "2", "?", "-", "{01}", "{02}", "(12)"])
NAMES = (
    st.text(st.sampled_from("abc '/,;é腿Z1"), min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text.strip("';,/ "))
)


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    taxa = draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))
    width = draw(st.integers(1, 6))
    cells = tuple(tuple(draw(CELLS) for _ in range(width)) for _ in taxa)
    characters = tuple(
        Character(draw(NAMES), {"0": draw(NAMES), "1": draw(NAMES)}, draw(st.booleans())) for _ in range(width)
    )
    return Matrix(tuple(taxa), cells, characters)


@given(matrices())
def test_nexus_comes_back_as_it_was(matrix: Matrix) -> None:
    read = read_content(write_nexus_matrix(matrix).encode())
    assert read.matrices == (matrix,)
    assert (read.lost, read.mended) == ((), ())


def test_tnt_comes_back_as_it_was_but_for_kinds_of_doubt() -> None:
    matrix = Matrix(("A", "B c"), (("0", "?", "1"), ("-", "{01}", "0")), (
        Character("tail end", {"0": "long tail", "1": "short"}, True), Character("x"), Character("y", {"0": "no", "1": "yes"}),
    ))  # fmt: skip
    read = read_content(write_tnt_matrix(matrix).encode()).matrices[0]
    assert (read.taxa, read.characters) == (matrix.taxa, matrix.characters)
    assert read.cells == (("0", "?", "1"), ("-", "(01)", "0"))


def test_measurements_are_written_too() -> None:
    matrix = Matrix(("A", "B"), (("1.5", "?"), ("2-3", "4")), (Character(), Character()), "", True)
    assert read_content(write_nexus_matrix(matrix).encode()).matrices == (matrix,)
