"""The fields of a specimen that many records leave blank: folded away in the form, by what they are about."""

from collections.abc import Callable, Mapping

import streamlit as st

from screens.words import _, marked

LABELS: Mapping[str, str] = {
    "record_number": marked("Number given by the collector"),
    "individual_count": marked("How many animals"),
    "life_stage": marked("Life stage"),
    "sex": marked("Sex"),
    "disposition": marked("Whereabouts"),
    "verbatim_label": marked("The label, word for word"),
    "identified_by": marked("Identified by"),
    "date_identified": marked("Identified on (year or day)"),
    "identification_references": marked("Identified in (publication)"),
    "identification_remarks": marked("On what grounds"),
    "lithostratigraphic_terms": marked("Other rock units"),
    "lowest_biostratigraphic_zone": marked("Lowest biozone"),
    "highest_biostratigraphic_zone": marked("Highest biozone"),
    "field_number": marked("Field number"),
    "verbatim_locality": marked("Locality, word for word"),
    "verbatim_coordinates": marked("Coordinates, word for word"),
    "geodetic_datum": marked("Geodetic datum"),
    "minimum_elevation_in_meters": marked("Lowest height above the sea in m"),
    "maximum_elevation_in_meters": marked("Highest height above the sea in m"),
    "georeferenced_by": marked("Located by"),
    "georeferenced_date": marked("Located on (year or day)"),
    "rights_holder": marked("Holder of the rights"),
    "license": marked("Licence"),
    "information_withheld": marked("What is withheld"),
    "data_generalizations": marked("What was made coarser"),
}
"""These fields and what they are called."""

_GROUPS: Mapping[str, tuple[str, ...]] = {
    marked("Specimen"): ("record_number", "individual_count", "life_stage", "sex", "disposition", "verbatim_label"),
    marked("Identification"): (
        "identified_by",
        "date_identified",
        "identification_references",
        "identification_remarks",
    ),
    marked("Rock"): ("lithostratigraphic_terms", "lowest_biostratigraphic_zone", "highest_biostratigraphic_zone"),
    marked("Site"): (
        "field_number",
        "verbatim_locality",
        "verbatim_coordinates",
        "geodetic_datum",
        "minimum_elevation_in_meters",
        "maximum_elevation_in_meters",
        "georeferenced_by",
        "georeferenced_date",
    ),
    marked("Rights"): ("rights_holder", "license", "information_withheld", "data_generalizations"),
}
_EXAMPLES: Mapping[str, str] = {
    "individual_count": "1",
    "date_identified": "1941",
    "geodetic_datum": "WGS84",
    "verbatim_coordinates": "25° 09′ N, 102° 05′ E",
    "license": "CC BY 4.0",
}


def show(text: Callable[[str, str], None], *, wrong: bool) -> None:
    """Show the fields, a tab for each group.

    Parameters
    ----------
    text : callable
        Shows one field, with an example in it.
    wrong : bool
        Whether one of them has a problem, so that the fold must be open.
    """
    with st.expander(_("More fields"), expanded=wrong):
        for tab, names in zip(st.tabs([_(title) for title in _GROUPS]), _GROUPS.values(), strict=True):
            left, right = tab.columns(2)
            for number, name in enumerate(names):
                with left if number % 2 == 0 else right:
                    text(name, _(_EXAMPLES[name]) if name in _EXAMPLES else "")
