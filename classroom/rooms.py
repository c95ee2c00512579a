"""A class that follows along: rooms with a short code, the step that is shown, and what was answered, all in memory.

Nothing of it is written anywhere, nobody gives a name, and with the room everything is gone. A device counts once for each question,
whatever it sends; it may change its mind while the question stands. All is called from the server's one event loop.
"""

import secrets
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from catalogue.messages import CatalogueError, message

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"
"""Of a code: none that is taken for another when it is read from a wall."""
CODE_LENGTH = 4
MOST_ROOMS = 50
MOST_DEVICES = 120
FORGOTTEN_AFTER = 3 * 3600.0
"""Seconds without a word from whoever presents."""


class NoSuchRoom(CatalogueError):
    """No class meets under this code, or the wrong person tries to lead it."""

    def __init__(self) -> None:
        super().__init__(message("No class meets under this code. Look at the wall again, or ask your teacher."))


class TooMany(CatalogueError):
    """The server holds as many rooms, or the room as many devices, as it can."""

    def __init__(self) -> None:
        super().__init__(message("The room is full. Close one that is no longer needed."))


@dataclass
class Room:
    """A class.

    Parameters
    ----------
    code : str
        By which devices find it.
    key : str
        Which only whoever presents has.
    lesson, language : str
        What is presented.
    choices : tuple of int
        How many answers each step has; 0 for a step that is no question.
    step : int
        The step that is shown, from 0.
    shows_answer : bool
        Whether the right answer is uncovered.
    changes : int
        Counts what devices should know of.
    """

    code: str
    key: str
    lesson: str
    language: str
    choices: tuple[int, ...]
    step: int = 0
    shows_answer: bool = False
    changes: int = 1
    heard_at: float = 0.0
    devices: set[str] = field(default_factory=set, repr=False)
    answers: dict[int, dict[str, int]] = field(default_factory=dict, repr=False)

    def join(self) -> str:
        """Let a device in; returns the token by which it is known in this room and nowhere else.

        Raises
        ------
        TooMany
        """
        if len(self.devices) >= MOST_DEVICES:
            raise TooMany
        token = secrets.token_urlsafe(12)
        self.devices.add(token)
        return token

    def answer(self, device: str, step: int, choice: int) -> bool:
        """Take an answer; returns whether it counts.

        It does not when the device is not in the room, the step is not shown now or has no such answer, or the right one is uncovered.
        """
        open_now = step == self.step and not self.shows_answer
        if device not in self.devices or not open_now or not 0 <= choice < self.choices[step]:
            return False
        self.answers.setdefault(step, {})[device] = choice
        return True

    def tally(self, step: int) -> list[int]:
        """How many devices gave each answer of a step."""
        counted = Counter(self.answers.get(step, {}).values())
        return [counted[choice] for choice in range(self.choices[step])]

    def go(self, step: int, *, shows_answer: bool = False) -> None:
        """Show another step, or uncover the answer."""
        step = max(0, min(step, len(self.choices) - 1))
        if (step, shows_answer) != (self.step, self.shows_answer):
            self.step, self.shows_answer = step, shows_answer
            self.changes += 1


class Rooms:
    """The rooms of a server.

    Parameters
    ----------
    clock : callable
        Seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._rooms: dict[str, Room] = {}

    def open(self, lesson: str, language: str, choices: tuple[int, ...]) -> Room:
        """Open a room.

        Raises
        ------
        TooMany
        """
        self._forget()
        if len(self._rooms) >= MOST_ROOMS:
            raise TooMany
        code = self._free_code()
        room = Room(code, secrets.token_urlsafe(16), lesson, language, choices, heard_at=self._clock())
        self._rooms[code] = room
        return room

    def find(self, code: str) -> Room:
        """The room of a code, as somebody typed it.

        Raises
        ------
        NoSuchRoom
        """
        self._forget()
        room = self._rooms.get(code.strip().upper())
        if room is None:
            raise NoSuchRoom
        return room

    def led_by(self, code: str, key: str) -> Room:
        """The room of a code, for whoever presents.

        Raises
        ------
        NoSuchRoom
            Also when the key is another's.
        """
        room = self.find(code)
        if not secrets.compare_digest(room.key.encode(), key.encode()):
            raise NoSuchRoom
        room.heard_at = self._clock()
        return room

    def close(self, room: Room) -> None:
        """Close a room: its answers are gone."""
        self._rooms.pop(room.code, None)

    def is_open(self, room: Room) -> bool:
        """Whether a room was not closed."""
        return self._rooms.get(room.code) is room

    def _free_code(self) -> str:
        while True:
            code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
            if code not in self._rooms:
                return code

    def _forget(self) -> None:
        latest = self._clock() - FORGOTTEN_AFTER
        self._rooms = {code: room for code, room in self._rooms.items() if room.heard_at >= latest}
