"""GLB scans: every number in the file's description is checked, and the file is written anew with nothing but what is seen.

Kept are nodes, surfaces, colours and textures; textures are cleaned like photographs. Animations, cameras, names, remarks and
extensions fall away, and so do bytes to which nothing refers.

References
----------
The Khronos Group. 2021. glTF 2.0 Specification. ISO/IEC 12113:2022.
"""

import json
import struct
from collections.abc import Iterable, Sequence
from typing import TypeVar

from pydantic import ValidationError

from catalogue.media.gltf import KEPT_ATTRIBUTES, POINTS_AND_LINES, TRIANGLES, Buffer, BufferView, Gltf, Mesh, Primitive
from catalogue.media.images import clean_image
from catalogue.media.kinds import SCAN, CleanFile, RefusedFile, damaged
from catalogue.media.stl import refuse_many
from catalogue.messages import message

_MOST_DESCRIPTION = 8 * 2**20
_READ = frozenset({"KHR_mesh_quantization", "KHR_materials_unlit", "KHR_texture_transform"})
_QUANTIZED = "KHR_mesh_quantization"
_MOST_NODES = 20_000
_WHAT = message("GLB scan")
_Part = TypeVar("_Part")


class _Broken(Exception):
    """A number in the description leads nowhere."""


def clean_glb(content: bytes) -> CleanFile:
    """A GLB with what is seen alone.

    Raises
    ------
    RefusedFile
        When it is cut short, points outside of itself, needs an extension that we cannot read, or has no triangles or too many.
    """
    try:
        described, binary = _parts(content)
        _refuse_foreign(described)
        gltf = Gltf.model_validate(described)
        gltf = gltf.model_copy(update={"meshes": [_surfaces(mesh) for mesh in gltf.meshes]})
        _check_numbers(gltf, len(binary))
        refuse_many(_triangles(gltf))
    except (_Broken, ValidationError, struct.error, ValueError, RecursionError) as error:
        raise damaged(_WHAT) from error
    return CleanFile(_written(*_repacked(gltf, binary)), SCAN, "glb")


def _parts(content: bytes) -> tuple[dict[str, object], bytes]:
    """The description and the numbers of a GLB."""
    _, version, length = struct.unpack_from("<4sII", content)
    if version != 2 or length != len(content):
        raise _Broken
    size, name = struct.unpack_from("<I4s", content, 12)
    if name != b"JSON" or size > min(_MOST_DESCRIPTION, length - 20):
        raise _Broken
    described = json.loads(content[20 : 20 + size], parse_constant=_refuse_constant)
    if not isinstance(described, dict) or 20 + size == length:
        raise _Broken
    at = 28 + size
    binary_size, name = struct.unpack_from("<I4s", content, at - 8)
    if name != b"BIN\0" or at + binary_size > length:
        raise _Broken
    return described, content[at : at + binary_size]


def _refuse_constant(_: str) -> object:
    raise _Broken


def _refuse_foreign(described: dict[str, object]) -> None:
    """Refuse what we cannot read whole: needed extensions, other files, sparse numbers."""
    required = described.get("extensionsRequired", [])
    foreign = sorted({str(name) for name in required} - _READ) if isinstance(required, list) else []
    if foreign:
        raise RefusedFile(
            message(
                "This GLB scan is compressed or packed with {extensions}, which Bonebed does not read. Save it without.",
                extensions=", ".join(foreign)[:200],
            )
        )
    if any("uri" in part for name in ("buffers", "images") for part in _dicts(described.get(name))):
        raise RefusedFile(message("This GLB scan refers to other files. Save it with everything in one file."))
    if any("sparse" in part for part in _dicts(described.get("accessors"))):
        raise RefusedFile(message("This GLB scan holds sparse numbers, which Bonebed does not read. Save it without."))


def _dicts(listed: object) -> Iterable[dict[str, object]]:
    return (part for part in listed if isinstance(part, dict)) if isinstance(listed, list) else ()


def _surfaces(mesh: Mesh) -> Mesh:
    """A mesh with its triangles alone, and of them what is drawn."""
    kept = [part for part in mesh.primitives if part.mode not in POINTS_AND_LINES and "POSITION" in part.attributes]
    for part in kept:
        part.attributes = {name: at for name, at in part.attributes.items() if name in KEPT_ATTRIBUTES}
    return Mesh(primitives=kept)


