"""The one exception of this package; what it says can be translated."""

from catalogue.messages import Message


class TreeError(Exception):
    """A tree, a range or a request about them that cannot be used; `message` says why to a person."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message
