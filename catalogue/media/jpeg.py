"""A JPEG without a bit of its picture lost: only the segments that a decoder needs are copied, and nothing after its end.

References
----------
ITU-T T.81 (1992) Annex B; ICC.1:2022 Annex B.4.
"""

import re
import struct

_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_TABLES_AND_FRAMES = frozenset({0xC4, 0xDB, 0xDD, *range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC)})
_END, _SCAN, _PROFILE, _ADOBE = 0xD9, 0xDA, 0xE2, 0xEE
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""The next marker after the pixels of a scan; stuffed zeros, restarts and fill bytes belong to them."""


def without_metadata(content: bytes, *, keep_profile: bool) -> bytes | None:
    """The same picture, bit for bit, without EXIF, XMP, comments, small pictures and whatever follows its end.

    Returns
    -------
    bytes or None
        None when the segments do not follow each other as they should; then it has to be decoded and written anew.
    """
    kept = bytearray(b"\xff\xd8")
    adobe = False
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END:
            break
        (length,) = struct.unpack_from(">H", content, at + 2)
        segment = content[at : at + 2 + length]
        at += 2 + length
        if marker == _SCAN:
            end = _AFTER_SCAN.search(content, at)
            if end is None:
                return None
            kept += segment + content[at : end.start()]
            at = end.start()
        elif marker in _TABLES_AND_FRAMES or (keep_profile and _is_profile(marker, segment)):
            kept += segment
        elif marker == _ADOBE and segment[4:9] == b"Adobe":
            adobe = True
            kept += segment[:2] + b"\x00\x0e" + segment[4:16]
    if content[at : at + 2] != b"\xff\xd9":
        return None
    return bytes(kept[:2] + (b"" if adobe else _JFIF) + kept[2:] + b"\xff\xd9")


def _is_profile(marker: int, segment: bytes) -> bool:
    return marker == _PROFILE and segment[4:16] == b"ICC_PROFILE\0"
