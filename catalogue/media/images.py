"""Photographs: decoded in full, turned upright, and written anew without anything but the picture and its colours.

The colour profile stays, for without it the colours are wrong. Nothing is lost of a PNG or TIFF, nor of a JPEG that was held upright;
one that has to be turned is written with the tables it had. Of a TIFF with several pages and of an animation the first picture is kept.
"""

import re
import struct
import threading
from io import BytesIO
from typing import Any

import numpy as np
from PIL import ExifTags, Image, ImageCms, ImageOps, JpegImagePlugin

from catalogue.media.jpeg import without_metadata
from catalogue.media.kinds import PHOTOGRAPH, PREVIEWS, CleanFile, RefusedFile, damaged
from catalogue.messages import message

MAX_PIXELS = 80_000_000
"""The most pixels of a photograph: some 240 MB when unpacked."""
MAX_SIDE = 65_500
"""The longest side of a photograph in pixels; browsers show no longer one."""
_NAMES = {"jpeg": "JPEG", "png": "PNG", "tiff": "TIFF", "webp": "WEBP"}
_KEPT_AS = {"jpeg": "jpeg", "png": "png", "tiff": "png", "webp": "webp"}
_PLAIN = {
    "jpeg": {"L", "RGB"},
    "png": {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"},
    "webp": {"RGB", "RGBA"},
}
"""The kinds of pixel that each format keeps as they are; others become RGB, or RGBA where parts are transparent."""
_one_at_a_time = threading.Lock()
"""Large photographs need much memory while they are unpacked; two people who send some wait for each other."""


def clean_image(content: bytes, found: str) -> CleanFile:
    """A photograph without its metadata, upright, with its small pictures.

    Parameters
    ----------
    content : bytes
        The file.
    found : str
        What it is by its first bytes: ``jpeg``, ``png``, ``tiff`` or ``webp``.

    Raises
    ------
    RefusedFile
        When it cannot be read to its end or has too many pixels.
    """
    what = message("{format} picture", format=_NAMES[found])
    with _one_at_a_time:
        try:
            return _clean(content, found)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            stated = re.search(r"\d+", str(error))
            raise _too_many(int(stated[0]) if stated else 2 * MAX_PIXELS) from error
        except RefusedFile:
            raise
        except Exception as error:  # whatever Pillow's parsers stumble over: the file is at fault, not we
            raise damaged(what) from error


def _clean(content: bytes, found: str) -> CleanFile:
    image = _opened(content, found)
    stripped = _lossless(image, content) if found == "jpeg" else None
    if stripped is not None:
        content = stripped
        image = _opened(content, found)
    image.load()
    kept_as = _KEPT_AS[found]
    how = _encoding(image, kept_as, content)
    profile = image.info.get("icc_profile")
    image = _simple(_upright(image), kept_as, profile)
    profile = profile if _fits(profile, image.mode) else None
    if stripped is None:
        written = BytesIO()
        image.save(written, _NAMES[kept_as], icc_profile=profile, **how)
        content = written.getvalue()
    return CleanFile(content, PHOTOGRAPH, kept_as, image.width, image.height, previews=_previews(image, profile))


def _opened(content: bytes, found: str) -> Image.Image:
    image: Image.Image = Image.open(BytesIO(content), formats=[_NAMES[found]])
    _refuse_bomb(image)
    return image


def _lossless(image: Image.Image, content: bytes) -> bytes | None:
    """A JPEG without its metadata, bit for bit; None where it has to be turned, or its colours changed, anyhow."""
    if _is_turned(image) or image.mode not in _PLAIN["jpeg"]:
        return None
    keep_profile = _fits(image.info.get("icc_profile"), image.mode)
    return without_metadata(content, keep_profile=keep_profile)


def _refuse_bomb(image: Image.Image) -> None:
    """Refuse by the size that the header states, before anything is unpacked."""
    pixels = image.width * image.height
    if pixels > MAX_PIXELS or max(image.size) > MAX_SIDE:
        raise _too_many(pixels)


def _too_many(pixels: int) -> RefusedFile:
    return RefusedFile(
        message(
            "This picture would unpack to {pixels} million pixels. The most that is taken is {most} million, and {side} along a side. Make it smaller.",
            pixels=f"{pixels / 10**6:,.0f}",
            most=MAX_PIXELS // 10**6,
            side=f"{MAX_SIDE:,}",
        )
    )


def _encoding(image: Image.Image, kept_as: str, content: bytes) -> dict[str, Any]:
    """How to write an image so that it loses as little as can be."""
    if kept_as == "jpeg" and isinstance(image, JpegImagePlugin.JpegImageFile) and image.mode in {"L", "RGB"}:
        return {"qtables": image.quantization, "subsampling": JpegImagePlugin.get_sampling(image)}
    if kept_as == "webp":
        return {"lossless": True} if _is_lossless_webp(content) else {"quality": 95}
    return {"quality": 95} if kept_as == "jpeg" else {}


def _is_lossless_webp(content: bytes) -> bool:
    at = 12
    while at + 8 <= len(content):
        name, length = struct.unpack_from("<4sI", content, at)
        if name in {b"VP8L", b"VP8 ", b"ANMF"}:
            return bool(name == b"VP8L")
        at += 8 + length + length % 2
    return False


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera was held."""
    return ImageOps.exif_transpose(image) if _is_turned(image) else image


def _is_turned(image: Image.Image) -> bool:
    """Whether the camera was not held upright; a broken note about that is no reason to refuse the picture."""
    try:
        return bool(image.getexif().get(ExifTags.Base.Orientation, 1) != 1)
    except Exception:
        return False


def _simple(image: Image.Image, kept_as: str, profile: bytes | None) -> Image.Image:
    """The pixels in a form that browsers show, and nothing beside them."""
    image.info = {name: image.info[name] for name in ("transparency",) if name in image.info}
    if image.mode in _PLAIN[kept_as]:
        return image
    if image.mode in {"F", "I"}:
        raise RefusedFile(
            message("This picture holds measured numbers instead of colours. Save it with 8 or 16 bits a channel.")
        )
    if image.mode.startswith("I;16"):
        return Image.frombytes("I;16", image.size, image.tobytes("raw", "I;16"))
    if image.mode == "CMYK" and profile:
        return _in_srgb(image, profile)
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _fits(profile: bytes | None, mode: str) -> bool:
    """Whether a colour profile can be read and speaks of colours like those of a kind of pixel."""
    if not profile:
        return False
    try:
        space = ImageCms.ImageCmsProfile(BytesIO(profile)).profile.xcolor_space.strip()
    except (ImageCms.PyCMSError, OSError):
        return False
    grey = mode in {"1", "L", "LA", "I;16"}
    return bool(space == ("GRAY" if grey else "RGB"))


def _previews(image: Image.Image, profile: bytes | None) -> dict[int, bytes]:
    """Small pictures by their longest side, from the largest down, in the colours of screens."""
    small = _eight_bits(image)
    made = {}
    for side in sorted(PREVIEWS, reverse=True):
        small = small.copy()
        small.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
        if profile and small.mode in {"L", "RGB"}:
            small, profile = _in_srgb(small, profile), None
        written = BytesIO()
        small.save(written, "WEBP", quality=82)
        made[side] = written.getvalue()
    return made


def _eight_bits(image: Image.Image) -> Image.Image:
    if image.mode == "I;16":
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in {"L", "RGB", "RGBA"} and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """In the colours of screens; as near as can be where the profile is broken."""
    try:
        made = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        made = None
    return made if made is not None else image.convert("RGB")
