"""Second processes that surely do a part of the work, however small it is."""

from typing import Any, ClassVar

from catalogue.second_process import SecondProcess


class AwaitedProcess(SecondProcess[Any, Any]):
    """One that is waited for, so that it does its part of a small work too."""

    started: ClassVar[list["AwaitedProcess"]] = []
    """All that were."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.answered = 0
        self._note_start(self._incoming.get())
        self.started.append(self)

    @property
    def has_ended(self) -> bool:
        """Whether nothing is left of it."""
        return self._process.poll() is not None

    def answer(self) -> Any:
        """Counts those that came from there."""
        made = super().answer()
        self.answered += not self._is_gone
        return made


class KilledProcess(AwaitedProcess):
    """One that is killed when its first answer is wanted."""

    def answer(self) -> Any:
        """Never comes from there."""
        self._process.kill()
        self._process.wait()
        while not self._is_gone and self._incoming.get():
            pass  # what it had said before
        self._incoming.put(b"")
        return super().answer()
