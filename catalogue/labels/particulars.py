"""Everything that is known about a record, as terms and values in sections; for the report.

Fields that this module does not know by name, because they are newer than it, come under their Darwin Core term, so that
nothing is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from catalogue.facts import cite
from catalogue.facts import several as parted
from catalogue.labels import contents
from catalogue.labels.company import company
from catalogue.labels.contents import Content
from catalogue.labels.terms import LISTS, NOT_PRINTED, OTHER, SECTIONS, STATEMENTS, term
from catalogue.media.kinds import LICENSES
from catalogue.messages import Message, message
from catalogue.parts import MEDIA, NEEDED, RELATED, Parts
from catalogue.records import Measurement, Specimen
from catalogue.relations import Panel
from catalogue.vocabularies.built_in import label
from catalogue.vocabularies.places import KINDS

_WITH_ANOTHER = {
    "genus",
    "latest_interval",
    "min_ma",
    "decimal_longitude",
    "country_code",
    "state_province",
    "county",
    "translations",
}
"""Fields that are printed in one line with another."""

_KINDS = {
    "FossilSpecimen": message("Specimen in a museum"),
    "MaterialCitation": message("Find known from a publication or report"),
}
_CITATIONS = frozenset({"reference", "identification_references", "bibliographic_citation"})
_WORDS = {place.field: name for name, kind in KINDS.items() for place in kind.places}
"""Fields of records and lists that hold words of a vocabulary, and of which one."""
_ACCURACY = message("accuracy: {text}")
_METHOD = message("method: {text}")
_SOURCE = message("source: {text}")


@dataclass(frozen=True)
class Section:
    """A heading and its lines, each a term and what is known; texts in the reader's language already."""

    title: str
    lines: Sequence[tuple[str, str]]


def sections(content: Content, parts: Parts | None = None, panel: Panel | None = None) -> list[Section]:
    """Everything known about a record, in sections; blanks are left out, and what the record is itself comes last.

    Parameters
    ----------
    content : Content
    parts : mapping
        The lists of the record that may be shown, by the names of `catalogue.parts.PARTS`.
    panel : Panel
        What belongs with it, seen from both ends; without it only what the record itself says is shown.
    """
    *known, of_record = [_section(content, title, terms) for title, terms in SECTIONS]
    lists = dict(parts or {})
    statements = [_statement(content, one) for one in lists.pop("statements", [])]
    known.insert(1, Section(content.named(STATEMENTS), statements))
    if panel is not None:
        lists.pop(RELATED, None)
        known.append(Section(content.named(LISTS[RELATED]), company(content, panel)))
    for name, listed in lists.items():
        title = content.named(LISTS[name]) if name in LISTS else name
        known.append(Section(title, [_part(content, name, part) for part in listed]))
    newer = Section(content.named(OTHER), list(_newer(content.specimen)))
    return [section for section in (*known, newer, of_record) if section.lines]


def _section(content: Content, title: Message, terms: Mapping[str, Message]) -> Section:
    lines = [(content.named(words), _value(content, name)) for name, words in terms.items()]
    return Section(content.named(title), [(words, text) for words, text in lines if text])


def _newer(specimen: Specimen) -> Iterator[tuple[str, str]]:
    """Fields that no section names, under their Darwin Core term."""
    named = {name for _, terms in SECTIONS for name in terms} | _WITH_ANOTHER
    for field in fields(specimen):
        value = getattr(specimen, field.name)
        if field.name not in named and not _is_blank(value):
            yield str(term(field.name)), str(value)


def _is_blank(value: object) -> bool:
    return value is None or value in ("", {}, [])


def _part(content: Content, name: str, part: object) -> tuple[str, str]:
    """One item of a list: what it is mainly, and the rest of it line by line."""
    first = main_field(name)
    held = {field.name: getattr(part, field.name) for field in fields(part)}  # type: ignore[arg-type]
    given = {key: value for key, value in held.items() if key not in NOT_PRINTED and not _is_blank(value)}
    translated = held.get("translations", {})
    lines = [
        f"{content.named(term(key))}: {_shown(content, key, value)}" for key, value in given.items() if key != first
    ]
    if isinstance(translated, Mapping):
        lines += [str(text) for one in content.languages for text in translated.get(one, {}).values()]
    return _shown(content, first, given.get(first, "")), "\n".join(lines) or "–"


def main_field(name: str) -> str:
    """The field of a list by which its items are called."""
    return "kind" if name == MEDIA else NEEDED[name][0]


def _shown(content: Content, key: str, value: object) -> str:
    written = str(value)
    if key == "license" and written in LICENSES:
        return content.named(LICENSES[written])
    if key in _WORDS:
        return content.joined(lambda _, language: label(_WORDS[key], written, language))
    return cite(written) if key in _CITATIONS else written


def _value(content: Content, name: str) -> str:
    specimen = content.specimen
    match name:
        case "basis_of_record":
            kind = _KINDS.get(specimen.basis_of_record)
            return content.named(kind) if kind else specimen.basis_of_record
        case _ if name in _WORDS:
            return _shown(content, name, getattr(specimen, name))
        case "higher_classification":
            return " › ".join(specimen.groups)
        case "recorded_by":
            return ", ".join(parted(specimen.recorded_by))
        case "earliest_interval":
            return content.joined(contents.intervals)
        case "max_ma":
            return contents.ages(content)
        case "locality":
            return "\n".join(content.each(contents.place))
        case "decimal_latitude":
            return (
                f"{specimen.decimal_latitude:g}, {specimen.decimal_longitude:g} (WGS84)" if specimen.has_place else ""
            )
        case "coordinate_uncertainty_in_meters":
            return (
                ""
                if specimen.coordinate_uncertainty_in_meters is None
                else f"{specimen.coordinate_uncertainty_in_meters:,.0f} m"
            )
        case "associated_references" | "georeference_sources" | "identification_references":
            return "\n".join(cite(key) for key in parted(getattr(specimen, name)))
        case "georeference_protocol":
            return content.joined(lambda one, language: one.translate(specimen.georeference_protocol, language))
        case "import_id":
            return "" if specimen.import_id is None else str(specimen.import_id)
        case "created" | "modified":
            return str(getattr(specimen, name))[:19].replace("T", " ") + " UTC" if getattr(specimen, name) else ""
        case _:
            return "\n".join(content.each(lambda one, language: one.specimen.text(name, language)))


def _statement(content: Content, statement: Measurement) -> tuple[str, str]:
    """A statement with its doubt, its method and its source."""

    def text(name: str, joint: str = "\n") -> str:
        return joint.join(dict.fromkeys(filter(None, (statement.text(name, one) for one in content.languages))))

    said = " ".join(filter(None, (text("measurement_value", " / "), text("measurement_unit", " / "))))
    source = cite(statement.reference) if statement.reference else ""
    marked = [
        content.say(replace(words, values={"text": given}), content.languages[0])
        for words, given in (
            (_ACCURACY, statement.measurement_accuracy),
            (_METHOD, statement.measurement_method),
            (_SOURCE, source),
        )
        if given
    ]
    return text("measurement_type", " "), "\n".join(filter(None, [said, text("measurement_remarks"), *marked]))
