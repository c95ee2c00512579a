"""What programs and people write that the standards do not foresee: each is read without loss, or refused with its place and the remedy."""

import pytest

from trees.errors import TreeError
from trees.matrices import Matrix
from trees.model import Tree
from trees.reading.files import read_content


def shape(tree: Tree) -> str:
    """Brackets, names and support of a tree."""
    inside = ",".join(shape(child) for child in tree.children)
    support = f"^{tree.support:g}" if tree.children and tree.support != 1.0 else ""
    return (f"({inside})" if tree.children else "") + tree.name + support


def nexus(block: str, inside: str) -> str:
    return f"#NEXUS\nbegin {block};\n{inside}\nend;\n"


def matrix_of(inside: str, format_: str = "", size: str = "nchar=3") -> str:
    return nexus("data", f"dimensions {size};\nformat datatype=standard {format_};\nmatrix\n{inside}\n;")


@pytest.mark.parametrize(
    ("text", "shapes", "mended"),
    [
        ("tree_1 = (A,B);\ntree_2=((A,C),B);\n", ["(A,B)", "((A,C),B)"], ""),
        ("one\t(A,B);\ntwo\t(B,A);", ["(A,B)", "(B,A)"], ""),
        ("# of a program\n(A,B);\n# the end\n", ["(A,B)"], ""),
        (">first\n(A,B);\n>second\n(B,A);", ["(A,B)", "(B,A)"], ""),
        ("((A:1,B:1):0.3[95],(C,D)80%);", ["((A,B)^95,(C,D)^80)"], ""),
        ("((A,B)[&&NHX:B=88],C);", ["((A,B)^88,C)"], ""),
        ("((A[a [nested] note],B),C);", ["((A,B),C)"], ""),
        ("[comment]\n#NEXUS\nbegin trees; tree a = (A,B); end;", ["(A,B)"], ""),
        (nexus("trees", "[a [b] c] tree t = [x [y]] (A,B);"), ["(A,B)"], ""),
        (nexus("trees", "translate\n 1 A_b\n 2 'C d'\n;\ntree t = (1,2);"), ["(A b,C d)"], "Commas are missing"),
        (nexus("trees", "translate 1 A 2 B 3 C;\ntree t = (1,2,3);"), ["(A,B,C)"], "Commas are missing"),
        (nexus("trees", "translate 1 A, 2 B;\ntree t = (1,2,3);"), ["(A,B,3)"], "TRANSLATE does not name"),
        (nexus("trees", "tree a = (A,B)\ntree b = (B,A);"), ["(A,B)", "(B,A)"], "Line 4: the tree before it has no semicolon"),
        (nexus("trees", "tree a = (A,(B,C)<name = Aves>);"), ["(A,(B,C))"], ""),
        ("xread 1 4\nA 0\nB 1\nC 0\nD 1\n;\ntread (0 (1 (2 3)=100 )=85/0.9 );", ["(A,(B,(C,D)^100)85/0.9)"], ""),
    ],
)  # fmt: skip
def test_trees(text: str, shapes: list[str], mended: str) -> None:
    found = read_content(text.encode())
    assert [shape(named.tree) for named in found.trees] == shapes
    assert (found.trees_found, found.lost) == (len(shapes), ())
    assert [mended in str(what) for what in found.mended] == ([True] if mended else [])


def rows(matrix: Matrix) -> dict[str, list[str]]:
    return {taxon: list(cells) for taxon, cells in zip(matrix.taxa, matrix.cells, strict=True)}


@pytest.mark.parametrize(
    ("text", "cells", "mended"),
    [
        (matrix_of("A xyz", 'equate="x=(01) y={1 2} z=?"'), {"A": ["(01)", "{12}", "?"]}, ""),
        (matrix_of("A 0&1 1/2 (0~2)"), {"A": ["(01)", "{12}", "(012)"]}, ""),
        (matrix_of("Aus\n010\nBus\n0\n11"), {"Aus": ["0", "1", "0"], "Bus": ["0", "1", "1"]}, ""),
        (matrix_of("A 010\nB 0\nC 0101"), {"A": ["0", "1", "0"], "B": ["0", "?", "?"], "C": ["0", "1", "0"]}, "row of B"),
        (matrix_of("A 010\nA 011"), {"A": ["0", "1", "0"], "A (2)": ["0", "1", "1"]}, "more than one row of A"),
        (matrix_of("Homo sapiens 010"), {"Homo sapiens": ["0", "1", "0"]}, "has a blank and no quotes"),
        (matrix_of("A 010").replace(";\nend;", "end;"), {"A": ["0", "1", "0"]}, "no semicolon behind its last row"),
        (matrix_of("A acrn").replace("standard", "dna").replace("=3", "=4"), {"A": ["A", "C", "{AG}", "?"]}, ""),
        (matrix_of("A red (small big) ?", "tokens"), {"A": ["0", "(01)", "?"]}, ""),
        ("xread\n'it''s a title; really'\n3 2\nA 010\nB 1\n 1 0\n;", {"A": ["0", "1", "0"], "B": ["1", "1", "0"]}, ""),
        ("xread 3 1\nA 010\n", {"A": ["0", "1", "0"]}, ""),
    ],
)  # fmt: skip
def test_cells(text: str, cells: dict[str, list[str]], mended: str) -> None:
    found = read_content(text.encode())
    assert rows(found.matrices[0]) == cells
    assert any(mended in str(what) for what in found.mended) == bool(mended)


