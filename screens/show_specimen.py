"""One specimen: what it is, when it lived, where it was found, and where its kind stands on the tree."""

from collections.abc import Iterator
from functools import partial
from html import escape

import streamlit as st

from catalogue import database, specimens
from catalogue.exchange.out.terms import LICENSES, license_address
from catalogue.facts import cite
from catalogue.facts import several as parted
from catalogue.generalising import in_its_own_words
from catalogue.media import keeping as media
from catalogue.parts import Parts
from catalogue.records import OWN, UNKNOWN, Specimen
from catalogue.specimens import NoSuchSpecimen
from screens import navigation
from screens.parts import (
    added,
    gallery,
    list_links,
    maps,
    my_note,
    place_then,
    published_panels,
    put_on_list,
    record_panels,
    second_look,
    trees,
    who,
    withheld,
)
from screens.parts.ages import age_words, chip, color_of, interval_words, period_words, time_bar
from screens.parts.cards import common_name, kind_words, name_html, place_words, silhouette
from screens.parts.picture import still
from screens.parts.star import star
from screens.parts.vocabulary import meant, word
from screens.parts.web_links import linked
from screens.words import _, as_typed, language, marked, say

Lines = list[tuple[str, str]]


def show() -> None:
    """The page; its link is ``/specimen?id=…``."""
    key = st.query_params.get("id", "")
    try:
        with database.reading() as connection:
            specimen = specimens.get(connection, key, who=who.who())
            parts = specimens.parts_of(connection, key, who=who.who())
            pictures = media.of_specimen(connection, key, who=who.who())
    except NoSuchSpecimen as error:
        _say_missing(key, as_typed(say(error.message)))
        return
    added.tell(specimen)
    _head(specimen)
    withheld.tell(specimen)
    second_look.of_record(specimen)
    _tools(specimen)
    my_note.show(specimen)
    gallery.show(pictures, specimen.verbatim_identification)
    left, right = st.columns([6, 5], gap="large")
    with left:
        still("".join(_labels(specimen, parts)), key="labels", language=language())
    with right:
        if specimen.has_place:
            maps.place(specimen)
            place_then.show(specimen)
        else:
            st.info(_("Its place is not known well enough to draw it on a map."))
        trees.around(specimen)


def _labels(specimen: Specimen, parts: Parts) -> Iterator[str]:
    """The labels from top to bottom; those with nothing to say are blank."""
    with database.reading() as connection:
        panels = partial(record_panels.panels, connection, specimen, parts)
        yield _label(_("The specimen"), _material(specimen))
        yield panels(("relations", "pieces", "statements", "identifications"))
        yield _label(_("When"), _time(specimen))
        yield panels(("absolute_ages",))
        yield published_panels.rock(connection, specimen)
        yield _label(_("Where"), _place(specimen))
        yield published_panels.site(connection, specimen)
        yield _label(_("Sources"), _sources(in_its_own_words(specimen)))
        yield panels(("citations", "other_numbers", "storage", "condition_reports"))
        yield record_panels.keeping(connection, specimen)


def _tools(specimen: Specimen) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if who.may("amend"):
            navigation.link("amend", _("Change this record"), id=specimen.occurrence_id)
            navigation.link("pictures", _("Photographs and scans"), id=specimen.occurrence_id)
        if who.may("see_history"):
            navigation.link("history", _("History"), id=specimen.occurrence_id)
        navigation.link("labels", _("Print labels"), id=specimen.occurrence_id)
        put_on_list.offer(lambda _connection, _me: [specimen.occurrence_id], one=specimen.occurrence_id)
        if who.may("amend"):
            with st.popover(_("Add")):
                list_links.show(specimen.occurrence_id)
        if who.may("manage_loans"):
            with st.popover(_("More")):
                navigation.link("loans", _("Lend it"), **{"with": specimen.occurrence_id})
                navigation.link("loans", _("Loans and accessions"))
        if not who.may("remove"):
            return
        with st.popover(_("Remove")):
            st.markdown(
                _(
                    "The record leaves the lists, the map and the tree. Its history stays, and from there it can be brought back."
                )
            )
            why = st.text_input(_("Why (for the history)"), key="remove_why")
            if st.button(_("Remove this record"), type="primary", key="remove"):
                before = trees.dated_now()
                with database.writing() as connection:
                    specimens.remove(connection, who.who(), specimen.occurrence_id, version=specimen.version, why=why)
                added.note(before)
                navigation.go("history", id=specimen.occurrence_id)


def _say_missing(key: str, sentence: str) -> None:
    st.title(_("Specimen"))
    if key:
        st.warning(sentence)
    else:
        st.info(_("Choose a specimen from the list, and it opens here."))
    navigation.link("specimens", _("To all specimens"))


def _head(specimen: Specimen) -> None:
    common = common_name(specimen.scientific_name)
    color = color_of(specimen.span)
    period = period_words(specimen)
    chips = chip(interval_words(specimen), color) + (f" {chip(period, color)}" if period else "")
    mark = "own" if specimen.is_own else "published"
    remarks = specimen.text("occurrence_remarks", language())
    told = f'<p class="lede">{escape(remarks)}</p>' if remarks else ""
    markup = (
        f'<div class="specimen-head">{silhouette(specimen)}<div>'
        f'<h1 class="specimen-name">{name_html(specimen)} {star(specimen)}</h1>'
        f"<div>{escape(common)}</div>"
        f'<div><span class="mark-{mark}"></span>{escape(kind_words(specimen))} {chips}</div></div></div>'
        f"{told}{time_bar(specimen.span, tall=True)}<p>{escape(age_words(specimen.span))}</p>"
    )
    still(markup, key="head", language=language())


