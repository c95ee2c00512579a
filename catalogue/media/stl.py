"""STL scans, binary or in text: every triangle is read, and the file is written anew as binary STL without names or notes.

References
----------
3D Systems. 1989. StereoLithography Interface Specification.
"""

import re
import struct

import numpy as np
from numpy.typing import NDArray

from catalogue.media.kinds import SCAN, CleanFile, RefusedFile, damaged
from catalogue.messages import message

MAX_TRIANGLES = 5_000_000
"""The most triangles of a scan: what a good classroom computer still turns smoothly is a fifth of it."""
_HEADER = 84
_FACET = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])
_CORNER = re.compile(rb"vertex\s+(\S+)\s+(\S+)\s+(\S+)", re.IGNORECASE)
_WHAT = message("STL scan")


def is_binary_stl(content: bytes) -> bool:
    """Whether the length of a file is the one that its count of triangles, the only mark of a binary STL, asks for."""
    if len(content) < _HEADER + _FACET.itemsize:
        return False
    (triangles,) = struct.unpack_from("<I", content, 80)
    return len(content) == _HEADER + _FACET.itemsize * int(triangles)


def clean_stl(content: bytes) -> CleanFile:
    """The triangles of an STL, written anew; the unit of length is not known in STL.

    Raises
    ------
    RefusedFile
        When it is cut short, has no triangles or too many, or a corner that is not a number.
    """
    corners = _corners_of_binary(content) if is_binary_stl(content) else _corners_of_text(content)
    refuse_many(len(corners))
    if not np.isfinite(corners).all():
        raise damaged(_WHAT)
    facets = np.zeros(len(corners), _FACET)
    facets["corners"] = corners
    facets["normal"] = _normals(corners)
    header = b"Binary STL, cleaned by Bonebed".ljust(80, b"\0") + struct.pack("<I", len(facets))
    return CleanFile(header + facets.tobytes(), SCAN, "stl")


def refuse_many(triangles: int) -> None:
    """Refuse a surface that no browser could show."""
    if triangles > MAX_TRIANGLES:
        raise RefusedFile(
            message(
                "This scan has {n} triangles; the most that is taken is {most}. Simplify it first, for instance in MeshLab or Blender.",
                n=f"{triangles:,}",
                most=f"{MAX_TRIANGLES:,}",
            )
        )
    if triangles == 0:
        raise RefusedFile(message("This scan has no triangles, so there is no surface to show."))


def _corners_of_binary(content: bytes) -> NDArray[np.float32]:
    corners: NDArray[np.float32] = np.frombuffer(content, _FACET, offset=_HEADER)["corners"]
    return corners


def _corners_of_text(content: bytes) -> NDArray[np.float32]:
    facets = len(re.findall(rb"endfacet", content, re.IGNORECASE))
    refuse_many(facets if facets else int(b"endsolid" not in content.lower()))
    found = _CORNER.findall(content)
    if len(found) != 3 * facets or b"endsolid" not in content[-1024:].lower():
        raise damaged(_WHAT)
    try:
        with np.errstate(over="ignore"):
            return np.array(found).astype(np.float64).astype(np.float32).reshape(facets, 3, 3)
    except ValueError as error:
        raise damaged(_WHAT) from error


def _normals(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """The outward direction of each triangle by the order of its corners; 0 where its corners lie on one line."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        directions = across / np.linalg.norm(across, axis=1, keepdims=True)
    whole: NDArray[np.float32] = np.nan_to_num(directions, nan=0.0, posinf=0.0, neginf=0.0).astype(np.float32)
    return whole
