"""What labels say about a record, in English, Chinese or both."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, get_args
from urllib.parse import quote

from catalogue.countries import country_name
from catalogue.facts import outline_svg
from catalogue.facts import several as parted
from catalogue.geological_time import AgeRange, chinese_years, timescale
from catalogue.labels.lettering import Piece
from catalogue.labels.marks import path_steps
from catalogue.labels.typefaces import Style
from catalogue.messages import Message, message
from catalogue.records import UNKNOWN, Specimen
from catalogue.taxonomy import taxonomy
from catalogue.vocabularies.built_in import label

Words = Literal["en", "zh", "both"]
WORDS: tuple[Words, ...] = get_args(Words)

Translate = Callable[[str, str], str]
"""Puts an English template into a language (``en`` or ``zh``)."""

_FORMATION = message("{name} Formation")
_SPAN = message("{earliest} to {latest}")
_FOUND_BY = message("Found by {people}")
_FOUND_BY_IN = message("Found by {people}, {date}")
_FOUND_IN = message("Found {date}")
_YEARS_AGO = message("{oldest} to {youngest} million years ago")
_A_YEAR_AGO = message("{age} million years ago")
_NAMED_AS_ROCK = ("Formation", "Fm", "Fm.", "Group", "Member", "beds", "组", "群")
_UPRIGHT = {"cf.", "aff.", "sp.", "spp.", "indet.", "?", "n.", "gen.", "ex", "gr."}


def untranslated(template: str, language: str) -> str:
    """English for every language; stands in where no translation is at hand."""
    del language
    return template


@dataclass(frozen=True)
class Content:
    """One record as a layout sees it.

    Parameters
    ----------
    specimen : Specimen
        As the person who prints may see it.
    words : str
        ``en``, ``zh`` or ``both``.
    link : str
        Where the QR code leads; blank for none.
    translate : callable
    """

    specimen: Specimen
    words: Words = "en"
    link: str = ""
    translate: Translate = field(default=untranslated, compare=False)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages to write in, the first one first."""
        return ("en", "zh") if self.words == "both" else (self.words,)

    def say(self, words: Message, language: str) -> str:
        """A message in a language."""
        return words.render(lambda template: self.translate(template, language))

    def each(self, of: Callable[["Content", str], str]) -> list[str]:
        """What `of` gives in each language; the same text only once."""
        return [text for text in dict.fromkeys(of(self, language) for language in self.languages) if text]

    def joined(self, of: Callable[["Content", str], str]) -> str:
        """The same in one line."""
        return "  ".join(self.each(of))

    def named(self, words: Message | str) -> str:
        """A term in each language, side by side; a text as it is."""
        return words if isinstance(words, str) else " ".join(self.each(lambda one, language: one.say(words, language)))

    @property
    def span(self) -> AgeRange:
        """The age in Ma."""
        return self.specimen.span


def record_link(public_url: str, occurrence_id: str) -> str:
    """The web address of a record, for its QR code.

    >>> record_link("https://museum.example/", "bonebed:ivpp-v15")
    'https://museum.example/specimen?id=bonebed:ivpp-v15'
    """
    return f"{public_url.rstrip('/')}/specimen?id={quote(occurrence_id, safe=':')}"


def number(content: Content) -> str:
    """Museum and catalogue number."""
    specimen = content.specimen
    written = specimen.catalog_number
    held = written if written.startswith(specimen.institution_code) else f"{specimen.institution_code} {written}"
    return held.strip()


def name(content: Content, *, bold: bool = True) -> tuple[Piece, ...]:
    """The identification as written: Latin names of genera and species in italics, the doubt about them upright."""
    specimen = content.specimen
    upright: Style = "bold" if bold else "regular"
    slanted: Style = "bold italic" if bold else "italic"
    italic = specimen.genus != specimen.scientific_name or _may_be_genus(specimen.genus)
    pieces = []
    for word in specimen.verbatim_identification.split():
        pieces.append(Piece(f"{word} ", upright if word in _UPRIGHT or not italic else slanted))
    return tuple(pieces)


def _may_be_genus(taxon: str) -> bool:
    return taxon not in taxonomy() or taxonomy().rank(taxon) == "genus"


def common_name(content: Content, language: str) -> str:
    """What people call it; in English only where it differs from the Latin name."""
    said = taxonomy().common_name(content.specimen.scientific_name, language)
    return "" if said == content.specimen.scientific_name else said


