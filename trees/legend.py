"""The legend below a drawn tree: what the marks mean, as far as they occur in it."""

from collections.abc import Iterator

from trees.layout import COLLAPSED
from trees.lettering import text_width
from trees.marks import range_bar
from trees.novelties import star
from trees.sheet import MARGIN, Sheet
from trees.svg import element, text

_ROW = 22.0
_SIZE = 12


def draw_legend(sheet: Sheet, top: float, width: float) -> tuple[str, float]:
    """Draw the legend.

    Parameters
    ----------
    sheet : Sheet
        The drawing to explain.
    top, width : float
        Pixels from the top at which it begins, and of the whole drawing.

    Returns
    -------
    svg : str
        In as many lines as it takes.
    height : float
        Their height in pixels.
    """
    x, y = MARGIN, top + _ROW / 2
    items = []
    for sign, sign_width, key in _signs(sheet):
        words = sheet.words.get(key, key)
        room = sign_width + 8 + text_width(words, _SIZE)
        if x > MARGIN and x + room > width - MARGIN:
            x, y = MARGIN, y + _ROW
        written = element("text", text(words), x=sign_width + 8, y=4)
        items.append(element("g", sign, written, transform=f"translate({x:.2f} {y:.2f})"))
        x += room + 22
    return element("g", *items, class_="legend", aria_hidden="true"), y + _ROW / 2 - top


def _signs(sheet: Sheet) -> list[tuple[str, float, str]]:
    """Sign, its width and its words or their key, for all that the drawing shows."""
    ends = sheet.layout.ends
    color = sheet.paint(sheet.layout.places[0])
    signs: list[tuple[str, float, str]] = [*_colors(sheet), *(_signs_of_time(sheet, color) if sheet.timed else ())]
    if sheet.news and any(sheet.news.get(place.key) for place in sheet.layout.places):
        signs.append((element("g", element("path", d=star(6, 0)), class_="novelty"), 12.0, "legend_new"))
    if sheet.counts and any(sheet.counts.get(place.name) for place in ends):
        signs.append((element("text", "◆", class_="count", x=0, y=4), 10.0, "legend_count"))
    if any(place.kind == COLLAPSED for place in ends):
        fan = element("path", class_="fan", d="M0 0L22 -6V6Z", fill=color, fill_opacity="0.45", stroke=color)
        signs.append((fan, 22.0, "legend_folded"))
    return signs


def _signs_of_time(sheet: Sheet, color: str) -> Iterator[tuple[str, float, str]]:
    ends = sheet.layout.ends
    if sheet.by_fossils:
        yield range_bar(0, 26, 0, 6.5, color), 26.0, "legend_range"
        yield element("path", class_="ghost", d="M0 0H26"), 26.0, "legend_ghost"
    if sheet.spreads:
        yield element("rect", class_="spread", x=0, y=-3, width=26, height=6), 26.0, "legend_spread"
    if sheet.thread:
        yield element("path", class_="thread", d="M0 0H26"), 26.0, "legend_thread"
    if any(place.living for place in ends):
        yield element("circle", class_="living-mark", cx=5, cy=0, r=4.6, fill=color), 10.0, "legend_living"
    if any(not place.living for place in ends):
        yield element("text", "†", x=0, y=4), 7.0, "legend_extinct"


def _colors(sheet: Sheet) -> Iterator[tuple[str, float, str]]:
    for words, color in sheet.legend:
        yield range_bar(0, 14, 0, 9, color), 14.0, words
