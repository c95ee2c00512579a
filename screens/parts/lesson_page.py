"""Lessons as light pages of our own beside Streamlit's: in front of a class, on a device in it, in a second window, and in a showcase.

A page brings all it needs; only photographs and the class that follows ask the server for more. Call everything here within
`screens.words.speaking`.
"""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote

from maps.world_picture import STYLE as WORLD
from screens.parts.light_page import ICONS, icon_of, light_page
from screens.parts.prefix import prefix
from screens.parts.slides import Slide, inline
from screens.parts.star import star_of
from screens.words import _, language, marked

_ICONS = {
    **ICONS,
    "back": ICONS["left"],
    "next": ICONS["right"],
    "restart": icon_of("M5 5v4h4M5.5 9A6 6 0 1 1 4.4 12"),
}
_BUTTONS = {
    "back": ("", marked("Back")),
    "next": ("", marked("Next")),
    "uncover": (marked("Answer"), marked("Show the answer (A)")),
    "black": (marked("Blank"), marked("Blank the screen (B)")),
    "dark": ("", marked("Light or dark (T)")),
    "full": ("", marked("Full screen (F)")),
    "notes": (marked("Notes"), marked("Notes in a second window (N)")),
    "open": (marked("Join in"), marked("Let the class follow and answer on its own devices (J)")),
    "shut": (marked("Close the class"), marked("Close the class: what was answered is gone")),
    "restart": ("", marked("Start the clock again")),
}
"""What stands on each button without a picture, and what it does."""
_TEXTS = {
    "close": marked("Close"),
    "explore": marked("Explore"),
    "follow": marked("Follow on your own device:"),
    "code_size": marked("The code large or small (J)"),
    "no_notes": marked("No notes for this step."),
    "notes": marked("Notes"),
    "next": marked("Next:"),
    "no_connection": marked("No connection. Trying again …"),
    "tours": marked("All tours"),
    "join_class": marked("Join a class"),
    "signs": marked("The four signs on the wall"),
    "join": marked("Join"),
    "return": marked("Back to the lesson"),
}


def slide_html(slide: Slide, *, tells_answer: bool = True, hidden: bool = True) -> str:
    """A slide as a part of a page.

    Parameters
    ----------
    tells_answer : bool
        Whether the page may know which answer is right; a device in the class may not.
    hidden : bool
        Whether it waits for a script to show it.
    """
    beside = f"<figure>{slide.picture}<figcaption>{slide.caption}</figcaption></figure>" if slide.picture else ""
    because = f'<div class="because" hidden>{slide.because if tells_answer else ""}</div>' if slide.because else ""
    return (
        f'<section class="slide{"" if beside else " plain"}"{" hidden" if hidden else ""} data-link="{escape(slide.link)}">'
        f'<div class="telling"><h2>{slide.title}</h2>{slide.text}{_answers(slide, tells_answer)}{because}</div>{beside}'
        f'<template class="when">{slide.when}</template><template class="where">{slide.where}</template></section>'
    )


def _answers(slide: Slide, tells_answer: bool) -> str:
    if not slide.answers:
        return ""
    lines = []
    for number, answer in enumerate(slide.answers):
        right = f' data-right="{int(answer.right)}"' if tells_answer else ""
        lines.append(
            f'<li{right}><button type="button" aria-pressed="false"><span class="letter">{"ABCDEFGH"[number % 8]}</span>'
            f'<span>{inline(answer.text)}</span><span class="mark"></span><span class="votes"></span><span class="share"></span></button></li>'
        )
    return f'<ol class="answers">{"".join(lines)}</ol>'


def present(title: str, key: str, slides: Sequence[Slide], *, home: str) -> str:
    """The page in front of a class, or of one reader.

    Parameters
    ----------
    title, key : str
        Of the lesson.
    slides : sequence of Slide
    home : str
        Where one comes from.
    """
    head = f"""<header><a class="button" href="{escape(home)}" title="{_said("close")}" aria-label="{_said("close")}">{_ICONS["close"]}</a>
<h1>{escape(title)}</h1><span id="count" class="count"></span>
{_button("black")}{_button("dark")}
{_button("full")}{_button("notes")}
{_button("open")}
<a id="explore" class="button" target="_blank" rel="noopener" href="#">{_said("explore")}</a>{_moves()}</header>"""
    joining = f"""<aside id="joining" hidden><button type="button" class="qr" id="qr" aria-pressed="false" title="{_said("code_size")}" aria-label="{_said("code_size")}"></button><div><p>{_said("follow")}
<b id="address"></b></p><span class="code" id="code"></span></div><p id="devices"></p>{_button("shut")}</aside>"""
    body = head + _stage("".join(slide_html(slide) for slide in slides)) + joining + _foot()
    return _page(title, body, ("lesson.js", "lesson_class.js"), _given(title, key))


