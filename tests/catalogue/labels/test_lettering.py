"""Text is set whole: wrapped, then made smaller, never cut; and it stays text."""

from hypothesis import given
from hypothesis import strategies as st

from catalogue.labels.lettering import Paragraph, Piece, clean, fit, text_width, unheld

BOX = (10.0, 20.0, 40.0, 12.0)
"""x, y, width, height in mm."""


def plain(text: str, size: float = 10) -> Paragraph:
    return Paragraph((Piece(text),), size)


def written(text: str, size: float = 10) -> str:
    """What is set of a text, lines joined, without blanks."""
    return "".join(letters.text for letters in fit([plain(text, size)], *BOX).letters).replace(" ", "")


def test_short_text_keeps_its_size() -> None:
    setting = fit([plain("Lufeng")], *BOX)
    assert (setting.scale, [letters.text for letters in setting.letters]) == (1.0, ["Lufeng"])


def test_a_long_name_is_wrapped_and_then_made_smaller() -> None:
    name = "Micropachycephalosaurus hongtuyanensis ex gr. Pachycephalosaurus wyomingensis"
    wrapped = fit([plain("Lufengosaurus huenei Young, 1941")], *BOX)
    assert (wrapped.scale, len({letters.y for letters in wrapped.letters})) == (1.0, 2)
    shrunk = fit([plain(name, 14)], *BOX)
    assert shrunk.scale < 1
    assert "".join(letters.text for letters in shrunk.letters).replace(" ", "") == name.replace(" ", "")


@given(st.text(st.sampled_from("Lufeng osaurus-禄丰龙，（）“”/ é\u0301\u202e"), max_size=400), st.floats(4, 60))
def test_whatever_is_written_stays_inside_its_box_and_none_is_lost(text: str, size: float) -> None:
    x, y, width, height = BOX
    setting = fit([plain(text, size)], *BOX)
    assert setting.height <= height + 1e-6
    for letters in setting.letters:
        end = letters.x + sum(letters.face.width(c) for c in letters.text.rstrip()) * letters.size * 25.4 / 72
        assert x - 1e-6 <= letters.x
        assert end <= x + width + 1e-6
        assert y <= letters.y <= y + height
    assert written(text, size) == clean(text).replace(" ", "")


def test_ten_thousand_letters_without_a_blank_still_fit() -> None:
    assert len(written("x" * 10_000)) == 10_000


def test_chinese_breaks_between_characters_but_never_before_a_comma() -> None:
    setting = fit([plain("沙湾，禄丰市，云南省，中国。" * 2)], 0, 0, 10.8, 100)
    lines: dict[float, str] = {}
    for letters in setting.letters:
        lines[letters.y] = lines.get(letters.y, "") + letters.text
    assert len(lines) > 3
    assert [line for line in lines.values() if line[0] in "，。"] == []


def test_each_character_is_in_a_face_that_holds_it() -> None:
    for letters in fit([plain("Lúfeng ǎ ạ Жβ 禄丰龙 “龙” ♂")], *BOX).letters:
        assert all(letters.face.holds(character) for character in letters.text)


def test_quotation_marks_are_wide_beside_chinese() -> None:
    assert text_width("“龙”", 10) > 2.5 * text_width("龙", 10)
    assert text_width("“a”", 10) < text_width("龙龙", 10)


def test_marks_of_direction_and_controls_are_taken_out() -> None:
    assert clean("a\u202eb\u2066c\u200fd\x00\x1b[31m\r\n e") == "abcd[31m e"


def test_what_no_font_holds_and_right_to_left_scripts_become_a_square() -> None:
    assert written("A \u0627\u0644 \U0010fffd B") == "A□□B"
    assert unheld("A \u0627\u0644 龙") == "\u0627\u0644"


def test_markup_is_text() -> None:
    assert written("<script>alert(1)</script>") == "<script>alert(1)</script>"
