"""Letters that a spreadsheet read wrongly are told, whatever kind of file it saved them in."""

import pytest
from openpyxl import Workbook

from catalogue.exchange.reading import read_table
from catalogue.exchange.reading.garbled import meant_by
from tests.catalogue.exchange.reading.conftest import saved


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("São João do Polêsine", "cp1252"),
        ("Weißenburg – “Ávila” 25°", "latin-1"),
        ("云南省禄丰", "latin-1"),
        ("云南省禄丰县", "gb18030"),
        ("产地：禄丰县", "gb18030"),
    ],
)
def test_what_was_meant_is_found(text: str, encoding: str) -> None:
    assert meant_by(text.encode().decode(encoding)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Lü",
        "ß–",
        "Ö",
        "São João",
        "25° 06′",
        "禄丰",
        "云南省禄丰县川街乡老长箐村",
        "许氏禄丰龙",
        "“”",
        "Ελλάδα",
        "🦕",
        "ÄÖÜ",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert meant_by(text) == ""


def test_a_workbook_that_was_made_of_a_csv_read_wrongly_says_so() -> None:
    book = Workbook()
    book.active.append(["catalogNumber", "scientificName", "recordedBy"])
    book.active.append(["V 1", "Lufengosaurus", "LÃ¼ et al."])
    (note,) = read_table(saved(book)).notes
    assert "“LÃ¼ et al.” looks like “Lü et al.”" in str(note)
    book.active.cell(2, 3, "Lü et al.")
    assert read_table(saved(book)).notes == ()


def test_gb18030_with_few_chinese_characters_is_read() -> None:
    table = read_table("catalogNumber,locality\nV 1,Cañon\nV 2,Polêsine\nV 3,ÃŁ†\n".encode("gb18030"))
    assert (table.encoding, table.encoding_is_guess) == ("GB18030", True)
    assert [row.cells["locality"] for row in table.rows] == ["Cañon", "Polêsine", "ÃŁ†"]
