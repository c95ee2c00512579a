"""Ages as museums write them, in five languages; what is not known is not guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.exchange.mapping.ages import ages_between, read_age, refined
from catalogue.geological_time import timescale


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("Hettangian", "Hettangian", "Hettangian"),
        ("Hettangian-Sinemurian", "Hettangian", "Sinemurian"),
        ("Sinemurian to Hettangian", "Hettangian", "Sinemurian"),
        ("Early Jurassic (Hettangian)", "Hettangian", "Hettangian"),
        ("Early Jurassic (Hettangian-Sinemurian)", "Hettangian", "Sinemurian"),
        ("Early-Middle Jurassic", "Early Jurassic", "Middle Jurassic"),
        ("Lower/Middle Jurassic", "Early Jurassic", "Middle Jurassic"),
        ("Late-Jurassic", "Late Jurassic", "Late Jurassic"),
        ("Early Jurassic, Hettangian", "Hettangian", "Hettangian"),
        ("?Hettangian", "Hettangian", "Hettangian"),
        ("Hettangian (201-199 Ma)", "Hettangian", "Hettangian"),
        ("早侏罗世", "Early Jurassic", "Early Jurassic"),
        ("早—中侏罗世", "Early Jurassic", "Middle Jurassic"),
        ("侏罗纪早期", "Early Jurassic", "Early Jurassic"),
        ("下侏罗统", "Early Jurassic", "Early Jurassic"),
        ("Oberkreide", "Late Cretaceous", "Late Cretaceous"),
        ("Unterer Jura", "Early Jurassic", "Early Jurassic"),
        ("Maastrichtium", "Maastrichtian", "Maastrichtian"),
        ("Jurassique inférieur", "Early Jurassic", "Early Jurassic"),
        ("Hettangien", "Hettangian", "Hettangian"),
        ("Jurásico Inferior", "Early Jurassic", "Early Jurassic"),
        ("晚白垩世坎潘期", "Campanian", "Campanian"),
        ("早白垩世晚期", "Early Cretaceous", "Early Cretaceous"),
        ("Early Jurassic Sinemurian", "Sinemurian", "Sinemurian"),
        ("Jurassic, Early", "Early Jurassic", "Early Jurassic"),
        ("ca. 195 Ma", "Sinemurian", "Sinemurian"),
        ("199–195 million years", "Sinemurian", "Sinemurian"),
    ],
)
def test_an_age_is_read(written: str, earliest: str, latest: str) -> None:
    found = read_age(written)
    assert found is not None
    assert (found.earliest, found.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "written", ["", "Lufengian", "201", "201.3-190.8", "0 Ma", "box 7", "-", "Hettangian-Lufengian", "x" * 500, "()"]
)
def test_what_is_not_known_is_not_guessed(written: str) -> None:
    assert read_age(written) is None


@given(st.text(max_size=60))
def test_any_text_is_answered(written: str) -> None:
    found = read_age(written)
    assert found is None or {found.earliest, found.latest} <= timescale().intervals.keys()


@given(st.sampled_from(sorted(timescale().intervals)), st.sampled_from(sorted(timescale().intervals)))
def test_two_intervals_are_read_from_the_older_base_to_the_younger_top(one: str, two: str) -> None:
    found = read_age(f"{one} to {two}")
    assert found is not None
    spans = [timescale()[name].span for name in (one, two)]
    assert (found.span.max_ma, found.span.min_ma) == (
        max(span.max_ma for span in spans),
        min(span.min_ma for span in spans),
    )


def test_ages_in_ma_give_the_narrowest_intervals_that_hold_them() -> None:
    one = ages_between(200.0, 200.0)
    two = ages_between(200.0, 194.0)
    assert one is not None and (one.earliest, one.latest) == ("Hettangian", "Hettangian")
    assert two is not None and (two.earliest, two.latest) == ("Hettangian", "Sinemurian")
    assert ages_between(4999.0, 4990.0) is None


def test_a_rank_that_darwin_core_lacks_is_found_by_its_ma() -> None:
    span = timescale()["Pennsylvanian"].span
    assert refined("Carboniferous", span.max_ma, span.min_ma) == "Pennsylvanian"
    assert refined("Carboniferous", 340.0, 330.0) == "Carboniferous"
