"""QR codes and outlines."""

import segno

from catalogue.labels.contents import record_link
from catalogue.labels.marks import Code, Drawing, dark_bars, modules, path_steps

LINK = "https://museum.example/specimen?id=w:1"


def test_the_bars_are_the_dark_squares_of_the_code() -> None:
    drawn = {(x + step, y) for x, y, length in dark_bars(LINK) for step in range(length)}
    matrix = segno.make(LINK, error="m", micro=False).matrix
    assert drawn == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}


def test_a_drawing_knows_its_finest_square() -> None:
    assert Drawing(9, 9, (Code(0, 0, 10, LINK),)).module == 10 / len(modules(LINK))


def test_a_link_leads_to_the_record_whatever_its_key() -> None:
    assert record_link("https://m.example/bones/", "urn:uuid:1&x=<ä>") == (
        "https://m.example/bones/specimen?id=urn:uuid:1%26x%3D%3C%C3%A4%3E"
    )


def test_relative_curves_become_absolute() -> None:
    assert path_steps("M10 20c1 1 2 2 3-3l-.5 .5zM0 0l1 1") == (
        ("M", (10, 20)),
        ("C", (11, 21, 12, 22, 13, 17)),
        ("L", (12.5, 17.5)),
        ("Z", ()),
        ("M", (0, 0)),
        ("L", (1, 1)),
    )
