"""How bytes become text: what a person says, what the file says, or a guess; and what is no text at all."""

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain

from catalogue.exchange.reading.sources import Content, beginning, pieces
from catalogue.exchange.reading.tables import UnreadableFile
from catalogue.messages import message

ENCODINGS = {
    "UTF-8": "utf-8-sig",
    "UTF-16": "utf-16",
    "Windows-1252": "cp1252",
    "GB18030": "gb18030",
    "Big5": "big5hkscs",
    "Shift_JIS": "cp932",
    "Windows-1250": "cp1250",
    "Windows-1251": "cp1251",
    "Mac Roman": "mac_roman",
}
"""Names for people, and what Python calls them."""

_CHUNK = 2**20
_MIXED = 3
"""So many characters of UTF-8, and no fewer than bytes that are none, make a mixture: in no other encoding do accents fall so."""
_ACCENTED = re.compile(r"[\u00c0-\u017f\u3001-\u9fff]+")
_CHINESE_TOO = re.compile(r"[\u3001-\u9fff\uff01-\uff5e]{3,}")
_CONTROLS = 5
"""More control characters than these among the first 5,000 are no text."""


def codec(name: str) -> str:
    """What Python calls an encoding."""
    return ENCODINGS.get(name, name)


def known(name: str) -> str:
    """The encoding that somebody names, as we write it.

    Raises
    ------
    UnreadableFile
        When there is none of that name.
    """
    spelt = next((ours for ours in ENCODINGS if ours.casefold() == name.strip().casefold()), name.strip())
    try:
        if codecs.lookup(codec(spelt))._is_text_encoding:
            return spelt
    except (LookupError, ValueError):
        pass
    raise UnreadableFile(
        message("“{name}” is no encoding that we know. Known are: {known}.", name=name[:40], known=", ".join(ENCODINGS))
    )


def chosen(content: Content, name: str) -> str:
    """The encoding that a person chose, after trying it.

    Raises
    ------
    UnreadableFile
        When the file is not of that encoding.
    """
    name = known(name)
    wrong = _first_wrong(content, codec(name))
    if wrong is not None:
        raise UnreadableFile(
            message(
                "Line {number} cannot be read as {encoding}. Choose another encoding.",
                number=_line(content, wrong),
                encoding=name,
            )
        )
    _refuse_binary(content, name)
    return name


