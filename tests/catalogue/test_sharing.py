"""`catalogue.sharing`: what all specimens of a genus have in common."""

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.rights import THIS_COMPUTER, VISITOR
from catalogue.sharing import shared_values


def add(connection: Connection, number: str, name: str, **more: object) -> None:
    draft = {
        "catalog_number": number,
        "verbatim_identification": name,
        "earliest_interval": "Hettangian",
        "locality": "there",
    }
    specimens.add(connection, THIS_COMPUTER, {**draft, **more})


def test_one_value_or_several(connection: Connection) -> None:
    add(connection, "T 1", "Lufengosaurus huenei", country_code="CN", formation="Lufeng")
    add(connection, "T 2", "Lufengosaurus magnus", country_code="CN", formation="Yimen")
    add(connection, "T 3", "Massospondylus", country_code="ZA")
    genera = ["Lufengosaurus", "Massospondylus", "Nobodysaurus"]
    assert shared_values(connection, genera, "country_code") == {
        "Lufengosaurus": ("CN", True),
        "Massospondylus": ("ZA", True),
    }
    assert shared_values(connection, genera, "formation") == {"Lufengosaurus": ("Lufeng", False)}
    assert shared_values(connection, ["Massospondylus"], "formation") == {}


def test_a_blank_cell_says_nothing(connection: Connection) -> None:
    add(connection, "T 1", "Lufengosaurus", formation="Lufeng")
    add(connection, "T 2", "Lufengosaurus")
    assert shared_values(connection, ["Lufengosaurus"], "formation") == {"Lufengosaurus": ("Lufeng", True)}


def test_a_withheld_site_counts_only_for_who_may_see_it(connection: Connection) -> None:
    add(connection, "T 1", "Lufengosaurus", country_code="CN", site_withheld="yes")
    assert shared_values(connection, ["Lufengosaurus"], "country_code", who=VISITOR) == {}
    assert shared_values(connection, ["Lufengosaurus"], "country_code", who=THIS_COMPUTER) != {}


def test_coordinates_names_and_unknown_fields_are_not_for_colours(connection: Connection) -> None:
    for field in ("decimal_latitude", "genus", "nonsense"):
        with pytest.raises(ValueError, match=field):
            shared_values(connection, [], field)
