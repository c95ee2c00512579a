"""Specimens as labels in a drawer: card, name, and the lines that belong to them. All text is escaped here."""

from collections.abc import Iterable
from functools import cache
from html import escape

from catalogue import database
from catalogue.countries import country_name
from catalogue.facts import outline_svg
from catalogue.media import keeping as media
from catalogue.media.kinds import Medium
from catalogue.records import UNKNOWN, Specimen
from catalogue.taxonomy import taxonomy
from screens import navigation
from screens.parts import who
from screens.parts.ages import age_words, chip, color_of, interval_words, time_bar
from screens.parts.gallery import picture_html
from screens.parts.star import star
from screens.words import _, language


def name_html(specimen: Specimen) -> str:
    """The identification as written: Latin words in italics, "cf.", "sp." and "indet." upright."""
    upright = {"cf.", "aff.", "sp.", "spp.", "indet.", "?", "n.", "gen.", "ex", "gr.", "or", "或"}
    italic = specimen.genus != specimen.scientific_name or _is_genus(specimen.genus)
    words = [
        escape(word) if word in upright or not italic else f"<i>{escape(word)}</i>"
        for word in specimen.verbatim_identification.split()
    ]
    return " ".join(words)


def _is_genus(taxon: str) -> bool:
    return taxon not in taxonomy() or taxonomy().rank(taxon) == "genus"


def is_latin(taxon: str) -> bool:
    """Whether a name is set in italics: that of a genus or a species."""
    return " " in taxon or (taxon in taxonomy() and taxonomy().rank(taxon) == "genus")


def common_name(name: str) -> str:
    """What people call the taxon in the reader's language; blank when not known."""
    return taxonomy().common_name(name, language())


def place_words(specimen: Specimen) -> str:
    """Where it was found, from the narrow to the wide, in the reader's language."""
    locality = specimen.text("locality", language())
    wider = [
        specimen.text("county", language()),
        specimen.text("state_province", language()),
        country_name(specimen.country_code, language()) if specimen.country_code else "",
    ]
    narrow = locality if locality != UNKNOWN else "" if any(wider) else _("place unknown")
    known = list(dict.fromkeys(part for part in (narrow, *wider) if part))
    return "，".join(known) if language() == "zh" else ", ".join(known)


def kind_words(specimen: Specimen) -> str:
    """Whether it is a museum's specimen or a published find, and its number or source."""
    if specimen.is_own:
        number = specimen.catalog_number
        held = number if number.startswith(specimen.institution_code) else f"{specimen.institution_code} {number}"
        return held.strip()
    return _("Published find")


def lede(specimen: Specimen) -> str:
    """Which record a page is about, in one line: its name and its number, for a museum has many of one name."""
    return f"<p class='lede'>{name_html(specimen)} <span class='quiet'>· {escape(kind_words(specimen))}</span></p>"


def card(specimen: Specimen, photograph: Medium | None = None) -> str:
    """A card that opens the record, with its photograph or else the outline of an animal of its group."""
    common = common_name(specimen.scientific_name)
    kind = "own" if specimen.is_own else "published"
    color = color_of(specimen.span)
    shown = silhouette(specimen)
    if photograph is not None:
        shown = picture_html(photograph, photograph.text("caption", language()) or _("Photograph"))
    return f"""
<div class="card-frame"><a class="card {kind}" href="{escape(navigation.href("specimen", id=specimen.occurrence_id))}" target="_self" data-name="{escape(specimen.occurrence_id)}" style="--age:{color}">
  <span class="card-picture{" card-photograph" if photograph else ""}">{shown}</span>
  <span class="card-name">{name_html(specimen)}</span>
  <span class="card-common">{escape(common) or "&nbsp;"}</span>
  <span class="card-line">{chip(interval_words(specimen), color)}</span>
  <span class="card-line card-place">{escape(place_words(specimen))}</span>
  {time_bar(specimen.span)}
  <span class="card-line card-kind"><span class="mark-{kind}"></span>{escape(kind_words(specimen))}</span>
</a>{star(specimen)}</div>"""


def cards(found: Iterable[Specimen]) -> str:
    """Cards side by side."""
    found = list(found)
    with database.reading() as connection:
        photographs = media.first_photographs(connection, [specimen.occurrence_id for specimen in found], who=who.who())
    side_by_side = "".join(card(specimen, photographs.get(specimen.occurrence_id)) for specimen in found)
    return f'<div class="cards">{side_by_side}</div>'


def rows(found: Iterable[Specimen]) -> str:
    """The same as lines of a table, for people who look through many."""
    head = (_("Name"), _("Number or source"), _("Age"), _("Place"), _("Rock formation"))
    heading = "".join(f"<th scope='col'>{escape(title)}</th>" for title in head)
    body = "".join(_row(specimen) for specimen in found)
    return f'<div class="table-frame"><table class="specimens"><thead><tr>{heading}</tr></thead><tbody>{body}</tbody></table></div>'


def _row(specimen: Specimen) -> str:
    key = escape(specimen.occurrence_id)
    kind = "own" if specimen.is_own else "published"
    common = escape(common_name(specimen.scientific_name)) if language() == "zh" else ""
    address = escape(navigation.href("specimen", id=specimen.occurrence_id))
    age = f"{chip(interval_words(specimen), color_of(specimen.span))}<br><small>{escape(age_words(specimen.span))}</small>"
    return (
        f'<tr data-href="{address}"><td><a href="{address}" target="_self" data-name="{key}">{name_html(specimen)}</a> {common} {star(specimen)}</td>'
        f'<td><span class="mark-{kind}"></span>{escape(kind_words(specimen))}</td><td>{age}</td>'
        f"<td>{escape(place_words(specimen))}</td><td>{escape(specimen.formation)}</td></tr>"
    )


def silhouette(specimen: Specimen) -> str:
    """The outline of an animal of its group, as a small picture; a fossil where no group fits."""
    return silhouette_of(specimen.groups)


@cache
def silhouette_of(lineage: tuple[str, ...]) -> str:
    """The outline drawn for the narrowest group of a lineage (widest first) that has one."""
    return outline_svg(lineage).replace("<svg ", '<svg class="silhouette" aria-hidden="true" ', 1)