@pytest.mark.parametrize(
    ("inside", "ordered"),
    [
        ("options deftype=unord; end; begin assumptions; typeset * a = unord: 1-2, ord: 3-.;", [3, 4, 5]),
        ("end; begin assumptions; typeset a = ord: all; typeset * b = ord: 2;", [2]),
        ("end; begin sets; charset head = 1 4; end; begin assumptions; typeset * a = ord: head;", [1, 4]),
        ("end; begin mrbayes; ctype ordered: 2 5;", [2, 5]),
        ("options deftype=ord; end; begin paup; ctype unord: 1-4;", [5]),
    ],
)
def test_which_characters_are_ordered(inside: str, ordered: list[int]) -> None:
    text = nexus("data", f"dimensions nchar=5; matrix A 01010\n; {inside}")
    characters = read_content(text.encode()).matrices[0].characters
    assert [number for number, character in enumerate(characters, 1) if character.ordered] == ordered


def test_measurements_of_tnt_are_a_matrix_of_their_own() -> None:
    text = "nstates cont;\nxread 3 2\n&[cont]\nA 0.5\nB 1.2-1.5\n&[num]\nA 0[01]\nB 1?\n;\ncc + /2 1 ;\ncnames {0 Femur; {1 Teeth few many; ;"
    measured, coded = read_content(text.encode()).matrices
    assert (measured.continuous, rows(measured)) == (True, {"A": ["0.5"], "B": ["1.2-1.5"]})
    assert (coded.continuous, rows(coded)) == (False, {"A": ["0", "(01)"], "B": ["1", "?"]})
    assert [(one.name, one.ordered) for one in coded.characters] == [("Teeth", True), ("", False)]


def test_a_table_of_traits() -> None:
    found = read_content(b'"","log10_mass","clade"\n"A_b",0.5,"Sau"\n"C",NA,"Orn"\n')
    measured, worded = found.matrices
    assert (measured.continuous, rows(measured)) == (True, {"A b": ["0.5"], "C": ["?"]})
    assert [worded.characters[0].states[cells[0]] for cells in worded.cells] == ["Sau", "Orn"]


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("sep=;\nTaxon;FAD (Ma);LAD (Ma)\nA;201,3;190,8 Ma\n", (201.3, 190.8)),
        ("tip_label,max_age,min_age\nA,201.3,190.8\n", (201.3, 190.8)),
        ("Table S1. Ages, in Ma\nTaxon,FAD,LAD\nA,201.3,190.8\n", (201.3, 190.8)),
        ("A 201.3 190.8\nB 100 90\n", (201.3, 190.8)),
        ("物种,首现,末现\nA,201.3,190.8\n", (201.3, 190.8)),
        ('"occurrence_no","accepted_name","max_ma","min_ma"\n1,A,201.3,195\n2,A,199,190.8\n', (201.3, 190.8)),
    ],
)
def test_tables_of_ages_as_spreadsheets_write_them(text: str, ages: tuple[float, float]) -> None:
    found = read_content(text.encode()).ages
    assert found is not None
    assert (found.ranges["A"].first_appearance, found.ranges["A"].last_appearance) == ages
    assert not found.problems


PHYLOXML = '<?xml version="1.0"?><phyloxml xmlns="http://www.phyloxml.org">%s</phyloxml>'
CLADE = "<clade><clade><name>A</name></clade><clade><name>B</name></clade></clade>"


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (f"<phylogeny>{CLADE}{CLADE}</phylogeny>", "it has 2 roots"),
        ('<phylogeny><clade branch_length="inf"/></phylogeny>', "“inf” is not a branch length"),
        ("<phylogeny><clade><branch_length>x</branch_length></clade></phylogeny>", "“x” is not a branch length"),
    ],
)
def test_a_broken_tree_of_xml_is_told_and_the_next_one_is_read(inside: str, words: str) -> None:
    found = read_content((PHYLOXML % f"{inside}<phylogeny>{CLADE}</phylogeny>").encode())
    assert (found.trees_found, [shape(named.tree) for named in found.trees]) == (2, ["(A,B)"])
    assert words in str(found.lost[0])


