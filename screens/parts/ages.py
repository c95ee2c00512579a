"""Ages in words that a teacher would say, and the colours that go with them."""

from html import escape

from catalogue.colours import looks_dark
from catalogue.geological_time import AgeRange, Interval, chinese_years, timescale
from catalogue.records import Specimen
from screens.words import _, language


def ma(age: float) -> str:
    """A number of million years as people read it: three digits, no needless zeros."""
    return f"{age:.4g}" if age >= 10 else f"{age:.3g}"


def age_words(span: AgeRange) -> str:
    """ "201.4 to 192.9 million years ago", or in Chinese 2.014亿至1.929亿年前."""
    if span.max_ma == 0:
        return _("today")
    if language() == "zh":
        oldest, youngest = chinese_years(span.max_ma), chinese_years(span.min_ma)
        if span.min_ma == 0:
            return f"{oldest}年前至今"
        return f"{oldest}年前" if oldest == youngest else f"{oldest}至{youngest}年前"
    if span.min_ma == 0:
        return _("{oldest} million years ago to today").format(oldest=ma(span.max_ma))
    if ma(span.max_ma) == ma(span.min_ma):
        return _("{age} million years ago").format(age=ma(span.max_ma))
    return _("{oldest} to {youngest} million years ago").format(oldest=ma(span.max_ma), youngest=ma(span.min_ma))


def interval_words(specimen: Specimen) -> str:
    """The intervals of a record in the reader's language: "Hettangian to Sinemurian"."""
    chart = timescale()
    names = [chart[name].label(language()) for name in (specimen.earliest_interval, specimen.latest_interval)]
    return names[0] if names[0] == names[1] else _("{earliest} to {latest}").format(earliest=names[0], latest=names[1])


def period_words(specimen: Specimen) -> str:
    """The wider unit that people know: "Early Jurassic" for the Hettangian; blank when the record names it itself."""
    unit = timescale().narrowest(specimen.span)
    while unit is not None and unit.rank == "age":
        unit = timescale()[unit.parent]
    if unit is None or unit.name in (specimen.earliest_interval, specimen.latest_interval):
        return ""
    return unit.label(language())


def color_of(span: AgeRange) -> str:
    """The official colour of the smallest interval that holds a span; grey where none does."""
    unit = timescale().narrowest(span)
    return unit.color if unit else "#9a9a9a"


def ink_on(color: str) -> str:
    """Black or white, whichever is easier to read on a colour."""
    return "#ffffff" if looks_dark(color) else "#1d1a15"


def chip(text: str, color: str) -> str:
    """A small label in an interval's colour."""
    return f'<span class="chip" style="background:{color};color:{ink_on(color)}">{escape(text)}</span>'


def time_bar(span: AgeRange, *, tall: bool = False, width: int = 720) -> str:
    """The age of a find on the timescale, as a small picture (SVG): periods in their colours, the find as a mark above them.

    From the first dinosaurs' time to today; a find older than that widens the bar to the Palaeozoic. The less `width`, in its own
    units, the larger the letters of a `tall` one.
    """
    oldest = 252.0 if span.max_ma <= 252 else 539.0
    band, top = (22, 11) if tall else (9, 7)
    x = {age: round(width * (1 - min(age, oldest) / oldest), 2) for age in (span.max_ma, span.min_ma)}
    rank = "period"
    parts = []
    for unit in timescale().of_rank(rank, AgeRange(oldest, 0)):
        left = width * (1 - min(unit.span.max_ma, oldest) / oldest)
        right = width * (1 - unit.span.min_ma / oldest)
        parts.append(f'<rect x="{left:.2f}" y="{top}" width="{right - left:.2f}" height="{band}" fill="{unit.color}"/>')
        if tall:
            parts.append(_band_label(unit, left, right, top + band / 2))
    wide = max(x[span.min_ma] - x[span.max_ma], 5)
    left = min(x[span.max_ma], width - wide)
    parts.append(
        f'<rect class="mark" x="{left:.2f}" y="1" width="{wide:.2f}" height="{top - 2}" rx="2"/>'
        + ("" if tall else f'<rect class="mark-frame" x="{left:.2f}" y="{top}" width="{wide:.2f}" height="{band}"/>')
    )
    height = top + band + (24 if tall else 1)
    if tall:
        parts += [
            _tick(age, width * (1 - age / oldest), top + band) for age in (250, 200, 150, 100, 50, 0) if oldest < 300
        ]
    described = escape(age_words(span))
    return f'<svg class="time-bar" viewBox="0 0 {width} {height}" role="img" aria-label="{described}"><title>{described}</title>{"".join(parts)}</svg>'


def _band_label(unit: Interval, left: float, right: float, y: float) -> str:
    name = unit.label(language())
    if right - left < 9 * len(name.encode("gbk", "replace")) + 6:
        return ""
    return f'<text x="{(left + right) / 2:.1f}" y="{y + 5:.1f}" text-anchor="middle" fill="{ink_on(unit.color)}">{escape(name)}</text>'


def _tick(age: int, x: float, y: float) -> str:
    anchor = "start" if age == 250 else "end" if age == 0 else "middle"
    label = _("today") if age == 0 else f"{age}"
    return f'<line class="tick" x1="{x:.1f}" x2="{x:.1f}" y1="{y}" y2="{y + 5}"/><text class="tick-label" x="{x:.1f}" y="{y + 20}" text-anchor="{anchor}">{escape(label)}</text>'
