"""The typefaces come with Bonebed; without them the computer's are used, and without those it is said."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from catalogue.labels import typefaces
from catalogue.labels.subset import subset
from catalogue.labels.typefaces import Face, NoTypeface, chain, chinese_face, comes_with_bonebed, face_for


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A computer without our packages, whose fonts lie in the folder that is given."""
    small = subset(face_of("龙"), "龙A").getvalue()
    forget()
    monkeypatch.setattr(typefaces, "_package", lambda *_: None)
    monkeypatch.setattr(typefaces, "_folders", lambda: iter([tmp_path, tmp_path / "none"]))
    (tmp_path / "deng.ttf").write_bytes(small)
    yield tmp_path
    forget()


def forget() -> None:
    """What was found so far."""
    for found in (typefaces.chain, typefaces.face_for, typefaces._present):
        found.cache_clear()


def test_chinese_is_in_a_typeface_of_ours() -> None:
    face = chinese_face()
    assert face is not None
    assert (face.name, comes_with_bonebed(face)) == ("NotoSerifSC-Regular", True)
    assert face_for("龙", chinese="sans") is not face


@pytest.mark.parametrize("style", ["regular", "italic", "bold", "bold italic"])
def test_accents_of_all_latin_languages_are_there(style: typefaces.Style) -> None:
    accented = "ÀÉÎÕÜÇñøåæœßłčřšžđğışőűżęąťľňōūīēāǎěǐǒǔǚạệơư"
    assert {face_for(c, style).name.split("-")[0] for c in accented} == {"SourceSerifPro"}  # type: ignore[union-attr]


def test_without_our_packages_a_font_of_the_computer_is_used(elsewhere: Path) -> None:
    face = chinese_face()
    assert face is not None
    assert (face.path, comes_with_bonebed(face), face_for("丰")) == (elsewhere / "deng.ttf", False, None)


def test_a_font_that_may_not_be_embedded_is_left_alone(elsewhere: Path) -> None:
    font = TTFont(elsewhere / "deng.ttf")
    font["OS/2"].fsType = 2
    font.save(elsewhere / "deng.ttf")
    with pytest.raises(NoTypeface, match="pip install"):
        chain()


def test_a_broken_font_is_passed_over(elsewhere: Path) -> None:
    (elsewhere / "deng.ttf").write_bytes(b"no font")
    assert list(typefaces._installed()) == []


@pytest.mark.parametrize("character", ["龙", "é", "A"])
def test_a_subset_is_truetype_and_draws_the_same(character: str) -> None:
    face = face_of(character)
    font = TTFont(BytesIO(subset(face, [character, " "]).getvalue()))
    assert "glyf" in font
    assert "CFF " not in font
    assert set(font.getBestCmap()) == {ord(character), ord(" ")}
    name = font.getBestCmap()[ord(character)]
    assert font["hmtx"][name][0] == round(face.width(character) * face.units)
    glyph, box = font["glyf"][name], bounds(face, character)
    drawn = (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
    assert all(abs(one - other) <= 2 for one, other in zip(drawn, box, strict=True))


def face_of(character: str) -> Face:
    face = face_for(character)
    assert face is not None
    return face


def bounds(face: Face, character: str) -> tuple[float, float, float, float]:
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.recordingPen import RecordingPen

    drawn, pen = RecordingPen(), BoundsPen(None)
    drawn.value = face.outline(character)
    drawn.replay(pen)
    left, low, right, high = pen.bounds
    return left, low, right, high
