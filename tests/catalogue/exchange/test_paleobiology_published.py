"""Strata, collections and taxa of the Paleobiology Database go through the pipeline like finds, and become entries beside them."""

import json

import pytest
from sqlalchemy import Connection

from catalogue import imports, specimens, undoing
from catalogue.exchange import pipeline
from catalogue.exchange.formats import RefusedRow
from catalogue.exchange.outcomes import Report
from catalogue.exchange.paleobiology_published import collection, stratum, taxon
from catalogue.published import reading
from catalogue.published.entries import Entry, Locality, Name, RockUnit
from catalogue.rights import THIS_COMPUTER

STRATA = "record_type,group,formation,member,lithology,max_ma,min_ma,cc_list,n_colls,n_occs"
LUFENG = "str,,Lufeng,,sandstone,201.3,190.8,CN,6,8"
COLLECTIONS = "collection_no,record_type,formation,lng,lat,collection_name,collection_aka,n_occs,early_interval,late_interval,max_ma,min_ma,cc,state,reference_no"
SHAWAN = '11805,col,Lufeng,102.1,25.1,"Shawan, Lufeng",,3,Hettangian,Sinemurian,201.4,192.9,CN,Yunnan,6294'
TAXA = "orig_no,taxon_no,record_type,taxon_rank,taxon_name,taxon_attr,difference,accepted_name,parent_name,firstapp_max_ma,firstapp_min_ma,lastapp_max_ma,lastapp_min_ma,is_extant,n_occs,reference_no"
GYPOSAURUS = "1,1,txn,species,Gyposaurus sinensis,Young 1941,subjective synonym of,Lufengosaurus huenei,Gyposaurus,201.3,199.3,196.5,189.6,extinct,4,9"


def bring_in(connection: Connection, headings: str, *rows: str, name: str = "list.csv") -> Report:
    return pipeline.commit(connection, THIS_COMPUTER, name, "\n".join([headings, *rows]).encode())


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return report.read, report.accepted, report.changed, report.unchanged, report.rejected


def entries(connection: Connection) -> list[Entry]:
    return [
        one for kind in ("rock_unit", "locality", "name") for one in reading.all_of(connection, kind, who=THIS_COMPUTER)
    ]  # type: ignore[arg-type]


def cells(headings: str, row: str, **changes: str) -> dict[str, str]:
    return dict(zip(headings.split(","), row.replace('"Shawan, Lufeng"', "Shawan").split(","), strict=True)) | changes


def test_a_stratum_is_a_rock_unit_with_its_ages(connection: Connection) -> None:
    bring_in(connection, STRATA, LUFENG)
    (entry,) = entries(connection)
    assert (entry.key, entry.source, entry.version) == ("pbdb:str:/Lufeng/", "Paleobiology Database", 1)
    assert entry.says == RockUnit(
        formation="Lufeng",
        lithology="sandstone",
        max_ma=201.3,
        min_ma=190.8,
        country_codes=("CN",),
        collections=6,
        occurrences=8,
    )
    assert specimens.count(connection) == 0


def test_a_collection_is_a_locality(connection: Connection) -> None:
    bring_in(connection, COLLECTIONS, SHAWAN)
    (entry,) = entries(connection)
    assert isinstance(entry.says, Locality)
    assert (entry.says.title, entry.says.decimal_latitude, entry.says.decimal_longitude) == (
        "Shawan, Lufeng",
        25.1,
        102.1,
    )
    assert (entry.says.earliest_interval, entry.says.latest_interval, entry.says.country_code) == (
        "Hettangian",
        "Sinemurian",
        "CN",
    )
    assert entry.says.reference == "(reference 6294 there)"


def test_a_taxon_is_a_name_with_the_one_in_use(connection: Connection) -> None:
    bring_in(connection, TAXA, GYPOSAURUS)
    (entry,) = entries(connection)
    assert isinstance(entry.says, Name)
    assert (entry.says.name, entry.says.accepted_name, entry.says.difference) == (
        "Gyposaurus sinensis",
        "Lufengosaurus huenei",
        "subjective synonym of",
    )
    assert (entry.says.first_max_ma, entry.says.last_min_ma, entry.says.parent) == (201.3, 189.6, "Gyposaurus")