def intervals(content: Content, language: str) -> str:
    """The geological age by name: "Hettangian to Sinemurian"."""
    chart = timescale()
    known = (content.specimen.earliest_interval, content.specimen.latest_interval or content.specimen.earliest_interval)
    names = [chart[unit].label(language) if unit in chart.intervals else unit for unit in known]
    if names[0] == names[1]:
        return names[0]
    return content.say(message(_SPAN.template, earliest=names[0], latest=names[1]), language)


def ages(content: Content) -> str:
    """The age in Ma, older first: "201.4–184.2 Ma"."""
    span = content.span
    both = dict.fromkeys((_figure(span.max_ma), _figure(span.min_ma)))
    return f"{'–'.join(both)} Ma"


def years_ago(content: Content, language: str) -> str:
    """The age as people say it: "201.4 to 184.2 million years ago", 2.014亿至1.842亿年前."""
    span = content.span
    if language == "zh":
        old, young = chinese_years(span.max_ma), chinese_years(span.min_ma)
        return f"{old}年前" if old == young else f"{old}至{young}年前"
    old, young = _figure(span.max_ma), _figure(span.min_ma)
    if old == young:
        return content.say(message(_A_YEAR_AGO.template, age=old), language)
    return content.say(message(_YEARS_AGO.template, oldest=old, youngest=young), language)


def _figure(age: float) -> str:
    return f"{age:.4g}" if age >= 10 else f"{age:.3g}"


def rocks(content: Content, language: str) -> str:
    """Formation and, in brackets, the member."""
    if len(content.languages) > 1 and not content.specimen.translations.get(language, {}).get("formation"):
        language = "en"  # a name that has no Chinese is written once
    formation = content.specimen.text("formation", language)
    if formation and not formation.endswith(_NAMED_AS_ROCK):
        formation = content.say(message(_FORMATION.template, name=formation), language)
    member = content.specimen.text("member", language)
    return f"{formation} ({member})" if formation and member else formation or member


def place(content: Content, language: str) -> str:
    """Where it was found, from the narrow to the wide."""
    specimen = content.specimen
    if len(content.languages) > 1 and not _has_place_in(specimen, language):
        language = content.languages[0]  # a place that is known in one language is written once
    locality = specimen.text("locality", language)
    parts = [
        "" if locality == UNKNOWN else locality,
        specimen.text("county", language),
        specimen.text("state_province", language),
        country_name(specimen.country_code, language) if specimen.country_code else "",
    ]
    return ("，" if language == "zh" else ", ").join(dict.fromkeys(part for part in parts if part))


def _has_place_in(specimen: Specimen, language: str) -> bool:
    told = specimen.translations.get(language, {})
    return bool(specimen.country_code) or any(told.get(name) for name in ("locality", "county", "state_province"))


def type_status(content: Content, language: str) -> str:
    """Holotype and so on; another text as it was entered."""
    return label("type_status", content.specimen.type_status, language)


def material(content: Content, language: str) -> str:
    """What is kept of the animal."""
    return content.specimen.text("preparations", language)


def finders(content: Content, language: str) -> str:
    """Who found it and when."""
    people, date = ", ".join(parted(content.specimen.recorded_by)), content.specimen.event_date
    if people and date:
        return content.say(message(_FOUND_BY_IN.template, people=people, date=date), language)
    if people:
        return content.say(message(_FOUND_BY.template, people=people), language)
    return content.say(message(_FOUND_IN.template, date=date), language) if date else ""


def remarks(content: Content, language: str) -> str:
    """What is told about it, in that language alone: no English text on a Chinese panel where a Chinese one is missing."""
    told = content.specimen.translations.get(language, {}).get("occurrence_remarks", "")
    return (
        told
        if language != "en" and len(content.languages) > 1
        else content.specimen.text("occurrence_remarks", language)
    )


def color(content: Content) -> str:
    """The official colour of the smallest interval that holds its age; grey where none does."""
    unit = timescale().narrowest(content.span)
    return unit.color if unit else "#9a9a9a"


Steps = tuple[tuple[str, tuple[float, ...]], ...]


def silhouette(content: Content) -> Steps:
    """The outline of an animal of its group, in a field of 200 by 110."""
    return outline(content.specimen.groups)


@cache
def outline(groups: tuple[str, ...]) -> Steps:
    """The outline drawn for the narrowest of some groups (widest first) that has one, in a field of 200 by 110."""
    svg = outline_svg(groups)
    return path_steps(svg.partition(' d="')[2].partition('"')[0]) if svg else ()
