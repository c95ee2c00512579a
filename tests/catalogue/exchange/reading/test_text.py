"""Bytes become rows, whatever the file went through before."""

import pytest

from catalogue.exchange.reading import Table, UnreadableFile, decode, read_table

HEADINGS = "occurrence_no,accepted_name,early_interval"
ROW = "1,Lufengosaurus huenei,Hettangian"


def read(text: str, encoding: str = "utf-8") -> Table:
    return read_table(text.encode(encoding))


def test_a_plain_table() -> None:
    table = read(f"{HEADINGS}\n{ROW}\n")
    assert table.columns == table.headings == ("occurrence_no", "accepted_name", "early_interval")
    assert (table.encoding, table.encoding_is_guess, table.delimiter) == ("UTF-8", False, ",")
    assert [row.number for row in table.rows] == [2]
    assert table.rows[0].cells["accepted_name"] == "Lufengosaurus huenei"


@pytest.mark.parametrize(("encoding", "name", "guess"), [
    ("utf-8-sig", "UTF-8", False), ("utf-16", "UTF-16", False), ("utf-8", "UTF-8", False),
    ("gb18030", "GB18030", True),
])  # fmt: skip
def test_chinese_text_in_any_encoding(encoding: str, name: str, guess: bool) -> None:
    table = read(f"{HEADINGS},locality\n{ROW},云南省禄丰县沙湾\n", encoding)
    assert table.rows[0].cells["locality"] == "云南省禄丰县沙湾"
    assert (table.encoding, table.encoding_is_guess) == (name, guess)


def test_accents_that_are_not_utf_8_are_guessed_to_be_windows_1252() -> None:
    table = read(f"{HEADINGS},locality\n{ROW},“Solnhofen” Altmühltal – São Tomé\n", "cp1252")
    assert table.rows[0].cells["locality"] == "“Solnhofen” Altmühltal – São Tomé"
    assert (table.encoding, table.encoding_is_guess) == ("Windows-1252", True)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_delimiter(delimiter: str) -> None:
    table = read(f"{HEADINGS}\n{ROW}\n".replace(",", delimiter))
    assert table.delimiter == delimiter
    assert table.rows[0].cells["early_interval"] == "Hettangian"


def test_the_delimiter_that_excel_declares() -> None:
    table = read(f"sep=;\n{HEADINGS}\n{ROW}\n".replace(",", ";"))
    assert table.delimiter == ";"
    assert table.rows[0].number == 3


def test_a_delimiter_inside_quotes_does_not_count() -> None:
    assert read('"a;b;c;d",accepted_name\n1,2\n').delimiter == ","


PREAMBLE = (
    '"Data Provider","The Paleobiology Database"\r\n"Data License","Creative Commons CC-BY"\r\n"Parameters:"\r\n'
    '"","base_name","Dinosauria"\r\n"Elapsed Time","1.13"\r\n"Records Returned","1"\r\n"Records:"\r\n'
)


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_the_preamble_of_a_download_is_skipped(line_end: str) -> None:
    table = read((PREAMBLE + f"{HEADINGS}\r\n{ROW}\r\n").replace("\r\n", line_end))
    assert table.columns[0] == "occurrence_no"
    assert [row.number for row in table.rows] == [9]


def test_a_preamble_that_excel_padded_with_commas() -> None:
    padded = "".join(f"{line},,,,\r\n" for line in (PREAMBLE + f"{HEADINGS}\r\n{ROW}").replace('"', "").splitlines())
    table = read(padded + ",,,,,,\r\n")
    assert table.headings == ("occurrence_no", "accepted_name", "early_interval")
    assert len(table.rows) == 1


def test_a_preamble_with_semicolons() -> None:
    assert read((PREAMBLE + f"{HEADINGS}\r\n{ROW}").replace(",", ";")).delimiter == ";"


def test_a_preamble_without_headings_is_told() -> None:
    with pytest.raises(UnreadableFile, match="cut off"):
        read(PREAMBLE.replace('"Records:"\r\n', ""))
    with pytest.raises(UnreadableFile, match="cut off"):
        read(PREAMBLE)


def test_columns_in_which_no_row_says_anything_are_known() -> None:
    assert read("a,b,c,c,d\n1, ,,x\n2,,,\n").blank == {"b", "d"}
    assert read("a,b\n").blank == frozenset()


def test_of_headings_that_occur_twice_the_first_counts() -> None:
    table = read("occurrence_no,cc,cc,cc.1\n1,CN,US,FR\n")
    assert table.columns == ("occurrence_no", "cc", "cc.1")
    assert table.rows[0].cells == {"occurrence_no": "1", "cc": "CN", "cc.1": "FR"}
    assert table.rows[0].written == ("1", "CN", "US", "FR")


@pytest.mark.parametrize("first", ['"",', ""])
def test_row_numbers_of_r_are_stepped_over(first: str) -> None:
    table = read(f'{first}"occurrence_no","cc"\n"1","138845","CN"\n"2","138846","CN"\n')
    assert [row.cells["occurrence_no"] for row in table.rows] == ["138845", "138846"]
    assert [row.surplus for row in table.rows] == [(), ()]


