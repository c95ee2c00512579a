"""The rings of geological time behind a circular tree, and in the gap at its top their names and ages."""

from collections.abc import Iterator
from math import radians, sin

from catalogue.geological_time import AgeRange, Interval
from trees import bands
from trees.ground import Box, Ground
from trees.layout import TimeAxis
from trees.lettering import text_width
from trees.svg import element, text
from trees.wheel import GAP, Wheel


def draw_rings(wheel: Wheel) -> Iterator[str]:
    """The periods as rings, the youngest first, so that each covers the outer part of its elders."""
    axis = wheel.sheet.axis
    for unit in sorted(_periods(wheel), key=lambda unit: unit.span.min_ma):
        inner, outer = _edges(wheel, unit)
        title = element(
            "title", text(f"{unit.label(wheel.sheet.language)}, {unit.span.max_ma:g}–{unit.span.min_ma:g} Ma")
        )
        yield element(
            "circle",
            title,
            class_="band",
            cx=wheel.x,
            cy=wheel.y,
            r=(inner + outer) / 2,
            fill="none",
            stroke=unit.color,
            stroke_width=outer - inner,
        )
        yield element("circle", class_="ring", cx=wheel.x, cy=wheel.y, r=outer, fill="none")
    if axis.youngest < bands.EXTINCTION < axis.oldest:
        radius, title = wheel.radius(bands.EXTINCTION), element("title", text(wheel.sheet.words["extinction"]))
        yield element("circle", title, class_="extinction", cx=wheel.x, cy=wheel.y, r=radius)


def name_rings(wheel: Wheel) -> Iterator[str]:
    """In the gap: the ages of round rings, and the names of periods where they fit."""
    ground = Ground()
    yield from _ages(wheel, ground)
    for unit in _periods(wheel):
        inner, outer = _edges(wheel, unit)
        name, middle = unit.label(wheel.sheet.language), (inner + outer) / 2
        half, room = text_width(name, 11) / 2, 2 * middle * sin(radians(GAP / 2)) - 8
        for y in (middle, middle + 12, middle - 12):
            box = Box(wheel.x - half, wheel.y - y - 6, wheel.x + half, wheel.y - y + 6)
            if outer - inner >= 13 and inner <= y - 6 and y + 6 <= outer and 2 * half <= room and ground.free(box):
                ground.take(box)
                yield element(
                    "text", text(name), class_="ring-name", x=wheel.x, y=wheel.y - y + 4, text_anchor="middle"
                )
                break


def _ages(wheel: Wheel, ground: Ground) -> Iterator[str]:
    axis = wheel.sheet.axis
    step = bands.tick_step(TimeAxis(axis.oldest, axis.youngest, 0, wheel.scale))
    number = int(axis.oldest // step)
    while number * step >= axis.youngest:
        radius = wheel.radius(number * step)
        width = text_width(f"{number * step:g}", 11)
        box = Box(wheel.x - width / 2 - 2, wheel.y - radius - 6, wheel.x + width / 2 + 2, wheel.y - radius + 6)
        if radius > 34 and ground.free(box):
            ground.take(box)
            yield element("path", class_="tick", d=f"M{wheel.x - width / 2 - 8:.2f} {wheel.y - radius:.2f}h5")
            yield element(
                "text", f"{number * step:g}", class_="number", x=wheel.x, y=wheel.y - radius + 4, text_anchor="middle"
            )
        number -= 1


def _periods(wheel: Wheel) -> list[Interval]:
    axis = wheel.sheet.axis
    return wheel.sheet.timescale.of_rank("period", AgeRange(axis.oldest, axis.youngest))


def _edges(wheel: Wheel, unit: Interval) -> tuple[float, float]:
    """The inner and the outer radius of a ring."""
    axis = wheel.sheet.axis
    return wheel.radius(min(unit.span.max_ma, axis.oldest)), wheel.radius(max(unit.span.min_ma, axis.youngest))
