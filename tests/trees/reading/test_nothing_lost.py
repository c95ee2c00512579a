"""Files as strangers send them: what is read, mended or passed over is told, and nothing is lost without a word."""

from pathlib import Path

import pytest

from trees.errors import TreeError
from trees.model import tip_names
from trees.reading.files import read_content
from trees.reading.outcomes import ReadFile

NAMESPACE = "http://www.phyloxml.org"
PHYLOXML = "<phyloxml><phylogeny><clade><clade><name>A</name></clade><clade><name>禄丰龙</name></clade></clade></phylogeny></phyloxml>"


def read(text: str) -> ReadFile:
    return read_content(text.encode())


@pytest.mark.parametrize(
    ("text", "found", "told"),
    [
        ("((A,B),C)", (1, 1), "has no semicolon at its end"),
        ("((A:1,B:2):1,C:3)\n((A,C)x:2,B)\n\n((B,C),A);", (3, 3), "has no semicolon at its end"),
        ("(A,B);; (B,A);", (2, 2), "A semicolon without a tree"),
        ("2\n(A,B);\n(B,A);\n", (2, 2), "“2” above the trees"),
        ("(A,B);\nfrom table 2", (1, 1), "Line 2, column 1: “from table 2” is no tree"),
        ("(A,B);\n\ufeff(B,A);", (2, 2), ""),
        ("(A,B);\n# the end\n[of it]\n", (1, 1), ""),
    ],
)
def test_newick(text: str, found: tuple[int, int], told: str) -> None:
    outcome = read(text)
    assert (outcome.trees_found, len(outcome.trees)) == found
    said = " ".join(map(str, (*outcome.mended, *outcome.lost)))
    assert told in said if told else not said


def test_trees_beyond_what_the_memory_holds_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("newick_file", "nexus"):
        monkeypatch.setattr(f"trees.reading.{module}.MOST_NODES_OF_A_FILE", 6)
    trees = ["((A,B),C);"] * 5
    for text in ("\n".join(trees), "#NEXUS\nbegin trees;\n" + "\n".join(f"tree t = {one}" for one in trees) + "end;"):
        outcome = read(text)
        assert (outcome.trees_found, len(outcome.trees)) == (5, 2)
        assert "3 more trees were not read" in str(outcome.lost[-1])


def test_several_values_of_support() -> None:
    node = read("((A,B)95.2/0.9/100,C,D);").trees[0].tree.children[0]
    assert (node.name, node.support, node.annotations) == ("", 100, {"supports": "95.2/0.9/100"})


def test_a_comment_that_nothing_closes_takes_no_hours() -> None:
    with pytest.raises(TreeError, match=r"Line 1, column 4: A comment is not closed"):
        read("(A," + "[" * 200_000)


TWO_SETS_OF_TAXA = """#NEXUS
begin taxa; title One; dimensions ntax=2; taxlabels A B; end;
begin taxa; title 'The other'; dimensions ntax=2; taxlabels C D; end;
begin characters; title M1; link taxa=One; dimensions nchar=2; format nolabels; matrix 01
10; end;
begin characters; title M2; link taxa='The other'; dimensions nchar=2; matrix C 01 D 10; end;
begin trees; link taxa = The_other; tree t = (1,2); end;
begin assumptions; typeset * t1 (CHARACTERS = M1) = ord: 1; typeset * t2 (CHARACTERS = M2) = unord: 1, ord: 2; end;
"""


def test_each_block_has_the_taxa_and_the_types_that_it_names() -> None:
    outcome = read(TWO_SETS_OF_TAXA)
    assert [matrix.taxa for matrix in outcome.matrices] == [("A", "B"), ("C", "D")]
    assert tip_names(outcome.trees[0].tree) == ["C", "D"]
    assert [[one.ordered for one in matrix.characters] for matrix in outcome.matrices] == [[True, False], [False, True]]


@pytest.mark.parametrize(
    ("format_", "row", "cells"),
    [
        ("statesformat=frequency", "A (0:0.25 1:0.75) 0", ["(01)", "0"]),
        ("datatype=continuous items=(min max)", "A (1.5 1.7) ?", ["1.5-1.7", "?"]),
        ("datatype=continuous items=(average variance)", "A (1.5 0.2) (3 1)", ["1.5", "3"]),
        ('equate="x=0 y=(01)"', "A XY", ["0", "(01)"]),
        ('respectcase symbols="01X" equate="x=0"', "A Xx", ["X", "0"]),
    ],
)
def test_formats_of_cells(format_: str, row: str, cells: list[str]) -> None:
    text = f"#NEXUS\nbegin data; dimensions ntax=1 nchar=2; format {format_}; matrix\n{row}\n; end;"
    assert list(read(text).matrices[0].cells[0]) == cells


def test_rows_that_stand_on_one_line() -> None:
    matrix = read("#NEXUS\nbegin data; dimensions nchar=2; matrix A_b 0? C 1- D (01)1; end;").matrices[0]
    assert dict(zip(matrix.taxa, matrix.cells, strict=True)) == {"A b": ("0", "?"), "C": ("1", "-"), "D": ("(01)", "1")}


def test_a_branch_with_a_mark_of_its_own_is_no_network() -> None:
    assert not read("((A#1,B),C);").doubts
    assert "is a network" in str(read("((A,(B)#H1),(#H1,C));").doubts[0])


