"""`catalogue.comparing`: what differs between two versions is said of fields, entries and words, and nothing is lost in it."""

from hypothesis import given
from hypothesis import strategies as st

from catalogue.comparing import FieldDifference, Pair, Run, compare, entries, word_by_word


def test_each_field_is_said_to_be_what_became_of_it() -> None:
    before = {"formation": "Lufeng", "member": "", "bed": "3", "locality": "Dawa", "county": ""}
    after = {"formation": "Fengjiahe", "member": "Shawan", "bed": "", "locality": "Dawa", "county": ""}
    assert {one.name: one.kind for one in compare(before, after)} == {
        "formation": "changed",
        "member": "added",
        "bed": "taken out",
        "locality": "same",
    }


def test_a_field_that_only_one_version_knows_counts_as_blank_in_the_other() -> None:
    assert compare({}, {"sex": "female"}) == [FieldDifference("sex", None, "female")]
    assert compare({}, {"sex": "female"})[0].kind == "added"


def test_zero_is_something() -> None:
    assert compare({"decimal_latitude": None}, {"decimal_latitude": 0.0})[0].kind == "added"


def test_only_the_words_that_differ_are_marked() -> None:
    old, new = word_by_word("two kilometres north of Dawa", "three kilometres north of Dawa")
    assert old == [Run("two", False), Run(" kilometres north of Dawa", True)]
    assert new == [Run("three", False), Run(" kilometres north of Dawa", True)]


def test_chinese_is_matched_character_by_character() -> None:
    assert word_by_word("禄丰沙湾", "禄丰大洼")[1] == [Run("禄丰", True), Run("大洼", False)]


def test_a_blank_between_two_marked_words_is_marked_with_them() -> None:
    assert word_by_word("red beds", "dark mudstone")[1] == [Run("dark mudstone", False)]


def test_very_long_texts_are_not_matched() -> None:
    long = "word " * 5_000
    assert word_by_word(long, long + "x") == ([Run(long, False)], [Run(long + "x", False)])
    assert word_by_word(long, long) == ([Run(long, True)], [Run(long, True)])


def test_entries_are_found_again_wherever_they_stand() -> None:
    skull, tooth = {"element": "skull", "side": ""}, {"element": "tooth", "side": "left"}
    assert [pair.kind for pair in entries([skull, tooth], [tooth, skull])] == ["same", "same"]


def test_an_entry_that_agrees_in_half_of_what_it_says_is_the_same_one_changed() -> None:
    skull = {"element": "skull", "side": "left", "preparations": ""}
    acid, femur = skull | {"preparations": "acid"}, {"element": "femur", "side": "", "preparations": ""}
    assert entries([skull], [femur, acid]) == [Pair(None, femur), Pair(skull, acid)]
    assert [pair.kind for pair in entries([skull, femur], [acid])] == ["changed", "taken out"]


ENTRIES = st.lists(st.fixed_dictionaries({"a": st.sampled_from("xyz"), "b": st.sampled_from("xyz")}), max_size=5)


@given(ENTRIES, ENTRIES)
def test_every_entry_is_told_once(before: list[dict[str, str]], after: list[dict[str, str]]) -> None:
    pairs = entries(before, after)
    assert [pair.after for pair in pairs if pair.after is not None] == after
    old = [pair.before for pair in pairs if pair.before is not None]
    assert sorted(map(str, old)) == sorted(map(str, before))


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_runs_give_the_texts_again(before: str, after: str) -> None:
    old, new = word_by_word(before, after)
    assert ("".join(run.text for run in old), "".join(run.text for run in new)) == (before, after)
    shared = ["".join(run.text for run in side if run.shared and not run.text.isspace()) for side in (old, new)]
    assert before != after or shared[0] == before.strip() or all(run.shared for run in old)
