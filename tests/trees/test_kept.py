"""`trees.keeping` and `trees.kept`: files and trees go into the library, come back as they were, and only those may change them who may."""

from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue.rights import THIS_COMPUTER, VISITOR, NotAllowed, Person, Role
from trees import keeping, kept
from trees.keeping import TreeChanged, TreeRefused
from trees.kept import Entry, NoSuchTree
from trees.matching import SAID, TipRemark
from trees.model import tip_names
from trees.ranges import CATALOGUE
from trees.reading.files import read_content
from trees.writing import write_newick

MEI, JO = Person("mei", "Mei", Role.CATALOGUER), Person("jo", "Jo", Role.CATALOGUER)
CURATOR, STUDENT = Person("li", "Li", Role.CURATOR), Person("ann", "Ann", Role.STUDENT)
NEXUS = """#NEXUS
begin characters; dimensions nchar=2; format symbols="01"; charstatelabels 1 Teeth / flat round;
matrix Lufengosaurus_huenei 0? Sinosaurus 1- Passer (01); end;
begin trees; tree one = [&R] ((Lufengosaurus_huenei:1,Sinosaurus:2)Saurischia[&prob=0.5]:3,Passer:4);
tree two = (Sinosaurus,(Lufengosaurus_huenei,Passer)); tree broken = ((A,B); end;
"""
ABOUT = {"title": "A tree", "authors": "Young", "year": "1941", "doi": "https://doi.org/10.1000/xyz.", "licence": "CC0"}
AGES = b"taxon,FAD,LAD\nPasser,5,0\nNobody,3,1\n"


def keep(connection: Connection, text: str = NEXUS, who: Person = MEI, **more: Any) -> list[Entry]:
    content = text.encode()
    return keeping.keep(connection, who, "young.nex", content, read_content(content), ABOUT, **more)


def test_trees_of_a_file_are_kept_with_what_is_said_of_them(connection: Connection) -> None:
    one, two = keep(connection)
    assert [one.key, two.key] == ["t1", "t2"]
    assert (one.title, two.title, one.name) == ("A tree · one", "A tree · two", "one")
    assert (one.doi, one.tips, one.rooted, one.has_lengths, one.added_by) == ("10.1000/xyz", 3, True, True, "mei")
    assert (two.rooted, two.has_lengths) == (None, False)
    assert one.citation == "Young (1941). A tree · one. https://doi.org/10.1000/xyz"
    assert [entry.key for entry in kept.entries(connection)] == ["t2", "t1"]


def test_the_file_stays_byte_for_byte_with_its_matrix_and_what_was_lost(connection: Connection) -> None:
    entry = keep(connection, chosen=[0])[0]
    file = kept.original_file(connection, entry.file_id)
    read = read_content(NEXUS.encode())
    assert file.content == NEXUS.encode()
    assert (file.trees_found, file.trees_read, file.format) == (3, 2, "NEXUS")
    assert file.matrices == read.matrices
    assert (file.lost, file.mended) == (read.lost, read.mended)
    assert kept.files_with_matrices(connection) == [(file.id, "young.nex", "A tree")]
    assert kept.files_with_many_trees(connection) == [(file.id, "young.nex", 2)], "the tree that was not chosen, too"


def test_trees_of_the_same_name_are_told_apart(connection: Connection) -> None:
    kept_ones = keep(
        connection, "#NEXUS\nbegin trees; tree u = (A,B); tree v = (A,B); tree u = (B,A); tree = (A,B); end;"
    )
    assert [one.title for one in kept_ones] == ["A tree · u (1)", "A tree · v", "A tree · u (3)", "A tree · 4"]


def test_a_file_of_characters_alone_is_kept_too(connection: Connection) -> None:
    (entry,) = keep(connection, NEXUS.partition("begin trees")[0])
    assert entry.tips == 0
    assert kept.files_with_matrices(connection) == [(entry.file_id, "young.nex", "A tree")]
    with pytest.raises(NoSuchTree, match="characters and no tree"):
        kept.open_tree(connection, entry.key)


