"""`trees.survey`: a tree looked through once."""

from trees.dating import DatedTree
from trees.model import tip_names
from trees.survey import survey


def test_what_lies_below_each_node(dinosaurs: DatedTree) -> None:
    known = survey(dinosaurs)
    for number, node in enumerate(known.nodes):
        below = tip_names(node)
        assert known.tips[number] == len(below)
        assert known.living[number] == below.count("Gallus")
        assert known.youngest[number] == min(dinosaurs.ranges[name].last_appearance for name in below)
        assert [known.nodes[child] for child in known.children[number]] == list(node.children)
        assert known.numbers[node.name] == number
        assert known.parents[number] < number


def test_within(dinosaurs: DatedTree) -> None:
    known = survey(dinosaurs)
    for inner, node in enumerate(known.nodes):
        above = {id(node)}
        while node.up is not None:
            node = node.up
            above.add(id(node))
        assert [known.within(inner, outer) for outer in range(len(known.nodes))] == [
            id(other) in above for other in known.nodes
        ]


def test_what_is_folded_away_is_held_by_the_outermost_fold(dinosaurs: DatedTree) -> None:
    known = survey(dinosaurs)
    folded = frozenset(known.numbers[name] for name in ("Theropoda", "Avialae"))
    assert known.holder("Gallus", folded) == known.numbers["Theropoda"]
    assert known.holder("Eoraptor", folded) == known.numbers["Eoraptor"]
    assert known.holder("Diplodocus", folded) is None
