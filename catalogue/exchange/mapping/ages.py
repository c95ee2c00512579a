"""Ages as museums write them: one interval, a range of two, an interval in brackets behind a wider one; in five languages.

"Hettangian-Sinemurian", "Early-Middle Jurassic", "Early Jurassic (Hettangian)", 早侏罗世, "Oberkreide", "Jurassique inférieur" and
"Maastrichtium" are understood; what is not is said so and never guessed.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from catalogue.geological_time import AgeRange, Match, timescale

_ENDS = re.compile(
    r"\s*(?:[-–—‐~～/,;]|\bto\b|\band\b|\bor\b|\buntil\b|\bbis\b|\bund\b|\bet\b|\bà\b|\by\b|至|到|或|、)\s*"
)
_LISTED = frozenset(",;/")
"""Signs between a wide interval and a narrower one that says the same more exactly: "Early Jurassic, Hettangian"."""
_CHINESE_PART = re.compile(r"^(?P<period>.+)纪(?P<part>[早中晚])期?$")
_BRACKETS = re.compile(r"^(?P<outer>[^(（\[]+?)\s*[(（\[](?P<inner>[^)）\]]+)[)）\]]\s*$")
_DOUBT = re.compile(r"\b(?:probably|possibly|perhaps|ca|circa|uncertain|likely|approx)\b\.?|[?？]", re.IGNORECASE)
_RANK_WORDS = re.compile(r"\b(?:stage|age|epoch|series|period|system|era|erathem|stufe|etage|piso)\s*$", re.IGNORECASE)
_MA = re.compile(r"\(?\s*[\d.,]+\s*(?:[-–]\s*[\d.,]+)?\s*m\.?y?\.?a\b\.?\s*\)?", re.IGNORECASE)
_MILLIONS = re.compile(
    r"^(?:ca?\.?|about|approx\.?|约|[~≈])?\s*(?P<one>\d{1,4}(?:\.\d+)?)\s*(?:(?:[-–—~～]|to|至)\s*(?P<two>\d{1,4}(?:\.\d+)?)|(?:±|\+/-)\s*(?P<error>\d{1,3}(?:\.\d+)?))?"
    r"\s*(?P<unit>m\.?y?\.?a\.?|m\.?y\.?|mill?i?o?n?\.? years?(?: ago)?|百万年前?)?$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\s*[,:，：]\s*|\s+|(?<=[世纪代统系])(?=\S)")
_PART_OF = re.compile(r"^(?P<whole>.+[世期阶统])(?:[早中晚末初]期?|[上中下]部)$")
"""A part of an interval that has no name of its own: 早白垩世晚期, the later part of the Early Cretaceous."""
_PARTS = {
    **dict.fromkeys(("unter", "unterer", "untere", "inferieur", "inferieure", "inferior", "temprano"), "lower"),
    **dict.fromkeys(("mittel", "mittlerer", "mittlere", "moyen", "moyenne", "medio"), "middle"),
    **dict.fromkeys(("ober", "oberer", "obere", "superieur", "superieure", "superior", "tardio"), "upper"),
}
_SYSTEMS = {
    **dict.fromkeys(("jura", "jurassique", "jurasico"), "jurassic"),
    **dict.fromkeys(("kreide", "cretace", "cretacico", "kreidezeit"), "cretaceous"),
    **dict.fromkeys(("trias", "triasico", "triassique"), "triassic"),
    **dict.fromkeys(("perm", "permien", "permico"), "permian"),
    **dict.fromkeys(("karbon", "carbonifere", "carbonifero"), "carboniferous"),
    **dict.fromkeys(("devon", "devonien", "devonico"), "devonian"),
    **dict.fromkeys(("paleogene", "palaogen", "paleogeno"), "paleogene"),
    **dict.fromkeys(("neogen", "neogeno"), "neogene"),
    **dict.fromkeys(("quartar", "quaternaire", "cuaternario"), "quaternary"),
}
_AGE_ENDINGS = re.compile(r"(?:ium|ien|iense|iano)$")


@dataclass(frozen=True)
class Reading:
    """What a written age stands for: names of the chart, and the span in Ma."""

    earliest: str
    latest: str
    span: AgeRange


@lru_cache(maxsize=16_384)
def read_age(written: str) -> Reading | None:
    """The intervals that a text names; None when they are not known.

    Examples
    --------
    >>> read_age("Early Jurassic (Hettangian-Sinemurian)").latest
    'Sinemurian'
    >>> read_age("Lufengian") is None
    True
    """
    text = written.strip()
    if not text or len(text) > 200:
        return None
    for form in (text, _bare(text)):
        found = _in_brackets(form) or _range(form) or _one(form) or _beside(form)
        if found:
            return found
    millions = _MILLIONS.match(text)
    return _from_ma(millions) if millions and millions["unit"] else None


def read_age_column(written: str) -> Reading | None:
    """The same for a text that is sure to be an age, in which "201.3-190.8" needs no unit."""
    millions = _MILLIONS.match(written.strip())
    older_first = millions and millions["two"] and 1000 > float(millions["one"]) > float(millions["two"])
    return read_age(written) or (_from_ma(millions) if millions and older_first else None)


def _from_ma(said: re.Match[str]) -> Reading | None:
    one, two, error = (float(said[name] or 0) for name in ("one", "two", "error"))
    ends = (one, two) if said["two"] else (one + error, one - error)
    return ages_between(max(ends), min(ends)) if min(ends) > 0 else None


@lru_cache(maxsize=4096)
def ages_between(max_ma: float, min_ma: float) -> Reading | None:
    """The narrowest unit of the chart that holds a span of Ma, or the ages from one end to the other where these are narrower."""
    chart, span = timescale(), AgeRange(max_ma, min_ma)
    whole = chart.narrowest(span)
    ages = chart.of_rank("age", span)
    if ages:
        run = AgeRange(ages[0].span.max_ma, ages[-1].span.min_ma)
        if span.lies_within(run) and (whole is None or _width(run) < _width(whole.span)):
            return Reading(ages[0].name, ages[-1].name, run)
    return Reading(whole.name, whole.name, whole.span) if whole else None


@lru_cache(maxsize=1024)
def refined(name: str, max_ma: float, min_ma: float) -> str:
    """A unit below `name` that has these very ages, for ranks that Darwin Core has no term for; else `name` itself.

    Our own tables say that a find is Pennsylvanian by "Carboniferous" and the Ma of the chart.
    """
    chart = timescale()
    unit = chart.intervals.get(name)
    if unit is None or (unit.span.max_ma, unit.span.min_ma) == (max_ma, min_ma):
        return name
    below = [
        one for one in chart if (one.span.max_ma, one.span.min_ma) == (max_ma, min_ma) and unit in chart.lineage(one)
    ]
    return below[0].name if below else name


def _width(span: AgeRange) -> float:
    return span.max_ma - span.min_ma


def _bare(text: str) -> str:
    return _RANK_WORDS.sub("", _DOUBT.sub(" ", _MA.sub(" ", text))).strip(" .,;:")


def _one(text: str) -> Reading | None:
    match = _found(text)
    if match is None:
        return None
    return Reading(
        match.earliest.name, match.latest.name, AgeRange(match.earliest.span.max_ma, match.latest.span.min_ma)
    )


def _found(text: str) -> Match | None:
    if not text.strip():
        return None
    chinese = _CHINESE_PART.match(text)
    found = timescale().find(f"{chinese['part']}{chinese['period']}世" if chinese else text) or _in_other_languages(
        text
    )
    part = None if found else _PART_OF.match(text)
    return _found(part["whole"]) if part else found


def _in_other_languages(text: str) -> Match | None:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    words = [_AGE_ENDINGS.sub("ian", word) for word in re.split(r"[\s-]+", plain) if word]
    words = [word for whole in words for word in _parted(whole)]
    parts = [_PARTS[word] for word in words if word in _PARTS]
    names = [_SYSTEMS.get(word, word) for word in words if word not in _PARTS]
    return (
        timescale().find(" ".join([*parts, *names])) if names and (parts or names != words or plain != text) else None
    )


def _parted(word: str) -> list[str]:
    """ "oberkreide" is "ober" and "kreide"."""
    for part in ("unter", "mittel", "ober"):
        if word.startswith(part) and word.removeprefix(part) in _SYSTEMS:
            return [part, word.removeprefix(part)]
    return [word]


def _in_brackets(text: str) -> Reading | None:
    """An interval with another in brackets: the narrower of the two, when both overlap."""
    parts = _BRACKETS.match(text)
    if parts is None:
        return None
    outer, inner = (_one(part) or _range(part) for part in (_bare(parts["outer"]), _bare(parts["inner"])))
    if outer is None or inner is None:
        return outer or inner
    return min(outer, inner, key=lambda one: _width(one.span)) if outer.span.overlaps(inner.span) else None


def _beside(text: str) -> Reading | None:
    """A wide interval and a narrower one that lies in it, side by side: "Early Jurassic Sinemurian", 早侏罗世西涅缪尔期."""
    for cut in _BESIDE.finditer(text):
        head, tail = text[: cut.start()], text[cut.end() :]
        if cut[0].strip() and (turned := _one(f"{tail} {head}")):
            return turned  # as an index has it: "Jurassic, Early"
        one, two = _one(head), _one(tail)
        if one and two and (one.span.lies_within(two.span) or two.span.lies_within(one.span)):
            return min(one, two, key=lambda reading: _width(reading.span))
    return None


def _range(text: str) -> Reading | None:
    """Two or more intervals, from the oldest to the youngest of them; each must be known."""
    for cut in _ENDS.finditer(text):
        head, tail = text[: cut.start()].strip(), text[cut.end() :].strip()
        first, last = _in_full(head, tail), read_age(tail) if tail and tail != text else None
        if first and last:
            if cut[0].strip() in _LISTED and (first.span.lies_within(last.span) or last.span.lies_within(first.span)):
                return min(first, last, key=lambda one: _width(one.span))
            older, younger = (first, last) if first.span.max_ma >= last.span.max_ma else (last, first)
            youngest = min((older, younger), key=lambda one: one.span.min_ma)
            return Reading(older.earliest, youngest.latest, AgeRange(older.span.max_ma, youngest.span.min_ma))
    return None


def _in_full(head: str, tail: str) -> Reading | None:
    """The first of a range, written in full or without the word it shares with the second: "Early-Middle Jurassic", 早—中侏罗世."""
    words = re.split(r"[\s(（]+", tail)
    shared = (f"{head} {words[1]}",) if len(words) > 1 else ()
    chinese = (head + tail[1:],) if re.match(r"^[早中晚上下]$", head) and re.match(r"^[早中晚上下]", tail) else ()
    for form in (head, *shared, *chinese):
        found = _one(form) or _one(_bare(form))
        if found:
            return found
    return None