def test_a_tree_comes_back_with_the_ranges_of_the_catalogue(small_world: Connection) -> None:
    entry = keep(small_world, chosen=[0])[0]
    held = kept.open_tree(small_world, entry.key)
    assert write_newick(held.tree, annotations=True) == (
        "((Lufengosaurus_huenei:1,Sinosaurus:2)Saurischia[&prob=0.5]:3,Passer:4);"
    )
    assert held.taxa["Lufengosaurus huenei"] == "Lufengosaurus huenei"
    assert held.ranges["Lufengosaurus huenei"].first_finds == ("w:lufengosaurus",)
    assert held.ranges["Lufengosaurus huenei"].source in {CATALOGUE, "both"}
    assert (held.key, held.title, held.has_lengths) == ("t1", "A tree", True)


def test_what_a_person_says_of_tips_is_kept_with_the_tree_and_taken_back(small_world: Connection) -> None:
    entry = keep(small_world, chosen=[0])[0]
    tips = tip_names(kept.open_tree(small_world, entry.key).tree)
    remarks = [TipRemark("Passer", "Sinosaurus", False, 5.0, 0.0, "Some 2001"), TipRemark("Sinosaurus", left_out=True)]
    after = keeping.say_of_tips(small_world, MEI, entry.key, remarks, version=entry.version, tips=tips)
    held = kept.open_tree(small_world, entry.key)
    assert kept.remarks_of(small_world, entry.key) == remarks
    assert tip_names(held.tree) == ["Lufengosaurus huenei", "Passer"]
    assert (held.ranges["Passer"].source, held.ranges["Passer"].last_appearance) == (SAID, 0)
    keeping.say_of_tips(small_world, MEI, entry.key, [TipRemark("Sinosaurus")], version=after.version, tips=tips)
    assert len(tip_names(kept.open_tree(small_world, entry.key).tree)) == 3


def test_a_table_of_ages_belongs_to_a_tree_until_it_is_dropped(connection: Connection) -> None:
    entry = keep(connection, chosen=[0])[0]
    entry = keeping.add_ages(connection, MEI, entry.key, "ages.csv", AGES, read_content(AGES), version=1)
    held = kept.open_tree(connection, entry.key)
    assert held.ranges["Passer"].first_appearance == 5
    assert held.matching.unused == ("Nobody",)
    entry = keeping.drop_ages(connection, MEI, entry.key, version=entry.version)
    assert kept.open_tree(connection, entry.key).matching.unused == ()
    with pytest.raises(TreeRefused, match="no table of first and last"):
        keeping.add_ages(connection, MEI, entry.key, "x.nwk", b"", read_content(b"(A,B);"), version=entry.version)


@pytest.mark.parametrize(
    ("remark", "why"),
    [
        (TipRemark("Nobody", "Sinosaurus"), "is not on the tree"),
        (TipRemark("Passer", "", False, 3.0, 5.0, "x"), "Swap them"),
        (TipRemark("Passer", "", False, 5.0, 3.0, " "), "say where this age is from"),
        (TipRemark("Passer", "", False, None, 3.0, "x"), "needs a first one"),
        (TipRemark("Passer", "", False, float("nan"), 3.0, "x"), "from nan to 3"),
        (TipRemark("Passer", "a\x00b"), "control characters"),
    ],
)
def test_a_remark_that_cannot_be_is_refused(connection: Connection, remark: TipRemark, why: str) -> None:
    entry = keep(connection, chosen=[0])[0]
    with pytest.raises(TreeRefused, match=why):
        keeping.say_of_tips(connection, MEI, entry.key, [remark], version=1, tips=["Passer"])
    assert kept.remarks_of(connection, entry.key) == []


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({"title": "  "}, "Give the tree a title"),
        ({"year": "soon"}, "no year of publication"),
        ({"doi": "xyz"}, "is no DOI"),
        ({"note": "a\x00b"}, "control characters"),
        ({"authors": "a" * 100_000}, "at most"),
    ],
)
def test_what_will_not_do_is_refused_in_words(connection: Connection, about: dict[str, str], why: str) -> None:
    content = NEXUS.encode()
    with pytest.raises(TreeRefused, match=why):
        keeping.keep(connection, MEI, "a.nex", content, read_content(content), ABOUT | about)
    assert kept.entries(connection) == []


