"""The pictures that a lesson may name: outlines of animals, and drawings of what else it tells of."""

import re
from functools import cache

from catalogue.facts import FACTS

_FOLDERS = ("silhouettes", "drawings")
_NAME = re.compile(r"[A-Za-z]{1,40}")


@cache
def picture_of(name: str) -> str | None:
    """The SVG of a picture, in the colour of the text around it; None when there is none of that name.

    Parameters
    ----------
    name : str
        Of a file in ``data/silhouettes`` or ``data/drawings``, without its ending.
    """
    paths = [FACTS / folder / f"{name}.svg" for folder in _FOLDERS if _NAME.fullmatch(name)]
    return next((path.read_text(encoding="utf-8") for path in paths if path.exists()), None)
