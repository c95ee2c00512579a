"""The page of the time machine: one slider over the timescale, and the Earth, the tree, the curve and the card that follow it.

Everything moves in the browser (``time_machine.js``, ``time_drawing.js``); this is the frame and the words. Call `page` within
`screens.words.speaking`.
"""

from collections.abc import Mapping
from html import escape

from screens.parts.light_page import ICONS, icon_of, light_page
from screens.parts.star import star_of
from screens.words import _, language, marked

_ICONS = {
    **ICONS,
    "older": ICONS["left"],
    "younger": ICONS["right"],
    "play": icon_of("M6 3.5v13l11-6.5z"),
    "pause": icon_of("M6.5 4v12M13.5 4v12"),
}
_WORDS = {
    "title": marked("The time machine"),
    "close": marked("Close"),
    "dark": marked("Light or dark (T)"),
    "full": marked("Full screen (F)"),
    "play": marked("Let time run (space bar)"),
    "pause": marked("Stop"),
    "older": marked("Further back"),
    "younger": marked("Closer to today"),
    "slider": marked("Time, in million years ago"),
    "keys": marked(
        "Arrow keys: a million years. Page keys: from age to age of the chart. Home and End: the two ends. Space bar: let time run."
    ),
    "group": marked("Group"),
    "everything": marked("All animals of the tree"),
    "map": marked("The Earth of that time, with the finds of animals that lived then"),
    "map_keys": marked("Arrow keys go from find to find, Escape takes the mark away."),
    "today": marked("Today"),
    "ago": marked("million years ago"),
    "tree": marked("The family tree, with the moment as a line across it"),
    "tree_keys": marked("Choose a branch to see that group alone."),
    "lineages_0": marked("no lineage of this tree"),
    "lineages_1": marked("1 lineage"),
    "lineages": marked("{n} lineages"),
    "ghosts_0": marked("each with a fossil of that age"),
    "ghosts_1": marked("1 of them without a fossil of that age"),
    "ghosts": marked("{n} of them without a fossil of that age"),
    "curve": marked("Genera through time: found, lasting, and as if all times had been searched equally well"),
    "raw": marked("Found"),
    "through": marked("Must have lived"),
    "sampled": marked("Equally searched"),
    "sampled_own": marked("Equally searched (numbers on the right)"),
    "too_few": marked("too few finds"),
    "genera": marked("Genera"),
    "world": marked("The world then"),
    "sources": marked("Where we know this from"),
    "who": marked("Who lived then"),
    "nobody": marked("No find of this moment in the collection."),
    "new": marked("First seen"),
    "gone": marked("Last seen"),
    "no_new": marked("Nobody on this tree."),
    "finds_0": marked("no find"),
    "finds_1": marked("1 find"),
    "finds": marked("{n} finds"),
    "finds_list": marked("The finds of this moment as a list"),
    "lineages_list": marked("The lineages of this moment as a list"),
    "ghost": marked("no fossil of that age known"),
    "more": marked("and {n} more"),
    "off_map": marked("{n} of them without a place on the map of that time"),
    "left_out": marked("{n} more finds of the collection are not shown here."),
    "record": marked("Open the record"),
    "clear": marked("Take the mark away"),
    "broken": marked("The outlines of the Earth could not be loaded. Reload the page."),
    "no_curve": marked("The counts of this group could not be loaded."),
    "equator": marked("Equator"),
    "coast": marked("Today's coastlines, carried along on the plates: not the shores of that time."),
}
"""What the page says, by what it is for."""


def page(data: Mapping[str, object], curve: Mapping[str, object], start: Mapping[str, object], *, curves: str) -> str:
    """The page.

    Parameters
    ----------
    data, curve : mapping
        From `screens.parts.time_data`.
    start : mapping
        ``at`` in Ma, ``clade``, ``specimen``, and ``notes``: sentences about what was asked for in vain.
    curves : str
        Where the counts of another clade are asked for.
    """
    words = {name: _(word) for name, word in _WORDS.items()}
    if language() == "zh":
        words["ago"] = "年前"  # 2亿, 6600万: the browser counts as `screens.parts.ages` does
    given = {
        **data,
        "curve": curve,
        "start": start,
        "curves": curves,
        "star": star_of("", ""),
        "words": words,
        "icons": {name: _ICONS[name] for name in ("play", "pause")},
        "language": language(),
    }
    said = {name: escape(word) for name, word in words.items()}
    return light_page(
        words["title"],
        _body(said),
        styles=("time_machine.css", "star.css"),
        scripts=("theme.js", "star.js", "moving_earth.js", "time_drawing.js", "time_machine.js"),
        given=given,
    )


def _body(said: Mapping[str, str]) -> str:
    head = (
        f'<header><a class="button" href="./lessons?lang={language()}" title="{said["close"]}" aria-label="{said["close"]}">{_ICONS["close"]}</a>'
        f'<h1>{said["title"]}</h1><label class="choice"><span>{said["group"]}</span> <select id="clade"><option value="">{said["everything"]}</option></select></label>'
        f"{_button('dark', said)}{_button('full', said)}</header>"
    )
    earth = (
        f'<section class="earth"><p class="moment"><b id="number"></b> <span id="ago"></span> <span id="chips"></span></p>'
        f'<canvas id="map" tabindex="0" role="img" aria-label="{said["map"]}. {said["map_keys"]}"></canvas>'
        f'<div id="mark" hidden></div><div id="tip" hidden></div></section>'
    )
    beside = (
        f'<section class="beside"><figure><figcaption id="lineages"></figcaption>'
        f'<canvas id="tree" role="img" aria-label="{said["tree"]}. {said["tree_keys"]}"></canvas></figure>'
        f'<figure><figcaption class="legend" id="legend"></figcaption><canvas id="curve" role="img" aria-label="{said["curve"]}"></canvas></figure></section>'
    )
    clock = (
        f'<section class="clock">{_button("play", said)}{_button("older", said)}<div id="strip" role="slider" tabindex="0" aria-orientation="horizontal" '
        f'aria-label="{said["slider"]}" aria-describedby="keys"></div>{_button("younger", said)}</section>'
    )
    card = (
        f'<section class="card"><div><h2>{said["world"]}</h2><div id="world"></div></div>'
        f'<div><h2>{said["who"]} <span id="count" class="quiet"></span></h2><div id="who" class="who"></div></div>'
        f'<div class="turns"><div><h2>{said["new"]}</h2><ul id="new"></ul></div><div><h2>{said["gone"]}</h2><ul id="gone"></ul></div></div></section>'
    )
    lists = (
        f'<section class="lists"><details><summary>{said["finds_list"]}</summary><ul id="finds_list"></ul></details>'
        f'<details><summary>{said["lineages_list"]}</summary><ul id="lineages_list"></ul></details>'
        f'<p class="quiet" id="keys">{said["keys"]}</p><p class="quiet" id="credit">{said["coast"]}</p></section>'
    )
    notes = '<p id="notes" role="status" hidden></p><p id="said" class="unseen" role="status"></p>'
    return f"{head}{notes}<main>{earth}{beside}{clock}{card}{lists}</main>"


def _button(key: str, said: Mapping[str, str]) -> str:
    return f'<button type="button" id="{key}" title="{said[key]}" aria-label="{said[key]}">{_ICONS[key]}</button>'
