"""Files of the Paleobiology Database as the tests make them."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

FIRST: dict[str, Any] = {
    "occurrence_no": "138845",
    "collection_no": "11805",
    "reid_no": "",
    "identified_name": "Lufengosaurus cf. huenei",
    "difference": "",
    "accepted_name": "Lufengosaurus huenei",
    "accepted_rank": "species",
    "early_interval": "Hettangian",
    "late_interval": "Sinemurian",
    "max_ma": "201.4",
    "min_ma": "192.9",
    "ref_author": "Young",
    "ref_pubyr": "1941",
    "reference_no": "6294",
    "class": "Osteichthyes",
    "order": "NO_ORDER_SPECIFIED",
    "family": "Massospondylidae",
    "genus": "Lufengosaurus",
    "lng": "102.1",
    "lat": "25.1",
    "collection_name": "Shawan, Lufeng",
    "cc": "CN",
    "state": "Yunnan",
    "county": "Lufeng",
    "formation": "Lower Lufeng",
    "stratgroup": "",
    "member": "Shawan",
    "museum": "IVPP",
    "collectors": "M. Bien",
    "collection_dates": "1938",
}

MakeFile = Callable[..., bytes]


@pytest.fixture
def make_file() -> MakeFile:
    """Makes a file of occurrences: a row for each mapping of changes to a row without a fault."""

    def make(
        *rows: dict[str, str], without: tuple[str, ...] = (), delimiter: str = ",", encoding: str = "utf-8"
    ) -> bytes:
        text = io.StringIO(newline="")
        columns = [column for column in FIRST if column not in without]
        writer = csv.DictWriter(text, columns, extrasaction="ignore", delimiter=delimiter)
        writer.writeheader()
        writer.writerows(FIRST | changes for changes in rows)
        return text.getvalue().encode(encoding)

    return make
