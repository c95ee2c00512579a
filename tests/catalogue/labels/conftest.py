"""Records to print, made by hand."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from catalogue.labels.contents import Content
from catalogue.records import Specimen

LUFENGOSAURUS = Specimen(
    occurrence_id="w:lufengosaurus",
    basis_of_record="FossilSpecimen",
    institution_code="IVPP",
    catalog_number="IVPP V15",
    verbatim_identification="cf. Lufengosaurus huenei",
    scientific_name="Lufengosaurus huenei",
    genus="Lufengosaurus",
    higher_classification="|Animalia|Dinosauria|Sauropodomorpha|Lufengosaurus|",
    type_status="holotype",
    earliest_interval="Hettangian",
    latest_interval="Sinemurian",
    max_ma=201.4,
    min_ma=192.9,
    timescale="ICS 2024-12",
    formation="Lufeng",
    member="Shawan",
    country_code="CN",
    state_province="Yunnan",
    locality="Shāwān, Lúfeng",
    recorded_by="M. N. Bien | C. C. Young",
    event_date="1938",
    occurrence_remarks="Found in 1938.",
    translations={"zh": {"locality": "沙湾", "state_province": "云南省", "occurrence_remarks": "1938年发现。"}},
)
LINK = "https://museum.example/specimen?id=w:lufengosaurus"


@pytest.fixture
def content() -> Callable[..., Content]:
    """Makes the content of a label: ``content(words="zh", catalog_number="V1")``."""

    def make(words: Any = "both", link: str = LINK, **changes: Any) -> Content:
        return Content(replace(LUFENGOSAURUS, **changes), words, link)

    return make
