"""The replayed service as the one that is asked, and manners that need no time."""

from collections.abc import Iterator

import pytest

from catalogue.exchange.live.requesting import Manners
from catalogue.settings import settings
from tests.paleobiology_service import Replay, replaying


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    """The replayed service, turned on."""
    with replaying() as replay:
        monkeypatch.setenv("BONEBED_LIVE_PBDB", "on")
        monkeypatch.setenv("BONEBED_PBDB_URL", replay.address)
        settings.cache_clear()
        yield replay


@pytest.fixture
def waits() -> list[float]:
    """How long was waited, instead of waiting."""
    return []


@pytest.fixture
def quick(waits: list[float]) -> Manners:
    """Manners that note how long they would wait."""
    return Manners(pause=0.0, connecting=5.0, silence=5.0, wait=waits.append)
