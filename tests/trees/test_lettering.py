"""`trees.lettering`: widths of texts."""

from trees.lettering import fits, text_width


def test_chinese_letters_are_as_wide_as_they_are_tall() -> None:
    assert text_width("禄丰龙", 12) == 36


def test_narrow_wide_and_combining_letters() -> None:
    assert text_width("iii", 10) < text_width("nnn", 10) < text_width("mmm", 10)
    assert text_width("e\u0301", 10) == text_width("e", 10)
    assert text_width("", 10) == 0


def test_a_text_needs_some_air() -> None:
    assert fits("禄丰", 10, 25)
    assert not fits("禄丰", 10, 24)
