"""The window of the tree: what it asks is done, stands in the address, and bad requests change nothing."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState

from catalogue import database
from catalogue.rights import THIS_COMPUTER
from screens.parts import tree_view
from trees import keeping
from trees.library import alternative_trees, innovations
from trees.reading.files import read_content

OpenPage = Callable[..., Any]


@pytest.fixture(autouse=True)
def _fresh_component() -> Iterator[None]:
    tree_view._component.cache_clear()
    yield
    tree_view._component.cache_clear()


def ask(screen: Any, **what: object) -> Any:
    """Send what the browser sends."""
    event = json.dumps([{"event": "asked", "value": what}])
    return screen.run(
        WidgetState(id=_make_trigger_id(screen._component("tree").id, "events"), json_trigger_value=event)
    )


def about(screen: Any) -> dict[str, Any]:
    """What the browser was given."""
    given: dict[str, Any] = screen.given_to_pictures()["tree"]
    return given


def names(screen: Any) -> set[str]:
    """The tips and clades that are drawn."""
    return {place[0] for place in about(screen)["about"]["places"]}


@pytest.fixture
def keep_tree(collection: None) -> Callable[[str], str]:
    """Puts a tree into the library and gives its key."""

    def keep_tree(newick: str) -> str:
        content = newick.encode()
        with database.writing() as connection:
            title = {"title": "A tree of our own"}
            kept = keeping.keep(connection, THIS_COMPUTER, "tree.nwk", content, read_content(content), title)
        return kept[0].key

    return keep_tree


def test_fold_and_unfold(open_page: OpenPage) -> None:
    screen = open_page("tree")
    before = names(screen)
    folded = ask(screen, act="fold", keys=["Theropoda"])
    assert folded.query == {"fold": "Theropoda"}
    assert "Sinosaurus" not in names(folded)
    assert names(open_page("tree", fold="Theropoda")) == names(folded)
    unfolded = ask(folded, act="unfold", keys=["Theropoda"])
    assert unfolded.query == {}
    assert names(unfolded) == before


def test_a_clade_alone_and_back(open_page: OpenPage) -> None:
    screen = ask(open_page("tree"), act="alone", key="Theropoda")
    assert screen.query == {"clade": "Theropoda"}
    assert "Lufengosaurus" not in names(screen)
    assert "Sinosaurus" in names(screen)
    assert 'data-act="whole"' in screen.markup("tree")
    assert ask(screen, act="up").query != {"clade": "Theropoda"}
    assert "Lufengosaurus" in names(ask(screen, act="whole"))


def test_another_root_and_back(open_page: OpenPage) -> None:
    screen = ask(open_page("tree"), act="root", key="Lufengosaurus")
    assert screen.query == {"root": "Lufengosaurus"}
    places = about(screen)["about"]["places"]
    assert {place[0] for place in places if place[2] == 0} >= {"Lufengosaurus"}
    assert ask(screen, act="unroot").query == {}


def test_a_root_that_cannot_be_is_told(open_page: OpenPage) -> None:
    screen = open_page("tree", root="Nobody")
    assert "is not on the tree" in screen.text()
    assert screen.query == {}


def test_a_search_unfolds_what_it_finds(open_page: OpenPage) -> None:
    screen = ask(open_page("tree", fold="Theropoda"), act="search", query="sinosaur")
    assert about(screen)["found"][0] == "Sinosaurus"
    assert screen.query == {"find": "sinosaur"}
    assert about(ask(screen, act="search", query="no such thing"))["found"] == []


def test_a_common_name_is_found_in_the_reader_s_language(open_page: OpenPage) -> None:
    assert "Lufengosaurus" in about(ask(open_page("tree", lang="zh"), act="search", query="禄丰龙"))["found"]


def test_a_moment_in_time_is_a_link(open_page: OpenPage) -> None:
    screen = ask(open_page("tree"), act="time", time=193.4)
    assert screen.query == {"moment": "193.4"}
    assert about(open_page("tree", moment="193.4"))["time"] == 193.4
    assert ask(screen, act="time", time=None).query == {}


@pytest.mark.parametrize(
    "what",
    [
        {"act": "explode"},
        {"act": "fold", "keys": "Theropoda"},
        {"act": "fold", "keys": ["Nobody", 3, None]},
        {"act": "time", "time": "now"},
        {"act": "time", "time": -5},
        {"act": "alone", "key": "Nobody"},
        {"act": "room", "width": "wide"},
        {"act": 7},
        {"keys": ["Theropoda"]},
    ],
)
def test_what_makes_no_sense_changes_nothing(open_page: OpenPage, what: dict[str, object]) -> None:
    screen = open_page("tree")
    before = screen.markup("tree")
    after = ask(screen, **what)
    assert after.query == {}
    assert after.markup("tree") == before


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("form", "square"),
        ("method", "guess"),
        ("color", "mood"),
        ("branch", "-1"),
        ("moment", "soon"),
        ("ranks", "aeon"),
    ],
)
def test_a_link_with_nonsense_shows_the_usual_tree(open_page: OpenPage, name: str, written: str) -> None:
    screen = open_page("tree", **{name: written})
    assert name not in screen.query
    assert names(screen) == names(open_page("tree"))


@pytest.mark.parametrize("form", ["slanted", "circular"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_other_forms_have_the_same_tips(open_page: OpenPage, form: str, lang: str) -> None:
    assert names(open_page("tree", form=form, lang=lang)) == names(open_page("tree"))


@pytest.mark.parametrize("method", ["basic", "mbl", "equal"])
def test_each_method_tells_its_caveat_and_the_agreement(open_page: OpenPage, method: str) -> None:
    text = open_page("tree", method=method).text()
    caveat = {"basic": "many forks fall on one moment", "mbl": "adds up towards the root", "equal": "is a convention"}[
        method
    ]
    assert caveat in text
    assert "Does the tree agree with the rocks?" in text
    assert "GER" in text


def test_the_test_against_chance_on_demand(open_page: OpenPage) -> None:
    screen = open_page("tree")
    assert "random dealings" not in screen.text()
    assert "random dealings" in screen.press("test_chance").text()


def test_a_spread_only_where_fossils_date_the_tree(open_page: OpenPage) -> None:
    assert 'class="spread"' not in open_page("tree").markup("tree")
    assert 'class="spread"' in open_page("tree", spread="True").markup("tree")
    assert 'class="spread"' not in open_page("tree", spread="True", method="steps").markup("tree")


def test_colours_by_country_and_by_clade_say_what_they_mean(open_page: OpenPage) -> None:
    assert ">China</text>" in open_page("tree", color="country_code").markup("tree")
    assert ">中国</text>" in open_page("tree", color="country_code", lang="zh").markup("tree")
    assert ">Theropoda</text>" in open_page("tree", color="clade").markup("tree")
    assert ">Yunnan</text>" in open_page("tree", color="state_province").markup("tree")


def test_outlines_of_animals_have_their_credit(open_page: OpenPage) -> None:
    screen = open_page("tree")
    assert "<symbol" in screen.markup("tree")
    assert "CC0" in screen.text()
    without = open_page("tree", outlines="False")
    assert "<symbol" not in without.markup("tree")
    assert "CC0" not in without.text()


def test_what_was_new_is_marked_and_told_on_the_card_with_its_evidence(open_page: OpenPage) -> None:
    marks = open_page("tree", lang="zh", taxon="Pennaraptora").markup("tree")
    assert marks.count('<g class="novelty" data-pick') == len({one.clade for one in innovations()})
    card = marks.split("<!--part-->")[2]
    assert "坐巢孵卵" in card
    assert "id=bonebed%3Aigm-100-979" in card
    for plain in ({"news": "False"}, {"root": "Passer"}, {"tree": "other:" + alternative_trees()[0].key}):
        assert 'data-pick="Pennaraptora" data-of' not in open_page("tree", **plain).markup("tree")


def test_a_tree_of_the_library_with_lengths_and_without(open_page: OpenPage, keep_tree: Callable[[str], str]) -> None:
    long = open_page("tree", tree=keep_tree("((Aa:1,Bb:2):1,(Cc:3,Dd:1):1);"))
    assert "A tree of our own" in long.text()
    assert names(long) == {"Aa", "Bb", "Cc", "Dd", "#0", "#1", "#4"}
    assert about(long)["about"]["units"] == []
    assert about(long)["about"]["axis"]["lengths"] is True
    dated = open_page("tree", tree=long.query["tree"], youngest="66")
    assert about(dated)["about"]["axis"]["timed"] is True
    bare = open_page("tree", tree=keep_tree("((Aa,Bb),(Cc,Dd));"))
    assert "says nothing of its age" in bare.text()


def test_fossils_date_a_tree_of_the_library(open_page: OpenPage, keep_tree: Callable[[str], str]) -> None:
    key = keep_tree("((Lufengosaurus_huenei,Plateosaurus),(Sinosaurus,Nobodysaurus));")
    screen = open_page("tree", tree=key, taxon="Lufengosaurus huenei")
    assert about(screen)["about"]["axis"]["fossils"] is True
    assert "Nobodysaurus" in screen.text()
    assert "of_taxon" in screen.pictures()
    several = screen.choose("tree", "#0")
    assert "Lufengosaurus huenei, Plateosaurus, Sinosaurus" in several.text()
    assert "7 records in the catalogue" in several.text()


def test_no_such_tree(open_page: OpenPage) -> None:
    assert "Perhaps it was removed" in open_page("tree", tree="t999").text()


def test_a_large_tree_opens_folded_and_unfolds(open_page: OpenPage, keep_tree: Callable[[str], str]) -> None:
    parts = [f"t{number}" for number in range(1024)]
    while len(parts) > 1:
        parts = [f"({one},{other})" for one, other in zip(parts[::2], parts[1::2], strict=True)]
    screen = open_page("tree", tree=keep_tree(f"{parts[0]};"))
    places = about(screen)["about"]["places"]
    assert about(screen)["large"] is True
    assert 60 < sum(place[1] != "clade" for place in places) <= 90
    key = next(place[0] for place in places if place[1] == "collapsed")
    nearer = ask(screen, act="unfold", keys=[key])
    kinds = {place[0]: place[1] for place in about(nearer)["about"]["places"]}
    assert kinds[key] == "clade"
    assert len(kinds) > len(places)
    assert "open" not in ask(nearer, act="refold").query


def test_choices_stand_in_the_address_and_follow_it(open_page: OpenPage) -> None:
    screen = open_page("tree", form="slanted", spread="True", branch="2.5", ranks="era,period")
    values = {
        widget.label: widget.value for widget in (*screen.app.selectbox, *screen.app.number_input, *screen.app.toggle)
    }
    assert values["Least branch length, in million years"] == 2.5
    assert values["Within what each fork falls (dated 100 times)"] is True
    colour = next(box for box in screen.app.selectbox if box.label == "Colour by")
    colour.set_value("country_code")
    assert screen.run().query == {
        "form": "slanted", "spread": "True", "branch": "2.5", "ranks": "era,period", "color": "country_code",
    }  # fmt: skip
    method = next(box for box in screen.app.selectbox if box.label == "How it is dated")
    method.set_value("basic")
    assert screen.run().query["method"] == "basic"
