"""What differs between two versions of a record: field by field, in lists entry by entry, in texts word by word.

Words are matched as Ratcliff and Metzener do (1988, "Pattern matching: the Gestalt approach", Dr. Dobb's Journal 13(7): 46–72),
for their matches read well; Chinese is matched character by character.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal["same", "changed", "added", "taken out"]
Entry: TypeAlias = Mapping[str, Any]

_WORD = re.compile(r"[㐀-䶿一-鿿豈-﫿]|\w+|\s+|[^\w\s]")
_MOST_WORDS = 3_000
"""Longer texts are not matched word by word: it would take seconds, and nobody would read it so."""
_ALIKE = 0.5
"""The share of fields in which two entries agree for one to count as the other, changed."""


@dataclass(frozen=True)
class Run:
    """A stretch of text, and whether the other text has it too."""

    text: str
    shared: bool


@dataclass(frozen=True)
class FieldDifference:
    """A field in both versions."""

    name: str
    before: object
    after: object

    @property
    def kind(self) -> Kind:
        """What became of it from the one version to the other."""
        if self.before == self.after:
            return "same"
        if is_blank(self.before):
            return "added"
        return "taken out" if is_blank(self.after) else "changed"


@dataclass(frozen=True)
class Pair:
    """An entry of a list in both versions; None where a version has none like it."""

    before: Entry | None
    after: Entry | None

    @property
    def kind(self) -> Kind:
        """What became of it from the one version to the other."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "taken out"
        return "same" if self.before == self.after else "changed"


def is_blank(value: object) -> bool:
    """Whether a field says nothing."""
    return value is None or value in ("", [], {})


def compare(before: Mapping[str, object], after: Mapping[str, object]) -> list[FieldDifference]:
    """Two versions, field by field, in the order of the later one; fields that are blank in both are left out."""
    names = dict.fromkeys([*after, *before])
    both = [FieldDifference(name, before.get(name), after.get(name)) for name in names]
    return [one for one in both if not (is_blank(one.before) and is_blank(one.after))]


def entries(before: Sequence[Entry], after: Sequence[Entry]) -> list[Pair]:
    """Two lists, entry by entry: those alike, those that are the same one changed, and those that only one of them has.

    Returns
    -------
    list of Pair
        In the order of the later list; what was taken out comes last.
    """
    gone = list(before)
    pairs: list[Pair | None] = []
    for one in after:
        pairs.append(Pair(gone.pop(gone.index(one)), one) if one in gone else None)
    for number, one in enumerate(after):
        if pairs[number] is None:
            like = max(gone, key=lambda other: _likeness(other, one), default=None)
            if like is not None and _likeness(like, one) >= _ALIKE:
                gone.remove(like)
            else:
                like = None
            pairs[number] = Pair(like, one)
    return [*(pair for pair in pairs if pair is not None), *(Pair(one, None) for one in gone)]


def _likeness(one: Entry, other: Entry) -> float:
    """The share of the fields that either fills in which both agree."""
    filled = [name for name in one.keys() | other.keys() if not (is_blank(one.get(name)) and is_blank(other.get(name)))]
    return sum(one.get(name) == other.get(name) for name in filled) / len(filled) if filled else 0.0


def word_by_word(before: str, after: str) -> tuple[list[Run], list[Run]]:
    """Two texts as stretches that both have and stretches that only one has; joined, each gives its text again."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > _MOST_WORDS:
        return [Run(before, before == after)], [Run(after, before == after)]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return (
        _runs((old[i1:i2], tag == "equal") for tag, i1, i2, _, _ in blocks),
        _runs((new[j1:j2], tag == "equal") for tag, _, _, j1, j2 in blocks),
    )


def _runs(stretches: Iterable[tuple[list[str], bool]]) -> list[Run]:
    """Stretches as texts; a blank between two that differ counts as one that differs, so that marks do not fall to pieces."""
    runs = [Run("".join(words), shared) for words, shared in stretches if words]
    split = [
        replace(run, shared=False)
        if run.text.isspace() and 0 < place < len(runs) - 1 and not (runs[place - 1].shared or runs[place + 1].shared)
        else run
        for place, run in enumerate(runs)
    ]
    return [
        Run("".join(run.text for run in joined), shared)
        for shared, joined in groupby(split, key=lambda run: run.shared)
    ]
