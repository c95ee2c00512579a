"""`catalogue.media.stl` and `catalogue.media.glb`: every triangle and every number is checked, and only what is seen is kept."""

import math
import struct
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from catalogue.media import stl as media_stl
from catalogue.media.checking import check_file
from catalogue.media.kinds import RefusedFile
from tests.catalogue.photographs_and_scans import (
    SECRET,
    TETRAHEDRON,
    Corner,
    binary_stl,
    described,
    glb,
    parts_of_glb,
    text_stl,
)

NUMBERS = st.floats(-1e6, 1e6, width=32)
FACETS = st.lists(st.tuples(*[st.tuples(NUMBERS, NUMBERS, NUMBERS)] * 3), min_size=1, max_size=8)


def corners_of(content: bytes) -> list[tuple[Corner, Corner, Corner]]:
    """The corners of a binary STL, read the slow way."""
    (count,) = struct.unpack_from("<I", content, 80)
    facets = [struct.unpack_from("<12fH", content, 84 + 50 * number)[3:12] for number in range(count)]
    return [(facet[0:3], facet[3:6], facet[6:9]) for facet in facets]


def refusal(content: bytes) -> str:
    with pytest.raises(RefusedFile) as refused:
        check_file(content)
    return str(refused.value)


def changed(**changes: Any) -> bytes:
    gltf, binary = described(**changes)
    return glb(gltf, binary)


@pytest.mark.parametrize("make", [binary_stl, text_stl])
def test_an_stl_keeps_its_triangles_and_nothing_else(make: Any) -> None:
    cleaned = check_file(make())
    assert cleaned.kind == "scan"
    assert corners_of(cleaned.content) == TETRAHEDRON
    assert SECRET not in cleaned.content
    assert {struct.unpack_from("<H", cleaned.content, 84 + 50 * n + 48)[0] for n in range(4)} == {0}


@given(facets=FACETS)
def test_binary_and_text_say_the_same(facets: list[tuple[Corner, Corner, Corner]]) -> None:
    of_binary = corners_of(check_file(binary_stl(facets)).content)
    of_text = corners_of(check_file(text_stl(facets)).content)
    assert of_binary == [tuple(facet) for facet in facets]
    for one, other in zip(of_binary, of_text, strict=True):
        for corner, like in zip(one, other, strict=True):
            assert corner == pytest.approx(like, rel=1e-5, abs=1e-30)


def test_the_directions_of_triangles_are_reckoned_anew() -> None:
    content = check_file(binary_stl()).content
    assert struct.unpack_from("<3f", content, 84) == pytest.approx((0, 0, -1))
    flat = check_file(binary_stl([((0, 0, 0), (1, 1, 1), (2, 2, 2))])).content
    assert struct.unpack_from("<3f", flat, 84) == (0, 0, 0)


def test_a_header_that_begins_like_text_is_still_binary() -> None:
    assert corners_of(check_file(binary_stl(header=b"solid scan")).content) == TETRAHEDRON


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_corner_that_is_no_number_is_refused(number: float) -> None:
    assert "damaged" in refusal(binary_stl([((number, 0, 0), (1, 0, 0), (0, 1, 0))]))
    assert "damaged" in refusal(text_stl([((number, 0, 0), (1, 0, 0), (0, 1, 0))]))
    assert "damaged" in refusal(text_stl().replace(b"1.000000e+00", b"one", 1))


def test_an_stl_without_triangles_is_refused() -> None:
    assert "no triangles" in refusal(b"solid nothing\nendsolid nothing\n")


def test_too_many_triangles_are_refused_with_both_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media_stl, "MAX_TRIANGLES", 3)
    for file in (binary_stl(), text_stl()):
        assert "4 triangles" in refusal(file)


def test_a_glb_keeps_what_is_seen_and_nothing_else() -> None:
    cleaned = check_file(glb()).content
    assert SECRET not in cleaned
    gltf, binary = parts_of_glb(cleaned)
    assert set(gltf) == {"asset", "scene", "scenes", "nodes", "meshes", "materials", "textures", "images", "accessors", "bufferViews", "buffers"}  # fmt: skip
    assert gltf["buffers"] == [{"byteLength": len(binary)}]
    assert [set(part["attributes"]) for part in gltf["meshes"][0]["primitives"]] == [{"POSITION", "TEXCOORD_0"}]
    view = gltf["bufferViews"][gltf["accessors"][0]["bufferView"]]
    assert struct.unpack_from("<9f", binary, view["byteOffset"]) == (0, 0, 0, 1, 0, 0, 0, 1, 0)