def notes(title: str, key: str, slides: Sequence[Slide]) -> str:
    """The second window of whoever presents."""
    told = "".join(
        f'<section class="slide plain" hidden><div class="telling"><h2>{slide.title}</h2>{slide.notes or _said("no_notes")}'
        f'{slide.because}</div><template class="when">{slide.when}</template><template class="where">{slide.where}</template></section>'
        for slide in slides
    )
    head = f'<header><h1>{_said("notes")}</h1><span id="clock" class="count clock">0:00</span>{_button("restart")}<span id="count" class="count"></span>{_moves()}</header>'
    after = f'<aside class="notes">{_said("next")} <b id="next-title"></b></aside>'
    return _page(title, head + _stage(told) + after + _foot(), ("lesson.js", "lesson_notes.js"), _given(title, key))


def follow(title: str, room: str, steps: int) -> str:
    """The page of a device in the class.

    Parameters
    ----------
    room : str
        The address of the room.
    steps : int
        How many the lesson has.
    """
    head = f'<header><h1>{escape(title)}</h1><span id="star"></span><span id="trouble" role="status" hidden>{_said("no_connection")}</span></header>'
    given = {
        "room": room,
        "steps": steps,
        "star": star_of("", ""),
        "words": {
            **_words(),
            "sent": _("Your answer is in. You may change it."),
            "over": _("The class is over. Thank you!"),
        },
    }
    return _page(title, head + '<main id="stage"></main>' + _foot(), ("star.js", "lesson_follow.js"), given)


def kiosk(title: str, key: str, slides: Sequence[Slide], *, home: str, idle: int) -> str:
    """A tour in a showcase.

    Parameters
    ----------
    home : str
        The page of all tours.
    idle : int
        Seconds without a touch after which it goes home.
    """
    head = f'<header><a class="button" href="{escape(home)}">{_said("tours")}</a><h1>{escape(title)}</h1><span id="count" class="count"></span>{_moves()}</header>'
    body = head + _stage("".join(slide_html(slide) for slide in slides)) + _foot()
    given = {**_given(title, key), "kiosk": True, "home": home, "idle": idle}
    return _page(title, body, ("lesson.js", "lesson_kiosk.js"), given, kind="kiosk")


def tours(title: str, choices: Sequence[tuple[str, str, str]], *, other: tuple[str, str]) -> str:
    """The first page of a showcase.

    Parameters
    ----------
    choices : sequence of (str, str, str)
        Address, title and picture (markup) of each tour.
    other : (str, str)
        Address and name of the same in the other language.
    """
    doors = "".join(
        f'<button type="button" data-href="{escape(address)}">{picture}<b>{escape(name)}</b></button>'
        for address, name, picture in choices
    )
    head = (
        f'<header><h1>{escape(title)}</h1><a class="button" href="{escape(other[0])}">{escape(other[1])}</a></header>'
    )
    body = f'{head}<main><div class="tours">{doors}</div></main>'
    return _page(title, body, ("lesson_kiosk.js",), {"home": other[0], "idle": 0}, kind="kiosk")


def ask_for_code(complaint: str = "") -> str:
    """The page on which a device says which class it belongs to."""
    wrong = f'<p role="alert">{escape(complaint)}</p>' if complaint else ""
    body = f"""<main><form class="ask" action="{escape(prefix())}/join" method="get"><h2>{_said("join_class")}</h2>{wrong}
<label>{_said("signs")}<input name="code" maxlength="6" autocomplete="off" autocapitalize="characters" spellcheck="false" autofocus required></label>
<button>{_said("join")}</button></form></main>"""
    title = _TEXTS["join_class"]
    return _page(_(title), body, (), {})


def _given(title: str, key: str) -> Mapping[str, object]:
    address = f"{prefix()}/lesson/{quote(key)}"
    return {
        "lesson": key,
        "title": title,
        "language": language(),
        "join": f"{prefix()}/join",
        "notes": f"{address}/notes?lang={language()}",
        "words": _words(),
    }


def _words() -> Mapping[str, str]:
    return {
        "count": _("Step {number} of {steps}"),
        "right": _("That is right"),
        "wrong": _("Not quite"),
        "devices": _("Devices: {n}"),
        "end": _("The end"),
    }


def _moves() -> str:
    answer = _button("uncover")
    return f"<nav>{answer} {_button('back')} {_button('next')}</nav>"


def _button(key: str) -> str:
    label, meaning = _BUTTONS[key]
    written, told = (_(label) if label else ""), _(meaning)
    shown = _ICONS[key] if key in _ICONS else escape(written)
    name = (
        told if written.lower() in told.lower() else f"{written}: {told}"
    )  # who speaks to the computer says what is written
    return f'<button type="button" id="{key}" title="{escape(told)}" aria-label="{escape(name)}">{shown}</button>'


def _said(text: str) -> str:
    return escape(_(_TEXTS[text]))


def _stage(slides: str) -> str:
    return f'<main id="stage">{slides}</main><button id="blank" type="button" hidden aria-label="{_said("return")}"></button>'


def _foot() -> str:
    return '<footer><span class="when" id="when"></span><span class="where" id="where"></span></footer><p id="said" class="unseen" role="status"></p>'


def _page(title: str, body: str, scripts: Sequence[str], given: Mapping[str, object], kind: str = "") -> str:
    return light_page(
        title,
        body,
        styles=("lesson.css", "star.css"),
        more_style=WORLD,
        scripts=("theme.js", *scripts),
        given=given,
        kind=kind,
    )
