"""What a browser needs beside the drawing to move about in it: where everything lies, when it lived, and how many lived with it.

All of it is plain lists for JSON; the drawing itself is `trees.drawing.Drawing.svg`.
"""

from catalogue.geological_time import AgeRange, Timescale
from trees.bands import RANKS
from trees.colours import ink_on
from trees.drawing import Drawing
from trees.layout import Place
from trees.lineages import Alive
from trees.sheet import Sheet
from trees.undated import LENGTHS

_USUAL = ("period", "epoch", "age")


def window_of(
    drawing: Drawing, *, timescale: Timescale, alive: Alive | None = None, ranks: tuple[str, ...] = ()
) -> dict[str, object]:
    """Everything about a drawing that was made to be explored.

    Parameters
    ----------
    drawing : Drawing
        With `to_explore`.
    timescale : Timescale
    alive : Alive, optional
        Lineages through time, where the tree is dated.
    ranks : tuple of str
        Of the chart, to be shown on the axis.

    Returns
    -------
    dict
        ``places``: for each mark, by its ``data-n``, key, kind, parent, x and y in pixels, age of its fork, own age and last
        appearance in Ma, tips, and what it is called. ``axis``: from Ma to pixels. ``units``: the chart. ``alive``: steps.
    """
    sheet = drawing.sheet
    return {
        "size": [round(drawing.width, 2), round(drawing.height, 2)],
        "places": [_place(sheet, place, drawing) for place in sheet.layout.places],
        "axis": _axis(drawing),
        "units": _units(sheet, timescale, ranks or _USUAL) if sheet.timed else [],
        "alive": alive.as_steps() if alive is not None else None,
    }


def _place(sheet: Sheet, place: Place, drawing: Drawing) -> list[object]:
    parent = sheet.layout.places[place.parent] if place.parent >= 0 else place
    x, y = drawing.spot(place)
    return [
        place.key,
        place.kind,
        place.parent,
        round(x, 1),
        round(y, 1),
        round(parent.age, 5),
        round(place.age, 5),
        round(place.youngest, 5),
        place.tips,
        place.name or place.example,
    ]


def _axis(drawing: Drawing) -> dict[str, object]:
    axis = drawing.sheet.axis
    found: dict[str, object] = {
        "oldest": axis.oldest,
        "youngest": axis.youngest,
        "left": axis.left,
        "scale": axis.pixels_per_myr,
        "timed": drawing.sheet.timed,
        "fossils": drawing.sheet.by_fossils,
        "lengths": drawing.sheet.dated.method == LENGTHS,
    }
    if drawing.circle is not None:
        found |= {"middle": drawing.circle.middle, "core": drawing.circle.core, "scale": drawing.circle.scale}
    return found


def _units(sheet: Sheet, timescale: Timescale, ranks: tuple[str, ...]) -> list[list[object]]:
    span = AgeRange(sheet.axis.oldest, sheet.axis.youngest)
    return [
        [rank, unit.label(sheet.language), unit.span.max_ma, unit.span.min_ma, unit.color, ink_on(unit.color)]
        for rank in RANKS
        if rank in ranks
        for unit in sorted(timescale.of_rank(rank, span), key=lambda unit: -unit.span.max_ma)
    ]
