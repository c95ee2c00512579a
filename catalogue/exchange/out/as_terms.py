"""One record as a mapping of Darwin Core terms to values, lists included: what JSON and linked data are made of.

Numbers stay numbers, and what is blank is left out. Besides the terms of a table of records there are ``earliestInterval`` and
``latestInterval``, the names of the chart as they were entered, for Darwin Core parts them by rank.
"""

from collections.abc import Mapping
from dataclasses import fields

from catalogue.exchange.out.cells import groups
from catalogue.exchange.out.terms import AGES, OURS, address, genus_of, ranked, term
from catalogue.parts import Parts
from catalogue.records import Specimen

_LEFT_OUT = frozenset({"import_id"})
TERM_OF: Mapping[str, str] = {field.name: term(field.name) for field in fields(Specimen) if field.name not in _LEFT_OUT}
"""The terms of the fields that go out."""
_ONLY_OURS = OURS | {"earliestInterval", "latestInterval", "preservation", "siteWithheld"}

TERMS: Mapping[str, str] = {
    name: "" if name in _ONLY_OURS else address(name) for name in dict.fromkeys((*TERM_OF.values(), *AGES))
}
"""Every term of `as_darwin_core`, with the address of its definition; blank where the name is ours."""


def as_darwin_core(specimen: Specimen) -> dict[str, object]:
    """A record as terms and values.

    Parameters
    ----------
    specimen : Specimen
        As the reader may see it.

    Returns
    -------
    dict
        ``translations`` by language and then by term; ``higherClassification`` parted by `` | ``, as Darwin Core recommends.
    """
    held = vars(specimen)
    values: dict[str, object] = {name: held[field] for field, name in TERM_OF.items()}
    values["higherClassification"] = groups(specimen.higher_classification)
    values["genus"] = genus_of(specimen.genus, specimen.scientific_name, specimen.taxon_rank)
    values["translations"] = translated(specimen.translations)
    values |= zip(AGES, ranked(specimen.earliest_interval, specimen.latest_interval), strict=True)
    return _said(values)


def lists_as_darwin_core(parts: Parts) -> dict[str, list[dict[str, object]]]:
    """The lists of a record by their names, each part as terms and values; empty lists are left out."""
    return {term(name): [_part(vars(part)) for part in listed] for name, listed in parts.items() if listed}


def _part(held: Mapping[str, object]) -> dict[str, object]:
    values = {term(name): value for name, value in held.items() if name != "occurrence_id"}
    translations = held.get("translations")
    if isinstance(translations, Mapping):
        values["translations"] = translated(translations)
    return _said(values)


def translated(translations: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Texts in other languages, by language and then by term."""
    return {
        language: {term(name): text for name, text in texts.items()}
        for language, texts in translations.items()
        if texts
    }


def _said(values: Mapping[str, object]) -> dict[str, object]:
    """Without what is blank; 0 says something."""
    return {name: value for name, value in values.items() if value is not None and value != "" and value != {}}
