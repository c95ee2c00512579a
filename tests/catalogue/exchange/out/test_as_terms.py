"""A record as Darwin Core terms and values: each term has its definition, numbers stay numbers, and what is blank is left out."""

from dataclasses import fields

from catalogue.exchange.out.as_terms import TERMS, as_darwin_core, lists_as_darwin_core
from catalogue.parts import AbsoluteAge, Identification, nothing
from catalogue.records import Measurement, Specimen

RECORD = Specimen(
    occurrence_id="w:1",
    basis_of_record="FossilSpecimen",
    scientific_name="Lufengosaurus huenei",
    genus="Lufengosaurus",
    higher_classification="|Dinosauria|Sauropodomorpha|Lufengosaurus|",
    earliest_interval="Hettangian",
    latest_interval="Early Jurassic",
    max_ma=201.4,
    min_ma=0.0,
    lithostratigraphic_group="Lufeng",
    translations={"zh": {"locality": "禄丰", "state_province": "云南"}},
)


def test_values_stand_under_their_terms() -> None:
    told = as_darwin_core(RECORD)
    assert told["occurrenceID"] == "w:1"
    assert told["group"] == "Lufeng"
    assert told["higherClassification"] == "Dinosauria | Sauropodomorpha | Lufengosaurus"
    assert told["translations"] == {"zh": {"locality": "禄丰", "stateProvince": "云南"}}
    assert told["earliestAgeOrLowestStage"] == "Hettangian"
    assert told["latestEpochOrHighestSeries"] == "Early Jurassic"
    assert told["latestInterval"] == "Early Jurassic"


def test_numbers_stay_numbers_and_nought_is_said() -> None:
    told = as_darwin_core(RECORD)
    assert (told["maxMa"], told["minMa"]) == (201.4, 0.0)


def test_what_is_blank_is_left_out() -> None:
    told = as_darwin_core(RECORD)
    assert {"locality", "decimalLatitude", "latestAgeOrHighestStage", "importId"}.isdisjoint(told)
    assert "" not in told.values()


def test_a_genus_that_the_name_does_not_hold_is_not_claimed() -> None:
    assert "genus" not in as_darwin_core(
        Specimen("w:1", "FossilSpecimen", scientific_name="Theropoda", genus="Theropoda x")
    )


def test_every_field_but_the_import_has_a_term_and_every_value_too() -> None:
    assert as_darwin_core(RECORD).keys() <= TERMS.keys()
    assert len(TERMS) >= len(fields(Specimen)) - 1
    standard = [address for address in TERMS.values() if address]
    assert all(
        address.startswith(("http://rs.tdwg.org/dwc/terms/", "http://purl.org/dc/terms/")) for address in standard
    )
    assert {name for name, address in TERMS.items() if not address} >= {"maxMa", "minMa", "timescale", "translations"}


def test_lists_stand_under_their_names_and_empty_ones_are_left_out() -> None:
    parts = nothing() | {
        "identifications": [Identification("Gryponyx")],
        "absolute_ages": [AbsoluteAge(190.5, dating_method="U-Pb")],
        "statements": [Measurement("w:1", "mass", "about 4", translations={"zh": {"measurement_value": "约4"}})],
    }
    assert lists_as_darwin_core(parts) == {
        "identifications": [{"verbatimIdentification": "Gryponyx"}],
        "absoluteAges": [{"ageMa": 190.5, "datingMethod": "U-Pb"}],
        "statements": [
            {
                "measurementType": "mass",
                "measurementValue": "about 4",
                "translations": {"zh": {"measurementValue": "约4"}},
            }
        ],
    }
