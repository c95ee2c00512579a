"""The error that the maps raise on purpose."""

from catalogue.messages import Message


class MapError(Exception):
    """Base of every error that the maps raise on purpose; `message` says it to a person."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message
