"""The pages: which there are, what each is called, and what one must be allowed to do for it to be of use."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st
from streamlit.navigation.page import Page

from catalogue.rights import Action, NotAllowed, require
from catalogue.settings import settings
from screens import (
    add_specimen,
    amend_lists,
    amend_specimen,
    bulk_edit,
    check_tree,
    choose_lesson,
    class_walk,
    compare_trees,
    describe_collection,
    family_tree,
    find_specimens,
    home,
    import_file,
    import_live,
    import_pictures,
    keep_loans,
    make_worksheet,
    manage_people,
    manage_trees,
    manage_vocabularies,
    map_periods,
    my_notes,
    period_map,
    print_labels,
    published_lists,
    record_history,
    record_media,
    show_characters,
    show_places,
    show_specimen,
    then_and_now,
    withheld_sites,
    write_lesson,
)
from screens.parts import added, address, counting, who
from screens.words import _, marked, say

PAGES: Mapping[str, tuple[str, Callable[[], None]]] = {
    "": (marked("Home"), home.show),
    "specimens": (marked("Specimens"), find_specimens.show),
    "map": (marked("Map"), period_map.show),
    "ancient": (marked("Then and now"), then_and_now.show),
    "places": (marked("Places of finds"), show_places.show),
    "periods": (marked("One map for each time"), map_periods.show),
    "tree": (marked("Family tree"), family_tree.show),
    "trees": (marked("Trees"), manage_trees.show),
    "check": (marked("A tree and its tips"), check_tree.show),
    "compare": (marked("Compare trees"), compare_trees.show),
    "characters": (marked("Characters"), show_characters.show),
    "lessons": (marked("Lessons"), choose_lesson.show),
    "worksheet": (marked("Worksheets and quizzes"), make_worksheet.show),
    "write-lesson": (marked("Write a lesson"), write_lesson.show),
    "class": (marked("A walk through deep time"), class_walk.show),
    "notes": (marked("My notes"), my_notes.show),
    "add": (marked("Add a specimen"), add_specimen.show),
    "import": (marked("Import"), import_file.show),
    "pbdb": (marked("From the Paleobiology Database"), import_live.show),
    "pictures-by-number": (marked("Photographs by number"), import_pictures.show),
    "specimen": (marked("Specimen"), show_specimen.show),
    "amend": (marked("Change a record"), amend_specimen.show),
    "lists": (marked("Change a list"), amend_lists.show),
    "loans": (marked("Loans and accessions"), keep_loans.show),
    "pictures": (marked("Photographs and scans"), record_media.show),
    "bulk": (marked("Change many records"), bulk_edit.show),
    "published": (marked("From publications"), published_lists.show),
    "history": (marked("History"), record_history.show),
    "labels": (marked("Labels"), print_labels.show),
    "collection": (marked("The collection"), describe_collection.show),
    "people": (marked("People"), manage_people.show),
    "withheld": (marked("Withheld sites"), withheld_sites.show),
    "vocabularies": (marked("Lists of words"), manage_vocabularies.show),
}
"""Title and body of each page, by its address."""
_SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", ("", "specimens", "map", "tree", "notes", "add")),
    (marked("Places"), ("ancient", "places")),
    (marked("Trees"), ("trees", "compare", "characters")),
    (marked("In class"), ("lessons", "worksheet", "class")),
    (
        marked("For the staff"),
        ("import", "published", "loans", "history", "withheld", "vocabularies", "collection", "people"),
    ),
)
"""What the navigation shows: pages side by side, and menus of pages beneath a name. All others are reached from another page."""
_NEEDED: Mapping[str, Action] = {
    "notes": "keep_private_notes",
    "write-lesson": "write_lessons",
    "add": "add",
    "import": "import",
    "pbdb": "import",
    "pictures-by-number": "import",
    "amend": "amend",
    "lists": "amend",
    "loans": "manage_loans",
    "pictures": "amend",
    "bulk": "bulk_edit",
    "history": "see_history",
    "collection": "describe_collection",
    "people": "manage_people",
    "withheld": "withhold_sites",
    "vocabularies": "edit_vocabularies",
}
"""What one must be allowed to do for a page to be of use; the catalogue itself asks again for each deed."""

_COUNTED = {"specimens", "map", "ancient", "places", "periods", "bulk", "labels"}
"""Pages that need all records counted; of a large catalogue that may take a while after a start."""


def _page(path: str) -> Page:
    title, body = PAGES[path]
    if path in _COUNTED:
        body = partial(_when_counted, path, body)
    needed = _NEEDED.get(path)
    allowed = _is_allowed(path)
    return st.Page(
        body if needed is None or allowed else partial(_refuse, path, needed),
        title=_(title),
        url_path=path,
        default=path == "",
        visibility="visible" if allowed and _is_listed(path) else "hidden",
    )


def _is_allowed(path: str) -> bool:
    needed = _NEEDED.get(path)
    return needed is None or who.may(needed)


def _is_listed(path: str) -> bool:
    """Whether the navigation has it: people only where somebody signs in, and what publications say only for who brings it in."""
    listed = any(path in paths for _name, paths in _SECTIONS)
    if path == "people" and settings().sign_in == "off":
        return False
    return listed and (path != "published" or who.may("import"))


def _when_counted(path: str, body: Callable[[], None]) -> None:
    counting.wait(_(PAGES[path][0]))
    body()


def _refuse(path: str, needed: Action) -> None:
    """In place of a page that is of no use to this person: what it needs, and the way to sign in."""
    st.title(_(PAGES[path][0]))
    try:
        require(who.who(), needed)
    except NotAllowed as error:
        st.info(say(error.message))
    who.offer_sign_in(path)


def _sections() -> dict[str, list[Page]]:
    """The pages by the menus that show them; those that no menu shows stand with the first, hidden."""
    pages = {path: _page(path) for path in PAGES}
    sections = {_(name) if name else "": [pages.pop(path) for path in paths] for name, paths in _SECTIONS}
    sections[""] += pages.values()
    return sections


def navigate() -> Page:
    """Show the navigation and return the page that the address asks for."""
    page = st.navigation(_sections(), position="top")
    address.enter(page.url_path)
    if page.url_path != "specimen":
        added.forget()
    return page
