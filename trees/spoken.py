"""What a drawn tree says of its parts, for pointing hands and for readers of the screen: in sentences, from `trees.words`."""

from collections.abc import Mapping

from trees.layout import Layout, Place
from trees.sheet import Sheet
from trees.words import figure, filled


def say_tree(layout: Layout, words: Mapping[str, str], *, timed: bool = True) -> str:
    """The whole tree in a sentence."""
    root = layout.places[0]
    if not timed:
        return words["tree_plain"].format(count=root.tips)
    return words["tree"].format(
        count=root.tips,
        oldest=figure(root.age),
        youngest=figure(min(place.youngest for place in layout.places)),
    )


def say_tip(name: str, place: Place, interval: str, words: Mapping[str, str]) -> str:
    """A tip: its names, whether it lives, its range, and the epoch in which that begins."""
    state = words["living" if place.living else "extinct"]
    return filled(words["tip"], ("name", "state", "first", "last", "interval"))(
        name, state, figure(place.age), figure(place.youngest), interval
    )


def say_tip_fully(sheet: Sheet, place: Place) -> str:
    """A tip with its ghost lineage and the specimens in the collection."""
    if not sheet.timed:
        return both_names(place.name, sheet.labels)
    said = say_tip(both_names(place.name, sheet.labels), place, sheet.interval(place.age), sheet.words)
    ghost = sheet.dated.ghost_lineages.get(place.name, 0.0)
    if ghost > 0:
        said += "; " + sheet.words["ghost"].format(amount=figure(ghost))
    count = sheet.counts.get(place.name, 0)
    if count:
        said += "; " + sheet.words["specimen" if count == 1 else "specimens"].format(count=count)
    return said


def say_clade(sheet: Sheet, place: Place, key: str) -> str:
    """A clade, by the template `key`: ``clade`` or ``collapsed``."""
    named = both_names(place.name, sheet.labels) if place.name else sheet.words["nameless"]
    if sheet.news.get(place.key):
        return f"{_say_clade(sheet, place, key, named)}; {sheet.words['new'].format(names='; '.join(sheet.news[place.key]))}"
    return _say_clade(sheet, place, key, named)


def _say_clade(sheet: Sheet, place: Place, key: str, named: str) -> str:
    if not sheet.timed:
        return sheet.words[f"{key}_plain"].format(name=named, count=place.tips)
    return filled(sheet.words[key], ("name", "count", "age"))(named, place.tips, figure(place.age))


def both_names(name: str, labels: Mapping[str, str]) -> str:
    """A name with its second label, if it has one."""
    second = labels.get(name)
    return f"{name}, {second}" if second else name
