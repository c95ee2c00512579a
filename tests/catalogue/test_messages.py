"""Sentences read in English when printed, and in any language through their templates."""

from catalogue.messages import Problem, message


def test_a_message_reads_in_english() -> None:
    assert str(message("“{value}” is not a number.", value="x")) == "“x” is not a number."


def test_a_message_inside_a_message_is_translated_too() -> None:
    said = message("{rule} {number} is outside.", rule=message("Latitude runs to 90."), number=91)
    chinese = {"{rule} {number} is outside.": "{rule}{number}超出范围。", "Latitude runs to 90.": "纬度最大为90。"}
    assert said.render(chinese.__getitem__) == "纬度最大为90。91超出范围。"


def test_braces_in_a_value_stay() -> None:
    assert str(message("“{value}” is not a number.", value="{oops}")) == "“{oops}” is not a number."


def test_a_problem_names_its_field() -> None:
    assert str(Problem("locality", message("Write it."))) == "locality: Write it."
    assert str(Problem("", message("Write it."))) == "Write it."