def test_two_confidences_are_support_and_note() -> None:
    confidences = '<confidence type="bootstrap">90</confidence><confidence type="posterior">0.99</confidence>'
    found = read_content(
        (PHYLOXML % f"<phylogeny>{CLADE.replace('<clade>', '<clade>' + confidences, 1)}</phylogeny>").encode()
    )
    root = found.trees[0].tree
    assert (root.support, root.annotations) == (90.0, {"posterior": 0.99})


NEXML = """<nex:nexml xmlns:nex="http://www.nexml.org/2009" xmlns="http://www.nexml.org/2009" version="0.9"><otus id="o"><otu id="t" label="A"/>
<otu id="u" label="B"/></otus><characters id="m" otus="o"><format><states id="s"><state id="s0" symbol="0" label="absent"/><state id="s1" symbol="1"/>
<polymorphic_state_set id="p" symbol="2"><member state="s0"/><member state="s1"/></polymorphic_state_set>
<uncertain_state_set id="q" symbol="3"><member state="s0"/><member state="s1"/></uncertain_state_set><uncertain_state_set id="z" symbol="?"/></states>
<char id="a" states="s"/><char id="b" states="s"/><char id="c" states="s"/></format><matrix><row id="r" otu="t"><cell char="a" state="p"/>
<cell char="b" state="q"/><cell char="c" state="z"/></row></matrix></characters><trees id="ts" otus="o"><tree id="x"><node id="n"/><node id="k" otu="t"/>
<node id="l" otu="u"/><edge id="e" source="n" target="k"/></tree><network id="net"/></trees></nex:nexml>"""  # fmt: skip


def test_sets_of_states_and_a_tree_in_two_pieces_in_nexml() -> None:
    found = read_content(NEXML.encode())
    assert rows(found.matrices[0]) == {"A": ["(01)", "{01}", "?"]}
    assert found.matrices[0].characters[0].states == {"0": "absent"}
    assert [str(what) for what in found.lost] == [
        "Tree 1: it has 2 roots. A tree has one: join them in one more node, or make a tree of each.",
        "The network net is no tree; it was not read.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("((A:-1,B:2):1,C:3);", "Branches shorter than nothing in tree “1”: 1."),
        ("((A:1,5,B:2,5):1,C:3);", "Is a decimal comma meant?"),
        ("((A,(B)x#H1),(x#H1,C));", "is a network"),
    ],
)
def test_what_can_hardly_be_meant_is_doubted(text: str, words: str) -> None:
    assert words in str(read_content(text.encode()).doubts[0])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"((A,B),C)(D,E);", "Line 1, column 10: Another tree begins behind the root"),
        (b"((A,B),\n(C,D);", "Line 2, column 6: The tree ends with brackets still open: 1"),
        (b"((A,''),C);", "column 5: A tip has no name"),
        (b"((A:1,:2),C);", "column 7: A tip has no name"),
        (b"PK\x03\x04((A,B),C);", "This is ZIP"),
        (
            b"#NEXUS\nbegin taxa; taxlabels A B; end;",
            "neither a tree nor a matrix in this NEXUS file. Its blocks are: TAXA",
        ),
        (b"xread\nA 010\n;", "neither a matrix"),
        (b"<?xml version='1.0' encoding='ISO-89-1'?><phyloxml/>", "names an encoding that is not known"),
        (b"(;" * 1100, "More than 1000 trees of this file cannot be read"),
    ],
)
def test_what_is_refused_names_its_place_and_the_remedy(content: bytes, words: str) -> None:
    with pytest.raises(TreeError) as caught:
        read_content(content)
    assert words in str(caught.value)


def test_a_tree_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trees.reading.growing.MOST_NODES", 4)
    monkeypatch.setattr("trees.reading.xml.MOST_NODES", 2)
    for content in (b"((A,B),C);", (PHYLOXML % f"<phylogeny>{CLADE}</phylogeny>").encode()):
        with pytest.raises(TreeError, match="forks and tips"):
            read_content(content)


def test_a_comment_that_nothing_closes_is_told() -> None:
    found = read_content(nexus("trees", "tree a = (A,B);\n[oops").encode())
    assert len(found.trees) == 1
    assert "Line 4, column 1: nothing closes this “[”" in str(found.mended[0])


def test_names_in_the_encoding_of_chinese_windows() -> None:
    assert (
        shape(read_content("((禄丰龙,云南龙),金山龙);".encode("gb18030")).trees[0].tree) == "((禄丰龙,云南龙),金山龙)"
    )