def test_short_rows_are_filled_and_long_ones_are_marked() -> None:
    table = read(f"{HEADINGS}\n1\n2,A,B,,\n3,A,B,C,,D\n\n\n4,A,B\n")
    assert [row.surplus for row in table.rows] == [(), (), ("C", "", "D"), ()]
    assert table.rows[0].written == ("1", "", "")
    assert [row.number for row in table.rows] == [2, 3, 4, 7]


def test_line_breaks_inside_a_cell() -> None:
    table = read(f'{HEADINGS}\n1,"Lufengosaurus\nhuenei",Hettangian\n{ROW}\n')
    assert table.rows[0].cells["accepted_name"] == "Lufengosaurus\nhuenei"
    assert [row.number for row in table.rows] == [2, 3]


def test_a_table_without_rows() -> None:
    assert list(read(HEADINGS).rows) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty: it has 0 bytes"),
        (b" \n\n", "empty"),
        (b",,,\n1,2\n", "no line of headings"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04\x14\x00\x06\x00", "zipped file is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"\x1f\x8b\x08\x00cut off", "packed with gzip"),
        (bytes(range(256)), "no text"),
        ("name,locality\n恐竜,福井県勝山市\nフクイサウルス,群馬県\n".encode("cp932"), "no text"),
        ("name,locality\nМамонт,Сибирь\nПтеродактиль,Якутия\n".encode("cp866"), "no text"),
        (b"\xff\xfe\x00", "no text"),
        (b'a,b\n1,"x\n2,y\n3,z\n', "In row 2 a quotation mark is opened and never closed"),
        (b'a,b\n1,"' + b"x" * 1_500_000, "After row 1"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_table(content)


def test_a_quotation_mark_that_means_inches_does_no_harm() -> None:
    table = read(f'{HEADINGS}\n1,A,5" long\n2,B,C\n')
    assert len(table.rows) == 2


def test_decode_tells_how_sure_it_is() -> None:
    assert decode(b"a") == ("a", "UTF-8", False)


@pytest.mark.parametrize(
    ("encoding", "name"), [("gb18030", "GB18030"), ("GB18030", "GB18030"), ("latin-1", "latin-1"), ("big5", "Big5")]
)
def test_an_encoding_that_a_person_names(encoding: str, name: str) -> None:
    table = read_table(f"{HEADINGS}\n{ROW}\n".encode(), encoding=encoding)
    assert (table.encoding, table.encoding_is_guess) == (name, False)


def test_an_encoding_that_a_person_names_is_tried() -> None:
    with pytest.raises(UnreadableFile, match="Line 2 cannot be read as UTF-8"):
        read_table("a,b\nAltmühl,1".encode("latin-1"), encoding="UTF-8")
    with pytest.raises(UnreadableFile, match="“klingon” is no encoding that we know"):
        read_table(b"a,b", encoding="klingon")


def test_a_delimiter_that_a_person_names() -> None:
    assert read_table(b"a;b,c\n1;2,3\n", delimiter=";").columns == ("a", "b,c")
    with pytest.raises(UnreadableFile, match="cannot part cells"):
        read_table(b"a;b", delimiter=";;")


def test_quotation_marks_of_gbif_stand_for_themselves() -> None:
    table = read('gbifID\tlocality\tcc\n1\t"Big Al" quarry\tUS\n2\t"open\tUS\n')
    assert [row.cells["locality"] for row in table.rows] == ['"Big Al" quarry', '"open']


def test_a_quotation_mark_that_is_never_closed_in_an_even_table_with_tabs() -> None:
    table = read('id\tlocality\tcc\n1\t"open\tUS\n2\tShawan\tCN\n')
    assert [row.cells["locality"] for row in table.rows] == ['"open', "Shawan"]


def test_a_table_pasted_from_a_spreadsheet() -> None:
    table = read('Cat. No.\tRemarks\nV15\t"two\nlines, ""quoted"""\nV16\t\n')
    assert [row.written for row in table.rows] == [("V15", 'two\nlines, "quoted"'), ("V16", "")]


def test_columns_of_one_name_that_differ_are_told() -> None:
    (note,) = read("cc,id,cc,cc\nCN,1,CN,\nUS,2,FR,US\nDE,3,FR,\n").notes
    assert str(note) == (
        "The heading “cc” stands there more than once, and the columns differ in 2 rows. The first is taken."
    )
    assert read("cc,cc\nCN,CN\nUS,\n").notes == ()


def test_rows_are_read_in_any_order_and_again() -> None:
    rows = read("n\n" + "\n".join(map(str, range(10)))).rows
    assert [row.written[0] for row in rows[3:5]] == ["3", "4"]
    assert [row.written[0] for row in rows[5:7]] == ["5", "6"]
    assert (rows[-1].written[0], rows[0].written[0], len(rows[::3]), len(rows[::-1]), len(rows[20:])) == (
        "9",
        "0",
        4,
        10,
        0,
    )
    assert [row.number for row in rows] == [row.number for row in rows] == list(range(2, 12))
    with pytest.raises(IndexError):
        rows[10]


@pytest.mark.parametrize(
    "title", ["Catalogue of the museum\n2024\n\n", "Catalogue of the museum,,,\nwritten by hand,,,\n"]
)
def test_a_title_above_the_headings_is_stepped_over(title: str) -> None:
    table = read(f"{title}{HEADINGS},locality\n{ROW},Dawa\n")
    assert table.columns == (*HEADINGS.split(","), "locality")
    assert [row.number for row in table.rows] == [title.count("\n") + 2]


def test_utf_16_that_does_not_say_so() -> None:
    table = read(f"{HEADINGS},locality\n{ROW},大洼 Dawa\n", "utf-16-le")
    assert (table.encoding, table.encoding_is_guess) == ("UTF-16LE", True)
    assert table.rows[0].cells["locality"] == "大洼 Dawa"


def test_tables_of_two_encodings_put_together_are_refused() -> None:
    one, two = (f"{ROW},{place}\n" for place in ("Süntel – Höhle", "Öker"))
    with pytest.raises(UnreadableFile, match="Most of the text is UTF-8, but line 3 is not"):
        read_table(f"{HEADINGS},locality\n{one}".encode() + two.encode("cp1252"))


def test_a_mark_of_utf_8_before_another_encoding() -> None:
    with pytest.raises(UnreadableFile, match="Most of the text is UTF-8, but line 2 is not"):
        read_table(f"\ufeff{HEADINGS}\n".encode() + "1,Höhle,Norian\n".encode("cp1252"))


def test_short_names_of_the_paleobiology_database() -> None:
    table = read("oid,typ,idn,tna,rnk,oei\nocc:7,occ,,Lufengosaurus huenei,3,Sinemurian\n")
    assert dict(table.rows[0].cells) == {
        "occurrence_no": "7", "record_type": "occ", "identified_name": "Lufengosaurus huenei",
        "accepted_name": "Lufengosaurus huenei", "accepted_rank": "species", "early_interval": "Sinemurian",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "usual", "strange"),
    [("cp1252", "Süntel – Höhle", "Öker"), ("gb18030", "云南禄丰大洼", "云南禄丰川街")],
)
def test_a_line_of_utf_8_in_another_encoding_is_refused(encoding: str, usual: str, strange: str) -> None:
    before = f"{HEADINGS},locality\n".encode() + f"{ROW},{usual}\n".encode(encoding) * 9
    with pytest.raises(UnreadableFile, match="Line 11 is UTF-8, and other lines are not"):
        read_table(before + f"{ROW},{strange}\n".encode())
    assert len(read_table(before + f"{ROW},{strange}\n".encode(), encoding=encoding).rows) == 10


