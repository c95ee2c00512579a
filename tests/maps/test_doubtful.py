"""`maps.doubtful`: many places at once are judged as one by one, and what is said can be counted."""

import random

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
    codes = [chance.choice(["CN", "US", "RU", "NO", "", "AR"]) for _ in here]
    found = doubtful.doubts_of_places(*zip(*here, strict=True), codes)
    one_by_one = {
        number: len(doubts)
        for number, (place, code) in enumerate(zip(here, codes, strict=True))
        if (doubts := places.check_place(*place, code))
    }
    assert {number: len(doubts) for number, doubts in found.items()} == one_by_one
