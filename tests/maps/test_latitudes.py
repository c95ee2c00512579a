"""`maps.latitudes`: a line for each taxon, place and time, and the doubt of age and model beside it."""

import math

import pytest
import shapely

from catalogue.geological_time import timescale
from catalogue.records import PUBLISHED, Specimen
from maps.latitudes import Track, latitude_plot, tracks
from maps.palaeogeography.models import PlateModel
from maps.palaeogeography.plate import Plate
from maps.palaeogeography.rotations import Pole, Rotations

WORDS = {"title": "T", "equator": "Equator", "north": "N", "south": "S", "finds": "{n} finds", "ma": "Ma"}


def northward(degrees: float) -> PlateModel:
    """Ground on the prime meridian was so many degrees farther north for each 100 Myr; that west of it is 50 million years old."""
    poles = [Pole(1, 0, 0.0, 0.0, -90.0, 0.0), Pole(1, 0, 200.0, 0.0, -90.0, 2 * degrees)]
    plates = [Plate(1, 900.0, -999.0, shapely.box(-1, -60, 60, 60)), Plate(1, 50.0, -999.0, shapely.box(-60, -60, -1, 60))]  # fmt: skip
    return PlateModel(key="m", title="M", citation="", licence="", oldest_ma=200, rotations=Rotations(poles), plates=plates)  # fmt: skip


def find(key: str, longitude: float | None = 0.0, name: str = "A b") -> Specimen:
    return Specimen(key, PUBLISHED, scientific_name=name, verbatim_identification=name, decimal_longitude=longitude, decimal_latitude=10.0, max_ma=150.0, min_ma=100.0)  # fmt: skip


def made(*found: Specimen) -> list[Track]:
    return tracks(found, northward(20), northward(10), color=lambda _: "#123456", href=lambda one: f"./{one.occurrence_id}")  # fmt: skip


def test_latitudes_from_the_oldest_to_the_youngest_age() -> None:
    (track,) = made(find("a"), find("b"), find("c", None))
    assert (track.finds, track.title, track.href) == (2, "*A b*", "./a")
    assert track.latitudes == pytest.approx((40, 37.5, 35, 32.5, 30))
    assert track.others == pytest.approx((25, 23.75, 22.5, 21.25, 20))
    assert (track.middle, track.apart) == pytest.approx((35, 12.5))


def test_what_the_model_does_not_place_is_kept_and_not_drawn() -> None:
    known, lost = made(find("a"), find("b", -30.0))
    assert math.isnan(lost.middle)
    drawn = latitude_plot([known, lost], timescale(), WORDS)
    assert drawn.count('class="track"') == 1
    assert "A b: 35°N, 150–100 Ma" in drawn
    assert latitude_plot([], timescale(), WORDS).count('class="track"') == 0


def test_names_cannot_break_out_of_the_drawing() -> None:
    assert "<script>" not in latitude_plot(made(find("a", name="</title><script>x")), timescale(), WORDS)
