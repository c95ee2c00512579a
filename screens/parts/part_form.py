"""The form of one line of a list: made from the fields of the list, with what is wrong beside each field."""

from collections.abc import Mapping

import streamlit as st

from catalogue.messages import Problem
from catalogue.parts import NEEDED, Part, plain
from catalogue.vocabularies.places import of_list
from screens.parts import choosing, vocabulary
from screens.parts.part_words import CHOICES, EXAMPLES, FIELDS, LONG
from screens.words import _, as_typed, say


class PartForm:
    """The fields of one line on the page; what is typed lives in the session until `clear`.

    Parameters
    ----------
    name : str
        The list.
    owner : str
        Key of the record that holds it.
    """

    def __init__(self, name: str, owner: str) -> None:
        self._name = name
        self._owner = owner
        self._words = of_list(name)

    def show(self, problems: Mapping[str, Problem]) -> None:
        """Show the fields, two beside each other, the long ones below."""
        short = [field for field in FIELDS[self._name] if field not in LONG]
        left, right = st.columns(2, gap="large")
        for number, field in enumerate(short):
            with left if number < (len(short) + 1) // 2 else right:
                self._field(field, problems)
        for field in FIELDS[self._name]:
            if field in LONG:
                self._field(field, problems)

    def fill(self, part: Part) -> None:
        """Put a line into the fields."""
        for field, value in plain(part).items():
            text = "" if value is None else f"{value:g}" if isinstance(value, float) else value
            st.session_state[self.key(field)] = text

    def typed(self) -> dict[str, object]:
        """What is typed, by field."""
        return {field: str(st.session_state.get(self.key(field)) or "") for field in FIELDS[self._name]}

    def clear(self) -> None:
        """Empty the form."""
        for field in FIELDS[self._name]:
            for key in (self.key(field), f"{self.key(field)}_find"):
                st.session_state.pop(key, None)

    def key(self, field: str) -> str:
        """Under which name a field stands in the session."""
        return f"part_{self._name}_{field}"

    def _field(self, field: str, problems: Mapping[str, Problem]) -> None:
        label = _(FIELDS[self._name][field]) + (" *" if field in NEEDED[self._name] else "")
        example = _(EXAMPLES[field]) if field in EXAMPLES else ""
        key = self.key(field)
        if field == "related_occurrence_id":
            choosing.one(key, label, but=self._owner)
        elif field in self._words:
            vocabulary.choose(self._words[field], label, key)
        elif field in CHOICES:
            words = CHOICES[field]
            st.selectbox(
                label, list(words), format_func=lambda choice: _(words[choice]), key=key, persist_state="session"
            )
        elif field in LONG:
            st.text_area(label, key=key, placeholder=example, height=80, persist_state="session")
        else:
            st.text_input(label, key=key, placeholder=example, persist_state="session")
        if field in problems:
            st.error(as_typed(say(problems[field].message)))