def _label(title: str, lines: Lines) -> str:
    filled = [(name, text) for name, text in lines if text]
    if not filled:
        return ""
    terms = "".join(f"<dt>{escape(name)}</dt><dd>{linked(text)}</dd>" for name, text in filled)
    return f'<section class="label"><h3>{escape(title)}</h3><dl>{terms}</dl></section>'


def _material(specimen: Specimen) -> Lines:
    kind = (
        _("Specimen in a museum") if specimen.basis_of_record == OWN else _("Find known from a publication or report")
    )
    return [
        (_("Kind of record"), kind),
        (_("Museum"), specimen.institution_code),
        (_("Catalogue number"), specimen.catalog_number),
        (_("Named by"), specimen.scientific_name_authorship),
        (_("Doubt about the name"), specimen.identification_qualifier),
        (_("Identified by"), _list_of(specimen.identified_by, specimen.date_identified)),
        (_("On what grounds"), specimen.identification_remarks),
        (_("Identified in"), cite(specimen.identification_references) if specimen.identification_references else ""),
        (_("Type"), meant("type_status", specimen.type_status)),
        (_("What is kept"), specimen.text("preparations", language())),
        (_("How it is preserved"), meant("preservation", specimen.preservation)),
        (_("How many animals"), "" if specimen.individual_count is None else str(specimen.individual_count)),
        (_("Life stage"), word("life_stage", specimen.life_stage)),
        (_("Sex"), word("sex", specimen.sex)),
        (_("Whereabouts"), word("disposition", specimen.disposition)),
        (_("Found by"), ", ".join(parted(specimen.recorded_by))),
        (_("Collected"), specimen.event_date),
        (_("Number given by the collector"), specimen.record_number),
        (_("Field number"), specimen.field_number),
        (_("The label, word for word"), specimen.verbatim_label),
    ]


def _list_of(*texts: str) -> str:
    return ("，" if language() == "zh" else ", ").join(text for text in texts if text)


def _time(specimen: Specimen) -> Lines:
    zones = (specimen.lowest_biostratigraphic_zone, specimen.highest_biostratigraphic_zone)
    return [
        (_("Age"), interval_words(specimen)),
        (_("Million years"), f"{specimen.max_ma:g}–{specimen.min_ma:g} Ma ({specimen.timescale})"),
        (_("As the source says"), specimen.verbatim_age),
        (_("Rock group"), specimen.lithostratigraphic_group),
        (_("Rock formation"), specimen.formation),
        (_("Member"), specimen.member),
        (_("Bed"), specimen.bed),
        (_("Other rock units"), specimen.lithostratigraphic_terms),
        (_("Biozone"), " – ".join(filter(None, dict.fromkeys(zones)))),
    ]


def _place(specimen: Specimen) -> Lines:
    known = specimen.locality != UNKNOWN or specimen.country_code
    return [
        (_("Place"), place_words(specimen) if known else _("unknown")),
        (
            _("Latitude, longitude"),
            f"{specimen.decimal_latitude:g}, {specimen.decimal_longitude:g}" if specimen.has_place else "",
        ),
        (_("Uncertain by"), _distance(specimen.coordinate_uncertainty_in_meters)),
        (_("Height above the sea"), _heights(specimen)),
        (_("Geodetic datum"), specimen.geodetic_datum),
        (_("As it was written"), _list_of(specimen.verbatim_locality, specimen.verbatim_coordinates)),
        (_("Located by"), _list_of(specimen.georeferenced_by, specimen.georeferenced_date)),
        (_("How it was located"), _(_PROTOCOLS.get(specimen.georeference_protocol, specimen.georeference_protocol))),
        (_("Located after"), cite(specimen.georeference_sources) if specimen.georeference_sources else ""),
    ]


_PROTOCOLS = {
    "centre of the named place": marked("centre of the named place"),
    "published coordinates": marked("published coordinates"),
}


def _distance(meters: float | None) -> str:
    if meters is None:
        return ""
    return (
        _("{distance} km").format(distance=f"{meters / 1000:g}")
        if meters >= 1000
        else _("{distance} m").format(distance=f"{meters:g}")
    )


def _heights(specimen: Specimen) -> str:
    heights = (specimen.minimum_elevation_in_meters, specimen.maximum_elevation_in_meters)
    known = [f"{height:g}" for height in dict.fromkeys(heights) if height is not None]
    return _("{distance} m").format(distance="–".join(known)) if known else ""


def _license(written: str) -> str:
    """A licence by its short name with its address below it, however it is written; one that is not known as it stands."""
    address = license_address(written)
    name = next((name for name, known in LICENSES.items() if address == known[0]), "")
    return f"{name}\n{address}" if name else written


def _sources(specimen: Specimen) -> Lines:
    keys = parted(specimen.associated_references)
    lines = [(_("Published in") if number == 0 else "", cite(key)) for number, key in enumerate(keys)]
    return [
        *lines,
        (_("Collection"), specimen.dataset_name),
        (_("Holder of the rights"), specimen.rights_holder),
        (_("Licence"), _license(specimen.license)),
        (_("What is withheld"), specimen.information_withheld),
        (_("What was made coarser"), specimen.data_generalizations),
    ]
