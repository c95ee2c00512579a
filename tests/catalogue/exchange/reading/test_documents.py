"""OpenDocument spreadsheets become tables of texts."""

import pytest

from catalogue.exchange.reading import UnreadableFile, read_table
from tests.catalogue.exchange.reading.conftest import Zipped, document, ods_content, ods_row

CELLS = (
    '<table:table-cell office:value-type="float" office:value="25.10"><text:p>25,1</text:p></table:table-cell>'
    '<table:table-cell office:value-type="date" office:date-value="1938-07-01"><text:p>1.7.38</text:p></table:table-cell>'
    '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string"><office:annotation><text:p>a remark</text:p></office:annotation>'
    '<text:p>two<text:s text:c="2"/><text:span>spaces</text:span></text:p><text:p>and a line</text:p></table:table-cell>'
)


def test_cells_as_a_person_reads_them(zipped: Zipped) -> None:
    rows = f"{ods_row('lat', 'date', 'type', 'remarks')}<table:table-row>{CELLS}</table:table-row>"
    table = read_table(document(zipped, f'<table:table table:name="Finds">{rows}</table:table>'))
    assert table.rows[0].written == ("25.1", "1938-07-01", "TRUE", "two  spaces\nand a line")
    assert (table.kind, table.sheet) == ("ODS", "Finds")


def test_formulas_that_failed_are_told(zipped: Zipped) -> None:
    failed = '<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    head = ods_row("a", "b", "c").replace("table:table-row ", 'table:table-row xmlns:calcext="urn:calcext" ')
    row = head.replace(">a<", ">#1<").replace("</table:table-row>", f"{failed}</table:table-row>")
    table = read_table(
        document(zipped, f'<table:table table:name="Finds">{ods_row("a", "b", "c", "d")}{row}</table:table>')
    )
    assert table.rows[0].written == ("#1", "b", "c", "#DIV/0!")
    assert [str(note) for note in table.notes] == [
        "Formulas that failed on the sheet “Finds”: 1, the first in row 2 (#DIV/0!). Mend them before you import."
    ]


def test_formulas_that_failed_are_counted_once_on_a_sheet_that_is_looked_at_twice(zipped: Zipped) -> None:
    failed = '<table:table-cell xmlns:calcext="urn:calcext" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
    lengths = ods_row("occurrenceID", "measurementType", "measurementValue") + ods_row("a", "length", failed)
    finds = ods_row("occurrenceID", "scientificName") + ods_row("a", "Lufengosaurus")
    inside = '<table:table-cell office:value-type="string"><text:p>'
    lengths = lengths.replace(f"{inside}{failed}</text:p></table:table-cell>", failed)
    sheets = (f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in (("L", lengths), ("F", finds)))
    table = read_table(document(zipped, "".join(sheets)))
    assert (table.sheet, table.lists) == ("F", ("L",))
    assert [str(note) for note in table.notes] == [
        "Formulas that failed on the sheet “L”: 1, the first in row 2 (#N/A). Mend them before you import."
    ]


def test_what_is_stated_once_for_many_is_written_out(zipped: Zipped) -> None:
    blank = '<table:table-cell table:number-columns-repeated="16380"/>'
    first = f"<table:table-row>{ods_row('a', 'b')[18:-18]}{blank}</table:table-row>"
    many = ods_row("1", "2", more='table:number-rows-repeated="3"')
    rest = ods_row(more='table:number-rows-repeated="1048570"')
    table = read_table(document(zipped, f'<table:table table:name="A">{first}{many}{rest}</table:table>'))
    assert [(row.number, row.written) for row in table.rows] == [(2, ("1", "2")), (3, ("1", "2")), (4, ("1", "2"))]


def test_hidden_sheets_come_last_and_are_named(zipped: Zipped) -> None:
    sheets = (
        f'<table:table table:name="Drafts" table:style-name="ta2">{ods_row("x", "y")}</table:table>'
        f'<table:table table:name="Finds">{ods_row("a", "b")}</table:table>'
    )
    table = read_table(document(zipped, sheets))
    assert (table.sheet, table.sheets, table.hidden_sheets) == ("Finds", ("Drafts", "Finds"), ("Drafts",))
    assert read_table(document(zipped, sheets), sheet="Drafts").headings == ("x", "y")
    with pytest.raises(UnreadableFile, match="no sheet “Z”"):
        read_table(document(zipped, sheets), sheet="Z")


@pytest.mark.parametrize(
    "bomb",
    [
        ods_row("a", more='table:number-rows-repeated="99999999"'),
        '<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="99999999"><text:p>a</text:p>'
        "</table:table-cell></table:table-row>",
    ],
)
def test_a_cell_repeated_without_end_is_refused(zipped: Zipped, bomb: str) -> None:
    with pytest.raises(UnreadableFile, match=r"at most|more than"):
        read_table(document(zipped, f'<table:table table:name="A">{ods_row("a")}{bomb}</table:table>'))


def test_a_password(zipped: Zipped) -> None:
    files = {"mimetype": "a", "content.xml": "xx", "META-INF/manifest.xml": "<manifest:encryption-data/>"}
    with pytest.raises(UnreadableFile, match="protected with a password"):
        read_table(zipped(files))


@pytest.mark.parametrize("content", ["", "<a>", ods_content("")[:-20], '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_a_damaged_spreadsheet_is_told(zipped: Zipped, content: str) -> None:
    with pytest.raises(UnreadableFile):
        read_table(zipped({"mimetype": "a", "content.xml": content}))
