"""The page of a visitor's own collection: its frame and its words. What is in it the browser alone knows (``star.js``, ``mine.js``).

Call everything here within `screens.words.speaking`.
"""

from html import escape

from catalogue.records import Specimen
from screens import navigation
from screens.parts import cards
from screens.parts.ages import age_words, chip, color_of, interval_words, time_bar
from screens.parts.light_page import ICONS, light_page
from screens.words import _, language, marked

_WORDS = {
    "title": marked("My collection"),
    "close": marked("Close"),
    "dark": marked("Light or dark"),
    "private": marked(
        "It lies in this browser alone: nobody else sees it, and whoever uses this browser after you does. Hand it in or save it, then empty it."
    ),
    "name": marked("Name of my collection"),
    "name_hint": marked("For example: Long necks, group 3"),
    "hand_in": marked("Hand in as a file"),
    "open": marked("Open files"),
    "print": marked("Print"),
    "link": marked("Copy a link"),
    "empty": marked("Empty it"),
    "undo": marked("Undo"),
    "nothing": marked("Nothing here yet"),
    "how": marked("Press the star on a specimen, anywhere in Bonebed, and it is kept here."),
    "look": marked("Look for specimens"),
    "note": marked("My note on {name}"),
    "note_hint": marked("What do you see? Why did you choose it?"),
    "up": marked("Move {name} up"),
    "down": marked("Move {name} down"),
    "out": marked("Take {name} out"),
    "missing": marked("This record is not in the catalogue any more."),
    "n": marked("Specimens: {n}"),
    "taken_out": marked("{name} is taken out."),
    "moved": marked("{name} is now number {n}."),
    "emptied": marked("The collection is emptied."),
    "replaced": marked("The opened collection is yours now."),
    "joined": marked("{n} specimens were added to yours."),
    "undone": marked("Undone."),
    "copied": marked("The link is copied. It holds the specimens and their order, not your notes."),
    "bad_file": marked("“{name}” is no collection of Bonebed: choose a file that was handed in (.json)."),
    "full": marked("This browser lets nothing be kept: hand the collection in as a file before you close the page."),
    "handed_in": marked("Handed in"),
    "handed_in_how": marked(
        "Collections that were opened, side by side. What most chose stands first. They are gone when you close the tab."
    ),
    "specimen": marked("Specimen"),
    "chosen": marked("chosen, no note"),
    "not_chosen": marked("not chosen"),
    "unnamed": marked("Without a name"),
    "make_mine": marked("Make it mine"),
    "add_mine": marked("Add to mine"),
    "put_away": marked("Put away"),
    "sheet": marked("Name: ______________________   Class: ____________   Date: ____________"),
    "file": marked("my collection"),
}
"""What the page says, by what it is for."""
_TOOLS = ("hand_in", "open", "print", "link", "empty", "undo")


def page(records: str, *, most: int) -> str:
    """The page.

    Parameters
    ----------
    records : str
        Where the public records are asked for.
    most : int
        Specimens that a collection may hold.
    """
    words = {name: _(word) for name, word in _WORDS.items()}
    given = {
        "records": f"{records}?lang={language()}",
        "look": f"{navigation.href('specimens')}",
        "most": most,
        "words": words,
    }
    said = {name: escape(word) for name, word in words.items()}
    return light_page(
        words["title"], _body(said), styles=("mine.css",), scripts=("theme.js", "star.js", "mine.js"), given=given
    )


def _body(said: dict[str, str]) -> str:
    tools = "".join(f'<button type="button" id="{name}">{said[name]}</button>' for name in _TOOLS)
    close = f'<a class="button" href="{escape(navigation.href("specimens"))}" title="{said["close"]}" aria-label="{said["close"]}">{ICONS["close"]}</a>'
    dark = (
        f'<button type="button" id="dark" title="{said["dark"]}" aria-label="{said["dark"]}">{ICONS["dark"]}</button>'
    )
    return (
        f'<header>{close}<h1>{said["title"]}</h1><span id="count" class="count"></span>{dark}</header><main>'
        f'<p class="quiet screen">{said["private"]}</p><p class="sheet">{said["sheet"]}</p>'
        f'<label class="named">{said["name"]}<input id="name" maxlength="120" placeholder="{said["name_hint"]}" autocomplete="off"></label>'
        f'<h2 id="printed_name" class="sheet"></h2>'
        f'<div class="tools" role="group" aria-label="{said["title"]}">{tools}</div><input type="file" id="files" accept=".json,application/json" multiple hidden>'
        f'<p id="said" role="status"></p><ol id="mine"></ol>'
        f'<section id="others" hidden><h2>{said["handed_in"]}</h2><p class="quiet">{said["handed_in_how"]}</p>'
        f'<div class="beside" tabindex="0" role="region" aria-label="{said["handed_in"]}"><table id="table"></table></div></section></main>'
    )


def record(specimen: Specimen) -> dict[str, str]:
    """What the page shows of a specimen, as HTML: ``name``, and ``html`` for all of it."""
    href, color = escape(navigation.href("specimen", id=specimen.occurrence_id)), color_of(specimen.span)
    common = escape(cards.common_name(specimen.scientific_name))
    name = cards.name_html(specimen)
    return {
        "name": name,
        "html": (
            f'<span class="outline" style="--age:{color}">{cards.silhouette(specimen)}</span><div class="record">'
            f'<a class="name" href="{href}">{name}</a> <span>{common}</span>'
            f"<div>{chip(interval_words(specimen), color)} {escape(age_words(specimen.span))}</div>"
            f'<div class="quiet">{escape(cards.place_words(specimen))} · {escape(cards.kind_words(specimen))}</div>{time_bar(specimen.span)}</div>'
        ),
    }
