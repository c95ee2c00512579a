"""One rock formation under its spellings: with a word for its rank or without, in Chinese, with accents or without.

Records keep what was written. Only where formations are compared, each is known by its key: ``Lufeng``, ``Lufeng Fm.``, ``Formación Lufeng``
and ``禄丰组`` have the same one. Names in other scripts are those of `data/formations.tsv`, each with its source.

References
----------
Murphy, M. A. and Salvador, A. 1999. International Stratigraphic Guide, an abridged version. Episodes 22: 255-271, on the names of units.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from sqlalchemy import Connection, select

from catalogue.facts import read_facts
from catalogue.tables import specimens

_RANK = r"(?:formation|formacion|formacao|formazione|formatsiya|fmn|fm)\b\.?"
_BEFORE = re.compile(rf"^{_RANK}\s*(?:(?:de|du|des|di|da|do)\s+|d['’]\s*)?(?=\S)")
_AFTER = re.compile(rf"(?<=\S)[\s-]+{_RANK}$|(?<=\S)\s*[组組]$", re.IGNORECASE)
_MEMBER = re.compile(rf"^(\S.*?)(?:\s+{_RANK},?\s+\S.*\s(?:member|mbr)\.?|\s*[组組]\s*\S.*段)$")
"""A formation with a member of it, as some labels have it in one line."""
_LONGEST = 200
"""No name has more letters; a longer text is compared as it is."""


@lru_cache(maxsize=16_384)
def formation_key(written: str) -> str:
    """What a formation is compared by; blank for a blank text.

    Parameters
    ----------
    written : str
        The formation as a record or a person has it.

    Examples
    --------
    >>> formation_key("Formación La Colonia") == formation_key("La Colonia Fm.")
    True
    >>> formation_key("禄丰组沙湾段")
    'lufeng'
    """
    if len(written) > _LONGEST:
        return written
    plain = _bare(written)
    return _aliases().get(plain, plain)


def without_rank(written: str) -> str:
    """A formation as it is written, without the word for its rank at the end: for sentences that have one.

    >>> without_rank("Lufeng Fm."), without_rank("禄丰组")
    ('Lufeng', '禄丰')
    """
    return _AFTER.sub("", written.strip())


@lru_cache(maxsize=4096)
def other_names(written: str) -> tuple[str, ...]:
    """The names of a formation in our table, its usual one first; none where the table does not have it."""
    key = formation_key(written)
    rows = [row for row in _table() if _bare(row["formation"]) == key]
    return tuple(dict.fromkeys(name for row in rows for name in (row["formation"], row["alias"])))


def name_for(written: str, language: str) -> str:
    """A formation's name for readers of a language, where our table knows it; else as it is written.

    >>> name_for("Lufeng", "zh"), name_for("禄丰组", "en"), name_for("Morrison", "zh")
    ('禄丰', 'Lufeng', 'Morrison')
    """
    if _is_chinese(written) == (language == "zh"):
        return written
    return next((name for name in other_names(written) if _is_chinese(name) == (language == "zh")), written)


def _is_chinese(name: str) -> bool:
    return any("一" <= letter <= "鿿" for letter in name)


def same_formation(written: str, others: Iterable[str]) -> list[str]:
    """Those of some spellings that mean the same formation; a blank text means none."""
    key = formation_key(written)
    return [other for other in others if key and formation_key(other) == key]


def spellings(connection: Connection, written: str) -> list[str]:
    """The spellings in which records have a formation."""
    if not written:
        return []
    column = specimens.c.formation
    return same_formation(written, connection.scalars(select(column).where(column != "").distinct()))


def _bare(written: str) -> str:
    """Without accents, capitals and the word for the rank."""
    apart = unicodedata.normalize("NFKD", written)
    plain = " ".join("".join(c for c in apart if not unicodedata.combining(c)).casefold().split())
    with_member = _MEMBER.match(plain)
    if with_member:
        return with_member[1]
    return _AFTER.sub("", _BEFORE.sub("", plain)) or plain


@cache
def _table() -> list[dict[str, str]]:
    return read_facts("formations.tsv")


@cache
def _aliases() -> dict[str, str]:
    return {_bare(row["alias"]): _bare(row["formation"]) for row in _table()}
