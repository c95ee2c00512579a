"""`maps.palaeo_columns`: each record of a file gets its palaeocoordinates, or the reason why it has none."""

import csv
import io
import json

import numpy as np
import pytest

from catalogue.exchange.out.csv_file import csv_lines
from catalogue.exchange.out.found import NAMES as FIELDS
from catalogue.exchange.out.found import Portion
from catalogue.exchange.out.geojson_file import features
from catalogue.records import PUBLISHED, Specimen
from maps.palaeo_columns import NAMES, palaeo_columns
from maps.palaeogeography.models import built_in_model


def portion(*found: tuple[float | None, float | None, float]) -> Portion:
    records = [
        Specimen(str(n), PUBLISHED, decimal_longitude=x, decimal_latitude=y, max_ma=age + 5, min_ma=age - 5, earliest_interval="Jurassic", latest_interval="Jurassic")
        for n, (x, y, age) in enumerate(found)
    ]  # fmt: skip
    return Portion({name: [getattr(one, name) or "" if name == "translations" else getattr(one, name) for one in records] for name in FIELDS}, {})  # fmt: skip


FOUND = portion((102.08, 25.17, 195.0), (None, None, 195.0), (-140.0, 0.0, 100.0))


def test_a_table_with_palaeocoordinates() -> None:
    lines = "".join(csv_lines([FOUND], palaeo_columns(built_in_model("wright2013"))))
    placed, without, nowhere = csv.DictReader(io.StringIO(lines))
    (lay,) = built_in_model("wright2013").positions(np.array([[102.08, 25.17]]), [195.0])
    assert (placed["palaeoAgeMa"], placed["palaeoModel"], placed["palaeoReason"]) == ("195", "Wright et al. 2013", "")
    assert float(placed["palaeolatitude"]) == pytest.approx(lay.latitude, abs=1e-4)
    assert [without[name] for name in NAMES] == ["", "", "", "", "", "The record has no coordinates."]
    assert (nowhere["palaeolatitude"], nowhere["palaeoReason"]) == (
        "",
        "The place lies on no plate of Wright et al. 2013.",
    )


def test_features_with_palaeocoordinates() -> None:
    more = palaeo_columns(built_in_model("wright2013"))
    placed, without, _ = (json.loads(line)["properties"] for line in features(FOUND, more))
    assert placed["palaeoModel"] == "Wright et al. 2013"
    assert "palaeolatitude" not in without
    assert not set(NAMES) & json.loads(next(features(FOUND)))["properties"].keys()
