"""How the history is told: what an edit was, who made it, what a field is called, and a value as a text."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from catalogue import database, specimens
from catalogue.media import by_number
from catalogue.records import Edit
from screens.parts import collection_words, published_words, vocabulary, who
from screens.parts.choosing import label_of
from screens.parts.part_words import BOOKS, CHOICES, FIELDS, LISTS
from screens.parts.specimen_form import LABELS
from screens.words import _, as_typed, marked

_KINDS = {
    "add": marked("added"),
    "amend": marked("changed"),
    "bulk": marked("changed many"),
    "import": marked("imported"),
    "remove": marked("removed"),
    "restore": marked("brought back"),
    "undo": marked("undone"),
}
_OTHER_FIELDS = {
    **published_words.FIELDS,
    **collection_words.FIELDS,
    **{name: said.title for name, said in LISTS.items()},
    **BOOKS["loan"],
    **BOOKS["accession"],
    **vocabulary.FIELDS,
    "position": marked("Place in the list"),
    "retired_at": marked("Not offered since"),
    "occurrence_ids": marked("Specimens"),
    "occurrence_id": marked("Key of the record"),
    "media": marked("Photographs and scans"),
    "basis_of_record": marked("Kind of record"),
    "translations": marked("Texts in other languages"),
    "verbatim_age": marked("Age as the source says"),
    "georeference_protocol": marked("How it was located"),
    "dataset_name": marked("Collection"),
    "rights_holder": marked("Rights holder"),
    "license": marked("Licence"),
    "information_withheld": marked("Withheld"),
    "data_generalizations": marked("Made less exact"),
}
_OF_PHOTOGRAPHS = {
    "caption": marked("Caption"),
    "credit": marked("Credit"),
    "license": marked("Licence"),
    "format": marked("File format"),
}


def kind(edit: Edit) -> str:
    """What was done."""
    return _(_KINDS.get(edit.kind, edit.kind))


def maker(edit: Edit) -> str:
    """Who did it."""
    return who.called(edit.made_by)


def day(edit: Edit) -> str:
    """When it was done, to the minute, on the clock of the person's browser where that is known."""
    zone = st.context.timezone
    made = datetime.fromisoformat(edit.made_at).astimezone(ZoneInfo(zone or "UTC"))
    return f"{made:%Y-%m-%d %H:%M}" + ("" if zone else " UTC")


def reason(edit: Edit) -> str:
    """Why it was done, as the person wrote it; what Bonebed itself wrote there, in the person's language."""
    return _(_WRITTEN_BY_BONEBED[edit.why]) if edit.why in _WRITTEN_BY_BONEBED else edit.why


_WRITTEN_BY_BONEBED = {by_number.WHY: marked("photographs by catalogue number")}


def headline(edit: Edit) -> str:
    """What was done, by whom, when and why, in one line of Markdown."""
    why = f" · *{as_typed(reason(edit))}*" if edit.why else ""
    return f"**{kind(edit)}** · {as_typed(maker(edit))} · {day(edit)}{why}"


def field(name: str) -> str:
    """What a field or a list of a record is called."""
    return _(LABELS.get(name) or _OTHER_FIELDS.get(name) or name)


def field_of_list(listed: str, name: str) -> str:
    """What a field of an entry of a list is called."""
    known = _OF_PHOTOGRAPHS if listed == "media" else FIELDS.get(listed, {})
    return _(known[name]) if name in known else field(name)


def entry(listed: str, held: Mapping[str, object]) -> dict[str, str]:
    """An entry of a list as texts, by field; of a photograph only what people wrote about it, and which file it is."""
    if listed == "media":
        held = {name: held.get(name) for name in _OF_PHOTOGRAPHS} | {"sha256": str(held.get("sha256", ""))[:10]}
    if listed == "relations":
        held = _relation(held)
    return {name: text(value) for name, value in held.items() if text(value)}


def _relation(held: Mapping[str, object]) -> dict[str, object]:
    """A relation with its kind in words, and the other record's number and name in place of its key."""
    kind, other = str(held["relationship_of_resource"]), str(held.get("related_occurrence_id") or "")
    words = CHOICES["relationship_of_resource"]
    with database.reading() as connection:
        found = specimens.get_all(connection, [other], who=who.who()) if other else []
    return {
        **held,
        "relationship_of_resource": _(words[kind]) if kind in words else kind,
        "related_occurrence_id": label_of(found[0]) if found else other,
    }


def text(value: object) -> str:
    """A value of the history as a text; blank for nothing."""
    if isinstance(value, list):
        return "; ".join(text(one) for one in value)
    if isinstance(value, dict):
        if "relationship_of_resource" in value:
            return ", ".join(text(part) for part in _relation(value).values() if part)
        if "sha256" in value:  # a photograph or scan: what people wrote, and which file it is
            said: dict[str, object] = value
            value = {name: said[name] for name in ("caption", "format", "credit", "license")} | {
                "file": str(said["sha256"])[:10]
            }
        return ", ".join(text(part) for part in value.values() if part)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
