"""`maps.multiples`: small maps have the middle of the large one, and show no find twice."""

import re

from maps.multiples import small_map
from maps.sheet import Dot


def test_a_small_map_has_the_middle_of_the_readers_atlas() -> None:
    drawn = small_map([Dot(102.1, 25.2, 3, True, "#34B2C9"), Dot(-109.0, 40.0, 1, False, "#34B2C9")], "two", 150.0)
    assert 'viewBox="-30 -90 360 180"' in drawn
    assert re.findall(r'<use href="#bonebed-land" class="small-land" x="(-?\d+)"', drawn) == ["0", "360"]
    assert re.findall(r'cx="([^"]+)"', drawn) == ["102.1", "251.0"]
