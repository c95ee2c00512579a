"""`maps.captions`: one sentence for each case of number."""

import pytest

from maps.captions import drawn_of, map_words


@pytest.mark.parametrize(
    ("total", "drawn", "sentence"),
    [
        (0, 0, "There is no find to draw."),
        (1, 1, "The one find is drawn."),
        (1, 0, "The one find has no coordinates."),
        (437, 437, "All 437 finds are drawn."),
        (437, 0, "None of the 437 finds has coordinates, so none is drawn."),
        (2, 1, "1 of 2 finds is drawn; the other has no coordinates."),
        (437, 1, "1 of 437 finds is drawn; 436 have no coordinates."),
        (437, 436, "436 of 437 finds are drawn; 1 has no coordinates."),
        (1_000_000, 998_500, "998,500 of 1,000,000 finds are drawn; 1,500 have no coordinates."),
        (437, 412, "412 of 437 finds are drawn; 25 have no coordinates."),
    ],
)
def test_drawn_of_says_every_number(total: int, drawn: int, sentence: str) -> None:
    assert str(drawn_of(total, drawn)) == sentence


@pytest.mark.parametrize(("total", "drawn"), [(1, 2), (1, -1), (-1, -1)])
def test_numbers_that_cannot_be_are_refused(total: int, drawn: int) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        drawn_of(total, drawn)


def test_a_sentence_can_be_put_into_another_language() -> None:
    chinese = {"All {total} finds are drawn.": "全部{total}件已绘出。"}
    assert drawn_of(3, 3).render(lambda template: chinese[template]) == "全部3件已绘出。"


def test_every_word_on_the_map_is_a_message_without_fields() -> None:
    assert all(str(word) == word.template for word in map_words().values())
