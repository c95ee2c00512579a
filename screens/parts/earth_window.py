"""Two Earths side by side, today's and that of an age, with the same finds on both; time moves in the browser.

The browser gets the outlines once (`screens.earth_routes`), turns the plates itself and tells Python only where it came to rest.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

import numpy as np
import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from catalogue.geological_time import timescale
from catalogue.records import Specimen
from maps.palaeogeography.frames import AGES, on_plates
from maps.palaeogeography.models import PlateModel
from maps.places_in_cells import CellPlace
from screens import navigation
from screens.earth_routes import frames_href
from screens.parts import asking, earth_cells, style
from screens.parts.ages import age_words, color_of, ink_on
from screens.parts.cards import kind_words, place_words
from screens.words import _, language, marked

KEY = "earth_window"
LAYERS = ("latitudes", "borders", "plates", "other", "steps")
"""What may be shown or not."""
_HERE = Path(__file__).parent
_FROM_MA = 252
_MIDDLE = {"en": 10, "zh": 150}
"""Longitude of the middle of today's map."""


@dataclass(frozen=True)
class View:
    """What both Earths show.

    Parameters
    ----------
    model, other : PlateModel
        By which plates and finds move; and one to compare it with.
    age : float
        In Ma.
    shown : sequence of str
        Which of `LAYERS` are shown.
    find : str
        Key of the find that is marked; may be blank.
    """

    model: PlateModel
    other: PlateModel | None
    age: float
    shown: Sequence[str]
    find: str


def show(placed: Sequence[Specimen], view: View, on_asked: Callable[[Mapping[str, object]], None]) -> None:
    """Put the two Earths on the page, each find by itself.

    Parameters
    ----------
    placed : sequence of Specimen
        Those that have coordinates.
    on_asked : callable
        Takes `age`, `shown` and `find` when they came to rest.
    """
    _put(_places(placed, view.model, view.other), [_find(specimen) for specimen in placed], view, on_asked)


def show_many(cells: Sequence[CellPlace], view: View, on_asked: Callable[[Mapping[str, object]], None]) -> None:
    """The same for very many finds, counted in cells; see `show`."""
    _put(*earth_cells.drawn(cells, view.model, view.other, asking.parameters()), view, on_asked)


def _put(
    places: list[list[object]],
    finds: list[list[object]],
    view: View,
    on_asked: Callable[[Mapping[str, object]], None],
) -> None:
    words = {name: _(word) for name, word in _WORDS.items()}
    if language() == "zh":
        words["age"] = "{age}年前"  # 2亿, 6600万: the browser counts as `screens.parts.ages` does
    other = view.other
    if other is not None:
        words["in_other"] = words["in_other"].format(model=other.title)
        words["spread"] = words["spread"].replace("{model}", other.title)
    _component()(
        key=KEY,
        data={
            "markup": _markup(words, other),
            "language": "zh-Hans" if language() == "zh" else "en",
            "dark": style.is_dark(),
            "accent": "#e8a36a" if style.is_dark() else "#8c3b1f",
            "middle": _MIDDLE.get(language(), 10),
            "earth": frames_href(view.model),
            "other": frames_href(other) if other else "",
            "age": view.age,
            "from": _FROM_MA,
            "shown": [name for name in LAYERS if name in view.shown],
            "find": view.find,
            "intervals": _intervals(),
            "places": places,
            "finds": finds,
            "words": words,
        },
        on_asked_change=lambda: _pass_on(on_asked),
    )


def _find(specimen: Specimen) -> list[object]:
    return [
        specimen.occurrence_id,
        f"*{specimen.verbatim_identification}*",
        specimen.max_ma,
        specimen.min_ma,
        color_of(specimen.span),
        f"{kind_words(specimen)} · {age_words(specimen.span)}",
        navigation.href("specimen", id=specimen.occurrence_id),
    ]


def _places(placed: Sequence[Specimen], model: PlateModel, other: PlateModel | None) -> list[list[object]]:
    """Each place once: where it is, its plate and the age of its ground in both models, its name, and the numbers of its finds."""
    at: dict[tuple[float, float], list[int]] = {}
    for number, specimen in enumerate(placed):
        assert specimen.decimal_longitude is not None and specimen.decimal_latitude is not None
        at.setdefault((specimen.decimal_longitude, specimen.decimal_latitude), []).append(number)
    points = np.array(list(at)).reshape(-1, 2)
    plates, oldest = on_plates(model, points)
    plates_too, oldest_too = on_plates(other or model, points)
    return [
        [*where, *of_model, place_words(placed[numbers[0]]), numbers]
        for (where, numbers), of_model in zip(
            at.items(), np.column_stack([plates, oldest, plates_too, oldest_too]).tolist(), strict=True
        )
    ]