@pytest.mark.parametrize(("encoding", "place"), [("cp1252", "Schloß–Hof"), ("gb18030", "联通"), ("gb18030", "摹")])
def test_what_looks_like_utf_8_by_chance_is_read(encoding: str, place: str) -> None:
    table = read_table(f"{HEADINGS},locality\n{ROW},Höhle 石\n{ROW},{place}\n".encode(encoding, errors="ignore"))
    assert table.rows[1].cells["locality"] == place


def test_a_file_that_breaks_off_in_its_last_row_is_refused() -> None:
    whole = f"{HEADINGS}\n{ROW}\n{ROW}\n"
    with pytest.raises(UnreadableFile, match="The last row breaks off: all others have 3 cells"):
        read(whole[: -len(",Hettangian\n")])
    assert len(read(whole.rstrip("\n")).rows) == 2
    assert len(read(f"{HEADINGS}\n{ROW}\n1,Lufengosaurus\n").rows) == 2  # a person wrote it
    assert len(read(f"{HEADINGS}\n1,Lufengosaurus\n1,Lufengosaurus").rows) == 2  # blank cells at the end are left away


def test_a_file_that_has_other_rows_than_it_says_tells_so() -> None:
    def told(count: str) -> list[str]:
        before = f'"Data Provider","x"\r\n"Records Returned","{count}"\r\n"Records:"\r\n'
        return [str(note) for note in read(f"{before}{HEADINGS}\r\n{ROW}\r\n").notes]

    assert told("1") == []
    assert told("3") == ["The file says that it holds 3 records; rows read: 1. Was it cut off, or were rows taken out?"]


def test_a_column_without_a_heading_is_told() -> None:
    table = read(f",{HEADINGS},,place\n1,{ROW},lost,Dawa\n2,{ROW},,Dawa\n")
    assert [str(note) for note in table.notes] == [
        "Column E has no heading: what it says is not taken, in so many rows: 1. Write a heading above it."
    ]
    wide = ",".join(["a"] * 27 + ["", "b"])
    assert "Column AB has" in str(read(f"{wide}\n{','.join('x' * 29)}\n").notes[-1])
