"""Days as labels have them."""

import pytest

from catalogue.label_dates import iso_day


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024年5月6日", "2024-05-06"), ("2024 年 5 月", "2024-05"), ("1938年", "1938"), ("1938", "1938"), ("2024.5.6", "2024-05-06"),
        ("2024/12/1", "2024-12-01"), ("1938-11", "1938-11"), ("2024年5月6号", "2024-05-06"),
    ],
)  # fmt: skip
def test_a_day_that_begins_with_its_year_is_read(written: str, meant: str) -> None:
    assert iso_day(written) == meant


@pytest.mark.parametrize(
    "written", ["", "5/6/2024", "2024年13月", "2024年2月30日", "20245", "202456", "about 1938", "二〇二四年"]
)
def test_what_is_no_day_or_could_be_two_is_not_guessed(written: str) -> None:
    assert iso_day(written) == ""
