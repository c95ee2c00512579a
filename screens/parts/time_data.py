"""All that the time machine shows, gathered once for each state of the catalogue: finds with their places, the dated tree, the chart,
what is told of each interval, and the counts of genera. It is made for visitors: a withheld site goes out with its coarser place.

Call `everything` and `curve_of` through the caches `data_now` and `curve_now`.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from sqlalchemy import Connection

from catalogue import database, specimens
from catalogue.diversity import QUORUM, Diversity, diversity
from catalogue.facts import cite, read_facts
from catalogue.geological_time import AgeRange, Interval, timescale
from catalogue.records import DatedFind, Specimen
from catalogue.searching.query import Query
from catalogue.taxonomy import taxonomy
from maps.palaeogeography.frames import on_plates
from maps.palaeogeography.models import BUILT_IN, PlateModel, built_in_model
from screens import navigation
from screens.earth_routes import LAND_UNTIL, frames_href
from screens.parts import cards, trees
from screens.parts.ages import age_words, color_of, ink_on, interval_words
from screens.parts.until_changed import until_changed
from screens.words import language, speaking
from trees.dating import DatedTree
from trees.model import find_node
from trees.survey import Survey, survey

SPAN = AgeRange(LAND_UNTIL, 0.0)
"""The time of the time machine, in Ma: from the eve of the dinosaurs to today."""
MOST = 6_000
"""Finds that are sent at most."""
_FINDS_AN_AGE = 40
"""So many finds for each age of the chart, on average, and genera are counted by ages; with fewer, by epochs."""
_RANKS = ("period", "epoch", "age")
_LEAST_CLADE = 3


@until_changed(most=4)
def data_now(language: str) -> Mapping[str, object]:
    """Everything for the browser, in a language, as the catalogue is now."""
    with speaking(language), database.reading() as connection:
        return everything(connection)


@until_changed(most=64)
def curve_now(clade: str) -> Mapping[str, object]:
    """Genera through time in a clade of the tree, or in all with a blank, as the catalogue is now."""
    with database.reading() as connection:
        return curve_of(connection, clade)


def everything(connection: Connection) -> dict[str, object]:
    """All but the curve, as JSON for ``screens/parts/time_machine.js``, whose first lines tell what stands where."""
    dated, model = trees.dated_now(), built_in_model(BUILT_IN[0])
    known = survey(dated)
    page = specimens.find(connection, Query(span=SPAN), order="name", size=MOST)
    found = page.specimens
    genera = _numbered(specimen.genus or specimen.scientific_name for specimen in found)
    outlines = _numbered(cards.silhouette(specimen) for specimen in found)
    facts = read_facts("geological_time/interval_facts.tsv")
    return {
        "oldest": SPAN.max_ma,
        "earth": frames_href(model, LAND_UNTIL),
        "citation": f"{model.citation} {model.licence}",
        "units": [_unit(unit, facts) for rank in _RANKS for unit in timescale().of_rank(rank, SPAN)],
        "facts": [[row["zh_fact" if language() == "zh" else "fact"], cite(row["reference"])] for row in facts],
        "tree": [_node(known, dated, number) for number in range(len(known.nodes))],
        "clades": _clades(known),
        "genera": [[genus, cards.common_name(genus), _is_latin(genus)] for genus in genera],
        "outlines": list(outlines),
        "finds": [_find(specimen, known, genera, outlines) for specimen in found],
        "left_out": page.total - len(found),
        "places": _places(found, model),
        "quorum": QUORUM,
    }


def _unit(unit: Interval, facts: Sequence[Mapping[str, str]]) -> list[object]:
    told = [number for number, row in enumerate(facts) if row["interval"] == unit.name]
    name = unit.label(language())
    return [unit.rank, name, unit.span.max_ma, unit.span.min_ma, unit.color, ink_on(unit.color), told]


def _node(known: Survey, dated: DatedTree, number: int) -> list[object]:
    """Parent, age, end of its range (of a clade: of the youngest in it), name, common name, and where its sources are told."""
    node = known.nodes[number]
    name = str(node.name or "")
    parameter = "clade" if known.children[number] else "taxon"
    href = navigation.href("tree", **{parameter: name}) if name else ""
    ages = (round(float(node.age), 4), round(known.youngest[number], 4))
    return [known.parents[number], *ages, name, cards.common_name(name) if name else "", href]


def _clades(known: Survey) -> list[list[object]]:
    """The clades that can be chosen from the list, in the order of the tree, each with how deep it lies below others of the list."""
    depth: dict[int, int] = {-1: -1}
    listed: list[list[object]] = []
    for number, node in enumerate(known.nodes):
        wanted = bool(node.name) and known.tips[number] >= _LEAST_CLADE
        depth[number] = depth[known.parents[number]] + wanted
        if wanted:
            listed.append([number, depth[number]])
    return listed


def _is_latin(name: str) -> bool:
    """Whether it is the name of a genus, and not of a wider group; one that the table does not hold is a genus that somebody entered."""
    return name not in taxonomy() or cards.is_latin(name)


def _numbered(texts: Iterable[str]) -> dict[str, int]:
    return {text: number for number, text in enumerate(dict.fromkeys(texts))}


def _find(specimen: Specimen, known: Survey, genera: Mapping[str, int], outlines: Mapping[str, int]) -> list[object]:
    """Key, name, ages, colour, what it is, the number of its genus and its outline, and the node of the tree that it belongs to."""
    names = (specimen.genus, *reversed(specimen.groups))
    node = next((known.numbers[name] for name in names if name in known.numbers), -1)
    return [
        specimen.occurrence_id,
        specimen.verbatim_identification,
        specimen.max_ma,
        specimen.min_ma,
        color_of(specimen.span),
        f"{cards.kind_words(specimen)} · {interval_words(specimen)}, {age_words(specimen.span)}",
        genera[specimen.genus or specimen.scientific_name],
        outlines[cards.silhouette(specimen)],
        node,
        navigation.href("specimen", id=specimen.occurrence_id),
    ]


def _places(found: Sequence[Specimen], model: PlateModel) -> list[list[object]]:
    """Each place once: longitude, latitude, number of its plate, age of its ground, its name, and the numbers of its finds."""
    at: dict[tuple[float, float], list[int]] = {}
    for number, one in enumerate(found):
        if one.decimal_longitude is not None and one.decimal_latitude is not None:
            at.setdefault((one.decimal_longitude, one.decimal_latitude), []).append(number)
    plates, oldest = on_plates(model, np.array(list(at)).reshape(-1, 2))
    carried = zip(at.items(), plates.tolist(), oldest.tolist(), strict=True)
    return [
        [*where, plate, ground, cards.place_words(found[numbers[0]]), numbers]
        for (where, numbers), plate, ground in carried
    ]


def curve_of(connection: Connection, clade: str) -> dict[str, object]:
    """Genera through time.

    Parameters
    ----------
    clade : str
        A clade or tip of the built-in tree; blank for all.

    Returns
    -------
    dict
        ``clade``; ``bins``: for each interval of the chart, oldest first, its ages, its finds and the three counts of
        `catalogue.diversity`, the last with its error, or None twice.
    """
    found = list(specimens.dated_finds(connection))
    rank = "age" if len(found) >= _FINDS_AN_AGE * len(timescale().of_rank("age", SPAN)) else "epoch"
    units = [unit for unit in timescale().of_rank(rank, SPAN) if unit.span.max_ma <= SPAN.max_ma]
    wanted = _within(connection, found, clade) if clade else found
    return {"clade": clade, "bins": [_bin(one) for one in diversity(wanted, units)]}


def _within(connection: Connection, found: Iterable[DatedFind], clade: str) -> list[DatedFind]:
    """Those whose genus is on the tree within a clade, or that are classified in it."""
    node = find_node(trees.dated_now().tree, clade)
    tips = set(node.get_leaf_names()) if node is not None else set()
    classified = {find.occurrence_id for find in specimens.dated_finds(connection, Query(taxon=clade))}
    return [find for find in found if find.taxon in tips or find.occurrence_id in classified]


def _bin(one: Diversity) -> list[float | None]:
    sampled = one.standardised
    span = one.interval.span
    numbers = [round(sampled.genera, 2), round(sampled.error, 2)] if sampled else [None, None]
    return [span.max_ma, span.min_ma, one.finds, one.raw, one.range_through, *numbers]