def test_every_row_comes_to_one_outcome_and_the_same_file_changes_nothing(connection: Connection) -> None:
    rows = (
        LUFENG,
        "str,,,,marl,10,5,CN,1,1",  # names nothing
        "str,,Aus,,,5,10,CN,1,1",  # swapped
        "str,,Bus,,,x,10,CN,1,1",  # no number
        LUFENG,  # again
        "str,,Lufeng,,siltstone,201.3,190.8,CN,6,8",  # again, and otherwise
        "str,,Cus,,,20,10,CN,1,1,,surplus",
        'str,,Dus,NA,,,,"UK,AA,FA",,',  # blank ages, R's word for nothing, and codes of its own
    )
    first = bring_in(connection, STRATA, *rows)
    assert counts(first) == (8, 2, 0, 1, 5)
    assert sum(number for _, number in first.reasons()) == 5
    assert [(str(note), number) for note, number in first.notes] == [
        ("“FA” is no country by ISO 3166; kept as it is.", 1)
    ]
    assert [row.repeats for row in first.rows if row.repeats] == [2]
    dus = next(one.says for one in entries(connection) if one.says.title == "Dus")
    assert isinstance(dus, RockUnit)
    assert (dus.country_codes, dus.span, dus.collections, dus.member) == (("GB", "AQ", "FA"), None, None, "")
    again = bring_in(connection, STRATA, *rows)
    assert counts(again) == (8, 0, 0, 3, 5)
    assert again.import_id is None


def test_a_preview_foretells_the_import(connection: Connection) -> None:
    content = f"{STRATA}\n{LUFENG}\n".encode()
    foretold = pipeline.preview(connection, "list.csv", content)
    assert entries(connection) == []
    assert foretold.as_json() == pipeline.commit(connection, THIS_COMPUTER, "list.csv", content).as_json()


def test_a_newer_list_changes_what_differs_and_undoing_puts_it_back(connection: Connection) -> None:
    bring_in(connection, STRATA, LUFENG)
    before = entries(connection)
    report = bring_in(connection, STRATA, LUFENG.replace("190.8", "192.9"), "str,,Aus,,,20,10,CN,1,1")
    assert counts(report) == (2, 1, 1, 0, 0)
    assert [(one.field, one.before, one.after) for row in report.rows for one in row.changes] == [
        ("min_ma", 190.8, 192.9)
    ]
    edit = imports.book(connection, THIS_COMPUTER)[0].edit
    assert edit is not None
    undone = undoing.undo(connection, THIS_COMPUTER, edit)
    assert (len(undone.records), undone.kept) == (2, ())
    assert [one.says for one in entries(connection)] == [one.says for one in before]
    undoing.undo(connection, THIS_COMPUTER, undone.edit)
    assert counts(bring_in(connection, STRATA, LUFENG.replace("190.8", "192.9"), "str,,Aus,,,20,10,CN,1,1")) == (
        2,
        0,
        0,
        2,
        0,
    )


def test_undoing_lists_what_a_later_list_changed(connection: Connection) -> None:
    bring_in(connection, STRATA, LUFENG)
    bring_in(connection, STRATA, LUFENG.replace("190.8", "192.9"))
    edit = imports.book(connection, THIS_COMPUTER)[1].edit
    assert edit is not None
    undone = undoing.undo(connection, THIS_COMPUTER, edit)
    assert [str(one.reason) for one in undone.kept] == ["It was changed since it was added, so it stays."]
    assert len(entries(connection)) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"collection_no": ""}, "no collection_no"),
        ({"lat": "95"}, "lat: Latitude runs from −90 (south) to 90 (north). 95 is outside."),
        ({"lng": ""}, "lng: Latitude and longitude belong together"),
        ({"max_ma": "190"}, "max_ma (190 Ma) is younger than min_ma (192.9 Ma)"),
    ],
)
def test_a_collection_that_cannot_be(changes: dict[str, str], said: str) -> None:
    with pytest.raises(RefusedRow) as raised:
        collection(cells(COLLECTIONS, SHAWAN, **changes))
    assert said in str(raised.value)


