"""`catalogue.media.checking`: decided by content, read to the end, cleaned of all but the picture, or refused in plain words."""

from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from catalogue.media.checking import check_file
from catalogue.media.jpeg import without_metadata
from catalogue.media.kinds import CONTENT_TYPES, RefusedFile
from catalogue.settings import settings as of_bonebed
from tests.catalogue.photographs_and_scans import (
    HTML,
    SECRET,
    SVG,
    binary_stl,
    exif_with_place,
    file_of,
    glb,
    picture,
    png_bomb,
    png_with_place,
    telephone_jpeg,
    text_stl,
    tiff_of_two_pages,
)
from tests.thoroughness import often

STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"RIFF\x10\0\0\0WEBP", b"glTF\2\0\0\0", b"solid ")


def refusal(content: bytes) -> str:
    with pytest.raises(RefusedFile) as refused:
        check_file(content)
    return str(refused.value)


def opened(content: bytes) -> Image.Image:
    image: Image.Image = Image.open(BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("file", [telephone_jpeg(), png_with_place(), tiff_of_two_pages()])
def test_nothing_but_the_picture_and_its_colours_is_kept(file: bytes) -> None:
    cleaned = check_file(file)
    for content in (cleaned.content, *cleaned.previews.values()):
        assert SECRET not in content
        assert b"<html" not in content
        assert not opened(content).getexif()
        assert set(opened(content).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "icc_profile", "loop", "background", "timestamp", "duration"}  # fmt: skip


def test_the_colour_profile_is_kept() -> None:
    assert "icc_profile" in opened(check_file(telephone_jpeg()).content).info


def test_a_broken_colour_profile_is_dropped() -> None:
    file = file_of(picture(), "JPEG", icc_profile=b"no profile at all")
    assert "icc_profile" not in opened(check_file(file).content).info


@pytest.mark.parametrize(("orientation", "corner"), [(1, (0, 0)), (3, (59, 39)), (6, (39, 0)), (8, (0, 59))])
def test_a_photograph_is_turned_as_the_camera_was_held(orientation: int, corner: tuple[int, int]) -> None:
    cleaned = check_file(telephone_jpeg(orientation))
    assert (cleaned.width, cleaned.height) == ((60, 40) if orientation < 5 else (40, 60))
    red, green, _ = opened(cleaned.content).getpixel(corner)  # type: ignore[misc]
    assert red > 150 > green


@pytest.mark.parametrize(
    "file",
    [
        telephone_jpeg(),
        file_of(picture((90, 70)), "JPEG", progressive=True, comment=SECRET),
        file_of(picture(mode="L"), "JPEG", restart_marker_rows=1),
        png_with_place(),
        tiff_of_two_pages(),
    ],
)
def test_the_picture_itself_loses_nothing(file: bytes) -> None:
    assert opened(check_file(file).content).tobytes() == opened(file).tobytes()


def test_segments_in_disorder_are_not_copied() -> None:
    file = telephone_jpeg().removesuffix(HTML)
    assert without_metadata(file, keep_profile=True) is not None
    assert without_metadata(file.removesuffix(b"\xff\xd9"), keep_profile=True) is None
    assert without_metadata(file[:2] + b"?" + file[2:], keep_profile=True) is None


def test_a_turned_jpeg_loses_little() -> None:
    smooth = Image.linear_gradient("L").convert("RGB")
    turned = opened(check_file(file_of(smooth, "JPEG", exif=exif_with_place(6))).content)
    pairs = zip(smooth.transpose(Image.Transpose.ROTATE_270).tobytes(), turned.tobytes(), strict=True)
    assert max(abs(before - after) for before, after in pairs) <= 6


@pytest.mark.parametrize(
    ("file", "kept_as"),
    [
        (telephone_jpeg(), "jpeg"),
        (png_with_place(), "png"),
        (tiff_of_two_pages(), "png"),
        (file_of(picture(), "WEBP"), "webp"),
        (file_of(picture(), "WEBP", lossless=True), "webp"),
        (binary_stl(), "stl"),
        (text_stl(), "stl"),
        (glb(), "glb"),
    ],
)
def test_each_format_is_known_by_its_content(file: bytes, kept_as: str) -> None:
    cleaned = check_file(file)
    assert cleaned.format == kept_as
    assert kept_as in CONTENT_TYPES
    assert cleaned.kind == ("scan" if kept_as in {"stl", "glb"} else "photograph")


def test_cleaning_what_is_clean_changes_nothing_more() -> None:
    for file in (telephone_jpeg(), png_with_place(), tiff_of_two_pages(), binary_stl(), text_stl(), file_of(picture(), "WEBP", lossless=True)):  # fmt: skip
        once = check_file(file).content
        assert check_file(once).content == once


def test_of_a_tiff_the_first_page_is_kept() -> None:
    cleaned = check_file(tiff_of_two_pages())
    assert (cleaned.width, cleaned.height) == (60, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "I;16"])
