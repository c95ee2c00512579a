"""What is said about a photograph or a scan before it may be kept with a record: licence and credit, caption, and where to look."""

import math
from collections.abc import Mapping
from dataclasses import fields

from catalogue.checking import check_text, check_translations
from catalogue.media.kinds import CONTENT_TYPES, LICENSES, PHOTOGRAPH, SCAN, Medium
from catalogue.media.store import path_of
from catalogue.messages import Message, message

_TEXTS = ("license", "credit", "caption", "added_by", "added_at")
_SIZES = ("width", "height", "bytes")
_FOCUS = ("focus_x", "focus_y", "focus_width", "focus_height")
Wrong = list[tuple[str, Message]]


def check_medium(typed: Mapping[str, object]) -> tuple[dict[str, object], Wrong]:
    """The values of a `Medium` from what was typed and measured, and what is wrong with them, by field."""
    values: dict[str, object] = {name: str(typed.get(name) or "").strip() for name in _TEXTS}
    values |= {name: typed.get(name) for name in ("sha256", "kind", "format", *_SIZES, *_FOCUS)}
    values["translations"] = typed.get("translations") or {}
    wrong = [(name, problem.message) for name in _TEXTS for problem in check_text(name, str(values[name]))]
    wrong += [("translations", problem.message) for problem in check_translations(values["translations"])]
    wrong += _wrong_file(values) + _wrong_terms(values) + _wrong_focus(values)
    return {field.name: values[field.name] for field in fields(Medium)}, wrong


def _wrong_file(values: Mapping[str, object]) -> Wrong:
    key, form = str(values["sha256"]), str(values["format"])
    kind = SCAN if form in {"glb", "stl"} else PHOTOGRAPH
    sizes = [values[name] for name in _SIZES]
    whole = all(isinstance(size, int) and not isinstance(size, bool) and size >= 0 for size in sizes)
    if path_of(key) is None or form not in CONTENT_TYPES or values["kind"] != kind or not whole:
        return [("sha256", message("The file of this photograph or scan is not in the store. Send it again."))]
    return []


def _wrong_terms(values: Mapping[str, object]) -> Wrong:
    wrong: Wrong = []
    if values["license"] not in LICENSES:
        wrong.append(("license", message("Choose under which terms others may use this photograph or scan.")))
    if not values["credit"]:
        wrong.append(("credit", message("Say who is to be named: the photographer, the museum.")))
    return wrong


def _wrong_focus(values: Mapping[str, object]) -> Wrong:
    """A focus is nothing, a point, or a box around a point; all in parts of the picture."""
    given = [values[name] for name in _FOCUS]
    numbers = [float(one) for one in given if isinstance(one, int | float) and math.isfinite(one) and 0 <= one <= 1]
    missing = [one is None for one in given]
    if len(numbers) + sum(missing) == 4 and missing in ([True] * 4, [False] * 2 + [True] * 2, [False] * 4):
        return []
    return [("focus_x", message("The place to look at lies outside of the picture. Choose it again."))]
