"""`trees.outline_list`: the tree as a list that opens and closes."""

from collections.abc import Collection
from xml.etree import ElementTree

from catalogue.geological_time import timescale
from trees.dating import DatedTree
from trees.drawing import draw
from trees.look import Look
from trees.outline_list import outline_list
from trees.reading import read_newick
from trees.undated import by_steps


def listed(dated: DatedTree, collapsed: Collection[str] = (), selected: str | None = None) -> ElementTree.Element:
    look = Look(collapsed=collapsed, selected=selected, to_explore=True)
    return ElementTree.fromstring(outline_list(draw(dated, look, timescale=timescale()).sheet))


def test_the_list_nests_as_the_tree_does(dinosaurs: DatedTree) -> None:
    root = listed(dinosaurs)
    massopoda = next(
        line for line in root.iter("details") if line.find("summary/button[@data-pick='Massopoda']") is not None
    )
    assert [button.get("data-pick") for button in massopoda.iter("button")] == [
        "Massopoda",
        "Lufengosaurus",
        "Yunnanosaurus",
    ]
    assert {button.get("data-pick") for button in root.iter("button")} == {
        str(node.name) for node in dinosaurs.tree.traverse()
    }


def test_each_line_says_what_its_mark_says(dinosaurs: DatedTree) -> None:
    buttons = {
        button.get("data-pick"): button for button in listed(dinosaurs, {"Theropoda"}, "Massopoda").iter("button")
    }
    assert (
        buttons["Theropoda"].get("aria-label")
        == "Theropoda, a folded clade of 3 tips, at least 202.4 million years old"
    )
    assert "living" not in str(buttons["Eoraptor"].get("aria-label"))
    assert "Gallus" not in buttons
    assert [key for key, button in buttons.items() if button.get("aria-pressed")] == ["Massopoda"]


def test_a_ladder_does_not_nest_without_end() -> None:
    tree = read_newick("(" * 400 + "A" + "".join(f",t{number})" for number in range(400)) + ";")
    root = listed(by_steps(tree))
    deepest, at = 0, [(root, 0)]
    while at:
        node, depth = at.pop()
        deepest = max(deepest, depth)
        at.extend((child, depth + (node.tag == "details")) for child in node)
    assert deepest <= 110
    assert sum(1 for button in root.iter("button") if str(button.get("data-pick")).startswith("t")) == 400


def test_names_are_text(dinosaurs: DatedTree) -> None:
    dated = by_steps(read_newick("('<b>x</b>',\"a&b\");"))
    assert {button.text for button in listed(dated).iter("button")} >= {"<b>x</b>", "a&b"}
    assert listed(dinosaurs).tag == "ul"
