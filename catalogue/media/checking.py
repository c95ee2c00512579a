"""Is this a photograph or a scan? Decided by the content of a file, which is then read in full, cleaned, or refused in plain words.

What comes out holds the picture or the surface and nothing else: no place and time of taking, no camera, no program, no hidden
text. So a page, a script or a second file that hides in a photograph does not survive either.
"""

from catalogue.media.glb import clean_glb
from catalogue.media.images import clean_image
from catalogue.media.kinds import CleanFile, RefusedFile
from catalogue.media.stl import clean_stl, is_binary_stl
from catalogue.messages import Message, message
from catalogue.settings import settings

_IMAGES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
)
_OTHERS: tuple[tuple[bytes, Message], ...] = (
    (b"%PDF", message("a PDF document")),
    (b"GIF8", message("a GIF picture")),
    (b"BM", message("a BMP picture")),
    (b"8BPS", message("a Photoshop file")),
    (b"PK\x03\x04", message("a ZIP archive or an office document")),
    (b"Rar!", message("an archive")),
    (b"7z\xbc\xaf", message("an archive")),
    (b"\x1f\x8b", message("a compressed file")),
    (b"MZ", message("a program")),
    (b"\x7fELF", message("a program")),
    (b"#!", message("a program")),
    (b"ply\n", message("a PLY scan")),
    (b"ply\r", message("a PLY scan")),
)
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1")
_MARKUP = ((b"<svg", message("a drawing in SVG")), (b"<html", message("a web page")), (b"<!doctype html", message("a web page")))  # fmt: skip
_PEEK = 4096


def check_file(content: bytes) -> CleanFile:
    """Read a photograph or a scan to its end and clean it.

    Parameters
    ----------
    content : bytes
        The file; its name is never asked for.

    Raises
    ------
    RefusedFile
        When it is empty, too large, of another kind, damaged, or would fill the memory when unpacked.
    """
    if not content:
        raise RefusedFile(message("This file is empty."))
    _refuse_large(len(content))
    if is_binary_stl(content) or content[:_PEEK].lstrip()[:5].lower() == b"solid":
        return clean_stl(content)
    if content.startswith(b"glTF"):
        return clean_glb(content)
    found = _image_format(content)
    if found is None:
        raise RefusedFile(
            message(
                "This is {what}, whatever its name says. Photographs can be JPEG, PNG, TIFF or WebP, and scans GLB or STL.",
                what=_what_else(content),
            )
        )
    return clean_image(content, found)


def _refuse_large(size: int) -> None:
    most = settings().max_media_mb
    if size > most * 2**20:
        raise RefusedFile(
            message(
                "This file has {size} MB; the most that is taken is {most} MB. Make it smaller, or ask whoever runs Bonebed.",
                size=f"{size / 2**20:.0f}",
                most=most,
            )
        )


def _image_format(content: bytes) -> str | None:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return next((name for start, name in _IMAGES if content.startswith(start)), None)


def _what_else(content: bytes) -> Message:
    """What a file is that is neither photograph nor scan, in words."""
    start = content[:_PEEK].lower()
    if content[4:8] == b"ftyp":
        return message("a HEIC picture") if content[8:12] in _HEIC else message("a film")
    for mark, what in _MARKUP:
        if mark in start:
            return what
    for mark, what in _OTHERS:
        if content.startswith(mark):
            return what
    return message("no whole picture and no whole scan")
