"""Take found records along: which kind of file, what it is for, what stays behind, what GBIF would say, and the file itself."""

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from catalogue import database, describing, specimens
from catalogue.exchange.out.checking import check
from catalogue.exchange.out.findings import Finding, Verdict
from catalogue.exchange.out.found import Found, find
from catalogue.exchange.out.kinds import KINDS, Kind
from catalogue.exchange.out.writing import content
from catalogue.records import Specimen
from catalogue.rights import VISITOR, Person
from catalogue.searching.query import Order, Query
from maps.palaeo_columns import palaeo_columns
from maps.palaeogeography import library
from maps.places import country_at
from screens import navigation
from screens.parts import who
from screens.words import _, as_typed, marked, say, several

MOST = 100_000
"""Records that one download holds; the command line has no such limit."""
_TAKE_MORE = ("csv", "geojson")
"""Kinds of file that take columns beyond those of the records."""
_NAMED = 12
"""Records of a finding that are linked."""
_SEVERITIES = {"refused": marked("GBIF would refuse"), "flagged": marked("GBIF would flag")}


def offer(query: Query, order: Order) -> None:
    """Show the button that opens the dialog for the records of a search."""
    if st.button(_("Take along"), type="tertiary", key="take_along"):
        st.dialog(_("Take these records along"), width="medium")(_choose)(query, order)


def _choose(query: Query, order: Order) -> None:
    person = who.who()
    name = st.selectbox(
        _("Kind of file"), list(KINDS), format_func=lambda name: say(KINDS[name].label), key="file_kind"
    )
    kind = KINDS[name]
    st.caption(say(kind.purpose))
    with database.reading() as connection:
        found = find(connection, query, person, order=order)
        total, without_place, withheld = len(found), found.without_place, found.withheld
    records = several("{n} record", "{n} records", min(total, MOST))
    st.markdown(f"**{records}**")
    coarser = _say_what_stays_behind(kind, total, without_place, withheld, person)
    with_citation = not kind.says_itself and st.toggle(
        _("Citation and licence beside it, in a ZIP"), key="with_citation"
    )
    model = _choose_palaeocoordinates() if name in _TAKE_MORE else ""
    st.download_button(
        _("Download"),
        lambda: written(query, order, person, name, coarser=coarser, with_citation=with_citation, model=model),
        file_name=f"bonebed-{datetime.now(UTC):%Y-%m-%d}.{'zip' if with_citation else kind.suffix}",
        mime="application/zip" if with_citation else kind.media_type,
        on_click="ignore",
        key="download_file",
        type="primary",
        width="stretch",
    )
    if kind.always_coarser:
        _show_verdict(query, person)


def written(
    query: Query,
    order: Order,
    person: Person,
    kind: str,
    *,
    coarser: bool = False,
    with_citation: bool = False,
    model: str = "",
) -> bytes:
    """The found records as a file.

    Parameters
    ----------
    person : Person
        For whom it is written.
    kind : str
        One of `catalogue.exchange.out.kinds.KINDS`.
    coarser : bool
        Whether withheld sites are made coarser even for a person who may see them.
    with_citation : bool
        Whether citation and licence lie beside it, in a zip.
    model : str
        The plate model by which palaeocoordinates are added, by its key; blank for none.
    """
    more = palaeo_columns(library.model(model)) if model else None
    with database.reading() as connection:
        found = find(connection, query, person, order=order, most=MOST)
        found = replace(found, who=VISITOR if coarser else person, more=more)
        return content(found, kind, with_citation=with_citation)


def _choose_palaeocoordinates() -> str:
    """The plate model by which each record gets its palaeocoordinates; blank for none."""
    titles = {"": _("none"), **{key: about.title for key, about in library.shelf().models.items()}}
    return str(
        st.selectbox(
            _("Palaeocoordinates by the plate model"), list(titles), format_func=titles.__getitem__, key="file_model"
        )
    )


def _say_what_stays_behind(kind: Kind, total: int, without_place: int, withheld: int, person: Person) -> bool:
    """Tell what the file will not hold; returns whether withheld sites are to be made coarser."""
    if total > MOST:
        st.caption(
            several(
                "A file holds {n} record at most. Narrow the search for the others.",
                "A file holds {n} records at most. Narrow the search for the others.",
                MOST,
            )
        )
    if kind.places_only and without_place:
        st.caption(
            several(
                "{n} record without coordinates is left out.",
                "{n} records without coordinates are left out.",
                without_place,
            )
        )
    if not withheld:
        return False
    coarse = several(
        "The place of {n} withheld site is made coarser.",
        "The places of {n} withheld sites are made coarser.",
        withheld,
    )
    if kind.always_coarser or not who.may("see_exact_sites"):
        st.caption(coarse)
        return True
    if st.toggle(_("Make withheld sites coarser, as visitors see them"), value=True, key="coarser"):
        st.caption(coarse)
        return True
    st.warning(
        several(
            "This file will hold the exact place of {n} withheld site. Keep it to yourself.",
            "This file will hold the exact places of {n} withheld sites. Keep it to yourself.",
            withheld,
        )
    )
    return False


def _show_verdict(query: Query, person: Person) -> None:
    """What GBIF would say, the gravest first, with links to the records in question."""
    with st.spinner(_("Checking as GBIF would …")), database.reading() as connection:
        verdict = _verdict(find(connection, query, person, most=MOST))
        keys = list(dict.fromkeys(key for one in verdict.findings for key in one.records[:_NAMED]))
        known = {one.occurrence_id: one for one in specimens.get_all(connection, keys, who=person)}
    if not verdict.findings:
        st.success(_("GBIF would take all of it, without a remark."))
        return
    for severity, heading in _SEVERITIES.items():
        listed = [one for one in verdict.findings if one.severity == severity]
        if listed:
            title, matters = _(heading), several("{n} matter", "{n} matters", len(listed))
            with st.expander(f"{title} · {matters}", expanded=severity == "refused"):
                for one in listed:
                    st.markdown(_told(one, known))
                if severity == "refused" and who.may("describe_collection"):
                    navigation.link("collection", _("The collection"))


def _verdict(found: Found) -> Verdict:
    """Kept for the session until a record or the question changes, for a look at 100,000 records takes seconds."""
    asked = (specimens.revision(found.connection), describing.written(found.connection).version, found.keys)
    kept = st.session_state.get("_gbif_verdict")
    if kept is None or kept[0] != asked:
        kept = st.session_state["_gbif_verdict"] = (asked, check(found, country_at))
    verdict: Verdict = kept[1]
    return verdict


def _told(one: Finding, known: dict[str, Specimen]) -> str:
    records = several("{n} record", "{n} records", one.count)
    count = f"**{records}** · " if one.count else ""
    links = [
        f"[{as_typed(known[key].catalog_number or known[key].scientific_name)}]({navigation.href('specimen', id=key)})"
        for key in one.records[:_NAMED]
        if key in known
    ]
    more = " …" if one.count > _NAMED else ""
    listed = f"  \n{' · '.join(links)}{more}" if links else ""
    return f"{count}{as_typed(say(one.what))}  \n{as_typed(say(one.remedy))}{listed}"
