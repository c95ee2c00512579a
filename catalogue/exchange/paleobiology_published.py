"""Strata, collections and taxa of the Paleobiology Database: a row becomes an entry of `catalogue.published`, never a record.

Collections are places without finds, taxa are names without finds, and strata are rocks without finds. Their ages are no ages of finds
of ours: those of formations are revised, and differ from region to region. So they stand beside the records and suggest.

References
----------
Peters, S. E. and McClennen, M. 2016. The Paleobiology Database application programming interface. Paleobiology 42: 1-7.
doi:10.1017/pab.2015.39
"""

from functools import partial

from catalogue.checking import Values, check_coordinates
from catalogue.countries import country_code
from catalogue.exchange.formats import Cells, Drafted, Format, RefusedRow, contradiction_by
from catalogue.exchange.judging_published import PublishedJudging
from catalogue.exchange.paleobiology_cells import DATASET, OWN_CODES, degrees, iso_country, number, span_of, text
from catalogue.geological_time import timescale
from catalogue.messages import Message, message
from catalogue.names import UnreadableName, parse_name


def stratum(cells: Cells) -> Drafted:
    """A rock unit of a row.

    Raises
    ------
    RefusedRow
        When it names none, or its ages are no ages.
    """
    names = {
        "group": text(cells, "group", "stratgroup"),
        "formation": text(cells, "formation"),
        "member": text(cells, "member"),
    }
    if not any(names.values()):
        raise RefusedRow(message("The row names no rock unit: group, formation and member are blank."))
    codes, unknown = _countries(text(cells, "cc_list", "cc"))
    made = Drafted(
        occurrence_id=f"pbdb:str:{'/'.join(part.replace('/', '//') for part in names.values())}",
        **names,
        lithology=text(cells, "lithology"),
        **_ages(cells, "max_ma", "min_ma"),
        country_codes=codes,
        collections=_count(cells, "n_colls"),
        occurrences=_count(cells, "n_occs"),
    )
    made.notes += [message("“{code}” is no country by ISO 3166; kept as it is.", code=code) for code in unknown]
    return made


def collection(cells: Cells) -> Drafted:
    """A locality of a row.

    Raises
    ------
    RefusedRow
        When it has no number, its ages are no ages, or its place is not on the Earth.
    """
    key = number(cells, "collection_no")
    if not key:
        raise RefusedRow(
            message("The row has no collection_no, the number by which the Paleobiology Database knows it.")
        )
    made = Drafted(
        occurrence_id=f"pbdb:col:{key}",
        number=key,
        locality=text(cells, "collection_name"),
        also_known_as=text(cells, "collection_aka"),
        group=text(cells, "stratgroup", "geological_group"),
        formation=text(cells, "formation"),
        member=text(cells, "member"),
        earliest_interval=text(cells, "early_interval", "late_interval"),
        latest_interval=text(cells, "late_interval") or text(cells, "early_interval"),
        **_ages(cells, "max_ma", "min_ma"),
        country_code=iso_country(cells),
        state_province=text(cells, "state"),
        county=text(cells, "county"),
        **_place(cells),
        occurrences=_count(cells, "n_occs"),
        reference=_reference(cells),
    )
    made.notes += _unknown_intervals(made)
    return made


def taxon(cells: Cells) -> Drafted:
    """A name of a row.

    Raises
    ------
    RefusedRow
        When it has no number or no name, or its ages are no ages.
    """
    key, name = number(cells, "taxon_no") or number(cells, "orig_no"), text(cells, "taxon_name")
    if not key:
        raise RefusedRow(
            message(
                "The row has neither taxon_no nor orig_no, the numbers by which the Paleobiology Database knows it."
            )
        )
    try:
        parse_name(name)
    except UnreadableName as error:
        raise RefusedRow(message("{column}: {problem}", column="taxon_name", problem=error.message)) from error
    first, last = (_ages(cells, f"{end}app_max_ma", f"{end}app_min_ma") for end in ("first", "last"))
    accepted = text(cells, "accepted_name")
    return Drafted(
        occurrence_id=f"pbdb:txn:{key}",
        name=name,
        rank=text(cells, "taxon_rank"),
        authorship=text(cells, "taxon_attr"),
        difference=text(cells, "difference"),
        accepted_name=accepted if accepted != name else "",
        parent=text(cells, "parent_name", "immpar_name"),
        first_max_ma=first["max_ma"],
        first_min_ma=first["min_ma"],
        last_max_ma=last["max_ma"],
        last_min_ma=last["min_ma"],
        extant=text(cells, "is_extant"),
        occurrences=_count(cells, "n_occs"),
        reference=_reference(cells),
    )


