"""How long the time machine takes from a key to its new picture on a slow laptop, beside opening the page of the map with
another age.

Chromium runs at a quarter of its speed. On a computer that has other work, time by the clock tells of that work: a picture is also measured
by what the page's thread computes for it. Run with ``python -m pytest -m benchmark -n 0 -s tests/benchmarks/test_time_machine.py``.
"""

import statistics
import time

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.benchmarks.sizes import sized

pytestmark = [pytest.mark.benchmark, pytest.mark.browser]

SLOWER = sized(4, 1)
STEPS = sized(60, 10)
PLAYED = sized(4000, 500)
"""Milliseconds."""
AGES = (240, 230, 210, 190, 170)[: sized(5, 2)]
_STEP = """async (steps) => {
  const painted = () => new Promise((done) => requestAnimationFrame(() => { const after = new MessageChannel(); after.port1.onmessage = done; after.port2.postMessage(0); }));
  const strip = document.getElementById("strip"), took = [];
  for (let step = 0; step < steps; step++) {
    const start = performance.now(), before = document.body.dataset.drawn;
    strip.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    await painted();
    if (document.body.dataset.drawn === before) throw new Error("nothing was drawn");
    took.push(performance.now() - start);
    await painted();
  }
  return took;
}"""
_PLAY = """async (ms) => {
  const seen = new Set(), watch = new MutationObserver(() => seen.add(document.body.dataset.drawn));
  watch.observe(document.body, { attributes: true, attributeFilter: ["data-drawn"] });
  document.getElementById("play").click();
  await new Promise((done) => setTimeout(done, ms));
  document.getElementById("play").click();
  watch.disconnect();
  return seen.size;
}"""


def _p95(took: list[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]


def _opened(page: Page, address: str) -> float:
    """Milliseconds until a page of Streamlit's is there and nothing runs any more."""
    began = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=120_000)
    return (time.perf_counter() - began) * 1000


def _slow(page: Page) -> CDPSession:
    chromes = page.context.new_cdp_session(page)
    chromes.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return chromes


def _computed(chromes: CDPSession) -> float:
    """Milliseconds that the page's own thread has computed, however long it had to wait for a processor."""
    told = chromes.send("Performance.getMetrics")["metrics"]
    return 1000 * next(float(one["value"]) for one in told if one["name"] == "TaskDuration")


def test_a_step_of_the_time_machine(chromium: Browser, server: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{server}/time?lang=en&at=240", wait_until="networkidle", timeout=120_000)
    transferred = page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, one) => sum + one.encodedBodySize, 0)"
    )
    chromes = _slow(page)
    chromes.send("Performance.enable", {"timeDomain": "threadTicks"})
    step = _p95(page.evaluate(_STEP, STEPS))
    before = _computed(chromes)
    pictures = page.evaluate(_PLAY, PLAYED)
    each = (_computed(chromes) - before) / pictures
    page.close()
    old = chromium.new_page(viewport={"width": 1280, "height": 720})
    _slow(old)
    opened = [_opened(old, f"{server}/map?lang=English&earth=then&age={age}") for age in AGES][1:]
    old.close()
    print(
        f"\nA step: p95 {step:.0f} ms; playing: {pictures / PLAYED * 1000:.0f} pictures a second by the clock, "
        f"{each:.0f} ms of computing for each: {min(60, 1000 / each):.0f} a second on a processor that nobody else uses (goal 10); sent: {transferred / 1e3:.0f} kB"
    )
    print(
        f"The map opened with another age: median {statistics.median(opened):.0f} ms, {statistics.median(opened) / step:.0f} times as long (processor {SLOWER} times slower)"
    )
    assert transferred > 0
    assert each < 100, "ten pictures a second"
