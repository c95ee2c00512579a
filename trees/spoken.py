"""What a drawn tree says of its parts, for pointing hands and for readers of the screen: in sentences, from `trees.words`."""

from collections.abc import Mapping
from functools import lru_cache

from trees.layout import Layout, Place
from trees.sheet import Sheet
from trees.words import figure, filled

_MOST_TOLD = 16384
"""Sentences that are kept: while a tree is folded and unfolded, most stay the same."""
_OF_A_TIP = ("name", "state", "first", "last", "interval")


def say_tree(layout: Layout, words: Mapping[str, str], *, timed: bool = True) -> str:
    """The whole tree in a sentence."""
    root = layout.places[0]
    if not timed:
        return words["tree_plain"].format(count=root.tips)
    return words["tree"].format(
        count=root.tips,
        oldest=figure(root.age),
        youngest=figure(root.youngest),
    )


def say_tip(name: str, place: Place, interval: str, words: Mapping[str, str]) -> str:
    """A tip: its names, whether it lives, its range, and the epoch in which that begins."""
    state = words["living" if place.living else "extinct"]
    return filled(words["tip"], _OF_A_TIP)(name, state, figure(place.age), figure(place.youngest), interval)


def say_tip_fully(sheet: Sheet, place: Place) -> str:
    """A tip with its ghost lineage and the specimens in the collection."""
    if not sheet.timed:
        return both_names(place.name, sheet.labels)
    name, words, age = place.name, sheet.words, place.age
    ghost, count = sheet.dated.ghost_lineages.get(name, 0.0), sheet.counts.get(name, 0)
    called, state = (
        both_names(name, sheet.labels) if sheet.labels else name,
        words["living" if place.living else "extinct"],
    )
    before = words["ghost"] if ghost > 0 else ""
    counted = words["specimen" if count == 1 else "specimens"] if count else ""
    return _tip(words["tip"], called, state, age, place.youngest, sheet.interval(age), before, ghost, counted, count)


@lru_cache(maxsize=_MOST_TOLD)
def _tip(
    template: str,
    name: str,
    state: str,
    first: float,
    last: float,
    interval: str,
    ghost_template: str,
    ghost: float,
    count_template: str,
    count: int,
) -> str:
    told = filled(template, _OF_A_TIP)(name, state, figure(first), figure(last), interval)
    if ghost_template:
        told += "; " + ghost_template.format(amount=figure(ghost))
    return f"{told}; {count_template.format(count=count)}" if count_template else told


def say_clade(sheet: Sheet, place: Place, key: str) -> str:
    """A clade, by the template `key`: ``clade`` or ``collapsed``."""
    named = both_names(place.name, sheet.labels) if place.name else sheet.words["nameless"]
    told = _clade(sheet.words[key if sheet.timed else f"{key}_plain"], named, place.tips, place.age)
    if sheet.news and sheet.news.get(place.key):
        return f"{told}; {sheet.words['new'].format(names='; '.join(sheet.news[place.key]))}"
    return told


@lru_cache(maxsize=_MOST_TOLD)
def _clade(template: str, name: str, count: int, age: float) -> str:
    return template.format(name=name, count=count, age=figure(age))


def both_names(name: str, labels: Mapping[str, str]) -> str:
    """A name with its second label, if it has one."""
    second = labels.get(name) if labels else None
    return f"{name}, {second}" if second else name
