"""The chart, the names people write, and the ages that follow."""

from itertools import pairwise

import pytest

from catalogue.geological_time import AgeRange, InvertedRange, Timescale, UnknownInterval, timescale


@pytest.mark.parametrize("rank", ["eon", "era", "period", "epoch", "age"])
def test_units_of_a_rank_follow_each_other_without_gap_or_overlap(rank: str) -> None:
    """But for the Pridoli, an epoch that has no ages."""
    phanerozoic = timescale()["Phanerozoic"].span
    units = [unit for unit in timescale().of_rank(rank) if unit.span.lies_within(phanerozoic)]
    assert units == sorted(units, key=lambda unit: -unit.span.max_ma)
    for older, younger in pairwise(units):
        gap = older.span.min_ma - younger.span.max_ma
        assert gap == 0 or (rank, older.name, younger.name) == ("age", "Ludfordian", "Lochkovian"), (
            older.name,
            younger.name,
        )


def test_each_unit_lies_within_its_parent_and_its_children_fill_it() -> None:
    chart = timescale()
    for unit in chart:
        if unit.parent:
            assert unit.span.lies_within(chart[unit.parent].span), unit.name
        children = chart.children(unit)
        if children:
            assert children[0].span.max_ma == unit.span.max_ma, unit.name
            assert children[-1].span.min_ma == unit.span.min_ma, unit.name


def test_each_unit_has_its_official_colour_and_both_names() -> None:
    for unit in timescale():
        assert unit.color[0] == "#"
        assert len(unit.color) == 7
        assert unit.label("en") != unit.label("zh")


def test_lufeng_lies_in_the_early_jurassic() -> None:
    age = timescale().date("Hettangian", "Sinemurian")
    assert (age.span.max_ma, age.span.min_ma) == (201.4, 192.9)
    assert age.span.lies_within(timescale()["Early Jurassic"].span)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Early Jurassic", "Early Jurassic"),
        ("Lower Jurassic", "Early Jurassic"),
        ("LOWER  JURASSIC", "Early Jurassic"),
        ("early-jurassic", "Early Jurassic"),
        ("早侏罗世", "Early Jurassic"),
        ("下侏罗统", "Early Jurassic"),
        ("赫塘期", "Hettangian"),
        ("侏罗纪", "Jurassic"),
    ],
)
def test_a_name_of_the_chart_is_found_however_it_is_written(written: str, name: str) -> None:
    match = timescale().find(written)
    assert match is not None
    assert match.earliest.name == match.latest.name == name
    assert match.exact


@pytest.mark.parametrize("written", ["Late Barremian", "late barremian", "Upper Barremian", "Middle Barremian"])
def test_a_part_of_an_age_is_taken_for_the_age_and_called_not_exact(written: str) -> None:
    match = timescale().find(written)
    assert match is not None
    assert match.earliest.name == "Barremian"
    assert not match.exact


def test_a_regional_name_is_found_through_the_aliases() -> None:
    chart = Timescale(
        timescale(), [{"alias": "Edmontonian", "earliest_interval": "Campanian", "latest_interval": "Maastrichtian"}]
    )
    age = chart.date("edmontonian")
    assert (age.earliest.name, age.latest.name) == ("Campanian", "Maastrichtian")


def test_an_alias_without_a_latest_interval_is_one_interval() -> None:
    chart = Timescale(timescale(), [{"alias": "Lancian", "earliest_interval": "Maastrichtian", "latest_interval": ""}])
    assert chart.date("Lancian").latest.name == "Maastrichtian"


@pytest.mark.parametrize("written", ["", "  ", "Late", "早", "Dinosaurian", "x" * 20_000])
def test_an_unknown_name_is_none(written: str) -> None:
    assert timescale().find(written) is None


def test_an_unknown_name_is_answered_with_near_ones() -> None:
    with pytest.raises(UnknownInterval, match="Did you mean Hettangian"):
        timescale().date("Hetangian")


def test_a_very_long_unknown_name_is_shortened_in_the_answer() -> None:
    with pytest.raises(UnknownInterval) as raised:
        timescale().date("x" * 20_000)
    assert len(str(raised.value)) < 200


def test_an_inverted_range_is_told_in_words() -> None:
    with pytest.raises(
        InvertedRange, match=r"“Sinemurian” \(199.5 Ma\) is younger than the latest interval “Hettangian”"
    ):
        timescale().date("Sinemurian", "Hettangian")


@pytest.mark.parametrize(
    ("earliest", "latest"), [("Jurassic", "Hettangian"), ("Hettangian", "Jurassic"), ("Toarcian", "Early Jurassic")]
)
def test_a_unit_and_the_one_that_holds_it_are_no_inverted_range(earliest: str, latest: str) -> None:
    span = timescale().date(earliest, latest).span
    assert span.max_ma >= span.min_ma


def test_a_boundary_belongs_to_the_younger_unit() -> None:
    unit = timescale().at(201.4, "age")
    assert unit is not None
    assert unit.name == "Hettangian"
    today = timescale().at(0, "epoch")
    assert today is not None
    assert today.name == "Holocene"
    assert timescale().at(5000, "age") is None


def test_the_narrowest_unit_that_holds_a_span() -> None:
    chart = timescale()
    assert chart.narrowest(AgeRange(201.3, 199.6)) == chart["Hettangian"]
    assert chart.narrowest(AgeRange(201.3, 190.0)) == chart["Early Jurassic"]
    assert chart.narrowest(AgeRange(228, 199.6)) == chart["Mesozoic"]
    assert chart.narrowest(AgeRange(9000, 1)) is None


def test_a_lineage_runs_from_the_unit_to_the_top() -> None:
    names = [unit.name for unit in timescale().lineage(timescale()["Hettangian"])]
    assert names == ["Hettangian", "Early Jurassic", "Jurassic", "Mesozoic", "Phanerozoic"]


def test_an_instant_overlaps_the_span_that_holds_it() -> None:
    assert AgeRange(200, 200).overlaps(AgeRange(201, 199))
    assert AgeRange(201, 199).overlaps(AgeRange(199, 199))
    assert not AgeRange(201, 199).overlaps(AgeRange(199, 190))


def test_an_age_range_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="from old to young"):
        AgeRange(1, 2)
    assert AgeRange(200, 100).midpoint == 150
