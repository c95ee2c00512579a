"""A world to ask about: the built-in tree with its published ranges, and five finds far apart."""

from catalogue.geological_time import timescale
from catalogue.records import Specimen
from classroom.questions import World
from maps.palaeogeography.models import built_in_model
from trees.dating import date_tree
from trees.library import built_in_tree
from trees.ranges import published_ranges

_FINDS = (
    ("Lufengosaurus", 25.1, 102.1, "Lufeng", "Early Jurassic"),
    ("Cryolophosaurus", -84.3, 166.5, "Mount Kirkpatrick", "Early Jurassic"),
    ("Allosaurus", 39.3, -110.7, "Cleveland", "Late Jurassic"),
    ("Giraffatitan", -9.7, 39.2, "Tendaguru", "Late Jurassic"),
    ("Plateosaurus", 48.9, 9.0, "Trossingen", "Jurassic"),
)


def made_world(language: str) -> World:
    """The world in a language; its messages stay English."""
    return World(
        date_tree(built_in_tree().tree, published_ranges(timescale())),
        [_find(*one) for one in _FINDS],
        built_in_model("paleomap"),
        language,
        str,
        lambda find: find.locality,
    )


def _find(name: str, latitude: float, longitude: float, locality: str, interval: str) -> Specimen:
    return Specimen(
        occurrence_id=f"w:{name}",
        basis_of_record="FossilSpecimen",
        verbatim_identification=name,
        scientific_name=name,
        genus=name,
        earliest_interval=interval,
        latest_interval=interval,
        decimal_latitude=latitude,
        decimal_longitude=longitude,
        locality=locality,
        max_ma=timescale()[interval].span.max_ma,
        min_ma=timescale()[interval].span.min_ma,
    )
