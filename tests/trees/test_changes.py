"""`trees.changes`: what a find does to a dated tree, in sentences."""

from dataclasses import replace

from trees.changes import what_changed
from trees.dating import DatedTree, date_tree
from trees.ranges import TaxonRange
from trees.words import figure


def again(dated: DatedTree, **ranges: TaxonRange | None) -> DatedTree:
    """The tree dated anew with some ranges changed, or dropped where None."""
    known = {taxon: known for taxon, known in {**dated.ranges, **ranges}.items() if known is not None}
    return date_tree(dated.tree, known, dated.method, dated.min_branch_ma)


def said(before: DatedTree, after: DatedTree) -> list[str]:
    return [str(change) for change in what_changed(before, after)]


def test_nothing_changed(dinosaurs: DatedTree) -> None:
    assert what_changed(dinosaurs, again(dinosaurs)) == []


def test_an_older_find_moves_the_tip_its_clades_and_the_ghost_lineages(dinosaurs: DatedTree) -> None:
    older = replace(dinosaurs.ranges["Lufengosaurus"], first_appearance=209.4)
    changes = what_changed(dinosaurs, again(dinosaurs, Lufengosaurus=older))
    assert [(change.subject, change.kind, round(change.amount_ma, 6)) for change in changes] == [
        ("Lufengosaurus", "first appearance", 8.0),
        ("Eusaurischia", "clade", 8.0),
        ("Massopoda", "clade", 8.0),
        ("", "ghost lineage", 8.0),
        ("", "agreement", 0.0),
    ]
    assert [str(change) for change in changes] == [
        "Lufengosaurus now begins 8 million years earlier, at 209.4 Ma.",
        "Eusaurischia is now at least 8 million years older: 211.4 Ma.",
        "Massopoda is now at least 8 million years older: 210.4 Ma.",
        "Lineages without known fossils grow by 8 million years in all, to 235.6.",
        "Agreement of the tree with the rocks (GER, 1 is best): 0.99 → 0.95.",
    ]


def test_and_back_again(dinosaurs: DatedTree) -> None:
    older = again(dinosaurs, Lufengosaurus=replace(dinosaurs.ranges["Lufengosaurus"], first_appearance=209.4))
    assert said(older, dinosaurs) == [
        "Lufengosaurus now begins 8 million years later, at 201.4 Ma.",
        "Eusaurischia now need not be older than 203.4 Ma, 8 million years less.",
        "Massopoda now need not be older than 202.4 Ma, 8 million years less.",
        "Lineages without known fossils shrink by 8 million years in all, to 227.6.",
        "Agreement of the tree with the rocks (GER, 1 is best): 0.95 → 0.99.",
    ]


def test_a_younger_find_changes_nothing_but_the_end_of_a_range(dinosaurs: DatedTree) -> None:
    longer = again(dinosaurs, Sinosaurus=replace(dinosaurs.ranges["Sinosaurus"], last_appearance=184.2))
    assert said(dinosaurs, longer) == ["Sinosaurus now lasts 8.7 million years longer, to 184.2 Ma."]
    assert said(longer, dinosaurs) == ["Sinosaurus now ends 8.7 million years earlier, at 192.9 Ma."]


def test_tips_that_come_and_go(dinosaurs: DatedTree) -> None:
    without = again(dinosaurs, Eoraptor=None)
    assert said(dinosaurs, without)[0] == "Eoraptor has no known age any more and leaves the dated tree."
    assert said(without, dinosaurs)[0] == "Eoraptor joins the dated tree, at 231 Ma."


def test_sentences_can_be_translated(dinosaurs: DatedTree) -> None:
    longer = again(dinosaurs, Sinosaurus=replace(dinosaurs.ranges["Sinosaurus"], last_appearance=184.2))
    chinese = {
        "{taxon} now lasts {amount} million years longer, to {age} Ma.": "{taxon}延续至{age} Ma，长了{amount}百万年。"
    }
    (change,) = what_changed(dinosaurs, longer)
    assert change.message.render(lambda template: chinese[template]) == "Sinosaurus延续至184.2 Ma，长了8.7百万年。"


def test_figures() -> None:
    assert [figure(amount) for amount in (0, 0.0117, 0.25, 2, 12.54, 201.4, 1910.38)] == [
        "0",
        "0.012",
        "0.2",
        "2",
        "12.5",
        "201.4",
        "1910.4",
    ]
