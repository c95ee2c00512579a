"""Each address may ask so much in a minute, and many addresses fill no memory."""

import pytest

from catalogue.api import allowance
from catalogue.api.allowance import Allowance


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_minutes_worth_may_be_asked_at_once_and_no_more(clock: Clock) -> None:
    bucket = Allowance(30, clock)
    assert [bucket.wait("192.0.2.1") for _ in range(31)] == [0.0] * 30 + [2.0]


def test_after_the_wait_that_was_told_one_more_may_be_asked(clock: Clock) -> None:
    bucket = Allowance(30, clock)
    wait = [bucket.wait("192.0.2.1") for _ in range(31)][-1]
    clock.now = wait
    assert bucket.wait("192.0.2.1") == 0
    assert bucket.wait("192.0.2.1") > 0


def test_quiet_time_saves_up_a_minutes_worth_at_most(clock: Clock) -> None:
    bucket = Allowance(5, clock)
    bucket.wait("192.0.2.1")
    clock.now = 86_400.0
    assert [bool(bucket.wait("192.0.2.1")) for _ in range(6)] == [False] * 5 + [True]


def test_addresses_do_not_share_but_those_of_one_ipv6_network_do(clock: Clock) -> None:
    bucket = Allowance(1, clock)
    assert [bucket.wait(address) for address in ("192.0.2.1", "192.0.2.2", "2001:db8::1")] == [0, 0, 0]
    assert bucket.wait("2001:db8::ffff") > 0
    assert bucket.wait("2001:db8:0:1::1") == 0


def test_only_so_many_addresses_are_remembered(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "MOST_REMEMBERED", 3)
    bucket = Allowance(1, clock)
    for number in range(10):
        bucket.wait(f"192.0.2.{number}")
    assert len(bucket) == 3
    assert bucket.wait("192.0.2.9") > 0
    assert bucket.wait("x" * 10_000) == 0
