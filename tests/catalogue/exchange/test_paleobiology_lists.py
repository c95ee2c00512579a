"""Lists of the Paleobiology Database that hold no finds are named, counted, and refused with what to do instead."""

from pathlib import Path

import pytest

from catalogue.exchange.paleobiology_lists import other_list
from catalogue.exchange.reading import UnreadableFile, read_table
from catalogue.exchange.recognising import recognise

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "occurrences"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("measurement_no,specimen_no,average\n1,7,3.5\n2,7,4\n3,8,1", "measurements of the Paleobiology Database: 3 measurements of 2 specimens"),
        ("collection_no,collection_name,n_occs,max_ma\n11805,Shawan,3,201", "collections of the Paleobiology Database: 1 places"),
        ("orig_no,taxon_no,taxon_name\n1,1,Lufengosaurus\n2,2,Nobodysaurus\n3,3,Lufengosaurus", "taxa of the Paleobiology Database: 3 rows with 2 names, of which Bonebed’s own table of taxa has 1"),
        ("orig_no,taxon_name\n1,Lufengosaurus", "1 rows with 1 names"),
        ("record_type,group,formation,lithology,max_ma,n_colls\nstr,,Anning,,1,2\nstr,,,,1,2\nstr,,Lufeng,,1,2\nstr,,Lufeng,,1,2", "strata of the Paleobiology Database: 4 rows with 2 formations"),
        ("reference_no,pubtitle\n1,Palaeovertebrata", "references of the Paleobiology Database: 1 publications"),
        ("opinion_no,taxon_name,status\n1,Aus,x", "opinions of the Paleobiology Database: 1 statements"),
        ("interval_no,interval_name\n1,Jurassic", "intervals of the Paleobiology Database: 1 of them"),
    ],
)  # fmt: skip
def test_a_list_without_finds_is_named_and_counted(content: str, said: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        recognise(read_table(content.encode()))
    assert said in str(raised.value)


def test_lists_of_finds_are_none_of_these() -> None:
    for headings in (
        "occurrence_no,accepted_name,max_ma,collection_no,collection_name",
        "specimen_no,accepted_name,max_ma",
    ):
        assert other_list(read_table(headings.encode())) is None


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared files are not on this machine")
def test_the_shared_list_of_strata() -> None:
    """2,399 rows, as its own preamble says; 1,706 different names of formations, counted apart from our reader."""
    table = read_table((SHARED / "pbdb_strata_dinosauria.csv").read_bytes())
    assert "2399 rows with 1706 formations" in str(other_list(table))
