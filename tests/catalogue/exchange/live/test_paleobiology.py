"""`catalogue.exchange.live.paleobiology`: asked politely, put together, kept, and taken in like a file."""

import threading
from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.exchange import pipeline
from catalogue.exchange.live import answers, paleobiology
from catalogue.exchange.live.asking import InvalidQuestion, Question
from catalogue.exchange.live.paleobiology import TooMany, TurnedOff, fetch
from catalogue.exchange.live.requesting import Manners, NoAnswer, Stopped
from catalogue.rights import THIS_COMPUTER, NotAllowed, Person, Role
from catalogue.settings import settings
from tests.paleobiology_service import OCCURRENCE, Replay, occurrences

ASKED = Question(taxon="Lufengosaurus", country="CN")
CURATOR = Person("anna", "Anna", Role.CURATOR)


def test_an_answer_is_taken_in_like_a_file(service: Replay, quick: Manners, connection: Connection) -> None:
    answer = fetch(CURATOR, ASKED, manners=quick)
    report = pipeline.commit(connection, CURATOR, answer.question.file_name, answer.content)
    assert (answer.found, report.read, report.accepted) == (3, 3, 3)
    assert report.format == "Paleobiology Database occurrences"
    one = specimens.get(connection, "pbdb:occ:138845")
    assert (one.genus, one.country_code, one.formation, one.member) == ("Lufengosaurus", "CN", "Lower Lufeng", "Shawan")
    assert one.has_place
    assert pipeline.commit(connection, CURATOR, "again.csv", answer.content).unchanged == 3


def test_specimens_are_asked_for_in_their_own_list(service: Replay, quick: Manners, connection: Connection) -> None:
    answer = fetch(CURATOR, Question(taxon="Lufengosaurus", listed="specimens"), manners=quick)
    report = pipeline.preview(connection, "specs.csv", answer.content)
    assert (report.format, report.accepted) == ("Paleobiology Database specimens", 1)
    assert {asked["path"] for asked in service.asked} == {"/specs/list.json", "/specs/list.csv"}


def test_how_many_there_are_is_asked_first(service: Replay, quick: Manners) -> None:
    fetch(CURATOR, ASKED, manners=quick)
    first, second = service.asked
    assert (first["path"], first["limit"], first["rowcount"]) == ("/occs/list.json", "0", "")
    assert (first["base_name"], first["cc"]) == (second["base_name"], second["cc"]) == ("Lufengosaurus", "CN")
    assert (second["path"], second["offset"]) == ("/occs/list.csv", "0")


def test_pages_become_one_table(service: Replay, quick: Manners, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paleobiology, "PAGE", 2)
    service.occurrences = [one | {"geogcomments": 'one\r\n"two", 三'} for one in occurrences(5)]
    told: list[tuple[int, int]] = []
    answer = fetch(CURATOR, ASKED, manners=quick, progress=lambda come, found: told.append((come, found)))
    with_pages = pipeline.read_table(answer.content, file_name="a.csv")
    assert [row.cells["occurrence_no"] for row in with_pages.rows] == [str(138845 + place) for place in range(5)]
    assert [asked.get("offset") for asked in service.asked] == [None, "0", "2", "4"]
    assert told[-1] == (5, 5)
    assert service.most_at_once == 1


def test_more_than_is_fetched_at_once_is_said_with_the_number(
    service: Replay, quick: Manners, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paleobiology, "PAGE", 1)
    monkeypatch.setattr(paleobiology, "MOST_PAGES", 2)
    with pytest.raises(TooMany, match=r"has 3 such records; at most 2") as refused:
        fetch(CURATOR, ASKED, manners=quick)
    assert refused.value.found == 3
    assert len(service.asked) == 1


def test_an_empty_answer_and_its_warnings(service: Replay, quick: Manners) -> None:
    service.occurrences = []
    service.warnings = ["The name 'Lufengosaurus' does not match any record"]
    answer = fetch(CURATOR, ASKED, manners=quick)
    assert (answer.found, answer.content, answer.warnings) == (0, b"", tuple(service.warnings))
    assert len(service.asked) == 1


