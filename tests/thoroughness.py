"""How often the tests try what is tried at random: a quarter as often in the ordinary run as `BONEBED_THOROUGH_TESTS=1` asks for.

What is tried differs from run to run, so the ordinary runs together try far more than one thorough run.
"""

import os

THOROUGH = os.environ.get("BONEBED_THOROUGH_TESTS") == "1"


def often(full: int, least: int = 1) -> int:
    """As often as told when ``BONEBED_THOROUGH_TESTS=1``, else a quarter of that, and `least` at least."""
    return full if THOROUGH else max(least, full // 4)
