"""Areas that people draw or write: which places lie in them, and what is said of those that are none."""

import numpy as np
import pytest

from catalogue.searching.area import InvalidArea, area_of, inside, read_area

PLACES = {"Lufeng": (102.1, 25.1), "Fiji": (179.9, -18.0), "Alaska": (-150.0, 65.0), "South Pole": (0.0, -90.0)}
LONGITUDES, LATITUDES = (np.array(values) for values in zip(*PLACES.values(), strict=True))


def found(written: str) -> set[str]:
    mask = inside(read_area(written), LONGITUDES, LATITUDES)
    return {name for name, within in zip(PLACES, mask, strict=True) if within}


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("102,25;103,26", {"Lufeng"}),
        ("102.1,25.1;103,26", {"Lufeng"}),
        ("170,-30;-140,70", {"Fiji", "Alaska"}),
        ("-180,-90;180,-80", {"South Pole"}),
        ("170,-30;215,-30;215,70;170,70", {"Fiji", "Alaska"}),
        ("-190,-30;-170,-30;-180,0", {"Fiji"}),
        ("100,20;110,20;100,30", {"Lufeng"}),
        ("110,20;110,30;100,30.2", set()),
    ],
)
def test_which_places_lie_in_it(written: str, names: set[str]) -> None:
    assert found(written) == names
    assert read_area(str(read_area(written))) == read_area(written)


def test_a_place_that_is_not_known_lies_in_none() -> None:
    assert not inside(read_area("-180,-90;180,90"), np.array([np.nan]), np.array([np.nan])).any()


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "An area is written as"),
        ("102,25", "An area is written as"),
        ("102,25;103", "An area is written as"),
        ("102,25;103,x", "An area is written as"),
        ("181,25;182,26", "Longitude|longitude 181 is not on the Earth"),
        ("25,102;26,103", "Are latitude and longitude swapped"),
        ("nan,25;103,26", "is not on the Earth"),
        ("102,26;103,25", "lies north of the northern edge"),
        ("0,0;10,10;10,0;0,10", "crosses itself near latitude 5, longitude 5"),
        ("0,0;5,5;10,10", "corners lie on one line"),
        ("-300,0;300,0;0,50", "around the whole Earth"),
        (";".join(f"{n / 10},{n % 2}" for n in range(201)), "200 corners at most"),
    ],
)
def test_what_is_none_is_told(written: str, why: str) -> None:
    with pytest.raises(InvalidArea, match=why):
        read_area(written)


def test_a_ring_may_be_closed_or_open() -> None:
    corners = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]
    assert area_of([*corners, corners[0]]) == area_of(corners)