def _check_numbers(gltf: Gltf, size: int) -> None:
    """Raise when a number of the description leads outside of the file or of its lists."""
    if any(view.byte_offset + view.byte_length > size for view in gltf.buffer_views):
        raise _Broken
    if sum(view.byte_length for view in gltf.buffer_views) > size:
        raise _Broken  # parts that overlap could unpack to any size
    for accessor in gltf.accessors:
        view = _at(gltf.buffer_views, accessor.buffer_view)
        stride = view.byte_stride or accessor.element_bytes
        if accessor.byte_offset + stride * (accessor.count - 1) + accessor.element_bytes > view.byte_length:
            raise _Broken
    for part in (part for mesh in gltf.meshes for part in mesh.primitives):
        _check_surface(gltf, part)
    for named in (texture for material in gltf.materials for texture in material.textures):
        _at(gltf.textures, named.index)
    for texture in gltf.textures:
        _at_if_any(gltf.images, texture.source)
        _at_if_any(gltf.samplers, texture.sampler)
    for image in gltf.images:
        _at(gltf.buffer_views, image.buffer_view)


def _check_surface(gltf: Gltf, part: Primitive) -> None:
    corners = [_at(gltf.accessors, at) for at in part.attributes.values()]
    if len({accessor.count for accessor in corners}) != 1:
        raise _Broken
    if _at(gltf.accessors, part.attributes["POSITION"]).type != "VEC3":
        raise _Broken
    if part.indices is not None and _at(gltf.accessors, part.indices).type != "SCALAR":
        raise _Broken
    _at_if_any(gltf.materials, part.material)


def _triangles(gltf: Gltf) -> int:
    """How many triangles are drawn: a surface that stands in the scene twice counts twice."""
    waiting = [number for scene in gltf.scenes for number in scene.nodes]
    seen: set[int] = set()
    triangles = 0
    while waiting:
        number = waiting.pop()
        if number in seen or len(seen) > _MOST_NODES:
            raise _Broken  # a node has one place; a circle would be drawn for ever
        seen.add(number)
        node = _at(gltf.nodes, number)
        waiting += node.children or []
        if node.mesh is not None:
            triangles += sum(_triangles_of(gltf, part) for part in _at(gltf.meshes, node.mesh).primitives)
    _at(gltf.scenes, gltf.scene)
    return triangles


def _triangles_of(gltf: Gltf, part: Primitive) -> int:
    corners = gltf.accessors[part.attributes["POSITION"] if part.indices is None else part.indices].count
    return corners // 3 if part.mode == TRIANGLES else max(corners - 2, 0)


def _repacked(gltf: Gltf, binary: bytes) -> tuple[Gltf, bytes]:
    """The same with its parts laid one after the other, textures cleaned."""
    textures = {image.buffer_view: image for image in gltf.images}
    views: list[BufferView] = []
    packed = bytearray()
    for number, view in enumerate(gltf.buffer_views):
        part = binary[view.byte_offset : view.byte_offset + view.byte_length]
        if number in textures:
            part = clean_image(part, textures[number].mime_type.removeprefix("image/")).content
        views.append(view.model_copy(update={"byte_offset": len(packed), "byte_length": len(part)}))
        packed += part + bytes(-len(part) % 4)
    buffers = [Buffer(byte_length=len(packed))]
    return gltf.model_copy(update={"buffer_views": views, "buffers": buffers}), bytes(packed)


def _written(gltf: Gltf, binary: bytes) -> bytes:
    described = gltf.model_dump(by_alias=True, exclude_none=True, exclude={"extensions_required"})
    described = {name: part for name, part in described.items() if part != []}
    if _QUANTIZED in gltf.extensions_required:
        described |= {"extensionsRequired": [_QUANTIZED], "extensionsUsed": [_QUANTIZED]}
    text = json.dumps(described, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    parts = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(binary), b"BIN\0") + binary
    return struct.pack("<4sII", b"glTF", 2, 12 + len(parts)) + parts


def _at(parts: Sequence[_Part], number: int) -> _Part:
    if number >= len(parts):
        raise _Broken
    return parts[number]


def _at_if_any(parts: Sequence[_Part], number: int | None) -> None:
    if number is not None:
        _at(parts, number)
