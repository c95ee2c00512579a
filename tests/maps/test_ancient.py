"""`maps.ancient`: finds carried to where they lay, on the land of the same age and model."""

import json
import re

import numpy as np
import pytest
import shapely

from maps.ancient import ancient_layer, ancient_map, apart_from, carry, cells_layer, spread
from maps.palaeogeography.models import PlateModel, built_in_model
from maps.palaeogeography.plate import Plate
from maps.palaeogeography.rotations import Pole, Rotations
from maps.periods import MapPoint


@pytest.fixture
def model() -> PlateModel:
    """Half of the Earth turned by a degree of longitude for each Myr; the ground east of 30° E is 40 million years old."""
    poles = [Pole(1, 0, 0.0, 90.0, 0.0, 0.0), Pole(1, 0, 100.0, 90.0, 0.0, 100.0)]
    plates = [Plate(1, 500.0, -999.0, shapely.box(-90, -80, 30, 80)), Plate(1, 40.0, -999.0, shapely.box(30, -80, 90, 80))]  # fmt: skip
    return PlateModel(key="m", title="M", citation="C", licence="L", oldest_ma=100, rotations=Rotations(poles), plates=plates)  # fmt: skip


def point(key: str, longitude: float) -> MapPoint:
    return MapPoint(key, 10.0, longitude, f"*{key}*")


def test_finds_are_carried_or_told(model: PlateModel) -> None:
    carried = carry([point("a", 0.0), point("b", 60.0), point("c", 170.0)], model, 50.0)
    assert [(one.occurrence_id, one.latitude, one.longitude) for one in carried.placed] == [
        ("a", pytest.approx(10.0), pytest.approx(50.0))
    ]
    assert [(one.occurrence_id, str(why)) for one, why in carried.unplaced] == [
        ("b", "The ground there formed 40 million years ago in M, later than 50 Ma."),
        ("c", "The place lies on no plate of M."),
    ]
    assert carry([], model, 50.0).placed == ()


def test_the_layer_holds_land_and_finds_of_one_age() -> None:
    model = built_in_model("paleomap")
    carried = carry([MapPoint("lufeng", 25.17, 102.08, "</script>")], model, 195.0)
    layer = ancient_layer(carried.placed, model, 195.0, borders=True)
    earth, finds = (json.loads(json.dumps(child.data)) for child in layer._children.values())
    found = json.loads(finds)["rows"][0]
    assert found[0] == "lufeng"
    assert abs(found[1] - 25.17) > 1
    drawn = json.loads(earth)
    assert len(drawn["land"]) > 100 < len(drawn["borders"])
    assert "</script>" not in earth + finds
    assert json.loads(json.loads(json.dumps(ancient_layer([], model, 195.0)._children.popitem(last=False)[1].data)))["borders"] == []  # fmt: skip


def test_the_base_map_has_no_land_of_today() -> None:
    page = ancient_map().get_root().render()
    assert re.search(r'"ancient":\s*true', page)


def test_how_far_models_put_finds_apart(model: PlateModel) -> None:
    still = PlateModel(
        key="s", title="S", citation="", licence="", oldest_ma=100,
        rotations=Rotations([Pole(1, 0, 0.0, 90, 0, 0.0), Pole(1, 0, 100.0, 90, 0, 0.0)]), plates=model.plates,
    )  # fmt: skip
    on_equator = MapPoint("a", 0.0, 0.0, "A")
    assert spread([on_equator], [model, still], 30.0) == pytest.approx(30.0)
    assert spread([point("c", 170.0)], [model, still], 30.0) is None
    assert spread([], [model, still], 30.0) is None


def test_lines_lead_to_where_another_model_puts_the_finds(model: PlateModel) -> None:
    still = PlateModel(
        key="s", title="S", citation="", licence="", oldest_ma=100,
        rotations=Rotations([Pole(1, 0, 0.0, 90, 0, 0.0), Pole(1, 0, 100.0, 90, 0, 0.0)]), plates=model.plates,
    )  # fmt: skip
    points = [point("a", 0.0), point("b", 0.0), point("c", 170.0)]
    (line,) = apart_from(carry(points, model, 30.0), points, still, 30.0)
    assert line[0] == pytest.approx((30.0, 10.0))
    assert line[1] == pytest.approx((0.0, 10.0))


def test_very_many_finds_are_counted_in_cells_and_none_is_lost(model: PlateModel) -> None:
    random = np.random.default_rng(3)
    places = np.stack([random.uniform(-90, 30, 5_000), random.uniform(-60, 60, 5_000)], axis=1)
    nowhere = np.array([[170.0, 0.0], [60.0, 0.0]])
    finds = np.full(5_002, 200)
    layer, lost = cells_layer(np.vstack([places, nowhere]), finds, model, 50.0, words={"finds": "n"}, plates=True)
    told = [row[5] for row in json.loads(list(layer._children.values())[-1].data)["rows"]]
    assert lost == 400
    assert sum(int(number.replace(",", "")) for number in told) == 1_000_000
    assert len(told) < 700
