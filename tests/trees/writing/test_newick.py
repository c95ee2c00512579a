"""`trees.writing`: what is written is read again as it was."""

from hypothesis import given
from hypothesis import strategies as st

from trees.model import Tree, tip_names
from trees.reading import read_newick
from trees.writing import write_newick

NAMES = st.text(min_size=1, max_size=12).map(lambda name: " ".join(name.replace("_", " ").split())).filter(
    lambda name: name.isprintable() and name != ""
)  # fmt: skip


@given(st.lists(NAMES, min_size=2, max_size=6, unique=True), st.floats(0, 300))
def test_names_and_lengths_come_back(names: list[str], length: float) -> None:
    root = Tree()
    inner = root.add_child(dist=length)
    for number, name in enumerate(names):
        (inner if number % 2 else root).add_child(name=name, dist=length)
    read = read_newick(write_newick(root))
    assert sorted(tip_names(read)) == sorted(tip_names(root))
    assert [f"{node.dist:.12g}" for node in read.traverse() if node.up] == [
        f"{node.dist:.12g}" for node in root.traverse() if node.up
    ]


def test_support_stands_in_the_place_of_names() -> None:
    tree = read_newick("((A,B)0.95,(C,D)Theropoda);")
    assert write_newick(tree, lengths=False, support=True) == "((A,B)0.95,(C,D)Theropoda);"
    assert write_newick(tree, lengths=False) == "((A,B),(C,D)Theropoda);"


def test_a_ladder_of_three_thousand_tips() -> None:
    text = "(" * 3000 + "A" + "".join(f",t{number})" for number in range(3000)) + ";"
    assert write_newick(read_newick(text), lengths=False) == text
