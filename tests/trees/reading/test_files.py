"""`trees.reading.files`: each format is told by what stands in it, and what is none is refused in plain words."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trees.errors import TreeError
from trees.model import tip_names
from trees.reading.ages import read_ages
from trees.reading.files import read_content, read_file

TNT = """xread
'a title'
4 3
Out_group 0 1 ? -
A [01]100
B 2110
;
ccode + 0 2.3 - 1 *;
cnames
{0 Teeth round edged;
{2 Feathers;
;
tread 'trees' (0 (1 2))*(0 (1 B));
proc /;
"""
PHYLOXML = """<?xml version="1.0"?><phyloxml xmlns="http://www.phyloxml.org">
<phylogeny rooted="true"><name>one</name><clade><clade branch_length="2"><name>A</name></clade>
<clade><confidence type="bootstrap">90</confidence><clade><taxonomy><scientific_name>B b</scientific_name></taxonomy></clade>
<clade><name>C</name></clade></clade></clade></phylogeny></phyloxml>"""
NEXML = """<?xml version="1.0"?><nex:nexml xmlns:nex="http://www.nexml.org/2009" xmlns="http://www.nexml.org/2009" version="0.9"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><otus id="os"><otu id="o1" label="A"/><otu id="o2" label="B"/></otus>
<characters id="c" otus="os" xsi:type="nex:StandardCells"><format><states id="ss"><state id="s0" symbol="0"/><state id="s1" symbol="1"/>
</states><char id="c1" label="Teeth" states="ss"/><char id="c2" states="ss"/></format><matrix>
<row id="r1" otu="o1"><cell char="c1" state="s0"/><cell char="c2" state="s1"/></row><row id="r2" otu="o2"><cell char="c2" state="s0"/></row>
</matrix></characters>
<trees id="ts" otus="os"><tree id="t" xsi:type="nex:FloatTree"><node id="n0" root="true"/><node id="n1" otu="o1" label="A"/>
<node id="n2" otu="o2" label="B"/><edge id="e1" source="n0" target="n1" length="1.5"/><edge id="e2" source="n0" target="n2" length="2"/>
</tree></trees></nex:nexml>"""


def test_tnt() -> None:
    found = read_content(TNT.encode())
    matrix = found.matrices[0]
    assert found.format == "TNT"
    assert matrix.taxa == ("Out group", "A", "B")
    assert matrix.cells == (("0", "1", "?", "-"), ("(01)", "1", "0", "0"), ("2", "1", "1", "0"))
    assert [character.ordered for character in matrix.characters] == [True, False, True, True]
    assert matrix.characters[0].states == {"0": "round", "1": "edged"}
    assert [tip_names(tree.tree) for tree in found.trees] == [["Out group", "A", "B"]] * 2


def test_phyloxml() -> None:
    found = read_content(PHYLOXML.encode())
    tree = found.trees[0]
    assert (found.format, found.trees_found, tree.name, tree.has_lengths) == ("phyloXML", 1, "one", True)
    assert tip_names(tree.tree) == ["A", "B b", "C"]
    assert [node.support for node in tree.tree.traverse() if node.children and node.up] == [90.0]


def test_a_tree_of_another_namespace_is_read_and_told() -> None:
    found = read_content(PHYLOXML.replace("http://www.phyloxml.org", " http://www.phyloxml.org").encode())
    assert (found.trees_found, len(found.trees)) == (1, 1)
    assert "The namespace of the file is" in str(found.mended[0])


def test_nexml_with_its_matrix() -> None:
    found = read_content(NEXML.encode())
    assert (found.format, found.trees_found, len(found.trees)) == ("NeXML", 1, 1)
    assert sorted(tip_names(found.trees[0].tree)) == ["A", "B"]
    assert found.matrices[0].cells == (("0", "1"), ("?", "0"))
    assert found.matrices[0].characters[0].name == "Teeth"


def test_many_newick_trees_of_which_one_is_broken() -> None:
    found = read_content("(A,B);\n((A,';'),B;\n(C,D);".encode("utf-16"))
    assert (found.trees_found, len(found.trees)) == (3, 2)
    assert str(found.lost[0]).startswith("Tree 2: ")


@pytest.mark.parametrize(
    ("text", "ranges", "problems"),
    [
        (",FAD,LAD\nA_b,10,5\n", {"A b": (10, 5)}, 0),
        ('"FAD","LAD"\n"A",10,5\n', {"A": (10, 5)}, 0),
        ("taxon\tearly interval\tlate interval\nA\tHettangian\tSinemurian\n", {"A": (201.4, 192.9)}, 0),
        ("taxon FAD LAD\nA 10 NA\n", {"A": (10, 10)}, 0),
        ("taxon;max_ma;min_ma\nA;10,5;5\nA;11;5\n;3;2\nB;2;3\nC;x;1\n", {"A": (10.5, 5)}, 4),
    ],
)
def test_tables_of_ages(text: str, ranges: dict[str, tuple[float, float]], problems: int) -> None:
    found = read_content(text.encode()).ages
    assert found is not None
    assert {name: (one.first_appearance, one.last_appearance) for name, one in found.ranges.items()} == ranges
    assert len(found.problems) == problems


def test_an_age_outside_of_its_own_interval_is_doubted_and_kept() -> None:
    found = read_ages("taxon,FAD,LAD,early interval,late interval\nLufengosaurus,208.5,199.3,Hettangian,Hettangian\n")
    assert found.ranges["Lufengosaurus"].first_appearance == 208.5
    assert "208.5 to 199.3 Ma, outside of its own interval, 201.4 to 199.5 Ma" in str(found.doubts[0])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"hello", "no file of trees"),
        (b"%PDF-1.7", "This is PDF, and no text"),
        (b"\x89PNG\r\n", "no file of trees"),
        (b"((A,B);", "brackets still open"),
        (b"<?xml version='1.0'?><html/>", "neither phyloXML nor NeXML"),
        (b"<?xml version='1.0'?><phyloxml>", "Line 1, column 32: this is no well-formed XML"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><phyloxml/>", "entities of its own"),
        (b"taxon,FAD\n", "a line for each taxon"),
    ],
)
def test_what_is_no_file_of_trees_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(TreeError) as caught:
        read_content(content)
    assert words in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TreeError, match="cannot be opened"):
        read_file(tmp_path / "none.nwk")


MESQUITE = """#NEXUS
[of Mesquite [3.81]] begin characters; dimensions nchar=2; format datatype=standard tokens equate="x=(01)" symbols="0~3";
charstatelabels 1 'a, b' / red blue; matrix
'A b' red 1
C (red blue) ?
; end; begin assumptions; typeset * a = unord: 1, ord: 2-.; end;
begin trees; translate
1 'A b'
2 C;
tree t = [&R] (1[&age={1,2}]:1,2:2)<name = x>;
end;"""
SEEDS = (TNT, PHYLOXML, NEXML, "((A:1,'B c')0.9:2,C[&x=1]);", "taxon,FAD,LAD\nA,10,5\n", "#NEXUS\nbegin data; dimensions nchar=2; matrix\nA 01\n; end;\nbegin trees; tree t = (A,B); end;", MESQUITE, "xread 3 2\n&[cont]\nA 0.5\nB 1\n&[num]\nA 0[01]\nB 1?\n;\ncc + 1.2;\ntread (0 1=9);", ",mass,clade\nA,1,x\nB,2,y\n")  # fmt: skip


@given(st.sampled_from(SEEDS), st.integers(0, 400), st.integers(0, 40), st.binary(max_size=12))
def test_damaged_files_are_read_or_refused(seed: str, place: int, removed: int, put: bytes) -> None:
    content = seed.encode()
    place %= len(content)
    try:
        found = read_content(content[:place] + put + content[place + removed :])
    except TreeError:
        return
    assert found.trees_found == len(found.trees) + sum("Tree" in str(what) for what in found.lost)


_FOLDER = os.environ.get("BONEBED_PUBLISHED_TREES")
PUBLISHED = {
    "DunneGodoy__dino_supertree_Chapelle.nex": (1, 112, None),
    "DunneGodoy__dino_supertree_McPhee.nex": (1, 116, None),
    "DunneGodoy__trees_Chapelle_cleaned.nex": (100, 101, None),
    "Taylor__archbishop.nex": (0, 0, (125, 548)),
    "Taylor__archbishop.tnt": (0, 0, (125, 548)),
    "WangLloyd__matrix.nex": (0, 0, (80, 280)),
    "WangLloyd__mpts.nex": (45, 80, None),
    "WangLloyd__tipdated.tre": (1, 80, None),
    "ape_bird.orders.nwk": (1, 23, None),
    "biopython__ByteOrderMarkFile.nwk": (1, 3, None),
    "biopython__phyloxml_examples.xml": (14, 13, None),
    "biopython__treebase-record.nexml.xml": (1, 52, (52, 1161)),
    "fallpaddy__tree_dinosaur_time.nwk": (1, 402, None),
    "nitro__gentry_1992.nex": (0, 0, (27, 112)),
    "phenotools__clarke_2006.nex": (0, 0, (29, 205)),
    "strap__Dipnoi.nwk": (1, 86, None),
}


@pytest.mark.skipif(not _FOLDER, reason="the published files are not here")
@pytest.mark.parametrize("name", PUBLISHED)
def test_published_files(name: str) -> None:
    found = read_file(Path(str(_FOLDER)) / name)
    trees, tips, matrix = PUBLISHED[name]
    assert (found.trees_found, len(found.trees), found.tips) == (trees, trees, tips)
    assert [(len(one.taxa), len(one.characters)) for one in found.matrices] == ([matrix] if matrix else [])
    assert found.lost == ()