def _ages(cells: Cells, older: str, younger: str) -> dict[str, float | None]:
    span = span_of(text(cells, older), text(cells, younger))
    return {"max_ma": span.max_ma if span else None, "min_ma": span.min_ma if span else None}


def _countries(written: str) -> tuple[tuple[str, ...], list[str]]:
    """Codes by ISO 3166, and those that are none, which stay as they are."""
    codes = [code.strip() for code in written.split(",") if code.strip()]
    known = [country_code(OWN_CODES.get(code, code)) for code in codes]
    kept = tuple(dict.fromkeys(ours or theirs for ours, theirs in zip(known, codes, strict=True)))
    return kept, [theirs for ours, theirs in zip(known, codes, strict=True) if not ours]


def _count(cells: Cells, column: str) -> int | None:
    """How many; None where the row says nothing that is a number."""
    written = number(cells, column)
    return int(written) if written else None


def _place(cells: Cells) -> Values:
    """Coordinates that lie on the Earth, or none."""
    columns = {"decimal_latitude": "lat", "decimal_longitude": "lng"}
    values: Values = {}
    problems = check_coordinates({name: degrees(cells, column) for name, column in columns.items()}, values)
    if problems:
        column, problem = columns[problems[0].field], problems[0].message
        raise RefusedRow(message("{column}: {problem}", column=column, problem=problem))
    return {name: values[name] for name in columns}


def _reference(cells: Cells) -> str:
    """The publication, and its number there."""
    said = text(cells, "primary_reference") or f"{text(cells, 'ref_author')} {text(cells, 'ref_pubyr')}".strip()
    key = number(cells, "reference_no")
    return f"{said} (reference {key} there)".strip() if key else said


def _unknown_intervals(made: Drafted) -> list[Message]:
    chart = timescale()
    named = dict.fromkeys(str(made[end]) for end in ("earliest_interval", "latest_interval"))
    return [
        message("“{interval}” is not an interval that we know; kept as it is.", interval=name)
        for name in named
        if name and chart.find(name) is None
    ]


_AGES = {"max_ma": ("max_ma",), "min_ma": ("min_ma",)}
_REFERENCE = ("primary_reference", "ref_author", "ref_pubyr", "reference_no")

STRATA: Format = Format(
    name="Paleobiology Database strata",
    needs=(("formation", "group", "member"), ("lithology",), ("n_colls",)),
    columns={
        "occurrence_id": ("group", "stratgroup", "formation", "member"),
        "lithology": ("lithology",),
        **_AGES,
        "country_codes": ("cc_list", "cc"),
        "collections": ("n_colls",),
        "occurrences": ("n_occs",),
    },
    draft=stratum,
    contradiction=contradiction_by("group, formation, member", lambda: STRATA),
    judged_by=partial(PublishedJudging, kind="rock_unit", source=DATASET),
)
COLLECTIONS: Format = Format(
    name="Paleobiology Database collections",
    needs=(("collection_no",), ("collection_name",), ("n_occs",)),
    columns={
        "occurrence_id": ("collection_no",),
        "locality": ("collection_name",),
        "also_known_as": ("collection_aka",),
        "group": ("stratgroup", "geological_group"),
        "formation": ("formation",),
        "member": ("member",),
        "earliest_interval": ("early_interval",),
        "latest_interval": ("late_interval",),
        **_AGES,
        "country_code": ("cc",),
        "state_province": ("state",),
        "county": ("county",),
        "decimal_latitude": ("lat",),
        "decimal_longitude": ("lng",),
        "occurrences": ("n_occs",),
        "reference": _REFERENCE,
    },
    draft=collection,
    contradiction=contradiction_by("collection_no", lambda: COLLECTIONS),
    judged_by=partial(PublishedJudging, kind="locality", source=DATASET),
)
TAXA: Format = Format(
    name="Paleobiology Database taxa",
    needs=(("orig_no", "taxon_no"), ("taxon_name",)),
    columns={
        "occurrence_id": ("taxon_no", "orig_no"),
        "name": ("taxon_name",),
        "rank": ("taxon_rank",),
        "authorship": ("taxon_attr",),
        "difference": ("difference",),
        "accepted_name": ("accepted_name",),
        "parent": ("parent_name", "immpar_name"),
        **{f"{end}_{bound}_ma": (f"{end}app_{bound}_ma",) for end in ("first", "last") for bound in ("max", "min")},
        "extant": ("is_extant",),
        "occurrences": ("n_occs",),
        "reference": _REFERENCE,
    },
    draft=taxon,
    contradiction=contradiction_by("taxon_no", lambda: TAXA),
    judged_by=partial(PublishedJudging, kind="name", source=DATASET),
)
