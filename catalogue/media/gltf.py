"""The parts of a glTF 2.0 description that Bonebed keeps, with the rules each must obey; whatever else a file holds falls away.

References
----------
The Khronos Group. 2021. glTF 2.0 Specification. ISO/IEC 12113:2022.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

COMPONENT_BYTES: Mapping[int, int] = {5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4}
"""Bytes of each type of number."""
NUMBERS: Mapping[str, int] = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16}
"""Numbers in each type of element."""
KEPT_ATTRIBUTES = frozenset({"POSITION", "NORMAL", "TEXCOORD_0", "TEXCOORD_1", "COLOR_0"})
POINTS_AND_LINES = frozenset({0, 1, 2, 3})
TRIANGLES, STRIP, FAN = 4, 5, 6

Index = Annotated[int, Field(ge=0)]
Count = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="ignore", strict=True, allow_inf_nan=False
    )


class Asset(_Part):
    version: Literal["2.0"]


class Buffer(_Part):
    byte_length: Count
    uri: str | None = None


class BufferView(_Part):
    buffer: Literal[0]
    byte_offset: Index = 0
    byte_length: Count
    byte_stride: Annotated[int, Field(ge=4, le=252)] | None = None
    target: int | None = None


class Accessor(_Part):
    buffer_view: Index
    byte_offset: Index = 0
    component_type: Literal[5120, 5121, 5122, 5123, 5125, 5126]
    normalized: bool = False
    count: Count
    type: Literal["SCALAR", "VEC2", "VEC3", "VEC4", "MAT2", "MAT3", "MAT4"]
    max: list[float] | None = None
    min: list[float] | None = None

    @property
    def element_bytes(self) -> int:
        """Bytes of one element, packed."""
        return COMPONENT_BYTES[self.component_type] * NUMBERS[self.type]


class Primitive(_Part):
    attributes: dict[str, Index]
    indices: Index | None = None
    material: Index | None = None
    mode: Annotated[int, Field(ge=0, le=6)] = TRIANGLES


class Mesh(_Part):
    primitives: list[Primitive]


class Node(_Part):
    mesh: Index | None = None
    children: list[Index] | None = None
    matrix: Annotated[list[float], Field(min_length=16, max_length=16)] | None = None
    translation: Annotated[list[float], Field(min_length=3, max_length=3)] | None = None
    rotation: Annotated[list[float], Field(min_length=4, max_length=4)] | None = None
    scale: Annotated[list[float], Field(min_length=3, max_length=3)] | None = None


class Scene(_Part):
    nodes: list[Index] = []


class TextureInfo(_Part):
    index: Index
    tex_coord: Index = 0
    scale: float | None = None
    strength: float | None = None


class Shine(_Part):
    base_color_factor: Annotated[list[float], Field(min_length=4, max_length=4)] | None = None
    base_color_texture: TextureInfo | None = None
    metallic_factor: float | None = None
    roughness_factor: float | None = None
    metallic_roughness_texture: TextureInfo | None = None


class Material(_Part):
    pbr_metallic_roughness: Shine | None = None
    normal_texture: TextureInfo | None = None
    occlusion_texture: TextureInfo | None = None
    emissive_texture: TextureInfo | None = None
    emissive_factor: Annotated[list[float], Field(min_length=3, max_length=3)] | None = None
    alpha_mode: Literal["OPAQUE", "MASK", "BLEND"] | None = None
    alpha_cutoff: float | None = None
    double_sided: bool | None = None

    @property
    def textures(self) -> list[TextureInfo]:
        """The textures that it names."""
        shine = self.pbr_metallic_roughness
        named = [self.normal_texture, self.occlusion_texture, self.emissive_texture]
        if shine is not None:
            named += [shine.base_color_texture, shine.metallic_roughness_texture]
        return [texture for texture in named if texture is not None]


class Texture(_Part):
    sampler: Index | None = None
    source: Index | None = None


class Image(_Part):
    buffer_view: Index
    mime_type: Literal["image/jpeg", "image/png"]


class Sampler(_Part):
    mag_filter: int | None = None
    min_filter: int | None = None
    wrap_s: int | None = None
    wrap_t: int | None = None


class Gltf(_Part):
    """A description, with the lists to which its parts point by number."""

    asset: Asset
    scene: Index = 0
    scenes: Annotated[list[Scene], Field(min_length=1)]
    nodes: list[Node]
    meshes: list[Mesh]
    accessors: list[Accessor]
    buffer_views: list[BufferView]
    buffers: Annotated[list[Buffer], Field(min_length=1, max_length=1)]
    materials: list[Material] = []
    textures: list[Texture] = []
    images: list[Image] = []
    samplers: list[Sampler] = []
    extensions_required: list[str] = []
