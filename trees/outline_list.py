"""A drawn tree as a nested list: what a reader of the screen opens and closes, clade by clade, and anyone who prefers reading to looking.

Every line is a button with the key of its tip or clade as ``data-pick``, so that choosing it does what choosing the mark does. Only what is visible
on the drawing is in the list; a folded clade is one line. Lists deeper than a browser nests go on at the same level.
"""

from trees.layout import CLADE, COLLAPSED, Place
from trees.sheet import Sheet
from trees.spoken import both_names, say_clade, say_tip_fully
from trees.svg import text

_DEEPEST = 100
_OPEN = 3


def outline_list(sheet: Sheet) -> str:
    """The list as HTML."""
    children: dict[int, list[Place]] = {}
    for place in sheet.layout.places:
        children.setdefault(place.parent, []).append(place)
    parts: list[str] = ["<ul>"]
    todo: list[Place | str] = list(reversed(children.get(-1, [])))
    depth = {-1: -1}
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        place = item
        depth[place.index] = depth[place.parent] + 1
        below = children.get(place.index, [])
        nested = bool(below) and depth[place.index] < _DEEPEST
        parts.append(_line(sheet, place, depth[place.index], nested=nested))
        if nested:
            todo.append("</ul></details></li>")
        todo.extend(reversed(below))
    return "".join([*parts, "</ul>"])


def _line(sheet: Sheet, place: Place, depth: int, *, nested: bool) -> str:
    if place.kind in (CLADE, COLLAPSED):
        said = say_clade(sheet, place, "collapsed" if place.kind == COLLAPSED else "clade")
    else:
        said = say_tip_fully(sheet, place)
    chosen = ' aria-pressed="true"' if place is sheet.selected else ""
    label = both_names(place.name, sheet.labels) or place.example or sheet.words["nameless"]
    button = (
        f'<button type="button" data-pick="{text(place.key)}" aria-label="{text(said)}"{chosen}>{text(label)}</button>'
    )
    if not nested:
        return f"<li>{button}</li>"
    opened = ' open=""' if depth < _OPEN or place.index in sheet.path else ""
    return f"<li><details{opened}><summary>{button} <small>({place.tips})</small></summary><ul>"
