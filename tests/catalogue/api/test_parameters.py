"""What may be asked of the API: read as written, refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.api.parameters import FACET_LIST, FILTERS, ORDER, PAGE, BadParameters, page_size, read_parameters

KNOWN = (*FILTERS, ORDER, PAGE, page_size(100), FACET_LIST)
DEFAULTS = {"fit": "overlaps", "kind": "all", "order": "newest", "page": 1, "size": 100}


def refused(*written: tuple[str, str]) -> dict[str, str]:
    """What is said about each parameter that is refused."""
    with pytest.raises(BadParameters) as error:
        read_parameters(KNOWN, written)
    return {fault.parameter: str(fault.message) for fault in error.value.faults}


def test_nothing_asked_is_the_defaults() -> None:
    assert read_parameters(KNOWN, []) == DEFAULTS


def test_values_are_read_by_their_kind() -> None:
    written = [
        ("q", " lufeng "),
        ("oldest", "201.4"),
        ("youngest", "1e2"),
        ("changed", "7"),
        ("page", "3"),
        ("size", "5"),
    ]
    assert read_parameters(KNOWN, written) == DEFAULTS | {
        "q": "lufeng",
        "oldest": 201.4,
        "youngest": 100.0,
        "changed": 7,
        "page": 3,
        "size": 5,
    }
    assert read_parameters(KNOWN, [("facets", "country,taxon")])["facets"] == ("country", "taxon")


def test_a_blank_text_asks_nothing() -> None:
    assert read_parameters(KNOWN, [("q", ""), ("taxon", " ")]) == DEFAULTS


def test_every_fault_is_named_with_what_is_allowed() -> None:
    said = refused(("colour", "red"), ("size", "0"), ("kind", "mine"), ("q", "x" * 501), ("page", "1"), ("page", "2"))
    assert said.keys() == {"colour", "size", "kind", "q", "page"}
    assert said["colour"].startswith("There is no parameter “colour” here. There are: q, interval, oldest,")
    assert said["size"] == "“size” must be a whole number from 1 to 1000."
    assert said["kind"] == "“kind” cannot be “mine”. It can be: all, own, published."
    assert said["q"] == "“q” takes 500 characters at most."
    assert said["page"] == "“page” is given more than once. Give it once."


def test_where_there_are_no_parameters_none_is_offered() -> None:
    with pytest.raises(BadParameters, match=r"There is no parameter “q” here, nor any other\."):
        read_parameters((), [("q", "")])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Lower Jurassic", "Write the interval “Lower Jurassic” as the chart does in English: Early Jurassic."),
        ("侏罗纪", "Write the interval “侏罗纪” as the chart does in English: Jurassic."),
        ("Lufengian", "“Lufengian” is not an interval of the ICS 2024-12 chart. See /api/intervals for all of them."),
        ("", "“” is not an interval of the ICS 2024-12 chart. See /api/intervals for all of them."),
    ],
)
def test_an_interval_that_is_not_the_charts_is_put_right(written: str, said: str) -> None:
    assert refused(("interval", written)) == {"interval": said}


@pytest.mark.parametrize(
    "written", ["", " 1", "1 ", "+1", "1_000", "١", "0x10", "nan", "inf", "1e999", "-1", "4600.1", "1" * 401]
)
def test_what_is_no_age_is_refused(written: str) -> None:
    assert refused(("oldest", written)) == {"oldest": "“oldest” must be a number from 0 to 4600."}


@pytest.mark.parametrize("written", ["", "0", "1.0", "1e2", "1001", "²"])
def test_what_is_no_size_is_refused(written: str) -> None:
    assert refused(("size", written)).keys() == {"size"}


@given(st.lists(st.tuples(st.sampled_from([one.name for one in KNOWN]) | st.text(), st.text())))
def test_any_text_is_read_or_refused(written: list[tuple[str, str]]) -> None:
    try:
        values = read_parameters(KNOWN, written)
    except BadParameters as error:
        assert all(str(fault.message) for fault in error.faults)
    else:
        assert values.keys() >= DEFAULTS.keys()
