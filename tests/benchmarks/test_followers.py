"""Thirty devices in a class: from the step on the wall to the new slide on each device, beside the server's own simplest answer.

Run with ``python -m pytest -m benchmark -n 0 -s tests/benchmarks/test_followers.py``. Each device waits for the change and brings
the slides ahead of it, as `screens/parts/lesson_follow.js` does; the peer is the same number of devices asking Streamlit's ``/_stcore/health`` at once.
"""

import asyncio
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from tests.benchmarks.sizes import sized

DEVICES, STEPS, LESSON_STEPS = sized(30, 3), sized(40, 12), 10
pytestmark = pytest.mark.benchmark


async def one_device(address: str, room: str, began: dict[int, float], took: list[float]) -> None:
    async with httpx2.AsyncClient(base_url=address, timeout=60) as device:
        await device.get(f"/join/{room}")
        slides = {step: (await device.get(f"/join/{room}/slides/{step}")).text for step in range(LESSON_STEPS)}
        seen, step = 0, 0
        while step < STEPS:
            told = (await device.get(f"/join/{room}/state", params={"seen": seen})).json()
            seen = told["changes"]
            assert slides[told["step"]]
            if seen in began:
                took.append(time.perf_counter() - began[seen])
                step = seen - 1


async def a_class(address: str) -> list[float]:
    took: list[float] = []
    async with httpx2.AsyncClient(base_url=address, timeout=60) as wall:
        room = (await wall.post("/join", json={"lesson": "extinct", "language": "en"})).json()
        began: dict[int, float] = {}
        devices = [asyncio.create_task(one_device(address, room["code"], began, took)) for _ in range(DEVICES)]
        while (await wall.get(f"/join/{room['code']}/tally", params={"key": room["key"]})).json()["devices"] < DEVICES:
            await asyncio.sleep(0.1)
        await asyncio.sleep(1)
        for number in range(1, STEPS + 1):
            began[number + 1] = time.perf_counter()
            await wall.post(f"/join/{room['code']}/lead", json={"key": room["key"], "step": number % LESSON_STEPS})
            while len(took) < DEVICES * number:  # a class goes on when all have seen the step
                await asyncio.sleep(0.01)
        await asyncio.gather(*devices)
    return took


async def plain_answers(address: str) -> list[float]:
    async def ask(device: httpx2.AsyncClient) -> float:
        began = time.perf_counter()
        await device.get("/_stcore/health")
        return time.perf_counter() - began

    async with httpx2.AsyncClient(base_url=address) as device:
        return [one for _ in range(STEPS) for one in await asyncio.gather(*(ask(device) for _ in range(DEVICES)))]


def p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1] * 1000


def test_thirty_devices_follow(server: str) -> None:
    with ThreadPoolExecutor(1) as own:  # a thread in which no browser of another benchmark has a loop going
        took = own.submit(asyncio.run, a_class(server)).result()
        plain = own.submit(asyncio.run, plain_answers(server)).result()
    print(
        f"\n{DEVICES} devices, {STEPS} steps: step to new slide median {statistics.median(took) * 1000:.0f} ms, p95 {p95(took):.0f} ms "
        f"(goal 150); {DEVICES} plain answers at once p95 {p95(plain):.0f} ms; {p95(took) / p95(plain):.1f} times as long"
    )
    assert len(took) == DEVICES * STEPS
