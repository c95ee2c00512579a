"""`catalogue.colours`: how light a colour is."""

import pytest

from catalogue.colours import looks_dark, luminance


def test_luminance_runs_from_black_to_white() -> None:
    assert luminance("#000000") == 0
    assert luminance("#ffffff") == pytest.approx(1)
    assert luminance("#7f7f7f") == pytest.approx(0.2122, abs=1e-4)


@pytest.mark.parametrize(
    ("color", "dark"), [("#812B92", True), ("#34B2C9", False), ("#FFF2AE", False), ("#000000", True)]
)
def test_the_triassic_looks_dark_and_the_jurassic_light(color: str, dark: bool) -> None:
    assert looks_dark(color) is dark
