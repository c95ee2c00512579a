"""Countries by code and by name."""

import pytest

from catalogue.countries import countries, country_code, country_name


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CN", "CN"),
        ("uk", "GB"),
        ("China", "CN"),
        ("中国", "CN"),
        (" Germany ", "DE"),
        ("NA", "NA"),
        ("EU", ""),
        ("", ""),
        ("??", ""),
    ],
)
def test_the_code_of_what_was_written(written: str, code: str) -> None:
    assert country_code(written) == code


def test_names_in_both_languages() -> None:
    assert (country_name("DE"), country_name("DE", "zh")) == ("Germany", "德国")
    assert country_name("QQ") == "QQ"


def test_the_list_is_in_the_order_of_the_names() -> None:
    names = list(countries().values())
    assert names == sorted(names)
    assert len(names) > 240