def test_the_textures_of_a_glb_are_cleaned_like_photographs() -> None:
    gltf, binary = parts_of_glb(check_file(glb()).content)
    view = gltf["bufferViews"][gltf["images"][0]["bufferView"]]
    texture = binary[view["byteOffset"] : view["byteOffset"] + view["byteLength"]]
    assert SECRET not in texture
    image: Image.Image = Image.open(BytesIO(texture))
    assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (60, 40), {})


def test_bytes_to_which_nothing_refers_fall_away() -> None:
    gltf, binary = described()
    hidden = b"hidden in the file" * 1000
    gltf["buffers"] = [{"byteLength": len(binary + hidden)}]
    cleaned = check_file(glb(gltf, binary + hidden)).content
    assert b"hidden" not in cleaned


def test_a_cleaned_glb_is_clean() -> None:
    once = check_file(glb()).content
    assert check_file(once).content == once


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"buffers": [{"byteLength": 100, "uri": "../secret.bin"}]}, "other files"),
        ({"images": [{"uri": "http://example.org/a.png"}]}, "other files"),
        ({"extensionsRequired": ["KHR_draco_mesh_compression"]}, "KHR_draco_mesh_compression"),
        ({"extensionsRequired": ["<script>"]}, "<script>"),
        ({"extensionsRequired": 3}, "damaged"),
        ({"asset": {"version": "1.0"}}, "damaged"),
        ({"scene": 1}, "damaged"),
        ({"scenes": []}, "damaged"),
        ({"nodes": [{"mesh": 1}]}, "damaged"),
        ({"nodes": [{"mesh": 0, "children": [0]}]}, "damaged"),
        ({"nodes": [{"children": [1, 1]}, {"mesh": 0}]}, "damaged"),
        ({"nodes": [{"mesh": 0, "translation": [0, 0]}]}, "damaged"),
        ({"nodes": [{"mesh": True}]}, "damaged"),
        ({"nodes": [{}]}, "no triangles"),
        ({"meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "mode": 0}]}]}, "no triangles"),
        ({"meshes": [{"primitives": [{"attributes": {"POSITION": 9}}]}]}, "damaged"),
        ({"meshes": [{"primitives": [{"attributes": {"POSITION": 1}}]}]}, "damaged"),
        ({"meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "material": 4}]}]}, "damaged"),
        ({"bufferViews": [{"buffer": 0, "byteLength": 10**9}]}, "damaged"),
        ({"bufferViews": [{"buffer": 0, "byteLength": 1000}] * 20}, "damaged"),
        ({"accessors": [{"bufferView": 0, "componentType": 5126, "count": 10**9, "type": "VEC3"}]}, "damaged"),
        ({"accessors": [{"sparse": {}}]}, "sparse"),
        ({"textures": [{"source": 5}]}, "damaged"),
        ({"images": [{"bufferView": 0, "mimeType": "image/jpeg"}]}, "damaged"),
        ({"images": [{"bufferView": 3, "mimeType": "image/svg+xml"}]}, "damaged"),
    ],
)
def test_what_leads_out_of_a_glb_is_refused(changes: dict[str, Any], said: str) -> None:
    assert said in refusal(changed(**changes))


def test_a_description_nested_without_end_is_refused() -> None:
    deep = b'{"asset":' + b"[" * 200_000
    deep += b" " * (-len(deep) % 4)
    binary = struct.pack("<I4s", 4, b"BIN\0") + bytes(4)
    parts = struct.pack("<I4s", len(deep), b"JSON") + deep + binary
    assert "damaged" in refusal(struct.pack("<4sII", b"glTF", 2, 12 + len(parts)) + parts)


def test_a_surface_that_is_drawn_many_times_counts_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media_stl, "MAX_TRIANGLES", 50)
    nodes = [{"children": list(range(1, 101))}, *[{"mesh": 0}] * 100]
    assert "100 triangles" in refusal(changed(nodes=nodes))


def test_a_description_with_numbers_that_are_none_is_refused() -> None:
    file = changed(nodes=[{"mesh": 0, "translation": [math.nan, 0, 0]}])
    assert b"NaN" in file
    assert "damaged" in refusal(file)


def test_a_packed_scan_stays_packed() -> None:
    gltf, _ = parts_of_glb(check_file(changed(extensionsRequired=["KHR_mesh_quantization"])).content)
    assert gltf["extensionsRequired"] == ["KHR_mesh_quantization"]


@given(
    name=st.sampled_from(["nodes", "meshes", "accessors", "bufferViews", "scenes", "materials", "images", "scene"]),
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["mesh", "children", "primitives", "count", "buffer"]), inner)
        ),
        max_leaves=8,
    ),
)
def test_any_description_is_cleaned_or_refused(name: str, value: object) -> None:
    try:
        check_file(changed(**{name: value}))
    except RefusedFile:
        return