def test_an_answer_is_kept_and_asked_for_again_only_on_request(service: Replay, quick: Manners) -> None:
    service.warnings = ["Mind the gap"]
    first = fetch(CURATOR, ASKED, manners=quick)
    again = fetch(CURATOR, Question(taxon=" Lufengosaurus ", country="China"), manners=quick)
    assert len(service.asked) == 2
    assert (first.is_kept, again.is_kept) == (False, True)
    assert (again.content, again.found, again.warnings) == (first.content, 3, ("Mind the gap",))
    assert again.age_seconds < 60
    service.occurrences = occurrences(4)
    assert fetch(CURATOR, ASKED, refresh=True, manners=quick).found == 4
    assert fetch(CURATOR, ASKED, manners=quick).found == 4
    assert len(list(answers.folder().glob("*.csv"))) == 1


def test_a_kept_answer_that_was_damaged_is_asked_for_again(service: Replay, quick: Manners) -> None:
    fetch(CURATOR, ASKED, manners=quick)
    [table] = answers.folder().glob("*.csv")
    table.write_bytes(table.read_bytes()[:-5])
    assert not fetch(CURATOR, ASKED, manners=quick).is_kept
    [told] = answers.folder().glob("*.json")
    told.write_text("[]")
    assert not fetch(CURATOR, ASKED, manners=quick).is_kept


