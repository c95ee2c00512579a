"""What else could be asked: for each facet its values with true counts, each value a link. All text is escaped here.

Time and groups unfold step by step: what was chosen, the way back up, and what lies directly below. On a phone the panel is
folded away.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

from catalogue.countries import country_name
from catalogue.geological_time import timescale
from catalogue.searching.facets import Counts, Facet
from screens import navigation
from screens.parts import vocabulary
from screens.parts.asking import CHANGES, IMAGES, PLACES, area_words
from screens.parts.cards import common_name, is_latin
from screens.words import _, language, marked

SHOWN = 6
"""Values of a facet that are shown at once."""
MOST = 60
"""Values of a facet that are shown in all."""

_MOST_OF_ALL = 0.6

_TITLES: Mapping[str, str] = {
    "interval": marked("Time"),
    "taxon": marked("Group"),
    "country": marked("Country"),
    "formation": marked("Rock formation"),
    "type": marked("Type specimens"),
    "preservation": marked("How it is preserved"),
    "image": marked("Picture"),
    "changed": marked("Added or changed"),
    "coordinates": marked("Coordinates"),
    "area": marked("Area on the map"),
    "word": marked("Word of a list"),
}


@dataclass(frozen=True)
class _Value:
    """A line of the panel: the value, its markup, its count, and whether it lies ``up`` or ``below`` of what was chosen."""

    value: str
    label: str
    count: int
    mark: str = ""
    place: str = ""


def panel(counts: Counts, asked: Mapping[str, str], words: Mapping[tuple[str, str], str]) -> str:
    """The panel.

    Parameters
    ----------
    counts : Counts
        What `catalogue.searching.facets` counted.
    asked : mapping of str to str
        The parameters of the link as they are now.
    words : mapping
        Values in the reader's language, by facet and value, where they differ.
    """
    facets = [
        _facet("interval", _intervals(counts.of["interval"], asked.get("interval", "")), asked),
        _facet("taxon", _taxa(counts, asked.get("taxon", "")), asked),
        *(_facet(name, _plain(name, counts, words, asked.get(name, "")), asked) for name in _PLAIN),
        _facet("coordinates", _asked_alone(counts, asked.get("coordinates", ""), _places), asked),
        _facet("area", _asked_alone(counts, asked.get("area", ""), area_words), asked),
        _facet("word", _word_asked(counts, asked.get("word", "")), asked),
    ]
    fold = escape(_("Narrow down"))
    return (
        f'<div class="facets"><input type="checkbox" id="fold" aria-label="{fold}"><label class="fold" for="fold">{fold}</label>'
        f'<div class="facet-list">{"".join(facets)}</div></div>'
    )


_PLAIN: tuple[Facet, ...] = ("country", "formation", "type", "preservation", "image", "changed")


def shown_values(counts: Counts, facet: Facet) -> list[str]:
    """The values of a facet that the panel shows, the most frequent first."""
    of = counts.of[facet]
    return sorted(of, key=lambda value: (-of[value], value))[:MOST]


def _plain(facet: Facet, counts: Counts, words: Mapping[tuple[str, str], str], chosen: str) -> list[_Value]:
    of = counts.of[facet]
    shown = list(of) if facet == "changed" else shown_values(counts, facet)
    shown += [chosen] if chosen and chosen not in shown else []
    if shown == ["no"] and not chosen:
        return []
    return [_Value(value, escape(_label(facet, value, words)), of.get(value, 0)) for value in shown]


def _label(facet: Facet, value: str, words: Mapping[tuple[str, str], str]) -> str:
    if facet == "country":
        return country_name(value, language())
    if facet == "image":
        return _(IMAGES[value])
    if facet == "changed":
        return _(CHANGES[value])
    return words.get((facet, value), value)


def _word_asked(counts: Counts, asked: str) -> list[_Value]:
    """A word of any vocabulary is asked for by a link alone; here it is seen, and taken away."""
    return [_Value(asked, escape(vocabulary.asked(asked)), counts.total)] if asked else []


def _asked_alone(counts: Counts, asked: str, words: Callable[[str], str]) -> list[_Value]:
    """What comes by a link of the map alone is seen too, and can be taken away."""
    return [_Value(asked, escape(words(asked)), counts.total)] if asked else []


def _places(asked: str) -> str:
    return _(PLACES[asked])


def _intervals(counts: Mapping[str, int], chosen: str) -> list[_Value]:
    """The unit above, the chosen one, and those below it that have records, old to young; periods when none is chosen."""
    chart = timescale()
    if not chosen:
        return [_interval(unit.name, counts) for unit in chart.of_rank("period") if counts.get(unit.name)]
    unit = chart[chosen]
    above = [wider.name for wider in chart.lineage(unit)[1:] if wider.rank not in ("eon", "super-eon")][:1]
    below = [narrower.name for narrower in chart.children(unit) if counts.get(narrower.name)]
    return [
        *(_interval(name, counts, "up") for name in above),
        _interval(chosen, counts),
        *(_interval(name, counts, "below") for name in below),
    ]


def _interval(name: str, counts: Mapping[str, int], place: str = "") -> _Value:
    unit = timescale()[name]
    mark = f'<i class="facet-color" style="background:{unit.color}"></i>'
    return _Value(name, escape(unit.label(language())), counts.get(name, 0), mark, place)


def _taxa(counts: Counts, chosen: str) -> list[_Value]:
    """The group next above, the chosen one, and those that part it."""
    above, below = counts.parents.get(chosen, ""), groups_that_part(counts, chosen)
    if not chosen:
        return [_taxon(taxon, counts) for taxon in below]
    return [
        *([_taxon(above, counts, "up")] if above else []),
        _taxon(chosen, counts),
        *(_taxon(taxon, counts, "below") for taxon in below),
    ]


def groups_that_part(counts: Counts, group: str) -> list[str]:
    """The groups that part a group (blank: all records), largest first; one that holds most of it gives way to its own parts."""
    of = counts.of["taxon"]
    parts = _below(counts, group)
    while parts and not is_latin(parts[0]) and of[parts[0]] > _MOST_OF_ALL * sum(of[part] for part in parts):
        deeper = _below(counts, parts[0])
        if not deeper:
            break
        parts = sorted([*deeper, *parts[1:]], key=lambda taxon: (-of[taxon], taxon))
    return parts[:MOST]


def _below(counts: Counts, group: str) -> list[str]:
    of = counts.of["taxon"]
    members = [taxon for taxon in of if counts.parents.get(taxon, "") == group]
    return sorted(members, key=lambda taxon: (-of[taxon], taxon))


def _taxon(taxon: str, counts: Counts, place: str = "") -> _Value:
    return _Value(taxon, _taxon_label(taxon), counts.of["taxon"].get(taxon, 0), place=place)


def _taxon_label(taxon: str) -> str:
    name = f"<i>{escape(taxon)}</i>" if is_latin(taxon) else escape(taxon)
    common = common_name(taxon) if language() == "zh" and " " not in taxon else ""
    return f"{name} <small>{escape(common)}</small>" if common else name


def _facet(name: str, values: list[_Value], asked: Mapping[str, str]) -> str:
    if not values:
        return ""
    chosen = asked.get(name, "")
    first = max((place for place, value in enumerate(values, 1) if value.value == chosen), default=0)
    shown = max(SHOWN, first)
    more, heading, title = values[shown:], escape(_("more")), escape(_(_TITLES[name]))
    rest = f"<details><summary>{heading}</summary>{_list(name, more, asked)}</details>" if more else ""
    return f'<section class="facet"><h3>{title}</h3>{_list(name, values[:shown], asked)}{rest}</section>'


def _list(name: str, values: Iterable[_Value], asked: Mapping[str, str]) -> str:
    return f"<ul>{''.join(_line(name, value, asked) for value in values)}</ul>"


def _line(name: str, value: _Value, asked: Mapping[str, str]) -> str:
    chosen = asked.get(name, "") == value.value
    address = navigation.href("specimens", **{**asked, name: "" if chosen else value.value})
    how = escape(_("Take this condition away"))
    title = f' title="{how}" aria-current="true"' if chosen else ""
    return (
        f'<li class="{value.place}"><a href="{escape(address)}" target="_self" data-name="{escape(f"{name}={value.value}")}"{title}>'
        f"{value.mark}<span>{value.label}{' ×' if chosen else ''}</span><b>{value.count:,}</b></a></li>"
    )
