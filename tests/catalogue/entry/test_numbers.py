"""The number that comes next is free, and as long as the one before."""

from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.entry.numbers import following, next_free
from catalogue.rights import THIS_COMPUTER, VISITOR, NotAllowed


@pytest.mark.parametrize(
    ("number", "after"),
    [
        ("LFGT 0123", "LFGT 0124"),
        ("V9", "V10"),
        ("LFGT 0999", "LFGT 1000"),
        ("2019.5.7", "2019.5.8"),
        ("7", "8"),
        ("V15 bis", ""),
        ("", ""),
        ("V٣", ""),
        ("V" + "9" * 15, "V1" + "0" * 15),
    ],
)
def test_the_last_digits_count_on(number: str, after: str) -> None:
    assert following(number) == after


def test_numbers_that_are_in_use_are_passed_over(connection: Connection, draft: dict[str, Any]) -> None:
    for number in ("IVPP V15", "IVPP V16", "IVPP V18"):
        specimens.add(connection, THIS_COMPUTER, draft | {"catalog_number": number})
    assert next_free(connection, THIS_COMPUTER, "IVPP", "IVPP V15") == "IVPP V17"
    assert next_free(connection, THIS_COMPUTER, "LFGT", "IVPP V15") == "IVPP V16"
    assert next_free(connection, THIS_COMPUTER, "IVPP", "no number") == ""


def test_whoever_may_not_add_is_offered_none(connection: Connection) -> None:
    with pytest.raises(NotAllowed):
        next_free(connection, VISITOR, "IVPP", "IVPP V15")
