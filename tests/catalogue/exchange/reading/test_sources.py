"""A file on the disk is read as the same bytes in memory are, piece by piece, and refused once it changes meanwhile."""

import hashlib
import os
from pathlib import Path

import pytest

from catalogue.exchange.reading import Content, UnreadableFile, digest, read_table, sources

TEXT = "occurrence_no,locality\n" + "".join(f"{number},“Solnhofen” Altmühltal – São Tomé\n" for number in range(20))
CHINESE = "occurrence_no,locality\n" + "".join(f"{number},云南省禄丰县沙湾\n" for number in range(20))
GOOD = (
    *(TEXT.encode(encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252")),
    CHINESE.encode("gb18030"),
    TEXT.replace(",", "\t").encode(),
    b'[{"occurrence_no": 1}]',
)
BAD = (
    b"",
    b" \n",
    TEXT.encode() + "21,Altmühltal".encode("cp1252") + b"\n",
    TEXT.encode("utf-16")[:-1],
    b"a,b\n1,2\n1,\x00\n",
    b"PK\x03\x04 cut off",
    b"%PDF-1.7",
    b"\x1f\x8b",
    b"SQLite format 3\x00",
    b"<html>",
)


@pytest.fixture(params=[1, 7, 2**20])
def piece(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces so short that characters lie across their ends, and one that holds all."""
    monkeypatch.setattr(sources, "_PIECE", request.param)


def told(content: Content, encoding: str = "") -> object:
    """What is read, or what is said against it."""
    try:
        table = read_table(content, encoding=encoding)
    except UnreadableFile as error:
        return str(error.message)
    return table.encoding, table.encoding_is_guess, table.headings, [row.written for row in table.rows]


def on_disk(folder: Path, content: bytes) -> Content:
    (folder / "file").write_bytes(content)
    return sources.chosen_on_disk(folder / "file")


@pytest.mark.parametrize("encoding", ["", "UTF-8", "GB18030"])
@pytest.mark.parametrize("content", GOOD + BAD, ids=range(len(GOOD + BAD)))
def test_a_file_on_the_disk_is_read_as_one_in_memory(
    content: bytes, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told(content, encoding)
    monkeypatch.setattr(sources, "_PIECE", 3)  # so short that characters lie across its ends
    assert told(on_disk(tmp_path, content), encoding) == whole
    assert isinstance(whole, tuple) or content in BAD or encoding


@pytest.mark.usefixtures("piece")
def test_the_line_that_is_wrong_is_told_wherever_a_piece_ends(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="line 22 is not"):
        read_table(on_disk(tmp_path, BAD[2]))
    with pytest.raises(UnreadableFile, match="line 3"):
        read_table(on_disk(tmp_path, BAD[4]))


@pytest.mark.usefixtures("piece")
def test_the_digest_is_that_of_the_whole_file(tmp_path: Path) -> None:
    content = on_disk(tmp_path, GOOD[0])
    assert digest(content) == digest(GOOD[0]) == hashlib.sha256(GOOD[0]).hexdigest()


def test_a_file_that_is_saved_anew_meanwhile_is_refused(tmp_path: Path) -> None:
    content = on_disk(tmp_path, GOOD[0])
    table = read_table(content)
    on_disk(tmp_path, GOOD[0] + b"21,Lufeng\n")
    with pytest.raises(UnreadableFile, match="changed while it was read"):
        list(table.rows)
    with pytest.raises(UnreadableFile, match="changed while it was read"):
        digest(content)
    (tmp_path / "file").unlink()
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        digest(content)


def test_what_is_no_file_is_read_at_once() -> None:
    assert sources.chosen_on_disk(Path(os.devnull)) == b""
