"""No press and no change is dropped by what is asked before it is answered, and nothing waits for ever."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.scriptrunner import RerunData, script_runner
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequest, ScriptRequests, ScriptRequestType

from screens import presses
from screens.presses import STOPPING, PatientRequests

ROOT = Path(__file__).resolve().parents[2]
FORM, LIST = "hash of the form", "hash of the list"


class Session:
    """A browser and a page, the thread of which asks what to do as Streamlit's does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.started = True
        self.requests = PatientRequests()
        self._is_page = False
        monkeypatch.setattr(presses, "get_script_run_ctx", lambda **_: self._context())

    def _context(self) -> SimpleNamespace | None:
        if not self._is_page:
            return None
        return SimpleNamespace(script_requests=self.requests, has_script_started=self.started, page_script_hash=FORM)

    def asked(self, name: str = "", *pressed: str, page: str = FORM, **given: object) -> bool:
        """The browser asks for a run, with the name that is typed and what is pressed."""
        states = WidgetStates(widgets=[WidgetState(id=f"$$ID-0-{key}", trigger_value=True) for key in pressed])
        states.widgets.add(id="$$ID-0-name", string_value=name)
        return self.requests.request_rerun(RerunData(widget_states=states, page_script_hash=page, **given))  # type: ignore[arg-type]

    def within(self, do: Callable[[], ScriptRequest | bool | None]) -> str:
        """What comes of what the page does: what is asked of it."""
        self._is_page = True
        try:
            return told(do())
        finally:
            self._is_page = False

    def runs(self) -> str:
        """A run is over, and there may be another one."""
        return self.within(self.requests.on_scriptrunner_ready)

    def goes_on(self) -> str:
        """The page comes to a place where it can be left."""
        return self.within(self.requests.on_scriptrunner_yield)

    def reruns(self, page: str = FORM) -> str:
        """The page asks for another run of itself, or for another page."""
        self.within(lambda: self.requests.request_rerun(RerunData(page_script_hash=page, query_string="of=page")))
        return self.goes_on()

    def stops(self) -> str:
        self.within(lambda: self.requests.request_stop())
        return self.goes_on()


def told(request: ScriptRequest | bool | None) -> str:
    if not isinstance(request, ScriptRequest) or request.type is ScriptRequestType.STOP:
        return "stop" if isinstance(request, ScriptRequest) else ""
    data = request.rerun_data
    widgets = data.widget_states.widgets if data.widget_states else []
    seen = sorted(one.string_value or one.id.removeprefix("$$ID-0-") for one in widgets)
    return " ".join(([data.page_script_hash] if data.page_script_hash != FORM else []) + (seen or ["again"]))


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    return Session(monkeypatch)


def test_what_is_typed_after_a_press_waits_until_the_press_is_answered(session: Session) -> None:
    session.asked("Lufeng", "save")
    assert session.runs() == "Lufeng save"
    session.asked("Lufengo")
    session.asked("Lufengosaurus")
    assert session.goes_on() == session.goes_on() == ""
    assert session.runs() == "Lufengosaurus"
    assert session.runs() == "stop"


def test_without_a_press_the_newest_is_shown_at_once(session: Session) -> None:
    session.asked("Lufeng")
    assert session.runs() == "Lufeng"
    session.asked("Lufengosaurus")
    assert session.goes_on() == "Lufengosaurus"


def test_no_change_is_left_half_taken_in(session: Session) -> None:
    session.asked("Lufeng")
    assert session.runs() == "Lufeng"
    session.started = False
    session.asked("Lufengosaurus")
    assert session.goes_on() == ""
    session.started = True
    assert session.goes_on() == "Lufengosaurus"


def test_presses_are_answered_one_after_another(session: Session) -> None:
    session.asked("Lufeng", "save")
    assert session.runs() == "Lufeng save"
    session.asked("Lufeng", "more")
    session.asked("Lufengosaurus")
    assert session.goes_on() == ""
    assert session.runs() == "Lufengosaurus more"


@pytest.mark.parametrize("key", STOPPING)
def test_long_work_is_stopped_at_once_and_what_was_typed_is_kept(session: Session, key: str) -> None:
    session.asked("", "import")
    assert session.runs() == "import name"
    session.asked("Lufengosaurus")
    assert session.goes_on() == ""
    session.asked("Lufengosaurus", key)
    assert session.goes_on() == f"Lufengosaurus {key}"


def test_a_page_that_runs_itself_again_takes_up_what_waits_and_tells_what_it_did(session: Session) -> None:
    session.asked("Lufeng", "save")
    assert session.runs() == "Lufeng save"
    session.asked("Lufengosaurus", query_string="of=browser")
    assert session.reruns() == "Lufengosaurus"
    session.asked("Yunnanosaurus")
    assert session.goes_on() == "", "nobody would read that it was saved"
    assert session.runs() == "Yunnanosaurus"
    session.asked("Jingshanosaurus")
    assert session.goes_on() == "Jingshanosaurus"


