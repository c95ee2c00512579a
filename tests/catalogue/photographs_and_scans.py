"""Photographs and scans for tests, made on the spot: good ones, damaged ones, and ones with bad intent."""

import json
import struct
import zlib
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, TiffImagePlugin

Corner = tuple[float, float, float]
TETRAHEDRON: list[tuple[Corner, Corner, Corner]] = [
    ((0, 0, 0), (0, 1, 0), (1, 0, 0)),
    ((0, 0, 0), (1, 0, 0), (0, 0, 1)),
    ((0, 0, 0), (0, 0, 1), (0, 1, 0)),
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
]
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SECRET = b"25 deg 6 min N, taken by Mallory"


def picture(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """A picture whose left upper corner is red and the rest green, so that one sees how it is turned."""
    image = Image.new("RGB", size, (30, 160, 60))
    image.paste((220, 30, 30), (0, 0, size[0] // 2, size[1] // 2))
    return image if mode == "RGB" else image.convert(mode)


def file_of(image: Image.Image, form: str, **how: Any) -> bytes:
    """A picture as a file."""
    written = BytesIO()
    image.save(written, form, **how)
    return written.getvalue()


def exif_with_place(orientation: int = 1) -> bytes:
    """EXIF as a telephone writes it: where it was taken, by whom, and how the telephone was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 6.0, 0.0), 3: "E", 4: (102.0, 4.0, 0.0)})
    return exif.tobytes()


def colour_profile() -> bytes:
    """The colours of a common screen, without the moment at which the profile was made (bytes 24 to 35 of its header)."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + bytes(12) + profile[36:]


def telephone_jpeg(orientation: int = 1, size: tuple[int, int] = (60, 40)) -> bytes:
    """A JPEG with a place in its EXIF, a comment, XMP, a colour profile, and a web page behind its end."""
    made = file_of(
        picture(size), "JPEG", quality=95, exif=exif_with_place(orientation), comment=SECRET, icc_profile=colour_profile(),
        xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>",
    )  # fmt: skip
    return made + HTML


def png_with_place() -> bytes:
    """A PNG with a place in its EXIF and in a text."""
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Comment", SECRET.decode())
    return file_of(picture(), "PNG", exif=exif_with_place(), pnginfo=told) + HTML


def tiff_of_two_pages(mode: str = "RGB") -> bytes:
    """A TIFF with two pages and a place in its tags."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[270] = SECRET.decode()
    return file_of(
        picture(mode=mode), "TIFF", save_all=True, append_images=[picture((5, 5), mode)], tiffinfo=tags,
        compression="tiff_lzw",
    )  # fmt: skip


def png_bomb(width: int, height: int) -> bytes:
    """A small PNG whose header promises very many pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(10_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def binary_stl(facets: Sequence[tuple[Corner, Corner, Corner]] = TETRAHEDRON, header: bytes = SECRET) -> bytes:
    """A binary STL."""
    rows = [struct.pack("<12fH", 0, 0, 0, *(n for corner in facet for n in corner), 7) for facet in facets]
    return header.ljust(80, b" ")[:80] + struct.pack("<I", len(rows)) + b"".join(rows)


def text_stl(facets: Iterable[tuple[Corner, Corner, Corner]] = TETRAHEDRON) -> bytes:
    """The same as text."""
    lines = [f"solid {SECRET.decode()}"]
    for facet in facets:
        lines += ["facet normal 0 0 0", " outer loop"]
        lines += ["  vertex " + " ".join(f"{n:e}" for n in corner) for corner in facet]
        lines += [" endloop", "endfacet"]
    return "\n".join([*lines, "endsolid", ""]).encode()


def described(**changes: Any) -> tuple[dict[str, Any], bytes]:
    """The description of a GLB of one textured triangle, and its numbers."""
    texture = telephone_jpeg()
    corners = struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0)
    places = struct.pack("<6f", 0, 0, 1, 0, 0, 1)
    indices = struct.pack("<3H", 0, 1, 2) + b"\0\0"
    binary = corners + places + indices + texture
    views = [(0, 36), (36, 24), (60, 6), (68, len(texture))]
    gltf: dict[str, Any] = {
        "asset": {"version": "2.0", "generator": SECRET.decode(), "extras": {"place": SECRET.decode()}},
        "scene": 0,
        "scenes": [{"nodes": [0], "name": SECRET.decode()}],
        "nodes": [{"mesh": 0, "children": [1]}, {"mesh": 0, "translation": [2, 0, 0]}],
        "meshes": [{"primitives": [
            {"attributes": {"POSITION": 0, "TEXCOORD_0": 1, "_SECRET": 0}, "indices": 2, "material": 0},
            {"attributes": {"POSITION": 0}, "mode": 0},
        ]}],
        "materials": [{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}, "metallicFactor": 0}}],
        "textures": [{"source": 0}],
        "images": [{"bufferView": 3, "mimeType": "image/jpeg"}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 0]},
            {"bufferView": 1, "componentType": 5126, "count": 3, "type": "VEC2"},
            {"bufferView": 2, "componentType": 5123, "count": 3, "type": "SCALAR"},
        ],
        "bufferViews": [{"buffer": 0, "byteOffset": start, "byteLength": size} for start, size in views],
        "buffers": [{"byteLength": len(binary)}],
    }  # fmt: skip
    return gltf | changes, binary


def glb(gltf: dict[str, Any] | None = None, binary: bytes | None = None) -> bytes:
    """A GLB."""
    whole_gltf, whole_binary = described()
    text = json.dumps(gltf if gltf is not None else whole_gltf).encode()
    text += b" " * (-len(text) % 4)
    numbers = whole_binary if binary is None else binary
    numbers += bytes(-len(numbers) % 4)
    parts = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(numbers), b"BIN\0") + numbers
    return struct.pack("<4sII", b"glTF", 2, 12 + len(parts)) + parts


def parts_of_glb(content: bytes) -> tuple[dict[str, Any], bytes]:
    """The description and the numbers of a good GLB."""
    (size,) = struct.unpack_from("<I", content, 12)
    return json.loads(content[20 : 20 + size]), content[28 + size :]