def test_a_name_in_double_quotes_may_hold_a_comma() -> None:
    outcome = read("#NEXUS\nbegin trees; translate 1 \"Aus, b\", 2 d'Orb, 3 l'Her; tree t = ((1,2),3); end;")
    assert tip_names(outcome.trees[0].tree) == ["Aus, b", "d'Orb", "l'Her"]
    assert not outcome.mended


def test_a_tree_of_nexus_is_told_by_line_and_column_of_the_file() -> None:
    outcome = read("#NEXUS\nbegin trees; [a\ncomment]\n  tree t = (A,B);\n  tree u = [&R] ((A,\n  B;\nend;")
    assert str(outcome.lost[0]) == "Tree “u”: Line 6, column 4: The tree ends with brackets still open: 2."


def test_taxa_without_a_row_and_characters_set_aside_are_told() -> None:
    text = "#NEXUS\nbegin taxa; taxlabels A B C; end; begin characters; dimensions nchar=2; eliminate 2; matrix\nA 01\nB 10\n; end;"
    said = " ".join(map(str, read(text).mended))
    assert "have no row in the matrix: C." in said
    assert "ELIMINATE" in said


def test_an_interleaved_matrix_of_tnt() -> None:
    matrix = read("xread\n4 2\n&\nA 01\nB 10\n&\nA 11\nB 0?\n;\n").matrices[0]
    assert dict(zip(matrix.taxa, map("".join, matrix.cells), strict=True)) == {"A": "0111", "B": "100?"}


@pytest.mark.parametrize(
    "content",
    [
        PHYLOXML.encode(),
        f"<!-- mine -->{PHYLOXML}".replace("<phyloxml", f'<phyloxml xmlns="{NAMESPACE}"').encode(),
        f'<?xml version="1.0" encoding="UTF-16"?>{PHYLOXML}'.encode("utf-16"),
        PHYLOXML.replace("<phyloxml", '<phyloxml xmlns="http://www.phyloxml.org/1.10"').encode(),
    ],
)
def test_phyloxml_without_its_namespace_in_utf16_or_behind_a_comment(content: bytes) -> None:
    assert tip_names(read_content(content).trees[0].tree) == ["A", "禄丰龙"]


def test_a_deep_tree_beside_a_broken_one_is_read() -> None:
    deep = "<clade><clade><name>a</name></clade>" * 1500 + "<clade/>" + "</clade>" * 1500
    outcome = read(f"<phyloxml><phylogeny>{deep}</phylogeny><phylogeny><clade/><clade/></phylogeny></phyloxml>")
    assert (outcome.trees_found, len(outcome.trees)) == (2, 1)
    assert "it has 2 roots" in str(outcome.lost[0])


def test_a_document_without_a_tree_is_refused() -> None:
    with pytest.raises(TreeError, match="neither a tree nor a matrix in this phyloXML file"):
        read(f'<phyloxml xmlns="{NAMESPACE}"/>')


def nexml_matrix(kind: str, characters: int, *rows: str) -> str:
    names = "".join(f'<otu id="t{n}" label="T{n}"/>' for n in range(len(rows)))
    chars = "".join(f'<char id="c{n}"/>' for n in range(characters))
    cells = "".join(f'<row id="r{n}" otu="t{n}"><seq>{row}</seq></row>' for n, row in enumerate(rows))
    return (
        f'<nexml xmlns="http://www.nexml.org/2009" xmlns:x="http://www.w3.org/2001/XMLSchema-instance"><otus>{names}</otus>'
        f'<characters x:type="nex:{kind}"><format>{chars}</format><matrix>{cells}</matrix></characters></nexml>'
    )


def test_sequences_of_nexml() -> None:
    assert read(nexml_matrix("ContinuousSeqs", 1, "12.5", "3")).matrices[0].cells == (("12.5",), ("3",))
    outcome = read(nexml_matrix("DnaSeqs", 4, "AC\nGT", "ACG"))
    assert outcome.matrices[0].cells == (("A", "C", "G", "T"), ("A", "C", "G", "?"))
    assert str(outcome.mended[0]) == "The row of T1 has 3 characters instead of 4."


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("taxon|FAD|LAD\nA|100|95\n", ""),
        ("tip,oldest_age,youngest_age\nA,100,95\n", ""),
        ("OTU,FAD,LAD\n'A',100,95\n", ""),
        ("Taxon,Stage\nA,Cenomanian\n", ""),
        ("taxon,FAD,LAD\nA,100,95\nB,5,9\n", "Row 3, B: its first appearance, 5 Ma, is younger than its last, 9 Ma"),
        ("taxon,FAD,LAD\nA,100,95\nB,-5,-9\n", "Row 3, B: ages are million years before today"),
        ("taxon,FAD,LAD,interval\nA,199.3,199.3,Early Jurassic\n", "A is dated to one moment, 199.3 Ma"),
    ],
)
def test_tables_of_ages(table: str, told: str) -> None:
    outcome = read(table)
    assert outcome.ages is not None
    assert list(outcome.ages.ranges) == ["A"]
    said = " ".join(map(str, (*outcome.lost, *outcome.doubts)))
    assert told in said if told else not said


_SHARED = Path(__file__).parents[4] / "shared/data/trees/DunneGodoy__dino_ages.csv"


@pytest.mark.skipif(not _SHARED.exists(), reason="the published table is not here")
def test_rows_that_contradict_their_own_intervals() -> None:
    said = [str(what) for what in read_content(_SHARED.read_bytes()).doubts]
    assert [next(word for word in line.split() if word.endswith("saurus")) for line in said] == [
        "Lufengosaurus",
        "Sinosaurus",
        "Yunnanosaurus",
    ]