def _intervals() -> list[tuple[str, float, float, str, str]]:
    """The periods as far back as the frames go, young first."""
    units = [unit for unit in timescale().of_rank("period") if unit.span.min_ma < AGES[-1]]
    return [
        (unit.label(language()), unit.span.max_ma, unit.span.min_ma, unit.color, ink_on(unit.color))
        for unit in sorted(units, key=lambda unit: unit.span.min_ma)
    ]


def _markup(words: Mapping[str, str], other: PlateModel | None) -> str:
    """The parts of the window; the browser fills them."""
    said = {name: escape(word) for name, word in words.items()}
    names = {name: said[f"show_{name}"] for name in LAYERS if name != "other" or other is not None}
    if other is not None:
        names["other"] = names["other"].format(model=escape(other.title))
    boxes = "".join(f'<label><input type="checkbox" data-show="{name}"> {word}</label>' for name, word in names.items())
    return (
        f'<div class="pair"><figure><figcaption>{said["earth_now"]}</figcaption>'
        f'<canvas data-part="now" tabindex="0" role="img" aria-label="{said["earth_now"]}. {said["keys"]}"></canvas></figure>'
        f'<figure><figcaption><span data-part="when"></span> <span class="chip" data-part="interval"></span></figcaption>'
        f'<canvas data-part="then" tabindex="0" role="img" aria-label="{said["earth_then"]}. {said["keys"]}"></canvas></figure></div>'
        f'<div class="time"><button type="button" data-do="play" data-part="play" aria-pressed="false">{said["play"]}</button>'
        f'<button type="button" data-do="older" aria-label="{said["older"]}" title="{said["older"]}">‹</button>'
        f'<div class="track"><div class="strip" data-part="strip" aria-hidden="true"></div>'
        f'<input type="range" min="0" max="{_FROM_MA}" step="1" data-part="slider" aria-label="{said["slider"]}"></div>'
        f'<button type="button" data-do="younger" aria-label="{said["younger"]}" title="{said["younger"]}">›</button></div>'
        f'<div class="choices">{boxes}</div>'
        f'<div class="key"><span><i style="width:11px;height:11px"></i>{said["alive"]}</span>'
        f'<span><i style="width:7px;height:7px;opacity:.55"></i>{said["not_alive"]}</span></div>'
        f'<p class="said" data-part="spread" role="status"></p><p class="said" data-part="missing"></p>'
        f'<p class="said" data-part="status" role="status"></p>'
        f'<div class="card-place" data-part="card" aria-live="polite">{said["choose"]}</div>'
        f'<details><summary>{said["list"]}</summary><ul data-part="list"></ul></details>'
        f'<div class="tip" data-part="tip" hidden></div>'
    )


_WORDS = {
    "earth_now": marked("The Earth today"),
    "earth_then": marked("The Earth then"),
    "now": marked("Today"),
    "today": marked("Today"),
    "age": marked("{age} million years ago"),
    "play": marked("Let time run"),
    "pause": marked("Stop"),
    "older": marked("Further back"),
    "younger": marked("Closer to today"),
    "slider": marked("Million years ago"),
    "show_latitudes": marked("Latitudes"),
    "show_borders": marked("Today's borders"),
    "show_plates": marked("Edges of plates"),
    "show_other": marked("Where {model} puts the finds"),
    "show_steps": marked("In steps, without motion"),
    "alive": marked("Lived at that time"),
    "not_alive": marked("Lived at another time"),
    "equator": marked("Equator"),
    "choose": marked("Choose a dot on either map: it is marked on both."),
    "keys": marked(
        "Arrow keys go from find to find, the space bar lets time run and stops it, Escape takes the mark away."
    ),
    "list": marked("The finds as a list"),
    "others": marked("and {n} more"),
    "counted": marked("{n} finds in this cell"),
    "none": marked("The model does not say."),
    "in_other": marked("By {model}"),
    "keep": marked("Measure from here"),
    "kept": marked("Do not measure from here"),
    "apart": marked("From {name}"),
    "then_now": marked("{now} today, {then} then"),
    "km": marked("{km} km"),
    "spread": marked(
        "How sure is that? {model} puts these finds {degrees}° away in the middle, some {km} km, and {most}° at most."
    ),
    "missing": marked("Finds without a place on the map of that time: {n} ({reasons})."),
    "no_plate": marked("on no plate of the model: {n}"),
    "not_yet": marked("the ground formed later: {n}"),
    "unsaid": marked("the model does not reach so far: {n}"),
    "broken": marked("The outlines of the Earth could not be loaded. Reload the page."),
}
"""The words of the window, by what they are for."""


def _pass_on(on_asked: Callable[[Mapping[str, object]], None]) -> None:
    sent = getattr(st.session_state.get(KEY), "asked", None)
    if isinstance(sent, Mapping):
        on_asked(sent)


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "bonebed_earth_window",
        html='<div class="picture earth-window"></div>',
        css=style.sheet() + (_HERE / "earth_window.css").read_text(encoding="utf-8"),
        js="\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("moving_earth.js", "earth_window.js")),
        isolate_styles=True,
    )
