"""How many questions an address may ask: a bucket of tokens each, filled evenly and emptied by each question.

Whoever has been quiet may ask a minute's worth at once. Only the addresses that asked lately are remembered, a fixed number of them, so
that many addresses cannot fill the memory.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

MOST_REMEMBERED = 10_000


class Allowance:
    """The buckets of all addresses. Not for several threads at once.

    Parameters
    ----------
    per_minute : int
        Questions an address may ask in a minute.
    clock : callable
        Gives the time in seconds.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Take a token from the bucket of an address.

        Returns
        -------
        float
            0 when the question may be asked, else the seconds after which the next one may.
        """
        key, now, rate = _key(address), self._clock(), self.per_minute / 60
        tokens, seen = self._buckets.pop(key, (float(self.per_minute), now))
        tokens = min(self.per_minute, tokens + (now - seen) * rate)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > MOST_REMEMBERED:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) / rate

    def __len__(self) -> int:
        return len(self._buckets)


def _key(address: str) -> str:
    """The address itself; of IPv6 the network, for a single person has 2⁶⁴ addresses."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:100]
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)
