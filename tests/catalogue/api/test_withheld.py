"""What is withheld stays withheld: no answer of the API holds the exact place for those who may not see it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.api import answers, frames
from catalogue.api.addresses import Addresses
from catalogue.api.endpoints import LOCALITIES, SPECIMEN_LIST, TAXA
from catalogue.api.linked_data import as_json_ld
from catalogue.api.paging import Paging
from catalogue.api.parameters import read_parameters
from catalogue.rights import THIS_COMPUTER, VISITOR, Person, Role

CATALOGUER = Person("anna", "Anna", Role.CATALOGUER)
SECRETS = ("Hollowayquarry", "25.12345", "102.54321", "秘密采石场", "Keptfieldnumber", "Cabinetseven")
ADDRESSES = Addresses("https://m.example", lambda medium: "")


@pytest.fixture
def withheld(connection: Connection, draft: dict[str, Any]) -> Connection:
    """A record whose exact site is withheld, with a word of its own in each place that could betray it."""
    more = {
        "occurrence_id": "w:1",
        "site_withheld": "yes",
        "locality": SECRETS[0],
        "decimal_latitude": float(SECRETS[1]),
        "decimal_longitude": float(SECRETS[2]),
        "translations": {"zh": {"locality": SECRETS[3]}},
        "field_number": SECRETS[4],
        "storage": [{"storage_location": SECRETS[5]}],
    }
    specimens.add(connection, THIS_COMPUTER, draft | more)
    return connection


def all_answers(connection: Connection, who: Person, **written: str) -> str:
    """Every answer that could hold the record, as one text."""

    def page(endpoint: Any, make: Callable[..., Any]) -> Any:
        asked = read_parameters(endpoint.parameters, written.items())
        return make(connection, who, asked, Paging(ADDRESSES, endpoint.path, {}))

    one = answers.specimen(connection, who, "w:1", ADDRESSES)
    told = [
        page(SPECIMEN_LIST, answers.specimens),
        page(LOCALITIES, answers.localities),
        page(TAXA, frames.taxa),
        one,
        as_json_ld(one, "https://m.example"),
    ]
    return json.dumps(told, ensure_ascii=False)


def test_a_visitor_learns_nothing_of_the_exact_place(withheld: Connection) -> None:
    told = all_answers(withheld, VISITOR)
    assert "w:1" in told
    assert [secret for secret in SECRETS if secret in told] == []
    assert "siteWithheld" not in told
    assert "informationWithheld" in told
    assert "dataGeneralizations" in told


def test_the_staff_reads_it_all(withheld: Connection) -> None:
    told = all_answers(withheld, CATALOGUER)
    assert [secret for secret in SECRETS if secret not in told] == []


@pytest.mark.parametrize("secret", [SECRETS[0], SECRETS[3], SECRETS[4]])
def test_no_question_finds_it_by_what_is_hidden(withheld: Connection, secret: str) -> None:
    def total(who: Person) -> object:
        asked = read_parameters(SPECIMEN_LIST.parameters, [("q", secret)])
        return answers.specimens(withheld, who, asked, Paging(ADDRESSES, SPECIMEN_LIST.path, {}))["total"]

    assert (total(VISITOR), total(CATALOGUER)) == (0, 1)
