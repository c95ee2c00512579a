"""`catalogue.media.store`: files under the hash of their content, whole or not at all, and no way out of the folder."""

from hashlib import sha256
from pathlib import Path

import pytest

from catalogue.media import store as media_store
from catalogue.media.checking import check_file
from catalogue.media.kinds import PREVIEWS
from catalogue.settings import settings
from tests.catalogue.photographs_and_scans import binary_stl, telephone_jpeg


def test_a_photograph_lies_under_its_hash_with_its_small_pictures() -> None:
    file = check_file(telephone_jpeg())
    key = media_store.keep(file)
    assert key == sha256(file.content).hexdigest()
    place = media_store.path_of(key)
    assert place == settings().data_dir / "media" / key[:2] / key
    assert place.read_bytes() == file.content
    for side in PREVIEWS:
        small = media_store.path_of(key, side)
        assert small is not None and small.read_bytes() == file.previews[side]


def test_the_same_file_is_kept_once() -> None:
    key = media_store.keep(check_file(telephone_jpeg()))
    place = media_store.path_of(key)
    assert place is not None
    written = place.stat().st_mtime_ns
    assert media_store.keep(check_file(telephone_jpeg())) == key
    assert place.stat().st_mtime_ns == written
    assert len(list(place.parent.iterdir())) == 1 + len(PREVIEWS)


def test_the_folder_can_be_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONEBED_MEDIA_DIR", str(tmp_path / "pictures"))
    settings.cache_clear()
    key = media_store.keep(check_file(binary_stl()))
    assert (tmp_path / "pictures" / key[:2] / key).is_file()
    assert media_store.path_of(key, 320) is None


def test_a_file_that_cannot_be_written_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        media_store.keep(check_file(binary_stl()))
    assert [path for path in media_store.folder().rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "key", ["", "..", "../../etc/passwd", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n", "a" * 64 + ".320", "ab/" + "a" * 61]
)  # fmt: skip
def test_what_is_no_key_leads_nowhere(key: str) -> None:
    assert media_store.path_of(key) is None


def test_an_unknown_key_leads_nowhere() -> None:
    assert media_store.path_of("0" * 64) is None
