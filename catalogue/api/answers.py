"""The answers about records: a page of them, one of them with all its lists, and the places on a map."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from catalogue import finding, relations
from catalogue.api.addresses import Addresses
from catalogue.api.asking import query_of
from catalogue.api.paging import Paging
from catalogue.api.parameters import Values
from catalogue.exchange.out.as_terms import as_darwin_core, lists_as_darwin_core
from catalogue.exchange.out.terms import term
from catalogue.facts import cite, several
from catalogue.media.kinds import CONTENT_TYPES, Medium
from catalogue.parts import MEDIA, RELATED
from catalogue.records import UNKNOWN, Specimen
from catalogue.rights import Person, may, require
from catalogue.searching import facets
from catalogue.searching.census_at_hand import take_census

Document = dict[str, object]


def specimens(connection: Connection, who: Person, asked: Values, paging: Paging) -> Document:
    """A page of found records, how many there are, and the counts that were asked for.

    Raises
    ------
    NotAllowed
        When the person may not read the catalogue.
    """
    require(who, "read")
    found = _found(connection, who, asked)
    document = paging.frame(asked, found.total)
    if "facets" in asked:
        document["facets"] = {facet: dict(found.counts.of[facet]) for facet in asked["facets"]}
    document["specimens"] = [record(one, who, paging.addresses) for one in found.specimens]
    return document


def specimen(connection: Connection, who: Person, occurrence_id: str, addresses: Addresses) -> Document:
    """One record with all its lists, as the person may see it.

    Raises
    ------
    NotAllowed
        When the person may not read the catalogue.
    NoSuchSpecimen
    """
    require(who, "read")
    found = finding.get(connection, occurrence_id, who=who)
    parts = finding.parts_of(connection, occurrence_id, who=who)
    lists = {name: [_cited(part) for part in listed] for name, listed in lists_as_darwin_core(parts).items()}
    if MEDIA in lists:
        lists[MEDIA] = [
            _medium(medium, told, who, addresses) for medium, told in zip(parts[MEDIA], lists[MEDIA], strict=True)
        ]
    from_others = _said_by_others(connection, who, occurrence_id)
    if from_others:
        lists[RELATED] = [*lists.get(RELATED, []), *from_others]
    return record(found, who, addresses) | lists


def localities(connection: Connection, who: Person, asked: Values, paging: Paging) -> Document:
    """The places of found records as a GeoJSON FeatureCollection, each with what was found there.

    A place is a pair of coordinates. Pages and ``total`` count records, not places, and only those that have
    coordinates, unless the others are asked for, which have no place.

    References
    ----------
    Butler, H. et al. 2016. The GeoJSON Format. RFC 7946. doi:10.17487/RFC7946

    Raises
    ------
    NotAllowed
        When the person may not read the catalogue.
    """
    require(who, "read")
    found = _found(connection, who, {"coordinates": "yes", **asked})
    places: dict[tuple[float, float], list[Specimen]] = defaultdict(list)
    for one in found.specimens:
        if one.decimal_longitude is not None and one.decimal_latitude is not None:
            places[one.decimal_longitude, one.decimal_latitude].append(one)
    features = [_feature(place, there) for place, there in places.items()]
    return {"type": "FeatureCollection", **paging.frame(asked, found.total), "features": features}


def last_changed(connection: Connection) -> str:
    """When a record was added or changed last, ISO 8601 in UTC; blank while there is none."""
    census = take_census(connection)
    moments = census.counted["modified"][census.alive]
    return f"{moments.max().astype('datetime64[us]')}+00:00" if len(moments) else ""


def record(specimen: Specimen, who: Person, addresses: Addresses) -> Document:
    """A record without its lists: Darwin Core, the link for people (``references``) and the one for programs (``self``)."""
    terms = _cited(as_darwin_core(specimen))
    if not may(who, "see_exact_sites"):
        terms.pop("siteWithheld", None)
    key = specimen.occurrence_id
    return {**terms, "references": addresses.record(key), "self": addresses.specimen(key)}


def _cited(told: Document) -> Document:
    """With publications in words where the catalogue has keys of its own for them."""
    cited = {name: " | ".join(map(cite, several(str(told[name])))) for name in _PUBLICATIONS if name in told}
    return told | cited


_PUBLICATIONS = (
    "associatedReferences",
    "identificationReferences",
    "georeferenceSources",
    "bibliographicCitation",
    "reference",
)


def _found(connection: Connection, who: Person, asked: Values) -> facets.Answer:
    page, size = asked["page"], asked["size"]
    return facets.search(connection, query_of(asked), order=asked["order"], page=page, size=size, who=who)


def _said_by_others(connection: Connection, who: Person, occurrence_id: str) -> list[Document]:
    """The relations that are kept with other records, read from this one."""
    said = (one for one in relations.panel(connection, occurrence_id, who=who).direct if one.from_other_end)
    return [_relation(one) for one in said if one.specimen is not None]


def _relation(related: relations.Related) -> Document:
    told = {
        "relationshipOfResource": related.kind,
        term("related_occurrence_id"): related.occurrence_id,
        "relationshipRemarks": related.remarks,
    }
    return {name: text for name, text in told.items() if text}


def _medium(medium: Medium, told: Document, who: Person, addresses: Addresses) -> Document:
    """A photograph or scan with its address; logins of people are for the staff."""
    hidden = set() if may(who, "see_history") else {"addedBy"}
    kept = {name: value for name, value in told.items() if name not in hidden}
    return kept | {"format": CONTENT_TYPES[medium.format], "accessURI": addresses.medium(medium)}


def _feature(place: tuple[float, float], there: Sequence[Specimen]) -> Document:
    first = there[0]
    radii = [one.coordinate_uncertainty_in_meters for one in there]
    told = {
        "locality": _each(one.locality for one in there if one.locality != UNKNOWN),
        "formation": _each(one.formation for one in there),
        "stateProvince": first.state_province,
        "countryCode": first.country_code,
        "coordinateUncertaintyInMeters": max((radius for radius in radii if radius is not None), default=None),
        "dataGeneralizations": _each(one.data_generalizations for one in there),
    }
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": list(place)},
        "properties": {
            **{name: value for name, value in told.items() if value not in ("", None)},
            "maxMa": max(one.max_ma for one in there),
            "minMa": min(one.min_ma for one in there),
            "scientificName": _each(one.scientific_name for one in there),
            "count": len(there),
            "occurrenceIDs": [one.occurrence_id for one in there],
        },
    }


def _each(texts: Iterable[str]) -> str:
    """Each text once, parted as Darwin Core parts lists."""
    return " | ".join(dict.fromkeys(text for text in texts if text))
