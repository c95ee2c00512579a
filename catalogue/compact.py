"""Many texts in little memory: a million keys or numbers of a file in twenty bytes each instead of two hundred."""

from array import array
from collections.abc import Iterator, Sequence
from typing import overload


def encoded(text: str) -> bytes:
    """A text as `Texts` holds it; also one that is no proper Unicode, as broken files have it."""
    return text.encode("utf-8", "surrogatepass")


class Texts(Sequence[str]):
    """Texts one behind the other, as bytes."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    def append(self, text: str) -> None:
        """Put a text behind the others."""
        self._bytes += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))

    def is_at(self, place: int, text: bytes) -> bool:
        """Whether a text, encoded by `encoded`, stands at a place."""
        ends = self._ends
        return self._bytes[ends[place] : ends[place + 1]] == text

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._bytes[self._ends[place] : self._ends[place + 1]].decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return (self[place] for place in range(len(self)))


class Places:
    """Finds texts again: at which place of some `Texts` one stands. Each may stand there once.

    A table of places by the hash of their texts, as in a `dict`, but without the texts themselves.
    """

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._count = 0
        self._slots = array("I", bytes(4 * 1024))

    def find(self, text: str) -> int | None:
        """The place of a text; None when it was not put in."""
        held = self._slots[self._slot(text)]
        return held - 1 if held else None

    def put_new(self, text: str) -> bool:
        """Let the text that is about to be put behind the others be found, unless it is there; whether it was not."""
        if 2 * self._count >= len(self._slots):
            self._grow()
        slot = self._slot(text)
        if self._slots[slot]:
            return False
        self._slots[slot] = len(self._texts) + 1
        self._count += 1
        return True

    def put(self, place: int, text: str | None = None) -> None:
        """Let the text at a place be found; whoever has that text at hand spares a look at it."""
        if 2 * self._count >= len(self._slots):
            self._grow()
        self._slots[self._slot(self._texts[place] if text is None else text)] = place + 1
        self._count += 1

    def _slot(self, text: str) -> int:
        """Where a text is, or would be."""
        slots = self._slots
        last = len(slots) - 1
        slot = hash(text) & last
        if not slots[slot]:
            return slot
        is_at, wanted = self._texts.is_at, encoded(text)
        while (held := slots[slot]) and not is_at(held - 1, wanted):
            slot = (slot + 1) & last
        return slot

    def _grow(self) -> None:
        held = [one - 1 for one in self._slots if one]
        self._slots = array("I", bytes(4 * 4 * len(self._slots)))
        for place in held:
            self._slots[self._slot(self._texts[place])] = place + 1