def test_traps_of_collections() -> None:
    made = collection(
        cells(
            COLLECTIONS,
            SHAWAN,
            lat="25,1",
            lng="102,1",
            late_interval="",
            early_interval="Lufengian",
            cc="NA",
            collection_no="col:11805",
        )
    )
    assert (made["decimal_latitude"], made["latest_interval"], made["country_code"], made["number"]) == (
        25.1,
        "Lufengian",
        "",
        "11805",
    )
    assert [str(note) for note in made.notes] == ["“Lufengian” is not an interval that we know; kept as it is."]


def test_a_taxon_without_a_name_or_number_is_refused() -> None:
    for changes in ({"taxon_name": "FMNH CUP 2089"}, {"taxon_no": "", "orig_no": ""}, {"firstapp_min_ma": "300"}):
        with pytest.raises(RefusedRow):
            taxon(cells(TAXA, GYPOSAURUS, **changes))
    assert taxon(cells(TAXA, GYPOSAURUS, accepted_name="Gyposaurus sinensis"))["accepted_name"] == ""


def test_names_of_units_with_a_slash_keep_their_keys_apart() -> None:
    one, other = (
        stratum({"group": group, "formation": formation, "member": ""})
        for group, formation in (("A", "B/C"), ("A/B", "C"))
    )
    assert one["occurrence_id"] != other["occurrence_id"]


@pytest.mark.parametrize(
    ("record", "title"),
    [
        ({"typ": "str", "sfm": "Lufeng", "lth": "marl", "eag": 201.3, "lag": 190.8, "cc2": "CN", "nco": 6, "noc": 8}, "Lufeng"),
        ({"oid": "col:11805", "typ": "col", "nam": "Shawan", "noc": 3, "oei": "Hettangian", "lat": 25.1, "lng": 102.1}, "Shawan"),
        ({"oid": "txn:1", "typ": "txn", "rnk": 3, "nam": "Gyposaurus sinensis", "tdf": "subjective synonym of", "acn": "Lufengosaurus huenei"}, "Gyposaurus sinensis"),
    ],
)  # fmt: skip
def test_short_names_of_the_service_in_json(connection: Connection, record: dict[str, object], title: str) -> None:
    content = json.dumps({"records": [record]}).encode()
    report = pipeline.commit(connection, THIS_COMPUTER, "list.json", content)
    assert (report.accepted, report.rejected) == (1, 0)
    assert [one.says.title for one in entries(connection)] == [title]


def test_a_copy_re_saved_with_semicolons_and_a_padded_preamble(connection: Connection) -> None:
    preamble = '"Data Provider";"The Paleobiology Database";;;;;;;;\n"Records:";;;;;;;;;\n'
    content = (preamble + f"{STRATA}\n{LUFENG.replace('Lufeng', 'Açu')}\n".replace(",", ";")).encode("cp1252")
    report = pipeline.commit(connection, THIS_COMPUTER, "strata.csv", content)
    assert (report.encoding, report.delimiter, report.accepted) == ("Windows-1252", ";", 1)
    assert [one.says.title for one in entries(connection)] == ["Açu"]


def test_names_of_which_another_is_in_use_are_listed_after_an_import_of_finds(connection: Connection) -> None:
    bring_in(connection, TAXA, GYPOSAURUS)
    report = bring_in(connection, "occurrence_no,accepted_name,early_interval", "7,Gyposaurus sinensis,Hettangian")
    assert [(str(note), number) for note, number in report.notes] == [
        (
            "“Gyposaurus sinensis”: the Paleobiology Database uses “Lufengosaurus huenei” (subjective synonym of). The name is kept as it is written.",
            1,
        )
    ]
    assert [number for number, _ in report.noted] == [2]
    assert specimens.get(connection, "pbdb:occ:7").verbatim_identification == "Gyposaurus sinensis"


def test_columns_that_stand_twice_and_differ_are_told_of(connection: Connection) -> None:
    content = f"{STRATA},formation\n{LUFENG},Lufeng\n{LUFENG.replace('Lufeng', 'Aus')},Bus\n".encode()
    told = pipeline.preview(connection, "list.csv", content).as_json()
    assert told["file_notes"] == [
        "The heading “formation” stands there more than once, and the columns differ in 1 rows. The first is taken."
    ]
    assert told["accepted"] == 2