def test_the_page_knows_best_where_it_goes_but_whoever_leaves_it_comes_away(session: Session) -> None:
    session.asked("Lufeng", "save")
    session.runs()
    session.asked("Lufengosaurus")
    assert session.reruns(page=LIST) == f"{LIST} Lufengosaurus"
    assert session.runs() == "stop"


def test_leaving_the_page_waits_for_the_answer_and_is_not_undone_by_it(session: Session) -> None:
    session.asked("Lufeng", "save")
    session.runs()
    session.asked("Lufeng", page=LIST)
    assert session.goes_on() == ""
    assert session.reruns() == f"{LIST} Lufeng"
    assert session.runs() == "stop"


def test_a_press_is_answered_before_its_page_is_left(session: Session) -> None:
    session.asked("Lufeng")
    session.runs()
    session.started = False
    session.asked("Lufeng", "save")
    session.asked("Lufengosaurus", page=LIST)
    session.started = True
    assert session.goes_on() == "Lufeng save"
    assert session.goes_on() == ""
    assert session.runs() == f"{LIST} Lufengosaurus"
    assert session.runs() == "stop"


def test_so_is_one_in_a_part_of_the_page(session: Session) -> None:
    session.asked("Lufeng")
    session.runs()
    session.asked("Lufeng", "save", fragment_id="part")
    assert session.goes_on() == ""
    session.asked("Lufeng", page=LIST)
    assert session.goes_on() == ""
    assert session.runs() == "Lufeng save"
    assert session.runs() == f"{LIST} Lufeng"


def test_a_part_of_the_page_does_not_stop_the_whole_but_what_is_asked_of_the_whole_does(session: Session) -> None:
    session.asked("Lufeng")
    session.runs()
    session.asked("Lufengo", "save", fragment_id="part")
    assert session.goes_on() == ""
    session.asked("Lufengosaurus")
    assert session.goes_on() == "Lufengosaurus save"


def test_who_presses_twice_presses_once_where_the_page_then_goes_on(session: Session) -> None:
    session.asked("Lufeng", "next")
    session.runs()
    session.asked("Lufeng", "next", "star")
    assert session.reruns() == "Lufeng star"
    assert session.runs() == "stop"


def test_who_presses_twice_presses_twice_where_the_page_stays(session: Session) -> None:
    session.asked("slide 1", "next")
    session.runs()
    session.asked("slide 1", "next")
    assert session.runs() == "next slide 1"


def test_a_page_that_ends_itself_ends_nothing_else(session: Session) -> None:
    session.asked("Lufeng", "save")
    session.runs()
    session.asked("Lufengosaurus")
    assert session.stops() == session.goes_on() == "stop"
    assert session.runs() == "Lufengosaurus"
    assert session.goes_on() == ""


def test_a_part_of_a_picture_is_pressed_as_a_button_is(session: Session) -> None:
    sent = WidgetState(id="$$ID-0-notes", json_trigger_value='[{"event":"chosen","value":"change"}]')
    session.requests.request_rerun(RerunData(widget_states=WidgetStates(widgets=[sent]), page_script_hash=FORM))
    session.runs()
    session.asked("Lufengosaurus")
    assert session.goes_on() == ""
    assert session.runs() == "Lufengosaurus"


def test_what_comes_when_all_is_over_is_for_another_thread(session: Session) -> None:
    session.asked("Lufeng", "save")
    session.runs()
    assert session.asked("Lufengosaurus")
    session.requests.request_stop()
    assert not session.asked("Yunnanosaurus")
    assert session.goes_on() == session.runs() == "stop"


def test_a_thread_that_found_nothing_to_do_takes_nothing_more(session: Session) -> None:
    session.asked("Lufeng")
    session.runs()
    assert session.runs() == "stop"
    assert not session.asked("Lufengosaurus")


def test_looks_at_long_work_do_not_pile_up(session: Session) -> None:
    session.asked("Lufeng", "save")
    session.runs()
    for _ in range(100):
        session.asked("Lufeng", fragment_id="bar", is_auto_rerun=True)
    session.asked("Lufeng", fragment_id="other", is_auto_rerun=True)
    assert len(session.requests._waiting) == 2
    assert session.runs() == "Lufeng"


def test_streamlit_asks_its_threads_in_the_ways_that_are_known() -> None:
    assert {name for name in vars(ScriptRequests) if not name.startswith("_")} == {
        "request_rerun", "request_rerun_batch", "request_stop", "on_scriptrunner_yield", "on_scriptrunner_ready"
    }  # fmt: skip
    assert "ScriptRequests" in script_runner.ScriptRunner.__init__.__code__.co_names


def test_each_button_that_stops_the_run_that_shows_it_goes_ahead() -> None:
    button = re.compile(r'st\.button\(_\("(?:Stop|Cancel the import)"\), key="(\w+)"')
    found = {key for path in (ROOT / "screens").rglob("*.py") for key in button.findall(path.read_text("utf-8"))}
    assert set(STOPPING) <= found
    assert found - set(STOPPING) == {"stop_figure"}  # which is drawn beside the runs
