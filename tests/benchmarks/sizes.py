"""How large the benchmarks are: as large as what they tell, or, with ``BENCHMARK_SMALL=1``, as small as shows that they still run.

Some numbers have variables of their own, which go before both.
"""

import os

SMALL = os.environ.get("BENCHMARK_SMALL") == "1"


def sized(full: int, small: int, variable: str = "") -> int:
    """The number that the variable of this name gives, else the full or the small one."""
    return int(os.environ.get(variable) or (small if SMALL else full))


def rounds(full: int) -> int:
    """How often something is measured; once where nobody looks at the numbers."""
    return 1 if SMALL else full


SPECIMENS = [int(size) for size in (os.environ.get("BENCHMARK_SPECIMENS") or str(sized(100_000, 6_000))).split(",")]
"""How many specimens a collection has that is searched."""
