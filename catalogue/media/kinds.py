"""What a photograph or a scan is to a record: formats, licences, what is kept of each, and how a file is refused.

A file is what its content says, never what its name says. Photographs may come as JPEG, PNG, TIFF or WebP and scans as GLB or
STL; a TIFF is kept as PNG, for browsers do not show TIFF.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from catalogue.messages import CatalogueError, Message, message

Kind = Literal["photograph", "scan"]
PHOTOGRAPH: Kind = "photograph"
SCAN: Kind = "scan"

CONTENT_TYPES: Mapping[str, str] = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "glb": "model/gltf-binary",
    "stl": "model/stl",
}
"""The formats in the store, each with the type under which browsers get it."""

LICENSES: Mapping[str, Message] = {
    "CC0-1.0": message("CC0 1.0: free for everything"),
    "CC-BY-4.0": message("CC BY 4.0: free, with the credit"),
    "CC-BY-SA-4.0": message("CC BY-SA 4.0: free, with the credit and under the same terms"),
    "CC-BY-NC-4.0": message("CC BY-NC 4.0: free with the credit, not for profit"),
    "all rights reserved": message("all rights reserved"),
}
"""The terms under which others may use a file, by SPDX's short names where they have one."""

PREVIEWS = (320, 1280)
"""Longest side of the small pictures that are made of each photograph, in pixels; they are kept as WebP."""


@dataclass(frozen=True)
class Medium:
    """A photograph or a scan of a specimen; the file itself lies in the store, see `catalogue.media.store`.

    Parameters
    ----------
    sha256 : str
        Key of the file in the store.
    kind : str
        ``photograph`` or ``scan``.
    format : str
        A key of `CONTENT_TYPES`.
    width, height : int
        In pixels; 0 for a scan.
    bytes : int
        Size of the file.
    license : str
        A key of `LICENSES`.
    credit : str
        Who is to be named.
    translations : mapping
        The caption in other languages: ``{"zh": {"caption": "头骨"}}``.
    focus_x, focus_y : float or None
        The middle of what the photograph is about, in parts of its width and height from the left upper corner; None: all of it.
    focus_width, focus_height : float or None
        The size of the box around it, in the same parts; None when only a point is known.
    added_by, added_at : str
        Login, and time by ISO 8601 in UTC.
    """

    sha256: str
    kind: str
    format: str
    width: int
    height: int
    bytes: int
    license: str
    credit: str
    caption: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    focus_x: float | None = None
    focus_y: float | None = None
    focus_width: float | None = None
    focus_height: float | None = None
    added_by: str = ""
    added_at: str = ""

    def text(self, name: str, language: str = "en") -> str:
        """A text in the reader's language, or as it was entered."""
        return self.translations.get(language[:2], {}).get(name) or str(getattr(self, name))


@dataclass(frozen=True)
class CleanFile:
    """A file that was checked, with everything but the picture or the surface itself taken away.

    Parameters
    ----------
    content : bytes
        What is kept.
    kind : str
        ``photograph`` or ``scan``.
    format : str
        A key of `CONTENT_TYPES`.
    width, height : int
        In pixels; 0 for a scan.
    previews : mapping of int to bytes
        WebP pictures by their longest side in pixels; none for a scan.
    """

    content: bytes
    kind: Kind
    format: str
    width: int = 0
    height: int = 0
    previews: Mapping[int, bytes] = field(default_factory=dict)


class RefusedFile(CatalogueError):
    """A file is not a photograph or a scan that can be kept; its message says why and what to do."""


def damaged(what: Message) -> RefusedFile:
    """The refusal of a file that begins as it should and then cannot be read."""
    return RefusedFile(
        message("This {what} is damaged or cut short: it cannot be read to its end. Send it again.", what=what)
    )
