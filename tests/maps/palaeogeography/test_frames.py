"""`maps.palaeogeography.frames`, and `screens/parts/moving_earth.js` that turns them in the browser: both agree with the engine."""

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser

from maps.palaeogeography.frames import AGES, frame_data, frames_of, on_plates, plate_numbers
from maps.palaeogeography.models import BUILT_IN, NO_PLATE, built_in_model
from maps.palaeogeography.rotations import turn_each

MOVING = Path(__file__).resolve().parents[3] / "screens" / "parts" / "moving_earth.js"
PLACES = [[102.08, 25.17], [-107.0, 46.6], [26.0, -31.0], [0.0, -90.0], [-140.0, 0.0], [174.5, 68.5]]


def rotations(data: dict[str, Any], plates: int) -> Any:
    """What `packed` packed, unpacked by hand."""
    low, high = np.frombuffer(base64.b64decode(data["rotations"]), np.uint8).reshape(2, -1)
    changes = (low + 256 * high.astype(np.uint16)).astype(np.uint16).reshape(plates, len(data["ages"]), 4)
    return np.cumsum(np.cumsum(changes, axis=1, dtype=np.uint16), axis=1, dtype=np.uint16).astype(np.int16) / 32767


@pytest.mark.parametrize("key", BUILT_IN)
def test_a_rotation_in_four_short_numbers_is_right_to_a_hundredth_of_a_degree(key: str) -> None:
    model = built_in_model(key)
    numbers = plate_numbers(model)
    data: dict[str, Any] = frame_data(model, (0, 66, 200, 252, 5000))
    assert data["ages"] == [0, 66, 200, 252]
    sent = rotations(data, len(numbers))
    for plate, number in list(numbers.items())[::7]:
        exact = model.rotations.at(plate, np.array(data["ages"], float))
        unsaid = np.isnan(exact[:, 0])
        assert (sent[number][unsaid] == 0).all()
        at, known = np.tile([[30.0, 40.0]], (len(exact), 1)), ~unsaid
        near = turn_each(at, sent[number] / np.maximum(np.linalg.norm(sent[number], axis=1), 1e-9)[:, None])
        assert near[known][:, 1] == pytest.approx(turn_each(at, exact)[known][:, 1], abs=0.01)


def test_they_are_small_and_named_by_their_content() -> None:
    frames = frames_of(built_in_model("paleomap"))
    assert len(frames.content) < 190_000
    land = frames_of(built_in_model("paleomap"), 252)
    assert len(land.content) < 110_000
    assert json.loads(gzip.decompress(land.content))["ages"][-1] == 252
    data = json.loads(gzip.decompress(frames.content))
    assert data["ages"] == list(AGES)
    assert frames.name.startswith("paleomap-")
    assert frames_of(built_in_model("wright2013")).name != frames.name


def test_points_know_their_plate_and_the_age_of_its_ground() -> None:
    model = built_in_model("wright2013")
    plates, oldest = on_plates(model, np.array(PLACES))
    assert plates[0] == plate_numbers(model)[model.positions(np.array(PLACES[:1]), [0.0])[0].plate]
    assert (plates[4], oldest[4], oldest[5]) == (NO_PLATE, 0.0, 180.0)


@pytest.mark.browser
def test_the_browser_puts_places_where_the_engine_does(chromium: Browser) -> None:
    model = built_in_model("paleomap")
    ages = [0.0, 66.0, 151.0, 200.0, 231.5]
    plates, oldest = on_plates(model, np.array(PLACES))
    page = chromium.new_page()
    page.add_script_tag(content=MOVING.read_text(encoding="utf-8"))
    asked = [[*place, int(plate), float(old)] for place, plate, old in zip(PLACES, plates, oldest, strict=True)]
    found = page.evaluate(
        "([frames, asked, ages]) => { const earth = readEarth(frames);"
        " return ages.map((age) => asked.map((one) => placeAt(earth, one, one[2], one[3], age))); }",
        [json.loads(gzip.decompress(frames_of(model).content)), asked, ages],
    )
    page.close()
    for age, row in zip(ages, found, strict=True):
        for position, lay in zip(model.positions(np.array(PLACES), [age] * len(PLACES)), row, strict=True):
            assert position.known == (lay is not None)
            if lay is not None and abs(position.latitude or 0) < 80:
                assert lay == pytest.approx([position.longitude, position.latitude], abs=0.05)
