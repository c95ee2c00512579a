"""What a drawn tree says of its parts, for pointing hands and for readers of the screen: in sentences, from `trees.words`."""

from collections.abc import Mapping

from trees.layout import Layout, Place
from trees.sheet import Sheet
from trees.words import figure


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
    return words["tip"].format(
        name=name,
        state=words["living" if place.living else "extinct"],
        first=figure(place.age),
        last=figure(place.youngest),
        interval=interval,
    )


def say_tip_fully(sheet: Sheet, place: Place) -> str:
    """A tip with its ghost lineage and the specimens in the collection."""
    if not sheet.timed:
        return both_names(place.name, sheet.labels)
    parts = [say_tip(both_names(place.name, sheet.labels), place, sheet.interval(place.age), sheet.words)]
    ghost = sheet.dated.ghost_lineages.get(place.name, 0.0)
    if ghost > 0:
        parts.append(sheet.words["ghost"].format(amount=figure(ghost)))
    count = sheet.counts.get(place.name, 0)
    if count:
        parts.append(sheet.words["specimen" if count == 1 else "specimens"].format(count=count))
    return "; ".join(parts)


def say_clade(sheet: Sheet, place: Place, key: str) -> str:
    """A clade, by the template `key`: ``clade`` or ``collapsed``."""
    named = both_names(place.name, sheet.labels) if place.name else sheet.words["nameless"]
    if not sheet.timed:
        return sheet.words[f"{key}_plain"].format(name=named, count=place.tips)
    return sheet.words[key].format(name=named, count=place.tips, age=figure(place.age))


def both_names(name: str, labels: Mapping[str, str]) -> str:
    """A name with its second label, if it has one."""
    second = labels.get(name)
    return f"{name}, {second}" if second else name
