"""Sentences for people, kept apart from the language in which they are read.

A `Message` holds an English template and the values that fill it. Printed, it reads in English; the screens translate
the template through gettext first. Templates are collected for translation wherever `message("…")` is written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """An English template and the values that fill its braces.

    Parameters
    ----------
    template : str
        A sentence with named fields, such as ``"'{value}' is not a number."``.
    values : mapping of str to object
        What fills the fields. A value may itself be a `Message`.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.render(lambda template: template)

    def render(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language into which `translate` puts its template."""
        values = {
            name: value.render(translate) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return translate(self.template).format(**values)


def message(template: str, /, **values: object) -> Message:
    """Make a `Message`; the name under which templates are collected for translation."""
    return Message(template, values)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field of a record, or with the record as a whole when `field` is blank."""

    field: str
    message: Message

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else str(self.message)


class CatalogueError(Exception):
    """Base of every error that the catalogue raises on purpose; `message` says it to a person."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message
