"""How far north or south finds lay when they lived: their palaeolatitudes against time, as a drawing (SVG).

A find is a line from the oldest to the youngest age that it may have, at the latitudes of its place through that time. The band beside it
reaches to where another plate model puts it, so that both doubts are seen: of age, and of the model.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from catalogue.colours import looks_dark
from catalogue.geological_time import AgeRange, Interval, Timescale
from catalogue.records import Specimen
from maps.palaeogeography.models import PlateModel
from maps.palaeogeography.outlines import Numbers

_WIDTH, _HEIGHT = 1120, 520
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 12, 10, 62
_BAND = 24
_TROPIC = 23.44
_LEAST_MYR = 10.0
_POINTS = 5
"""Ages along a line: its ends and three between."""


@dataclass(frozen=True)
class Track:
    """The latitudes of a place through the time from which its finds may be.

    Parameters
    ----------
    span : AgeRange
    latitudes, others : tuple of float
        From the oldest age to the youngest, by the model and by the other one; NaN where a model does not say. `others` is empty without one.
    color, title, href : str
        Colour, name between asterisks where it is Latin, and link of the first find.
    finds : int
        How many finds it stands for.
    """

    span: AgeRange
    latitudes: tuple[float, ...]
    others: tuple[float, ...]
    color: str
    title: str
    href: str
    finds: int = 1

    @property
    def middle(self) -> float:
        """The latitude in the middle of the time; NaN where the model does not say."""
        return self.latitudes[_POINTS // 2]

    @property
    def apart(self) -> float:
        """How many degrees of latitude the other model puts it away in the middle of the time; NaN where one does not say."""
        return abs(self.others[_POINTS // 2] - self.middle) if self.others else float("nan")


def tracks(
    specimens: Sequence[Specimen],
    model: PlateModel,
    other: PlateModel | None,
    *,
    color: Callable[[Specimen], str],
    href: Callable[[Specimen], str],
) -> list[Track]:
    """The tracks of the specimens that have coordinates; those of one taxon, place and time are one.

    Returns
    -------
    list of Track
        Those that the model does not place at any age are among them, with NaN.
    """
    groups: dict[tuple[object, ...], list[Specimen]] = {}
    for one in specimens:
        if one.decimal_longitude is not None and one.decimal_latitude is not None:
            key = (one.scientific_name, one.decimal_longitude, one.decimal_latitude, one.max_ma, one.min_ma)
            groups.setdefault(key, []).append(one)
    firsts = [some[0] for some in groups.values()]
    by_model = _latitudes(firsts, model)
    by_other = _latitudes(firsts, other) if other else np.empty((len(firsts), 0))
    return [
        Track(first.span, tuple(ours), tuple(theirs), color(first), f"*{first.verbatim_identification}*", href(first), len(some))
        for first, some, ours, theirs in zip(firsts, groups.values(), by_model.tolist(), by_other.tolist(), strict=True)
    ]  # fmt: skip


def _latitudes(specimens: Sequence[Specimen], model: PlateModel) -> Numbers:
    points = np.array([(one.decimal_longitude, one.decimal_latitude) for one in specimens], np.float64).reshape(-1, 2)
    ends = np.array([(one.max_ma, one.min_ma) for one in specimens], np.float64).reshape(-1, 2)
    ages = ends[:, :1] + (ends[:, 1:] - ends[:, :1]) * np.linspace(0, 1, _POINTS)
    placed = model.place(np.repeat(points, _POINTS, axis=0), ages.ravel())
    return placed.points[:, 1].reshape(-1, _POINTS)


def latitude_plot(shown: Iterable[Track], timescale: Timescale, words: Mapping[str, str], language: str = "en") -> str:
    """The drawing.

    Parameters
    ----------
    shown : iterable of Track
    timescale : Timescale
    words : mapping of str to str
        ``title`` (for those who cannot see it), ``equator``, ``north``, ``south``, ``finds`` (with ``{n}``), ``ma``.
    language : str
        Of the names of intervals.
    """
    listed = [track for track in shown if not all(np.isnan(track.latitudes))]
    axis = Axis.around([track.span for track in listed])
    parts = [*grid(axis, words), *time_band(axis, timescale, words, language)]
    parts += [_drawn(track, axis, words) for track in sorted(listed, key=lambda track: -track.span.max_ma)]
    return drawing_of(parts, words)


def drawing_of(parts: Iterable[str], words: Mapping[str, str]) -> str:
    """The drawing around its parts."""
    title = escape(words["title"])
    return (
        f'<svg class="latitude-plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="group" aria-label="{title}">'
        f"<title>{title}</title>{''.join(parts)}</svg>"
    )


@dataclass(frozen=True)
class Axis:
    """The time that is drawn."""

    span: AgeRange

    @classmethod
    def around(cls, spans: Sequence[AgeRange]) -> "Axis":
        """A little more than all of some spans."""
        oldest = max((span.max_ma for span in spans), default=252.0)
        youngest = min((span.min_ma for span in spans), default=66.0)
        more = max(_LEAST_MYR - (oldest - youngest), (oldest - youngest) * 0.06) / 2
        return cls(AgeRange(oldest + more, max(0.0, youngest - more)))

    def x(self, age: float) -> float:
        """How far to the right an age is."""
        share = (self.span.max_ma - age) / (self.span.max_ma - self.span.min_ma)
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)


def y_of(latitude: float) -> float:
    """How far down a latitude is."""
    return round(_TOP + (90 - latitude) / 180 * (_HEIGHT - _TOP - _BOTTOM), 1)


def grid(axis: Axis, words: Mapping[str, str]) -> Iterable[str]:
    """The lines of latitude with their names."""
    right = _WIDTH - _RIGHT
    for north in (90, 60, 30, 0, -30, -60, -90):
        name = words["equator"] if north == 0 else f"{abs(north)}°{words['north'] if north > 0 else words['south']}"
        kind = "equator" if north == 0 else "grid"
        yield f'<path class="{kind}" d="M{_LEFT} {y_of(north)}H{right}"/>'
        yield f'<text class="tick-label" x="{_LEFT - 7}" y="{y_of(north) + (10 if north == 90 else 0 if north == -90 else 4)}" text-anchor="end">{escape(name)}</text>'
    for tropic in (_TROPIC, -_TROPIC):
        yield f'<path class="tropic" d="M{_LEFT} {y_of(tropic)}H{right}"/>'


def time_band(axis: Axis, timescale: Timescale, words: Mapping[str, str], language: str) -> Iterable[str]:
    """The intervals of the time, with ages beneath."""
    top = _HEIGHT - _BOTTOM + 4
    wide = axis.span.max_ma - axis.span.min_ma
    for unit in timescale.of_rank("period" if wide > 90 else "epoch" if wide > 30 else "age", axis.span):
        yield _unit(unit, axis, top, language)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if wide / step <= 12)
    for number in range(int(axis.span.min_ma // step), int(axis.span.max_ma // step) + 1):
        age = number * step
        if axis.span.min_ma <= age <= axis.span.max_ma and axis.x(age) < _WIDTH - 60:
            yield f'<path class="grid" d="M{axis.x(age)} {top + _BAND}v5"/><text class="tick-label" x="{axis.x(age)}" y="{top + _BAND + 19}" text-anchor="middle">{age}</text>'
    yield f'<text class="tick-label" x="{_WIDTH - _RIGHT}" y="{top + _BAND + 19}" text-anchor="end">{escape(words["ma"])}</text>'


def _unit(unit: Interval, axis: Axis, top: float, language: str) -> str:
    left, right = axis.x(min(unit.span.max_ma, axis.span.max_ma)), axis.x(max(unit.span.min_ma, axis.span.min_ma))
    name = unit.label(language)
    drawn = f'<rect x="{left}" y="{top}" width="{right - left:.1f}" height="{_BAND}" fill="{unit.color}"><title>{escape(name)}</title></rect>'
    if right - left > 9 * len(name.encode("gbk", "replace")) + 6:
        ink = "#ffffff" if looks_dark(unit.color) else "#1d1a15"
        drawn += f'<text x="{(left + right) / 2:.1f}" y="{top + 17}" text-anchor="middle" fill="{ink}" class="unit">{escape(name)}</text>'
    return drawn


def _drawn(track: Track, axis: Axis, words: Mapping[str, str]) -> str:
    ages = np.linspace(track.span.max_ma, track.span.min_ma, _POINTS).tolist()
    ours = [(axis.x(age), y_of(north)) for age, north in zip(ages, track.latitudes, strict=True) if north == north]
    both = [(axis.x(age), y_of(a), y_of(b)) for age, a, b in zip(ages, track.latitudes, track.others or (float("nan"),) * _POINTS, strict=True) if a == a and b == b]  # fmt: skip
    band = ""
    if both:
        corners = [*((x, a) for x, a, _ in both), *((x, b) for x, _, b in reversed(both))]
        band = f'<path class="doubt" fill="{track.color}" stroke="{track.color}" d="M{_joined(corners)}Z"/>'
    middle = ours[len(ours) // 2]
    count = f" ({words['finds'].format(n=track.finds)})" if track.finds > 1 else ""
    said = escape(f"{track.title.replace('*', '')}{count}: {_words_of(track.middle, words)}, {track.span.max_ma:g}–{track.span.min_ma:g} {words['ma']}")  # fmt: skip
    return (
        f'<a href="{escape(track.href)}" class="track" aria-label="{said}"><title>{said}</title>{band}'
        f'<path class="life-edge" d="M{_joined(ours)}"/><path class="life" stroke="{track.color}" d="M{_joined(ours)}"/>'
        f'<circle class="life-middle" cx="{middle[0]}" cy="{middle[1]}" r="4" fill="{track.color}"/></a>'
    )


def _joined(points: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{x} {y}" for x, y in points)


def _words_of(latitude: float, words: Mapping[str, str]) -> str:
    if latitude != latitude:
        return "?"
    return f"{abs(latitude):.0f}°{words['north'] if latitude >= 0 else words['south']}"
