"""Passwords: long enough, in any script, and never kept as they are."""

import pytest

from catalogue.people.passwords import LONGEST, SHORTEST, digest, matches, problem_with


@pytest.mark.parametrize("password", ["three calm red bones", "禄丰龙与许氏禄丰龙化石", "ab3!" * 10, "q" * 7 + "wer"])
def test_a_long_password_of_any_script_will_do(password: str) -> None:
    assert problem_with(password, "mei") is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "at least"),
        ("x" * (SHORTEST - 1), "at least"),
        ("aB3" * (LONGEST // 3) + "abc", "at most"),
        ("aaaaaaaaaaaa", "too easy"),
        ("121212121212", "too easy"),
        ("1234567890", "too easy"),
        ("mei.lin@museum", "too easy"),
        ("MEI.LIN@museum", "too easy"),
    ],
)
def test_a_poor_password_is_refused_with_the_reason(password: str, why: str) -> None:
    assert why in str(problem_with(password, "mei.lin@museum"))


def test_a_digest_matches_its_password_only() -> None:
    kept = digest("three calm red bones")
    assert kept.startswith("$argon2id$")
    assert "bones" not in kept
    assert kept != digest("three calm red bones")
    assert matches(kept, "three calm red bones")
    assert not matches(kept, "three calm red bone")
    assert not matches(kept, "")


def test_the_same_letters_typed_otherwise_match() -> None:
    assert matches(digest("Ångström und Knochen"), "Ångström und Knochen")


@pytest.mark.parametrize("kept", ["", "not a digest", "$argon2id$v=19$broken"])
def test_where_nothing_fit_is_kept_no_password_matches(kept: str) -> None:
    assert not matches(kept, "nobody has this password")
    assert not matches(kept, "")


def test_an_endless_password_is_not_digested() -> None:
    assert not matches(digest("three calm red bones"), "x" * 10_000_000)
