"""`catalogue.media.arriving`: many files at once, from an upload, a zipped file, or a folder."""

import io
import zipfile
from pathlib import Path

import pytest

from catalogue.exchange.reading import UnreadableFile
from catalogue.media import arriving
from catalogue.media.arriving import of_folder, of_uploads
from catalogue.media.kinds import RefusedFile
from catalogue.settings import settings


def zipped(files: dict[str, bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packed) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def test_files_and_zipped_files_come_together() -> None:
    found = of_uploads([("a.jpg", b"one"), ("more.zip", zipped({"V15/b.jpg": b"two", "c.jpg": b"three"}))])
    assert [(one.name, one.size, one.content()) for one in found] == [
        ("a.jpg", 3, b"one"),
        ("V15/b.jpg", 3, b"two"),
        ("c.jpg", 5, b"three"),
    ]


def test_the_notes_of_systems_are_passed_over() -> None:
    content = zipped(dict.fromkeys(["a.jpg", "__MACOSX/._a.jpg", ".DS_Store", "x/Thumbs.db", "x/.hidden/b.jpg"], b"x"))
    assert [one.name for one in of_uploads([("a.zip", content)])] == ["a.jpg"]


def test_a_name_that_leads_out_of_the_archive_leads_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    monkeypatch.chdir(inside)
    found = of_uploads([("evil.zip", zipped({"../../V15.jpg": b"x", "/etc/V16.jpg": b"y"}))])
    assert [one.content() for one in found] == [b"x", b"y"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadableFile, match="would unpack to"):
        of_uploads([("bomb.zip", zipped({"V15.jpg": bytes(120_000_000)}))])


def test_a_damaged_zipped_file_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        of_uploads([("cut.zip", zipped({"V15.jpg": b"x" * 1000})[:60])])


def test_a_file_that_is_damaged_within_is_refused_alone() -> None:
    content = bytearray(zipped({"V15.jpg": b"x" * 1000}, packed=zipfile.ZIP_STORED))
    content[100] ^= 0xFF
    [one] = of_uploads([("bad.zip", bytes(content))])
    with pytest.raises(RefusedFile, match="cannot be read"):
        one.content()


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "MOST_PICTURES", 2)
    assert len(of_uploads([("a", b"1"), ("b", b"2")])) == 2
    with pytest.raises(UnreadableFile, match="more than 2 files"):
        of_uploads([("a", b"1"), ("b", b"2"), ("c", b"3")])


def test_a_file_that_is_too_large_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONEBED_MAX_MEDIA_MB", "1")
    settings.cache_clear()
    [one] = of_uploads([("a.zip", zipped({"V15.tif": bytes(2**20 + 1)}))])
    with pytest.raises(RefusedFile, match="1 MiB"):
        one.content()


def test_a_folder_is_read_with_its_folders_in_order_and_links_stay_unread(tmp_path: Path) -> None:
    (tmp_path / "outside.jpg").write_bytes(b"secret")
    folder = tmp_path / "pictures"
    (folder / "V15").mkdir(parents=True)
    for name in ("b.jpg", "a.jpg", "V15/1.jpg", ".hidden.jpg"):
        (folder / name).write_bytes(name.encode())
    (folder / "link.jpg").symlink_to(tmp_path / "outside.jpg")
    found = of_folder(folder)
    assert [one.name for one in found] == ["a.jpg", "b.jpg", str(Path("V15/1.jpg"))]
    assert found[2].content() == b"V15/1.jpg"
    (folder / "a.jpg").unlink()
    with pytest.raises(RefusedFile, match="moved"):
        found[0].content()


def test_what_is_no_folder_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="There is no folder"):
        of_folder(tmp_path / "nowhere")
