"""Questions made from the catalogue and the dated tree: no two classes get the same, and a number brings the same ones back.

A question has one right answer that follows from the data as they are now, and says why. Its figure is described, not drawn: a page draws it
as SVG, a worksheet as marks on paper.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random
from typing import Literal, TypeAlias, get_args

from catalogue.geological_time import AgeRange, Interval, chinese_years, timescale
from catalogue.messages import Message, message
from catalogue.records import Specimen
from catalogue.taxonomy import taxonomy
from maps import ancient
from maps.palaeogeography.models import PlateModel
from maps.periods import MapPoint
from trees.dating import DatedTree, dated_tree
from trees.model import Tree, copy_tree, tip_names

Kind: TypeAlias = Literal["order", "period", "tips", "ghost", "site"]
KINDS: tuple[Kind, ...] = get_args(Kind)
HIDDEN = "?"
"""What stands in the place of the name that is asked for."""
LETTERS = "ABCD"
_CHOICES = 4
_CLEAR_MYR = 5.0
"""By how much times must differ so that nobody can take one for the other."""
_APART_DEGREES = 25.0
_FEWEST_TIPS, _MOST_TIPS = 4, 8
_TRIES = 400


@dataclass(frozen=True)
class OrderFigure:
    """Animals to be put in order: names as shown, with their ranges in Ma, in the order in which they are listed."""

    listed: tuple[tuple[str, AgeRange], ...]


@dataclass(frozen=True)
class TreeFigure:
    """A part of the dated tree; a tip called `HIDDEN` is the one that is asked for."""

    dated: DatedTree = field(repr=False)


@dataclass(frozen=True)
class MapFigure:
    """Lettered places on the Earth of an age.

    Parameters
    ----------
    age_ma : float
    places : tuple of (str, float, float)
        Letter, longitude and latitude then, in degrees.
    """

    age_ma: float
    model: PlateModel = field(repr=False)
    places: tuple[tuple[str, float, float], ...]


Figure: TypeAlias = OrderFigure | TreeFigure | MapFigure | None


@dataclass(frozen=True)
class Question:
    """One question.

    Parameters
    ----------
    kind : str
    asks, because : str
        In the reader's language.
    choices : tuple of str
    right : int
        Which of `choices` is right.
    figure : Figure
    genera : frozenset of str
        The scientific names of genera in its texts, which are set in italics.
    """

    kind: Kind
    asks: str
    choices: tuple[str, ...]
    right: int
    because: str
    figure: Figure = field(default=None, repr=False, compare=False)
    genera: frozenset[str] = field(default=frozenset(), repr=False, compare=False)

    def pieces(self, text: str) -> list[tuple[str, bool]]:
        """A text of it in pieces, each with whether it is the scientific name of a genus."""
        if not self.genera:
            return [(text, False)]
        parts = re.split(rf"(?<![A-Za-z])({'|'.join(sorted(self.genera))})(?![A-Za-z])", text)
        return [(part, number % 2 == 1) for number, part in enumerate(parts) if part]

    def groups_named_in(self, text: str) -> tuple[str, ...]:
        """The groups, widest first, of the first genus that a text of it names; empty where none is, or its kinship is not known."""
        return taxonomy().lineage(next((part for part, is_name in self.pieces(text) if is_name), ""))


@dataclass(frozen=True)
class World:
    """What questions are made of.

    Parameters
    ----------
    dated : DatedTree
        Of the built-in tree with the ranges of now.
    finds : sequence of Specimen
        As visitors see them.
    model : PlateModel
    language : str
    say : callable
        Translates a message.
    place_of : callable
        Where a specimen was found, in words.
    """

    dated: DatedTree = field(repr=False)
    finds: Sequence[Specimen] = field(repr=False)
    model: PlateModel = field(repr=False)
    language: str
    say: Callable[[Message], str] = field(repr=False)
    place_of: Callable[[Specimen], str] = field(repr=False)

    def called(self, taxon: str) -> str:
        """A taxon as people of the language call it."""
        common = taxonomy().common_name(taxon, self.language) if self.language == "zh" else ""
        return f"{taxon}（{common}）" if common else taxon

    def latitude(self, degrees: float) -> str:
        """A latitude in words."""
        north = message("{degrees}° north", degrees=f"{abs(degrees):.0f}")
        south = message("{degrees}° south", degrees=f"{abs(degrees):.0f}")
        return self.say(north if degrees >= 0 else south)

    def ages(self, span: AgeRange) -> str:
        """A range in numbers."""
        return self.say(
            message("{oldest}–{youngest} Ma", oldest=self.figure(span.max_ma), youngest=self.figure(span.min_ma))
        )

    def figure(self, ma: float) -> str:
        """Million years in numbers; Chinese counts years."""
        return chinese_years(ma) if self.language == "zh" else f"{ma:.4g}"


def make_questions(world: World, seed: int, kinds: Sequence[Kind] = KINDS, count: int = 6) -> list[Question]:
    """Make questions.

    Parameters
    ----------
    world : World
    seed : int
        The same number brings the same questions, as long as catalogue and tree are the same.
    kinds : sequence of str
        They take turns.
    count : int
        How many; fewer where the catalogue gives no more that are clear.
    """
    chance = Random(seed)  # noqa: S311  nothing secret hangs on it
    genera = {*world.dated.ranges, *(find.genus for find in world.finds)}
    made: list[Question] = []
    for number in range(count * 3):
        if len(made) == count:
            break
        question = _MAKERS[kinds[number % len(kinds)]](world, chance)
        if question is not None and all(question.asks != one.asks or question.choices != one.choices for one in made):
            words = re.findall(r"[A-Z][a-z]+", " ".join((question.asks, question.because, *question.choices)))
            made.append(replace(question, genera=frozenset(words) & genera))
    return made


def _spans(world: World) -> dict[str, AgeRange]:
    return {
        name: AgeRange(one.first_appearance, one.last_appearance)
        for name, one in sorted(world.dated.ranges.items())
        if one.last_appearance > 0
    }


def _order(world: World, chance: Random) -> Question | None:
    spans = _spans(world)
    for _ in range(_TRIES):
        chosen = sorted(chance.sample(list(spans), _CHOICES), key=lambda name: -spans[name].max_ma)
        if all(spans[old].min_ma > spans[young].max_ma + _CLEAR_MYR for old, young in pairwise(chosen)):
            break
    else:
        return None
    rows = [chosen]
    while len(rows) < _CHOICES:
        other = chance.sample(chosen, _CHOICES)
        if other not in rows:
            rows.append(other)
    right, choices = _shuffled(chance, [" → ".join(world.called(name) for name in row) for row in rows])
    listed = chance.sample(chosen, _CHOICES)
    told = "; ".join(f"{world.called(name)} {world.ages(spans[name])}" for name in chosen)
    return Question(
        "order",
        world.say(message("Put these in order, the oldest first.")),
        choices,
        right,
        world.say(message("From old to young: {told}.", told=told)),
        OrderFigure(tuple((world.called(name), spans[name]) for name in listed)),
    )


def _period(world: World, chance: Random) -> Question | None:
    spans = _spans(world)
    periods = [timescale()[name] for name in ("Triassic", "Jurassic", "Cretaceous")]
    name = chance.choice(list(spans))
    span = spans[name]
    here = [unit for unit in periods if _lies_in(span, unit)]
    if not here:
        return None
    return Question(
        "period",
        world.say(message("In which period did {name} live?", name=world.called(name))),
        tuple(unit.label(world.language) for unit in periods),
        periods.index(here[0]),
        world.say(
            message(
                "Its fossils are {ages} old; the {period} lasted from {oldest} to {youngest} Ma.",
                ages=world.ages(span),
                period=here[0].label(world.language),
                oldest=world.figure(here[0].span.max_ma),
                youngest=world.figure(here[0].span.min_ma),
            )
        ),
    )


def _lies_in(span: AgeRange, unit: Interval) -> bool:
    return unit.span.max_ma >= span.max_ma and span.min_ma >= unit.span.min_ma


def _tips(world: World, chance: Random) -> Question | None:
    clade = _small_clade(world, chance)
    if clade is None:
        return None
    inside = tip_names(clade)
    name = chance.choice(inside)
    parent = clade.up or clade
    elsewhere = sorted(set(world.dated.ranges) - set(tip_names(parent)))
    if len(elsewhere) < _CHOICES - 1:
        return None
    right, choices = _shuffled(chance, [world.called(one) for one in (name, *chance.sample(elsewhere, _CHOICES - 1))])
    return Question(
        "tips",
        world.say(message("One name is missing on this tree. Whose place is it?")),
        choices,
        right,
        world.say(
            message(
                "{name} belongs to {clade}, as all on this tree do. The other three have their places elsewhere.",
                name=world.called(name),
                clade=world.called(str(clade.name)),
            )
        ),
        TreeFigure(_part(world, clade, hidden=name)),
    )


def _ghost(world: World, chance: Random) -> Question | None:
    for _ in range(_TRIES):
        clade = _small_clade(world, chance)
        if clade is None:
            return None
        dated = _part(world, clade)
        tips = [node for node in dated.tree.traverse("preorder") if not node.children]
        ghosts = sorted(((float(node.ghost), str(node.name)) for node in tips), reverse=True)
        if ghosts[0][0] > ghosts[1][0] + _CLEAR_MYR:
            break
    else:
        return None
    amount, name = ghosts[0]
    others = [other for _, other in ghosts[1:]]
    right, choices = _shuffled(
        chance, [world.called(one) for one in (name, *chance.sample(others, min(len(others), _CHOICES - 1)))]
    )
    return Question(
        "ghost",
        world.say(message("Which of these has the longest ghost lineage, the time without a known fossil?")),
        choices,
        right,
        world.say(
            message(
                "The dashed line before {name} is {amount} million years long: its nearest relatives are so much older than its oldest fossil.",
                name=world.called(name),
                amount=world.figure(float(f"{amount:.3g}")),
            )
        ),
        TreeFigure(dated),
    )


def _site(world: World, chance: Random) -> Question | None:
    jurassic = timescale()["Jurassic"].span
    finds = [
        find
        for find in sorted(world.finds, key=lambda find: find.occurrence_id)
        if find.is_own and find.has_place and jurassic.overlaps(find.span) and world.place_of(find)
    ]
    for _ in range(_TRIES):
        if len(finds) < _CHOICES:
            return None
        chosen = chance.sample(finds, _CHOICES)
        age = round(min(max((chosen[0].span.max_ma + chosen[0].span.min_ma) / 2, jurassic.min_ma), jurassic.max_ma))
        carried = ancient.carry([_point(find) for find in chosen], world.model, float(age)).placed
        if len(carried) == _CHOICES and _well_apart(carried):
            break
    else:
        return None
    asked = chosen[0]
    placed = sorted(carried, key=lambda point: point.longitude)
    right = next(number for number, point in enumerate(placed) if point.occurrence_id == asked.occurrence_id)
    there = placed[right]
    return Question(
        "site",
        world.say(
            message(
                "Which letter marks the place where {name} was found ({place})? This is the Earth {age} million years ago.",
                name=world.called(asked.genus or asked.scientific_name),
                place=world.place_of(asked),
                age=world.figure(age),
            )
        ),
        tuple(LETTERS),
        right,
        world.say(
            message(
                "The place lay at about {then} then; today it is at {now}.",
                then=world.latitude(there.latitude),
                now=world.latitude(asked.decimal_latitude or 0.0),
            )
        ),
        MapFigure(
            float(age),
            world.model,
            tuple((letter, one.longitude, one.latitude) for letter, one in zip(LETTERS, placed, strict=True)),
        ),
    )


def _point(find: Specimen) -> MapPoint:
    assert find.decimal_latitude is not None and find.decimal_longitude is not None
    return MapPoint(find.occurrence_id, find.decimal_latitude, find.decimal_longitude, find.verbatim_identification)


def _well_apart(points: Sequence[MapPoint]) -> bool:
    return all(
        abs(one.latitude - other.latitude) + abs(one.longitude - other.longitude) >= _APART_DEGREES
        for number, one in enumerate(points)
        for other in points[number + 1 :]
    )


def _small_clade(world: World, chance: Random) -> Tree | None:
    small = [
        node
        for node in world.dated.tree.traverse("preorder")
        if node.children and node.name and node.up and _FEWEST_TIPS <= len(tip_names(node)) <= _MOST_TIPS
    ]
    return chance.choice(small) if small else None


def _part(world: World, clade: Tree, hidden: str = "") -> DatedTree:
    """A clade on its own, with the ages of the whole tree, and a tip without its name."""
    part = copy_tree(clade)
    part.dist = part.ghost = 0.0
    ranges = {}
    for node in part.traverse("preorder"):
        if not node.children:
            shown = HIDDEN if node.name == hidden else str(node.name)
            ranges[shown] = world.dated.ranges[str(node.name)]
            node.name = shown
    return dated_tree(part, ranges, method=world.dated.method, min_branch_ma=world.dated.min_branch_ma)


def _shuffled(chance: Random, choices: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Choices in a new order, and where the first of them is now."""
    mixed = chance.sample(list(choices), len(choices))
    return mixed.index(choices[0]), tuple(mixed)


_MAKERS: Mapping[Kind, Callable[[World, Random], Question | None]] = {
    "order": _order,
    "period": _period,
    "tips": _tips,
    "ghost": _ghost,
    "site": _site,
}
