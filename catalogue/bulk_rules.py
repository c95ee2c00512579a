"""What can be done to one field of many records: the fields, the rules, and which rule fits which field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from catalogue.messages import CatalogueError, message
from catalogue.vocabularies.places import OF_RECORDS

Operation = Literal["set", "clear", "replace", "append"]
_TEXT: tuple[Operation, ...] = ("set", "replace", "clear")
_LIST: tuple[Operation, ...] = ("set", "append", "replace", "clear")
FIELDS: Mapping[str, tuple[Operation, ...]] = {
    "formation": _TEXT,
    "member": _TEXT,
    "bed": _TEXT,
    "lithostratigraphic_group": _TEXT,
    "earliest_interval": ("set",),
    "latest_interval": ("set", "clear"),
    "country_code": ("set", "clear"),
    "state_province": _TEXT,
    "county": _TEXT,
    "locality": _TEXT,
    "institution_code": _TEXT,
    "recorded_by": _LIST,
    "event_date": _TEXT,
    "preparations": _LIST,
    **dict.fromkeys(OF_RECORDS, ("set", "clear")),
    "georeference_sources": _TEXT,
    "associated_references": _LIST,
    "occurrence_remarks": _LIST,
    "dataset_name": _TEXT,
}
"""The fields that many records may share, and what can be done to each."""

_BETWEEN: Mapping[str, str] = {"preparations": ", ", "occurrence_remarks": " "}
"""What stands between the old text and an appended one; lists of people and sources are parted by a bar."""
_BAR = " | "


class InvalidRule(CatalogueError):
    """What was asked for cannot be done to that field."""


@dataclass(frozen=True)
class Rule:
    """What to do to a field of each record.

    Parameters
    ----------
    operation : str
        ``set``, ``clear``, ``replace`` (each place where `wanted` stands, capitals as typed) or ``append``.
    value : str
        The new text; for ``replace`` a blank takes the wanted text out.
    wanted : str
        The text to be replaced.
    """

    operation: Operation
    value: str = ""
    wanted: str = ""

    def applied(self, name: str, text: str) -> str:
        """What the rule makes of a text."""
        if self.operation == "replace":
            return text.replace(self.wanted, self.value)
        if self.operation == "append":
            return f"{text}{_BETWEEN.get(name, _BAR)}{self.value.strip()}" if text else self.value.strip()
        return self.value.strip() if self.operation == "set" else ""


def refuse_misfit(name: str, rule: Rule) -> None:
    """Raise `InvalidRule` when a rule does not fit a field, or lacks its text."""
    if rule.operation not in FIELDS.get(name, ()):
        raise InvalidRule(message("This cannot be done to the field {field} of many records at once.", field=name))
    if rule.operation == "replace" and not rule.wanted:
        raise InvalidRule(message("Write the text that is to be replaced."))
    if rule.operation in {"set", "append"} and not rule.value.strip():
        raise InvalidRule(message("Write the new text. To empty the field, choose to clear it."))
