"""`maps.doubtful`: many places at once are judged as one by one, and what is said can be counted."""

import random

import shapely

from maps import doubtful, places

LUFENG = (25.15, 102.08)
PLACES = {
    (*LUFENG, "CN"): [],
    (*LUFENG, ""): [],
    (*LUFENG, "MN"): ["outside the stated country"],
    (102.08 - 60, 25.15, "CN"): ["outside the stated country"],
    (0.0, 0.0, "CN"): ["Gulf of Guinea"],
    (25.15, -102.08, "CN"): ["east and west"],
    (40.0, 40.0, "TR"): ["the same"],
    (29.3989, 104.8261, "CN"): ["of a museum"],
}


def test_each_kind_of_doubt_is_told_without_particulars() -> None:
    latitudes, longitudes, codes = zip(*PLACES, strict=True)
    found = doubtful.doubts_of_places(latitudes, longitudes, codes)
    for number, expected in enumerate(PLACES.values()):
        said = [str(doubt) for doubt in found.get(number, [])]
        assert len(said) == len(expected), said
        assert all(words in one for words, one in zip(expected, said, strict=True))
        assert not any(doubt.values for doubt in found.get(number, []))


def test_many_at_once_are_judged_as_one_by_one() -> None:
    chance = random.Random(3)
    near = [point for points in places.known_centres().values() for point in points]
    here = [(chance.uniform(-90, 90), chance.uniform(-180, 180)) for _ in range(300)]
    here += [(north + chance.uniform(-0.02, 0.02), east + chance.uniform(-0.02, 0.02)) for north, east in near]
    here += [(float(north), float(east)) for north in range(-90, 91, 30) for east in range(-180, 181, 30)]
    here += [(49.0, chance.uniform(-125, -95)) for _ in range(10)]
    assert_judged_alike(here, [chance.choice(["CN", "US", "RU", "NO", "", "AR", "FR", "AQ", "CA", "ZZ"]) for _ in here])


def test_places_on_the_corners_of_the_outlines_are_judged_as_one_by_one() -> None:
    chance = random.Random(4)
    outlines = places.countries()
    assert outlines is not None
    corners = shapely.get_coordinates(outlines.shapes)[::200].clip((-180, -90), (180, 90)).tolist()
    codes = sorted(outlines.codes.tolist())
    assert_judged_alike([(north, east) for east, north in corners], [chance.choice(codes) for _ in corners])


def assert_judged_alike(here: list[tuple[float, float]], codes: list[str]) -> None:
    """By the first words of each doubt, which are the same for many places as for one."""
    found = doubtful.doubts_of_places([north for north, _ in here], [east for _, east in here], codes)
    assert found
    for number, ((north, east), code) in enumerate(zip(here, codes, strict=True)):
        one = [str(doubtful.counted(doubt)) for doubt in places.check_place(north, east, code)]
        assert [str(doubt) for doubt in found.get(number, [])] == one, (north, east, code)
