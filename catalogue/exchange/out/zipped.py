"""Zips that are the same for the same content, and the file that says how to cite."""

from zipfile import ZIP_DEFLATED, ZipInfo

CITATION = "CITATION.txt"
_LEVEL = 3
"""How hard to press: three times as fast as the usual 6, 10 to 27 % larger."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def entry(name: str) -> ZipInfo:
    """A file of a zip, without the time of writing and the system it was written on."""
    made = ZipInfo(name, _EPOCH)
    made.compress_type = ZIP_DEFLATED
    made._compresslevel = _LEVEL  # type: ignore[attr-defined]  # called compress_level from Python 3.13 on
    made.create_system = 3  # as on Unix, everywhere
    made.external_attr = 0o644 << 16
    return made
