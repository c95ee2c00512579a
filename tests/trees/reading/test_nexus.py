"""`trees.reading.nexus`: files as people publish them, with what is wrong in them said and nothing lost in silence."""

import pytest

from trees.matrices import states
from trees.model import tip_names
from trees.reading.files import read_content


def read(text: str):  # type: ignore[no-untyped-def]
    return read_content(text.encode())


def test_trees_with_a_translation_and_annotations() -> None:
    found = read(
        """#NEXUS
        [a comment with ; and 'quotes]
        Begin trees;
          Translate 1 Lufengosaurus_huenei, 2 'Homo ''sapiens''', 3 Gallus;
          tree * first = [&R] ((1:1,2:2)[&age_95%HPD={1.5,2},prob=0.9]:3,3:4);
          UTREE second = (1,2,3);
        End;"""
    )
    assert found.format == "NEXUS"
    assert (found.trees_found, len(found.trees), found.mended, found.lost) == (2, 2, (), ())
    first, second = found.trees
    assert (first.name, first.rooted, first.has_lengths) == ("first", True, True)
    assert tip_names(first.tree) == ["Lufengosaurus huenei", "Homo 'sapiens'", "Gallus"]
    assert first.tree.children[0].annotations == {"age_95%HPD": (1.5, 2.0), "prob": 0.9}
    assert (second.name, second.has_lengths) == ("second", False)


def test_trees_without_the_word_tree_and_of_the_same_name_are_all_read() -> None:
    bare = read("#NEXUS\nbegin trees;\n" + "".join(f"tree_{n} = (A,(B,C));\n" for n in range(45)) + "end;")
    assert len(bare.trees) == bare.trees_found == 45
    assert "Trees without the word TREE before them: 45" in str(bare.mended[0])
    alike = read("#NEXUS\nbegin trees;\n" + "tree * UNTITLED = (A,(B,C));\n" * 100 + "end;")
    assert len(alike.trees) == 100


def test_numbers_stand_for_taxlabels() -> None:
    found = read("#NEXUS\nbegin taxa; taxlabels A_b 'C d' E; end; begin trees; tree t = ((1,2),3); end;")
    assert tip_names(found.trees[0].tree) == ["A b", "C d", "E"]


def test_a_tree_that_cannot_be_read_is_named_and_the_others_are_read() -> None:
    found = read("#NEXUS\nbegin trees;\ntree good = (A,B);\ntree bad = ((A,B);\ntree other = (B,A);\nend;")
    assert (found.trees_found, [tree.name for tree in found.trees]) == (3, ["good", "other"])
    assert str(found.lost[0]) == "Tree “bad”: Line 4, column 18: The tree ends with brackets still open: 1."


def test_tips_of_the_same_name_are_told_apart() -> None:
    found = read("#NEXUS\nbegin trees; tree t = (A,(A,'A (2)')); end;")
    assert tip_names(found.trees[0].tree) == ["A", "A (3)", "A (2)"]
    assert "2 tips named A" in str(found.mended[0])


MATRIX = """#NEXUS
BEGIN DATA;
  DIMENSIONS NTAX=3 NCHAR=6;
  FORMAT DATATYPE=STANDARD SYMBOLS=" 0 1 2" MISSING=? GAP=-;
  CHARLABELS 'Teeth: shape' Feathers;
  STATELABELS 1 round 'with edges', 2 absent present;
  MATRIX
  Lufengosaurus_huenei  01?-{01}2
  'Homo sapiens'        0 1 (0 2) {0,2} 1 [a comment] ?
  Gallus                110[01]-0
  ;
END;
BEGIN ASSUMPTIONS; TYPESET * UNTITLED = unord: 1, ord: 2-3 6; END;
"""


def test_a_matrix_with_its_characters() -> None:
    matrix = read(MATRIX).matrices[0]
    assert matrix.taxa == ("Lufengosaurus huenei", "Homo sapiens", "Gallus")
    assert matrix.cells == (
        ("0", "1", "?", "-", "{01}", "2"),
        ("0", "1", "(02)", "{02}", "1", "?"),
        ("1", "1", "0", "(01)", "-", "0"),
    )
    assert matrix.characters[0].name == "Teeth: shape"
    assert matrix.characters[0].states == {"0": "round", "1": "with edges"}
    assert [character.ordered for character in matrix.characters] == [False, True, True, False, False, True]
    assert states("?") == states("-") == frozenset()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("NCHAR=6", "NCHAR=1"), "NCHAR says 1; the rows have 6 characters"),
        (("NTAX=3", "NTAX=4"), "NTAX says 4; the matrix has 3 rows"),
        (("110[01]-0", "110[01]"), "The row of Gallus has 4 of 6 characters"),
        (("110[01]-0", "110[01]-01"), "The row of Gallus has 7 characters instead of 6"),
        (("BEGIN DATA", "BEGIN TAXA; DIMENSION NTAX=3; END; BEGIN DATA"), "DIMENSION was read as DIMENSIONS"),
    ],
)
def test_what_is_wrong_is_mended_and_said(change: tuple[str, str], said: str) -> None:
    found = read(MATRIX.replace(*change))
    assert [said in str(what) for what in found.mended] == [True]
    assert len(found.matrices[0].characters) == 6
    assert found.matrices[0].cells[0] == ("0", "1", "?", "-", "{01}", "2")


def test_rows_over_several_lines_and_interleaved() -> None:
    rows = "A\n  0101\n  01\nB 01\n 0 1\n 0 1\n"
    whole = read(f"#NEXUS\nbegin data; dimensions nchar=6; format missing=?; matrix\n{rows}; end;")
    assert whole.matrices[0].cells == (tuple("010101"),) * 2
    parts = "A 010\nB 011\n\nA 101\nB 1.1\n"
    text = f"#NEXUS\nbegin data; dimensions nchar=6; format interleave matchchar=.; matrix\n{parts}; end;"
    assert read(text).matrices[0].cells == (tuple("010101"), tuple("011101"))


def test_numbers_for_characters_and_rows_turned_around() -> None:
    text = (
        "#NEXUS\nbegin characters; dimensions nchar=2; format datatype=continuous; matrix\nA 1.5 ?\nB 2 3.5-4\n; end;"
    )
    matrix = read(text).matrices[0]
    assert matrix.continuous
    assert matrix.cells == (("1.5", "?"), ("2", "3.5-4"))
    turned = read(text.replace("continuous", "standard transpose"))
    assert turned.matrices == ()
    assert "TRANSPOSE" in str(turned.lost[0])


def test_an_apostrophe_in_a_word_opens_no_quotation() -> None:
    found = read("#NEXUS\nbegin taxa; title Owen's; taxlabels A B; end; begin trees; tree t = (A,B); end;")
    assert len(found.trees) == 1
