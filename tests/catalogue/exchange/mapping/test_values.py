"""Dates, coordinates, heights and countries as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.checking import is_date
from catalogue.exchange.mapping.values import (
    read_angle,
    read_coordinates,
    read_country,
    read_date,
    read_heights,
    read_month,
)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("1938", "1938"),
        ("1938-11-05", "1938-11-05"),
        ("1938-11-05T10:00:00", "1938-11-05"),
        ("1938-11-05/1938-11-07", "1938-11-05/1938-11-07"),
        ("23/11/1938", "1938-11-23"),
        ("11/23/1938", "1938-11-23"),
        ("05/05/1938", "1938-05-05"),
        ("3.4.1938", "1938-04-03"),
        ("5 Nov. 1938", "1938-11-05"),
        ("November 5, 1938", "1938-11-05"),
        ("5. März 1938", "1938-03-05"),
        ("5 de marzo de 1938", "1938-03-05"),
        ("1938年11月", "1938-11"),
        ("1938/11/5", "1938-11-05"),
    ],
)
def test_a_date_is_read(written: str, iso: str) -> None:
    assert read_date(written).iso == iso


def test_a_date_that_may_mean_two_days_is_not_guessed() -> None:
    assert (read_date("03/04/1938").iso, read_date("03/04/1938").why) == ("", "unclear")
    assert read_date("summer 1938").why == "unread"


@given(st.text(max_size=40))
def test_any_text_gives_a_date_by_iso_or_none(written: str) -> None:
    assert read_date(written).iso == "" or is_date(read_date(written).iso)


@given(st.dates())
def test_a_chinese_date_comes_back(day: object) -> None:
    year, month, number = str(day).split("-")
    assert read_date(f"{year}年{int(month)}月{int(number)}日").iso == str(day)


def test_months_by_name_and_number() -> None:
    assert [read_month(text) for text in ("11", "Nov.", "März", "XI", "13", "summer")] == [
        "11",
        "11",
        "03",
        "11",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("written", "degrees", "axis"),
    [
        ("25.1", 25.1, ""),
        ("102,1", 102.1, ""),
        ("-25.1", -25.1, ""),
        ("25°06'30\"N", 25.108333, "lat"),
        ("N 25 06 30", 25.108333, "lat"),
        ("25° 6.5' S", -25.108333, "lat"),
        ("东经102°6′", 102.1, "lon"),
        ("102.1W", -102.1, "lon"),
    ],
)
def test_an_angle_is_read(written: str, degrees: float, axis: str) -> None:
    assert read_angle(written) == (degrees, axis)


@pytest.mark.parametrize("written", ["", "near the well", "25°61'N", "1 2 3 4", "N25.1N", "--1"])
def test_what_is_no_angle_is_none(written: str) -> None:
    assert read_angle(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "25.1, 102.1",
        "25.1,102.1",
        "25,1; 102,1",
        "25.1 102.1",
        "102.1E 25.1N",
        "25°06'N 102°06'E",
        "北纬25°06′，东经102°06′",
    ],
)
def test_coordinates_in_one_text_are_read(written: str) -> None:
    assert read_coordinates(written) == (25.1, 102.1)


@given(st.text(alphabet="0123456789 .,;°'\"NSEW北东经纬-+", max_size=30))
def test_any_text_of_coordinates_is_answered(written: str) -> None:
    found = read_coordinates(written)
    assert found is None or all(isinstance(one, float) for one in found)


def test_heights_are_read_in_metres_only() -> None:
    assert read_heights("1,200 m") == (1200.0, 1200.0)
    assert read_heights("1600-1650 m") == (1600.0, 1650.0)
    assert read_heights("约1800米") == (1800.0, 1800.0)
    assert read_heights("2000 ft") is None


def test_countries_are_known_by_code_and_name() -> None:
    written = ("CN", "CHN", "China", "中国", "P.R. China", "USA", "Deutschland", "England", "Freedonia")
    assert [read_country(one) for one in written] == ["CN", "CN", "CN", "CN", "CN", "US", "DE", "GB", ""]
