"""Keeps a press of a button from being dropped by what is typed or chosen before the page has answered it.

Streamlit leaves a run as soon as the browser asks for another one, and forgets then which button was pressed: a page that had not come to
its *Save* by then never saved. It also leaves a run while it takes in a change (`on_change`), and forgets the rest of that.

So what the browser asks waits until the run that answers a press is over, and until a change is taken in. Then all that waits is asked at
once, with the newest values, as Streamlit does with several requests; but a press is answered before its page is left. Only the buttons
that stop long work (`STOPPING`) go ahead. Where the run asks for another one itself (`st.rerun`), what waits is answered with it.
"""

import threading
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, ScriptRunContext, get_script_run_ctx, script_runner
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequest, ScriptRequests, ScriptRequestType

STOPPING = ("arrivals_stop", "arrivals_stop_looking", "cancel_import_now", "live_stop")
"""Keys of the buttons that stop the run which answers another press."""

CHOSEN = '"chosen"'
"""What `parts.picture` tells of a part that was pressed. Other components have a function called (`on_…_change`): what they tell is a change."""


def keep() -> None:
    """Have all sessions that begin from now on keep their presses."""
    script_runner.ScriptRequests = PatientRequests  # type: ignore[attr-defined]


class PatientRequests(ScriptRequests):
    """What a session asks of the thread that runs its pages."""

    def __init__(self) -> None:
        super().__init__()
        self._order = threading.RLock()
        self._waiting: list[RerunData] = []
        self._pressed: frozenset[str] = frozenset()
        self._answers = False
        self._goes_on = False
        self._left = False
        self._over = False

    def request_rerun(self, new_data: RerunData) -> bool:
        """From the browser: let it wait its turn; from the page itself: do it, with what waits. False if this thread runs nothing more."""
        if self._page():
            return self.request_rerun_batch([new_data])
        with self._order:
            if not self._over:
                self._waiting = [one for one in self._waiting if not _is_same_look(one, new_data)] + [new_data]
            return not self._over

    def request_rerun_batch(self, rerun_batch: list[RerunData]) -> bool:
        """From the page itself, whose word counts for more than what was asked on it. A second press of what it has answered is none."""
        with self._order:
            here = list(takewhile(self._is_of_page, self._waiting))
            for one in here:
                super().request_rerun(_without(one, self._pressed))
            self._waiting = self._waiting[len(here) :]
            self._goes_on = self._answers
            asked = super().request_rerun_batch(rerun_batch)
            if not any(map(_presses, here)):
                self._ask(_together(self._waiting))
            return asked

    def request_stop(self) -> None:
        """From the page itself (`st.stop`): end this run, but not what waits; from outside: end all."""
        if self._page():
            self._left = True
            return
        with self._order:
            self._over = True
            self._waiting = []
            super().request_stop()

    def on_scriptrunner_yield(self) -> ScriptRequest | None:
        """What the run has to heed where it can be left."""
        if self._waiting and self._may_be_left():
            with self._order:
                together = _together(self._waiting)
                if not all(one.fragment_id for one in together):  # a part of the page waits until the whole is there
                    self._ask(together)
        request = super().on_scriptrunner_yield()
        if request is None and self._left:
            return ScriptRequest(ScriptRequestType.STOP)
        return self._noted(request) if request else None

    def on_scriptrunner_ready(self) -> ScriptRequest:
        """What to run next, or that nothing is left to do."""
        with self._order:
            self._ask(_together(self._waiting))
            request = super().on_scriptrunner_ready()
            self._over = request.type is ScriptRequestType.STOP
            return self._noted(request)

    def _ask(self, waiting: Sequence[RerunData]) -> None:
        for one in waiting:
            super().request_rerun(one)
        self._waiting = self._waiting[len(waiting) :]

    def _noted(self, request: ScriptRequest) -> ScriptRequest:
        if request.type is ScriptRequestType.RERUN:
            self._pressed = _presses(request.rerun_data)
            self._answers = self._goes_on or bool(self._pressed)
            self._goes_on = self._left = False
        return request

    def _may_be_left(self) -> bool:
        page = self._page()
        if page is None or not page.has_script_started or self._left:
            return False
        return not self._answers or any(map(_stops, self._waiting))

    def _is_of_page(self, asked: RerunData) -> bool:
        page = self._page()
        return page is not None and asked.page_script_hash == page.page_script_hash and not asked.is_history_navigation

    def _page(self) -> ScriptRunContext | None:
        """The page that runs, where it is that which asks; None where it is asked from outside."""
        run = get_script_run_ctx(suppress_warning=True)
        return run if run is not None and run.script_requests is self else None


def _is_same_look(waiting: RerunData, asked: RerunData) -> bool:
    """Whether both are looks of a part of the page that asks anew every second or so."""
    return waiting.is_auto_rerun and asked.is_auto_rerun and waiting.fragment_id == asked.fragment_id


def _together(waiting: Sequence[RerunData]) -> Sequence[RerunData]:
    """What can be answered at once: up to where the page is left on which something is pressed."""
    page = waiting[0].page_script_hash if waiting else ""
    here = list(takewhile(lambda one: one.page_script_hash == page and not one.is_history_navigation, waiting))
    return here if any(map(_presses, here)) else waiting


def _without(asked: RerunData, pressed: frozenset[str]) -> RerunData:
    """A request without what is pressed in it a second time."""
    if not pressed & _presses(asked) or asked.widget_states is None:
        return asked
    left = (one for one in asked.widget_states.widgets if not (one.trigger_value and one.id in pressed))
    return replace(asked, widget_states=WidgetStates(widgets=left))


def _stops(asked: RerunData) -> bool:
    return any(name.endswith(f"-{key}") for name in _presses(asked) for key in STOPPING)


def _presses(asked: RerunData) -> frozenset[str]:
    """The buttons and parts of pictures that were pressed with a request."""
    states = filter(None, (asked.widget_states, asked.replay_trigger_states))
    return frozenset(
        one.id for state in states for one in state.widgets if one.trigger_value or CHOSEN in one.json_trigger_value
    )
