"""`trees.character_drawing` and `trees.value_drawing`: changes, likely states and measurements on a tree."""

import math
import re
from collections.abc import Mapping
from xml.etree import ElementTree

import pytest

from trees.ancestors import ancestral_states, ancestral_values
from trees.character_drawing import CHARACTER_WORDS, CharacterOnTree, draw_chances, draw_changes
from trees.matrices import Character, Matrix
from trees.parsimony import Parsimony
from trees.reading import read_newick
from trees.value_drawing import draw_values, shade

SVG = "{http://www.w3.org/2000/svg}"
NEWICK = "((((A:1,B:1):1,C:2):1,D:3):1,E:4);"
WINGS = Character("wings", {"0": "no wings", "1": "wings"})


def shown(cells: Mapping[str, str], character: Character = WINGS) -> CharacterOnTree:
    return CharacterOnTree(character, cells, ("0", "1"), CHARACTER_WORDS)


def parse(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)


def said(picture: ElementTree.Element, kind: str) -> list[str]:
    return [str(g.get("aria-label")) for g in picture.iter(f"{SVG}g") if kind in str(g.get("class")).split()]


def changes(cells: Mapping[str, str]) -> ElementTree.Element:
    tree = read_newick(NEWICK)
    matrix = Matrix(tuple(cells), tuple((cell,) for cell in cells.values()), (WINGS,))
    parsimony = Parsimony(tree, matrix)
    return parse(draw_changes(tree, shown(cells), parsimony.possible_states(0), parsimony.changes(0)))


def test_a_certain_change_is_a_full_sign_with_its_states_and_words() -> None:
    picture = changes(dict(zip("ABCDE", "11000", strict=True)))
    assert said(picture, "certain") == ["Certain change from “no wings” to “wings”, on the branch to: A, B"]
    assert said(picture, "possible") == []
    assert "0→1" in [text.text for text in picture.iter(f"{SVG}text")]


def test_a_possible_change_is_another_sign() -> None:
    picture = changes(dict(zip("ABCDE", "10100", strict=True)))
    assert len(said(picture, "possible")) >= 2
    assert {text for text in said(picture, "possible") if not text.startswith("Possible change")} == set()


def test_missing_and_inapplicable_are_told_apart_in_look_and_words() -> None:
    picture = changes(dict(zip("ABCDE", "1?-(01)0", strict=False)) | {"D": "{01}", "E": "0"})
    spoken = said(picture, "mark")
    assert {"B: not known", "C: cannot apply", "D: no wings or wings"} <= set(spoken)
    dashed = [box for box in picture.iter(f"{SVG}rect") if box.get("stroke-dasharray")]
    assert len(dashed) == 2  # the tip and the key
    letters = [text.text for text in picture.iter(f"{SVG}text")]
    assert letters.count("?") >= 2
    assert letters.count("–") == 2


def test_pies_have_the_shares_of_the_states() -> None:
    cells = dict(zip("ABCDE", "11000", strict=True))
    chances = ancestral_states(read_newick(NEWICK), cells)
    picture = parse(draw_chances(next(iter(chances)), shown(cells), chances, lengths=True))
    pies = [g for g in picture.iter(f"{SVG}g") if "pie" in str(g.get("class")).split()]
    assert len(pies) == 4
    for pie, of in zip(pies, chances.values(), strict=True):
        listed = dict(re.findall(r"(no wings|wings) (\d+) %", str(pie.get("aria-label"))))
        assert listed == {WINGS.states[symbol]: f"{100 * share:.0f}" for symbol, share in of.items()}


def test_values_stand_in_figures_at_every_fork_and_tip_and_colours_run_between_them() -> None:
    values = dict(zip("ABCDE", (1.0, 2.0, 4.0, 7.0, 5.0), strict=True))
    found = ancestral_values(read_newick(NEWICK), values)
    root = next(iter(found))
    picture = parse(draw_values(root, shown({}), values, found, lengths=True, written=lambda v: f"{v:.3g}"))
    texts = ["".join(text.itertext()) for text in picture.iter(f"{SVG}text")]
    assert {f"{estimate.value:.3g}" for estimate in found.values()} <= set(texts)
    assert {"A1", "B2", "C4", "D7", "E5"} <= set(texts)
    assert len(list(picture.iter(f"{SVG}linearGradient"))) == 9
    used = set(re.findall(r"url\(#(value-[\d-]+)\)", ElementTree.tostring(picture, encoding="unicode")))
    assert used == {gradient.get("id") for gradient in picture.iter(f"{SVG}linearGradient")}


def test_shades_run_from_the_least_to_the_greatest_and_one_value_has_a_shade_too() -> None:
    assert len({shade(value, 0, 10) for value in (0, 2.5, 5, 7.5, 10)}) == 5
    assert re.fullmatch("#[0-9a-f]{6}", shade(3, 3, 3))


@pytest.mark.parametrize("lengths", [True, False])
def test_the_picture_is_wide_enough_for_its_names(lengths: bool) -> None:
    long = "Qianzhousaurus sinensis of Ganzhou"
    cells = {long: "1", "B": "0", "C": "0"}
    chances = ancestral_states(read_newick(f"((('{long}':1,B:1):1):1,C:3);"), cells)
    picture = parse(draw_chances(next(iter(chances)), shown(cells), chances, lengths=lengths, width=100))
    for text in picture.iter(f"{SVG}text"):
        if text.get("class") == "label name":
            assert float(str(text.get("x"))) + 7.0 * len("".join(text.itertext())) <= float(str(picture.get("width")))


def test_each_character_has_its_own_retention() -> None:
    tree = read_newick("(((A,B),C),(D,E));")
    matrix = Matrix(tuple("ABCDE"), tuple(zip("11000", "10010", "10000", strict=True)), (Character(),) * 3)
    fit = Parsimony(tree, matrix).fit()
    assert (fit.retention_of(0), fit.retention_of(1)) == (1.0, 0.0)
    assert math.isnan(fit.retention_of(2))  # nothing could be shared