def test_every_kind_of_pixel_of_a_tiff_is_shown(mode: str) -> None:
    image = Image.new("I;16", (60, 40), 40000) if mode == "I;16" else picture(mode="RGB")
    if mode == "LAB":
        from PIL import ImageCms

        image = ImageCms.profileToProfile(image, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB")  # type: ignore[assignment]  # fmt: skip
    elif mode != "I;16":
        image = image.convert(mode)
    cleaned = check_file(file_of(image, "TIFF"))
    assert opened(cleaned.content).size == (60, 40)
    assert opened(cleaned.previews[320]).size == (60, 40)


def test_a_large_picture_has_small_ones_and_a_small_one_is_not_blown_up() -> None:
    large = check_file(file_of(picture((2000, 1000)), "PNG"))
    assert {side: opened(content).size for side, content in large.previews.items()} == {1280: (1280, 640), 320: (320, 160)}  # fmt: skip
    assert opened(check_file(telephone_jpeg()).previews[1280]).size == (60, 40)


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (60_000, 60_000), (9_400, 9_400), (70_000, 10)])
def test_a_bomb_is_refused_by_its_header(width: int, height: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the bomb was unpacked")

    bomb = png_bomb(width, height)
    monkeypatch.setattr(Image.core, "zip_decoder", never)
    assert len(bomb) < 20_000
    assert "million pixels" in refusal(bomb)


def test_a_file_that_is_too_large_is_refused_with_both_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONEBED_MAX_MEDIA_MB", "1")
    of_bonebed.cache_clear()
    said = refusal(telephone_jpeg() + bytes(2 * 2**20))
    assert "2 MB" in said and "1 MB" in said


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (SVG, "a drawing in SVG"),
        (HTML, "a web page"),
        (b"  \n" + HTML, "a web page"),
        (b"%PDF-1.7", "a PDF document"),
        (b"GIF89a" + bytes(20), "a GIF picture"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "a HEIC picture"),
        (b"\0\0\0\x18ftypisom" + bytes(20), "a film"),
        (b"PK\x03\x04" + bytes(20), "a ZIP archive"),
        (b"MZ\x90" + bytes(60), "a program"),
        (b"hello", "no whole picture and no whole scan"),
    ],
)
def test_what_poses_as_a_photograph_is_named(content: bytes, what: str) -> None:
    said = refusal(content)
    assert what in said
    assert "JPEG, PNG, TIFF or WebP" in said


def test_an_empty_file_is_refused() -> None:
    assert "empty" in refusal(b"")


@pytest.mark.parametrize(
    "make",
    [telephone_jpeg, png_with_place, lambda: file_of(picture(), "TIFF"), lambda: file_of(picture((300, 200)), "WEBP"), binary_stl, text_stl, glb],
)  # fmt: skip
@pytest.mark.parametrize("part", [0.2, 0.5, 0.75])
def test_a_file_that_is_cut_short_is_refused(make: Callable[[], bytes], part: float) -> None:
    file = make()
    whole = file.removesuffix(HTML)
    said = refusal(whole[: int(len(whole) * part)])
    assert "damaged" in said or "no whole scan" in said


def test_measured_numbers_are_no_colours() -> None:
    assert "measured numbers" in refusal(file_of(Image.new("F", (4, 4)), "TIFF"))


@given(start=st.sampled_from((b"", *STARTS)), rest=st.binary(max_size=300))
@settings(max_examples=often(300))
def test_random_bytes_are_refused_and_raise_nothing_else(start: bytes, rest: bytes) -> None:
    with pytest.raises(RefusedFile):
        check_file(start + rest)


@given(data=st.data(), which=st.integers(0, 6))
@settings(max_examples=often(150))
def test_a_good_file_with_spoilt_bytes_is_cleaned_or_refused(data: st.DataObject, which: int) -> None:
    file = bytearray(_GOOD[which])
    for _ in range(data.draw(st.integers(1, 4))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    try:
        cleaned = check_file(bytes(file))
    except RefusedFile:
        return
    assert cleaned.format in CONTENT_TYPES


_GOOD = (
    telephone_jpeg(),
    png_with_place(),
    tiff_of_two_pages(),
    file_of(picture(), "WEBP"),
    binary_stl(),
    text_stl(),
    glb(),
)
