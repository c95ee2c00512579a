"""The page that asks the Paleobiology Database, with the replayed service in its place."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from catalogue import database, specimens
from catalogue.exchange.live import paleobiology
from catalogue.exchange.live.requesting import Manners
from catalogue.relations import panel
from catalogue.settings import settings
from tests.paleobiology_service import SPECIMEN, Replay, replaying

OpenPage = Callable[..., Any]
OWN = "bonebed:ivpp-v15"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    """The replayed service, turned on, and asked without pauses."""
    with replaying() as replay:
        monkeypatch.setenv("BONEBED_LIVE_PBDB", "on")
        monkeypatch.setenv("BONEBED_PBDB_URL", replay.address)
        monkeypatch.setattr(paleobiology, "POLITE", Manners(pause=0.0, wait=lambda seconds: None))
        settings.cache_clear()
        yield replay


def test_off_it_says_so_and_asks_nothing(open_page: OpenPage) -> None:
    screen = open_page("pbdb")
    assert "BONEBED_LIVE_PBDB" in screen.text()
    assert not screen.app.button


def test_an_answer_goes_through_the_preview_of_every_file(open_page: OpenPage, service: Replay) -> None:
    screen = open_page("pbdb")
    screen.fill(live_taxon="Lufengosaurus", live_country="CN", live_earliest="Hettangian").press("live_ask")
    assert "3 records" in screen.text() and "asked just now" in screen.text()
    assert service.asked[0]["base_name"] == "Lufengosaurus"
    screen.press("live_take")
    assert screen.address == "import"
    assert "Import 3 records" in [button.label for button in screen.app.button]
    screen.press("import")
    assert "Imported: 3 records are new or changed." in [one.value for one in screen.app.success]
    with database.reading() as connection:
        assert specimens.get(connection, "pbdb:occ:138845").genus == "Lufengosaurus"


def test_a_kept_answer_tells_its_age_and_can_be_asked_for_again(open_page: OpenPage, service: Replay) -> None:
    screen = open_page("pbdb").fill(live_taxon="Lufengosaurus").press("live_ask").press("live_ask")
    assert len(service.asked) == 2
    assert "asked less than an hour ago" in screen.text()
    screen.press("live_again")
    assert len(service.asked) == 4
    assert "asked just now" in screen.text()


def test_an_empty_answer_and_its_warning_are_told(open_page: OpenPage, service: Replay) -> None:
    service.occurrences, service.warnings = [], ["Unknown taxon 'Foosaurus' <script>"]
    screen = open_page("pbdb").fill(live_taxon="Foosaurus").press("live_ask")
    assert "0 records" in screen.text()
    assert "Unknown taxon" in screen.app.warning[0].value
    assert "live_take" not in [button.key for button in screen.app.button]


def test_a_question_without_a_word_and_a_service_out_of_order_are_told(open_page: OpenPage, service: Replay) -> None:
    screen = open_page("pbdb").press("live_ask")
    assert "Say what to ask for" in screen.app.warning[0].value
    service.failures = [503] * 9
    screen.fill(live_taxon="Theropoda").press("live_ask")
    assert "out of order" in screen.app.error[0].value


def test_a_find_with_a_number_of_ours_is_offered_and_linked_when_a_person_says_so(
    open_page: OpenPage, service: Replay
) -> None:
    service.specimens = [SPECIMEN, SPECIMEN | {"specimen_no": "2", "specimen_id": "NHMUK R 1"}]
    screen = open_page("pbdb").fill(live_taxon="Lufengosaurus", live_listed="specimens").press("live_ask")
    screen.press("live_take").press("import")
    assert "1 published find bears a number of your museum" in screen.text()
    with database.reading() as connection:
        before = panel(connection, OWN).direct
    screen.press("same_bone_link")
    assert "1 pair was linked." in [one.value for one in screen.app.success]
    with database.reading() as connection:
        after = panel(connection, OWN).direct
    assert {one.kind for one in after} - {one.kind for one in before} == {"published as"}
    assert "bears a number of your museum" not in screen.text()


def test_the_form_of_a_relation_offers_what_may_be_the_same_bone(open_page: OpenPage, service: Replay) -> None:
    screen = open_page("pbdb").fill(live_taxon="Lufengosaurus", live_listed="specimens").press("live_ask")
    screen.press("live_take").press("import")
    screen = open_page("lists", id=OWN, list="relations").press("add_line")
    assert "the same catalogue number" in screen.text()
    screen.press("same_bone_0").press("save_line")
    with database.reading() as connection:
        [one] = [one for one in panel(connection, OWN).direct if one.kind == "published as"]
    assert one.occurrence_id == "pbdb:spm:18592"


def test_the_import_page_leads_to_both_other_ways_and_a_handed_table_can_be_left(
    open_page: OpenPage, service: Replay
) -> None:
    links = [element.proto.page for element in open_page("import").elements() if element.type == "page_link"]
    assert {"pbdb", "pictures-by-number"} <= {link.rpartition("/")[2] for link in links}
    screen = open_page("pbdb").fill(live_taxon="Lufengosaurus").press("live_ask").press("live_take")
    assert not screen.app.file_uploader
    screen.press("handed_leave")
    assert screen.app.file_uploader
