"""Runs of one session come one after another, by what `.streamlit/config.toml` says, and each press is answered, whatever comes after it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PAGE = """
import sys, time
import streamlit as st
seen = sys.modules["seen"]
seen.runs += 1
seen.under_way += 1
seen.most = max(seen.most, seen.under_way)
try:
    st.text_input("Name", key="name")
    time.sleep(0.4)
    if st.button("Save", key="save"):
        seen.saved.append(st.session_state["name"])
finally:
    seen.under_way -= 1
"""
"""A page that computes without a word to the browser: there a run cannot be stopped."""

VISIT = """
import sys, time, types
import streamlit as st
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from screens import presses
seen = sys.modules["seen"] = types.ModuleType("seen")
seen.runs, seen.under_way, seen.most, seen.saved = 0, 0, 0, []
named = {}
def ask(name="", press=False):
    asked = BackMsg()
    asked.rerun_script.SetInParent()
    widgets = asked.rerun_script.widget_states.widgets
    if name:
        widgets.add(id=named["text_input"], string_value=name)
    if press:
        widgets.add(id=named["button"], trigger_value=True)
    browser.send_bytes(asked.SerializeToString())
def answered():
    told = ForwardMsg()
    while told.WhichOneof("type") != "script_finished" or told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
        told = ForwardMsg.FromString(browser.receive_bytes())
        element = told.delta.new_element
        if element.WhichOneof("type") in ("text_input", "button"):
            named[element.WhichOneof("type")] = getattr(element, element.WhichOneof("type")).id
def until(met):
    waited = 0
    while not met() and waited < 20:
        time.sleep(0.01)
        waited += 0.01
def begin(name, press=False):
    before = seen.runs
    ask(name, press)
    until(lambda: seen.runs > before)
presses.keep()
with TestClient(st.App(sys.argv[1]), base_url="http://localhost:8501") as client:
    with client.websocket_connect("/_stcore/stream", subprotocols=["streamlit"]) as browser:
        ask()
        answered()
        for name in ("Lufengosaurus", "Yunnanosaurus"):
            begin(name)
            ask(name, press=True)
            until(lambda: name in seen.saved)
        begin("Jingshanosaurus", press=True)
        ask("Jingshanosaurus xinwaensis")
        until(lambda: len(seen.saved) == 3)
print(seen.most, *seen.saved)
"""


def test_a_press_waits_for_the_run_before_it_and_is_answered_before_what_comes_next(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    page.write_text(PAGE, encoding="utf-8")
    # in a process of its own, for Streamlit has one server to each
    done = subprocess.run(
        [sys.executable, "-c", VISIT, str(page)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.split() == ["1", "Lufengosaurus", "Yunnanosaurus", "Jingshanosaurus"], done.stderr
