"""`trees.teaching`: the matrix for a class."""

from catalogue.facts import references
from trees.library import built_in_tree
from trees.matrices import states
from trees.model import tip_names
from trees.teaching import teaching_matrix


def test_both_languages_have_the_same_cells_and_states() -> None:
    english, chinese = teaching_matrix("en").matrix, teaching_matrix("zh").matrix
    assert english.cells == chinese.cells
    for one, other in zip(english.characters, chinese.characters, strict=True):
        assert (list(one.states), one.ordered) == (list(other.states), other.ordered)
        assert one.name != other.name


def test_its_animals_are_on_the_built_in_tree_and_each_state_occurs_and_has_words() -> None:
    matrix = teaching_matrix().matrix
    assert set(matrix.taxa) <= set(tip_names(built_in_tree().tree))
    for number, character in enumerate(matrix.characters):
        used = {state for row in matrix.cells for state in states(row[number])}
        assert used == set(character.states)


def test_each_character_has_a_publication() -> None:
    found = teaching_matrix()
    assert len(found.sources) == len(found.matrix.characters)
    assert all(of_one and set(of_one) <= set(references()) for of_one in found.sources)


def test_without_teeth_there_is_no_shape_of_teeth() -> None:
    matrix = teaching_matrix().matrix
    names = [character.name for character in matrix.characters]
    teeth, shape = names.index("Teeth"), names.index("Shape of the cheek teeth")
    assert {row[shape] for row in matrix.cells if row[teeth] == "1"} == {"-"}
    assert "-" not in {row[shape] for row in matrix.cells if row[teeth] == "0"}
