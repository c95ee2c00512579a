"""The parameters of the API become the same question as on the screen."""

from catalogue.api.asking import query_of
from catalogue.geological_time import AgeRange, timescale
from catalogue.searching.area import Area
from catalogue.searching.query import Query

DEFAULTS = {"fit": "overlaps", "kind": "all"}


def test_nothing_asked_asks_nothing() -> None:
    assert query_of(DEFAULTS) == Query()


def test_each_parameter_has_its_place() -> None:
    asked = {
        "q": "lufeng",
        "interval": "Jurassic",
        "oldest": 150.0,
        "youngest": 200.0,
        "fit": "within",
        "taxon": "Theropoda",
        "country": "cn",
        "formation": "Lufeng",
        "type": "holotype",
        "preservation": "skull",
        "word": "side:left",
        "image": "no",
        "coordinates": "yes",
        "area": "101.5,24.5;103,26",
        "changed": 7,
        "kind": "own",
    }
    assert query_of(asked) == Query(
        text="lufeng",
        span=timescale()["Jurassic"].span,
        range_ma=AgeRange(200.0, 150.0),
        within=True,
        taxon="Theropoda",
        country_code="CN",
        own=True,
        published=False,
        formation="Lufeng",
        type_status="holotype",
        preservation="skull",
        word="side:left",
        with_image=False,
        with_place=True,
        area=Area(((101.5, 24.5), (103.0, 26.0))),
        changed_within=7,
    )


def test_one_end_of_a_range_runs_to_today_or_to_the_beginning() -> None:
    assert query_of(DEFAULTS | {"oldest": 66.0}).range_ma == AgeRange(66.0, 0.0)
    assert query_of(DEFAULTS | {"youngest": 66.0}).range_ma == AgeRange(4600.0, 66.0)
