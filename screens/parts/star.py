"""The star with which a visitor keeps a specimen in a collection of their own, which lies in the browser alone (``star.js``)."""

from functools import cache
from html import escape
from pathlib import Path

from catalogue.records import Specimen
from screens.words import _, language

HERE = Path(__file__).parent
MINE = "/my-collection"
"""Where the collection is shown."""
_OUTLINE = "M10 2.2l2.4 5 5.5.7-4 3.8 1 5.4-4.9-2.6-4.9 2.6 1-5.4-4-3.8 5.5-.7z"


@cache
def script() -> str:
    """What makes stars work, for the components of a page."""
    return (HERE / "star.js").read_text(encoding="utf-8")


def mine_href() -> str:
    """The way to the collection; relative, so that a prefix is kept. Put it in with ``target="_top"``."""
    return f".{MINE}?lang={language()}"


def star(specimen: Specimen) -> str:
    """A star, pressed while the specimen is in the visitor's collection."""
    return star_of(specimen.occurrence_id, specimen.verbatim_identification)


def star_of(key: str, name: str) -> str:
    """The same for what is known by its key and name alone."""
    kept, taken_out, opens = _("Kept in my collection."), _("Taken out of my collection."), _("Open my collection")
    label = _("{name}: in my collection").format(name=name)
    return (
        f'<button type="button" class="star" data-star="{escape(key)}" data-star-name="{escape(name)}" data-kept="{escape(kept)}" '
        f'data-out="{escape(taken_out)}" data-opens="{escape(opens)}" data-mine="{escape(mine_href())}" aria-pressed="false" '
        f'aria-label="{escape(label)}" title="{escape(_("My collection"))}">'
        f'<svg viewBox="0 0 20 20" aria-hidden="true"><path d="{_OUTLINE}"/></svg></button>'
    )