def found(content: Content) -> tuple[str, bool]:
    """The encoding of a file, and whether that is a guess.

    Raises
    ------
    UnreadableFile
        When it is no text, or a mixture of encodings.
    """
    first = beginning(content, 4)
    for mark, name in ((codecs.BOM_UTF8, "UTF-8"), (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16")):
        if first.startswith(mark):
            if (wrong := _first_wrong(content, codec(name))) is not None:
                raise _mixed(content, wrong) if name == "UTF-8" and _first_nul(content) is None else no_text()
            _refuse_binary(content, name)
            return name, False
    if (wide := _wide_without_mark(beginning(content, 4096))) and _first_wrong(content, wide) is None:
        return wide, True
    wrong = _first_wrong(content, "utf-8")
    name = "UTF-8" if wrong is None else _guessed(content, wrong)
    _refuse_binary(content, name)
    return name, wrong is not None


def _wide_without_mark(first: bytes) -> str:
    """UTF-16 that does not say so, as databases write it: every second byte of plain letters is 0. Blank when it is none."""
    at_even, at_odd = first[::2].count(0), first[1::2].count(0)
    half = len(first) // 2
    if half > 4 and 2 * max(at_even, at_odd) > half and not min(at_even, at_odd):
        return "UTF-16LE" if at_odd else "UTF-16BE"
    return ""


def _mixed(content: Content, wrong: int) -> UnreadableFile:
    return UnreadableFile(
        message(
            "Most of the text is UTF-8, but line {number} is not. Mend that line, or choose an encoding for the whole file.",
            number=_line(content, wrong),
        )
    )


def _guessed(content: Content, wrong: int) -> str:
    if _first_nul(content) is None and _is_mixed(content):
        raise _mixed(content, wrong)
    name = "GB18030" if _is_chinese(content) else "Windows-1252"
    wrong_too = _first_wrong(content, codec(name)) is not None
    if wrong_too and _is_chinese(content, _is_common_or_foreign):
        name, wrong_too = "GB18030", False
    if wrong_too and _first_nul(content) is not None:
        raise no_text()
    if (number := _line_of_utf_8(content, name)) is not None:
        raise UnreadableFile(
            message(
                "Line {number} is UTF-8, and other lines are not. Mend that line, or choose an encoding for the whole file.",
                number=number,
            )
        )
    if wrong_too:
        raise no_text()
    return name


def _line_of_utf_8(content: Content, name: str) -> int | None:
    """The first line that is UTF-8 beyond doubt in a text that is not; None where there is none.

    Some letters of the other encodings look like UTF-8, such as “ß–” and most pairs of Chinese characters. So all beyond ASCII must be
    letters of European languages, or, where Chinese is expected, three characters of Chinese that no pairs of bytes make by chance.
    """
    sure = _CHINESE_TOO if name == "GB18030" else _ACCENTED
    for number, line in enumerate(beginning(content, 16 * _CHUNK).split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if sure.fullmatch("".join(char for char in text if char > "\x7f")):
            return number
    return None


def decode(content: bytes) -> tuple[str, str, bool]:
    """The text of a file, its encoding, and whether that is a guess.

    Raises
    ------
    UnreadableFile
        When it is no text.
    """
    name, guessed = found(content)
    return content.decode(codec(name)), name, guessed


def head(content: Content, name: str) -> str:
    """The first lines of a file."""
    return codecs.getincrementaldecoder(codec(name))().decode(beginning(content, _CHUNK))


def no_text() -> UnreadableFile:
    """What to say of bytes that are no text."""
    return UnreadableFile(message("The file is no text. Save the table as CSV (UTF-8) and choose that file."))


def _line(content: Content, place: int) -> int:
    number = 1
    for piece in pieces(content):
        number += piece.count(b"\n", 0, place)
        if place <= len(piece):
            break
        place -= len(piece)
    return number


def _first_nul(content: Content) -> int | None:
    """Where the first NUL is."""
    place = 0
    for piece in pieces(content):
        if (within := piece.find(b"\x00")) >= 0:
            return place + within
        place += len(piece)
    return None


def _first_wrong(content: Content, codec_name: str) -> int | None:
    """About where the bytes are not of an encoding; None when all are."""
    decoder = codecs.getincrementaldecoder(codec_name)()
    place = 0
    for piece in chain(pieces(content), (b"",)):
        waiting = len(decoder.getstate()[0])  # the beginning of a character that the piece before ended with
        try:
            decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            return place - waiting + error.start
        except ValueError:
            return place
        place += len(piece)
    return None


def _characters(content: Content, codec_name: str) -> Iterator[str]:
    """The text, some characters at a time.

    Raises
    ------
    ValueError
        When it is not of that encoding.
    """
    decoder = codecs.getincrementaldecoder(codec_name)()
    for piece in chain(pieces(content), (b"",)):
        yield decoder.decode(piece, final=not piece)


def _is_mixed(content: Content) -> bool:
    text = beginning(content, 16 * _CHUNK).decode("utf-8", errors="surrogateescape")
    beyond = [char for char in text if char > "\x7f"]
    wrong = sum("\udc80" <= char <= "\udcff" for char in beyond)
    return len(beyond) - wrong >= max(_MIXED, wrong)


def _is_common(char: str) -> bool:
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _is_common_or_foreign(char: str) -> bool:
    """Also letters of other languages, for which GB18030 takes four bytes; Japanese and Russian read as GB18030 have hardly any."""
    return _is_common(char) or len(char.encode("gb18030")) == 4


def _is_chinese(content: Content, is_likely: Callable[[str], bool] = _is_common) -> bool:
    """Whether the characters beyond ASCII are mostly common Chinese ones; accents read as GB18030 give rare ones."""
    beyond: Counter[str] = Counter()
    try:
        for text in _characters(content, "gb18030"):
            beyond.update(char for char in text if char > "\x7f")
    except ValueError:
        return False
    return 2 * sum(count for char, count in beyond.items() if is_likely(char)) > beyond.total()


def _refuse_binary(content: Content, name: str) -> None:
    """Raise `UnreadableFile` where there are control characters that no text has."""
    first = head(content, name)[:5000]
    if sum(char < " " and char not in "\t\r\n\f\x1a" for char in first) > _CONTROLS:
        raise no_text()
    nul = None if name.startswith("UTF-16") else _first_nul(content)
    if nul is not None:
        raise UnreadableFile(
            message(
                "There is a NUL character in line {number}: the file is no text, or was damaged.",
                number=_line(content, nul),
            )
        )