def test_only_so_many_answers_are_kept(service: Replay, quick: Manners, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_KEPT", 2)
    for taxon in ("Sauropodomorpha", "Theropoda", "Ornithischia"):
        fetch(CURATOR, Question(taxon=taxon), manners=quick)
    assert len(list(answers.folder().iterdir())) == 4


def test_it_is_off_until_it_is_turned_on(service: Replay, quick: Manners, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BONEBED_LIVE_PBDB")
    settings.cache_clear()
    assert settings().live_pbdb == "off"
    with pytest.raises(TurnedOff, match="BONEBED_LIVE_PBDB"):
        fetch(THIS_COMPUTER, ASKED, manners=quick)
    assert service.asked == []


def test_it_asks_for_the_right_to_import(service: Replay, quick: Manners) -> None:
    with pytest.raises(NotAllowed):
        fetch(Person("ben", "Ben", Role.CATALOGUER), ASKED, manners=quick)
    assert service.asked == []


def test_a_question_that_cannot_be_asked_never_leaves_the_house(service: Replay, quick: Manners) -> None:
    with pytest.raises(InvalidQuestion):
        fetch(CURATOR, Question(), manners=quick)
    assert service.asked == []


def test_it_says_who_it_is(service: Replay, quick: Manners, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONEBED_PUBLIC_URL", "https://bonebed.museum.example")
    settings.cache_clear()
    fetch(CURATOR, ASKED, manners=quick)
    assert {asked["agent"] for asked in service.asked} == {"Bonebed (+https://bonebed.museum.example)"}


@pytest.mark.parametrize("failure", [429, 500, 502, 503, 504, "cut"])
def test_what_fails_for_a_moment_is_asked_again_and_later_each_time(
    service: Replay, quick: Manners, waits: list[float], failure: Any
) -> None:
    service.failures = [failure, failure]
    assert fetch(CURATOR, ASKED, manners=quick).found == 3
    assert sum(waits) == 2 + 4
    assert len(service.asked) == 4


def test_it_waits_as_long_as_the_service_says_but_not_for_ever(
    service: Replay, quick: Manners, waits: list[float]
) -> None:
    service.failures = [(429, {"Retry-After": "7"}), (503, {"Retry-After": "99999"}), (503, {"Retry-After": "soon"})]
    assert fetch(CURATOR, ASKED, manners=quick).found == 3
    assert sum(waits) == 7 + 60 + 8


def test_after_some_tries_it_gives_up_in_plain_words(service: Replay, quick: Manners) -> None:
    service.failures = [503] * 9
    with pytest.raises(NoAnswer, match=r"too busy or out of order \(status 503\)"):
        fetch(CURATOR, ASKED, manners=quick)
    assert len(service.asked) == quick.tries


def test_what_the_service_refuses_is_not_asked_again(service: Replay, quick: Manners) -> None:
    service.refuses = "Field 'interval': unknown interval 'Foo'"
    with pytest.raises(NoAnswer, match=r"refused the question \(status 400\): Field 'interval': unknown"):
        fetch(CURATOR, ASKED, manners=quick)
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (404, r"refused the question \(status 404\): –"),
        ((301, {"Location": "http://127.0.0.1:1/elsewhere"}), "has moved"),
        ("page", "not in the form"),
    ],
)
def test_an_answer_that_is_none_is_said_plainly(service: Replay, quick: Manners, failure: Any, said: str) -> None:
    service.failures = [failure]
    with pytest.raises(NoAnswer, match=said):
        fetch(CURATOR, ASKED, manners=quick)
    assert len(service.asked) == 1


def test_a_page_that_is_no_table_is_said_plainly(service: Replay, quick: Manners) -> None:
    service.failures = [None, "page"]
    with pytest.raises(NoAnswer, match="not in the form"):
        fetch(CURATOR, ASKED, manners=quick)


def test_fewer_records_than_announced_are_no_answer(service: Replay, quick: Manners) -> None:
    service.loses = 1
    with pytest.raises(NoAnswer, match="announced 3 records and sent 2"):
        fetch(CURATOR, ASKED, manners=quick)
    assert not answers.folder().exists()


def test_a_failed_refresh_leaves_what_was_kept(service: Replay, quick: Manners) -> None:
    first = fetch(CURATOR, ASKED, manners=quick)
    service.failures = [500] * 9
    with pytest.raises(NoAnswer):
        fetch(CURATOR, ASKED, refresh=True, manners=quick)
    assert fetch(CURATOR, ASKED, manners=quick).content == first.content


def test_a_service_that_stays_silent_is_given_up(service: Replay, waits: list[float]) -> None:
    service.failures = ["silent"] * 2
    with pytest.raises(NoAnswer, match="did not answer in time"):
        fetch(CURATOR, ASKED, manners=Manners(pause=0, tries=2, silence=0.1, wait=waits.append))
    assert len(service.asked) == 2


def test_an_answer_that_drips_is_given_up(service: Replay, waits: list[float]) -> None:
    service.failures = ["drip"]
    with pytest.raises(NoAnswer, match="took too long"):
        fetch(CURATOR, ASKED, manners=Manners(pause=0, whole=0.1, wait=waits.append))


def test_an_answer_without_an_end_is_given_up(service: Replay, waits: list[float]) -> None:
    service.occurrences = [OCCURRENCE | {"geogcomments": "x" * 5000}]
    with pytest.raises(NoAnswer, match="larger than"):
        fetch(CURATOR, ASKED, manners=Manners(pause=0, largest=4000, wait=waits.append))


def test_a_service_that_is_not_there_is_said_plainly(quick: Manners, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONEBED_LIVE_PBDB", "on")
    monkeypatch.setenv("BONEBED_PBDB_URL", "http://127.0.0.1:1/data1.2")
    settings.cache_clear()
    with pytest.raises(NoAnswer, match="cannot be reached"):
        fetch(CURATOR, ASKED, manners=quick)


@pytest.mark.parametrize("at", [1, 3])
def test_stopped_on_the_way_it_keeps_nothing(service: Replay, quick: Manners, at: int) -> None:
    calls = 0

    def stop(_come: int, _found: int) -> bool:
        nonlocal calls
        calls += 1
        return calls < at

    with pytest.raises(Stopped):
        fetch(CURATOR, ASKED, manners=quick, progress=stop)
    assert not answers.folder().exists()


def test_it_can_be_stopped_while_it_waits(service: Replay, quick: Manners) -> None:
    service.failures = [503]
    with pytest.raises(Stopped):
        fetch(CURATOR, ASKED, manners=quick, progress=lambda come, found: not service.asked)
    assert len(service.asked) == 1


def test_two_people_are_served_one_after_the_other(service: Replay, quick: Manners) -> None:
    found: list[int] = []
    people = [
        threading.Thread(
            target=lambda name=name: found.append(fetch(CURATOR, Question(taxon=name), manners=quick).found)
        )
        for name in ("Theropoda", "Ornithischia", "Sauropodomorpha")
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert found == [3, 3, 3]
    assert service.most_at_once == 1


def test_there_is_a_pause_between_two_requests(service: Replay, waits: list[float]) -> None:
    fetch(CURATOR, ASKED, manners=Manners(pause=50.0, wait=waits.append))
    assert 49 < sum(waits) <= 100
