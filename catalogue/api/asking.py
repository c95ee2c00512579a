"""What was asked of the API as a `Query`, the same as a search on the screen."""

from catalogue.api.parameters import OLDEST_MA, Values
from catalogue.geological_time import AgeRange, timescale
from catalogue.searching.area import read_area
from catalogue.searching.query import Query


def query_of(asked: Values) -> Query:
    """The query behind the parameters `catalogue.api.parameters.FILTERS`."""
    return Query(
        text=asked.get("q", ""),
        span=timescale()[asked["interval"]].span if "interval" in asked else None,
        range_ma=_range_ma(asked),
        within=asked["fit"] == "within",
        taxon=asked.get("taxon", ""),
        country_code=asked.get("country", "").upper(),
        own=asked["kind"] != "published",
        published=asked["kind"] != "own",
        formation=asked.get("formation", ""),
        type_status=asked.get("type", ""),
        preservation=asked.get("preservation", ""),
        word=asked.get("word", ""),
        with_image={"yes": True, "no": False}.get(asked.get("image", "")),
        area=read_area(asked["area"]) if asked.get("area") else None,
        with_place={"yes": True, "no": False}.get(asked.get("coordinates", "")),
        changed_within=asked.get("changed", 0),
    )


def _range_ma(asked: Values) -> AgeRange | None:
    """One end alone runs to today, or to the beginning; swapped ends are put right, as on the screen."""
    if "oldest" not in asked and "youngest" not in asked:
        return None
    ends = (asked.get("oldest", OLDEST_MA), asked.get("youngest", 0.0))
    return AgeRange(max(ends), min(ends))