@pytest.mark.parametrize("chosen", [[], [7], [-1]])
def test_something_of_the_file_must_be_chosen(connection: Connection, chosen: list[int]) -> None:
    with pytest.raises(TreeRefused, match="Choose at least one tree"):
        keep(connection, chosen=chosen)


def test_a_hundred_and_one_trees_are_too_many_at_once(connection: Connection) -> None:
    with pytest.raises(TreeRefused, match="At most 100 trees"):
        keep(connection, "(A,B);" * 101)


def test_two_who_amend_the_same_tree_do_not_overwrite_each_other(connection: Connection) -> None:
    entry = keep(connection, chosen=[0])[0]
    after = keeping.amend(connection, MEI, entry.key, {"note": "mine"}, version=entry.version)
    assert (after.note, after.title, after.version) == ("mine", "A tree", 2)
    with pytest.raises(TreeChanged):
        keeping.amend(connection, CURATOR, entry.key, {"note": "yours"}, version=entry.version)


@pytest.mark.parametrize("who", [VISITOR, STUDENT])
def test_who_may_not_keep_trees_reads_them(connection: Connection, who: Person) -> None:
    entry = keep(connection, chosen=[0])[0]
    with pytest.raises(NotAllowed):
        keep(connection, who=who)
    with pytest.raises(NotAllowed):
        keeping.amend(connection, who, entry.key, {}, version=1)
    assert not keeping.may_amend(who, entry)
    assert kept.open_tree(connection, entry.key, who).title == "A tree"


def test_a_cataloguer_changes_their_own_and_a_curator_anybodys(connection: Connection) -> None:
    entry = keep(connection, chosen=[0])[0]
    for deed in (
        lambda: keeping.amend(connection, JO, entry.key, {"note": "x"}, version=1),
        lambda: keeping.say_of_tips(connection, JO, entry.key, [], version=1, tips=[]),
        lambda: keeping.drop_ages(connection, JO, entry.key, version=1),
        lambda: keeping.remove(connection, MEI, entry.key),
        lambda: keeping.restore(connection, MEI, entry.key),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert keeping.amend(connection, CURATOR, entry.key, {"note": "x"}, version=1).note == "x"


def test_a_removed_tree_is_out_of_sight_and_comes_back(connection: Connection) -> None:
    entry = keep(connection, chosen=[0])[0]
    keeping.remove(connection, CURATOR, entry.key)
    assert kept.entries(connection, MEI) == kept.entries(connection, MEI, removed=True) == []
    assert kept.files_with_matrices(connection) == []
    with pytest.raises(NoSuchTree):
        kept.open_tree(connection, entry.key, MEI)
    assert [one.removed_by for one in kept.entries(connection, CURATOR, removed=True)] == ["li"]
    keeping.restore(connection, CURATOR, entry.key)
    assert kept.entry(connection, entry.key).removed_at == ""


@pytest.mark.parametrize("key", ["", "t", "t0", "t99", "12", "t-1", "t1'--", "t²", "t" + "9" * 40])
def test_a_key_that_is_none(connection: Connection, key: str) -> None:
    with pytest.raises(NoSuchTree, match="no tree"):
        kept.entry(connection, key, THIS_COMPUTER)


def test_a_ladder_of_ten_thousand_tips_is_kept(connection: Connection) -> None:
    ladder = "(" * 9999 + "A" + "".join(f",t{number})" for number in range(9999)) + ";"
    entry = keep(connection, ladder)[0]
    assert entry.tips == 10_000
    assert write_newick(kept.open_tree(connection, entry.key).tree, lengths=False) == ladder
