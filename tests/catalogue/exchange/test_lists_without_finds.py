"""Lists of the Paleobiology Database and of GBIF that tell of nothing Bonebed keeps are named, counted, and refused with what to do instead."""

import pytest

from catalogue.exchange.lists_without_finds import other_list
from catalogue.exchange.reading import UnreadableFile, read_table
from catalogue.exchange.recognising import recognise


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("reference_no,pubtitle\n1,Palaeovertebrata", "references of the Paleobiology Database: 1 publications"),
        ("opinion_no,taxon_no,taxon_name,status\n1,1,Aus,x", "opinions of the Paleobiology Database: 1 statements"),
        ("interval_no,interval_name\n1,Jurassic", "intervals of the Paleobiology Database: 1 of them"),
        (
            "taxonKey\tscientificName\tacceptedTaxonKey\tnumberOfOccurrences\n1\tTriceratops\t1\t7",
            "species list of GBIF: 1 names",
        ),
    ],
)
def test_a_list_of_something_else_is_named_and_counted(content: str, said: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        recognise(read_table(content.encode()))
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("headings", "format_"),
    [
        ("occurrence_no,accepted_name,max_ma,collection_no,collection_name", "occurrences"),
        ("specimen_no,accepted_name,max_ma", "specimens"),
        ("measurement_no,specimen_no,accepted_name,max_ma,average", "measurements"),
        ("collection_no,record_type,formation,lng,lat,collection_name,n_occs,max_ma", "collections"),
        ("orig_no,taxon_no,record_type,taxon_rank,taxon_name", "taxa"),
        ("record_type,group,formation,member,lithology,max_ma,min_ma,cc_list,n_colls,n_occs", "strata"),
    ],
)
def test_lists_that_come_in_are_none_of_these(headings: str, format_: str) -> None:
    table = read_table(headings.encode())
    assert other_list(table) is None
    assert recognise(table).format.name == f"Paleobiology Database {format_}"
