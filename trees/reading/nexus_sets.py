"""Which characters of a NEXUS file are ordered: by a ``TYPESET``, by a ``CTYPE`` of PAUP or MrBayes, or all by ``DEFTYPE``.

References
----------
Maddison, D. R., Swofford, D. L. and Maddison, W. P. 1997. NEXUS: an extensible file format for systematic information. Systematic
Biology 46: 590-621. doi:10.1093/sysbio/46.4.590
"""

import re
from collections.abc import Sequence

from trees.reading.nexus_text import Block, announced, settings_of, unquoted

_NUMBERS = re.compile(r"(\d{1,9})(?:\s*-\s*(\d{1,9}|\.))?(?:\s*\\\s*(\d{1,9}))?")
_SET = re.compile(r"([^=(]*)(?:\(([^)]*)\))?\s*=(.*)", re.DOTALL)
"""A set: its name, in brackets what it is about, and what belongs to it."""
_MOST = 10_000
"""What a point stands for where no block says how many characters there are."""


def ordered_characters(blocks: Sequence[Block], title: str = "") -> set[int]:
    """The characters that are ordered, from 1, in the matrix of a title; sets that name another matrix are left out."""
    blocks = [block for block in blocks if _is_about(block.text("LINK"), title)]
    last = max((_size(block) for block in blocks), default=0) or _MOST
    sets = _character_sets(blocks)
    numbers: set[int] = set()
    for block in blocks:
        if settings_of(block.text("OPTIONS")).get("DEFTYPE", "").lower().startswith("ord"):
            numbers |= set(range(1, last + 1))
    for text in _types(blocks, title):
        for part in text.split(","):
            kind, _, listed = part.partition(":")
            named = " ".join(sets.get(word.lower(), word) for word in listed.split())
            if kind.strip().lower().startswith("ord"):
                numbers |= numbers_of(named, last)
            elif kind.strip().lower().startswith("unord"):
                numbers -= numbers_of(named, last)
    return numbers


def numbers_of(listed: str, last: int = _MOST) -> set[int]:
    """``1 3-5 7 - 9\\3`` as numbers; a point, as in ``6-.``, and ``all`` reach to the last.

    >>> sorted(numbers_of("1 3-5 8 -  .", 9))
    [1, 3, 4, 5, 8, 9]
    """
    if listed.strip().lower() == "all":
        return set(range(1, last + 1))
    numbers: set[int] = set()
    for first, end, step in _NUMBERS.findall(listed):
        until = last if end == "." else min(int(end or first), max(last, _MOST))
        numbers |= set(range(int(first), until + 1, int(step or 1) or 1))
    return numbers


def _size(block: Block) -> int:
    said = settings_of(block.text("DIMENSIONS") or block.text("DIMENSION")).get("NCHAR", "")
    return min(announced(said), _MOST)


def _character_sets(blocks: Sequence[Block]) -> dict[str, str]:
    parted = (text.partition("=") for block in blocks for text in block.texts("CHARSET"))
    return {name.strip(" *").lower(): listed for name, _, listed in parted}


def _is_about(said: str, title: str) -> bool:
    """Whether ``CHARACTERS = …`` in a text names the matrix of a title, or no matrix at all."""
    named = unquoted(settings_of(said).get("CHARACTERS", ""))
    return not (named and title) or named.casefold() == title.casefold()


def _types(blocks: Sequence[Block], title: str) -> list[str]:
    """What sets of types say: the one in force (``*``) where there is one, else all; commands of PAUP and MrBayes come after."""
    sets = [match for block in blocks for text in block.texts("TYPESET") if (match := _SET.fullmatch(text))]
    sets = [match for match in sets if _is_about(match[2] or "", title)]
    in_force = [match[3] for match in sets if "*" in match[1]]
    return [
        *(in_force or [match[3] for match in sets]),
        *(text for block in blocks for text in block.texts("CTYPE")),
    ]
