"""`trees.svg`: elements, numbers and escaping."""

from trees.svg import element, number, text


def test_elements() -> None:
    assert element("g") == "<g/>"
    assert element("a", "x", "y", class_="b", data_name='"<', x=1.5, gone=None) == (
        '<a class="b" data-name="&quot;&lt;" x="1.5">xy</a>'
    )


def test_numbers_are_short() -> None:
    assert [number(value) for value in (3, 3.0, 2.5, 1.239, -0.1, 100.0)] == ["3", "3", "2.5", "1.24", "-0.1", "100"]


def test_letters_that_xml_forbids_are_dropped() -> None:
    assert text("a\x00b\x1b\ud800<&>") == "ab&lt;&amp;&gt;"
