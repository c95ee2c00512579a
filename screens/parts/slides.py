"""The steps of a lesson as slides: one idea each, with what the catalogue, the map and the tree hold now beside it.

A slide is made for visitors, whoever presents: what is withheld does not appear on a wall. A step that asks for something that is
not there says so in the place of its picture, and the others go on. Call `slides` within `screens.words.speaking`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from markdown_it import MarkdownIt
from sqlalchemy import Connection

from catalogue import database, specimens
from catalogue.geological_time import AgeRange, timescale
from catalogue.media import keeping as media
from catalogue.messages import Message, message
from catalogue.records import Specimen
from catalogue.searching.query import Query
from catalogue.taxonomy import taxonomy
from classroom.lessons import Answer, Lesson, Step
from classroom.pictures import picture_of
from maps import ancient, captions
from maps.palaeogeography.models import BUILT_IN, built_in_model
from maps.world_picture import draw_world
from screens import navigation
from screens.media_routes import photograph_href
from screens.parts import cards, maps, trees
from screens.parts.ages import age_words, chip, color_of, interval_words, time_bar
from screens.parts.gallery import terms
from screens.parts.until_changed import until_changed
from screens.words import _, language, say, several, speaking
from trees.model import find_node

_WHOLE = AgeRange(252.0, 0.0)
_EVERY_TIME = "#8c3b1f"
_LARGE = 1280
_FROM_AFAR = 1.7
"""How much larger the dots of a map are, to be seen from the back row."""
_BAR_WIDTH = 520
_markdown = MarkdownIt("commonmark", {"html": False}).disable(
    ["link", "image", "autolink", "html_inline", "html_block"]
)
_SIGNS = re.compile(r"([\\`*_~&<\[\]!])")


@dataclass(frozen=True)
class Slide:
    """One step, ready to be shown. All but `answers` and `link` is HTML, escaped.

    Parameters
    ----------
    title, text, notes, because : str
    picture : str
        What stands beside the text; blank for none.
    caption : str
        What the picture is made of.
    when, where : str
        The time on the timescale and the place, shown on every slide.
    answers : tuple of Answer
    link : str
        Where the same is to be explored; blank for nowhere.
    """

    title: str
    text: str = ""
    notes: str = ""
    because: str = ""
    picture: str = ""
    caption: str = ""
    when: str = ""
    where: str = ""
    answers: tuple[Answer, ...] = ()
    link: str = ""


@dataclass(frozen=True)
class _Shown:
    """What is beside the text of a step."""

    picture: str = ""
    caption: str = ""
    span: AgeRange | None = None
    when: str = ""
    where: str = ""
    link: str = ""


@until_changed(most=24)
def slides_now(lesson: Lesson, language: str) -> list[Slide]:
    """A lesson as slides, as the catalogue is now; made once for each state of it, so that thirty devices cost what one does."""
    with speaking(language), database.reading() as connection:
        return slides(connection, lesson)


def slides(connection: Connection, lesson: Lesson) -> list[Slide]:
    """A lesson as slides, in the language that is spoken."""
    made: list[Slide] = []
    for step in lesson.steps:
        shown = _shown(connection, step)
        when = _when(shown) or _when(_Shown(span=_WHOLE))
        made.append(
            Slide(
                title=escape(step.title),
                text=_html(step.text),
                notes=_html(step.notes),
                because=_html(step.because),
                picture=shown.picture,
                caption=shown.caption,
                when=when,
                where=shown.where,
                answers=step.answers,
                link=shown.link,
            )
        )
    return made


def _html(text: str) -> str:
    return str(_markdown.render(text)) if text else ""


def inline(text: str) -> str:
    """One line of a lesson as HTML, such as an answer: names in italics, the rest escaped."""
    return str(_markdown.renderInline(text))


def escape_markup(text: str) -> str:
    """A text that is no part of a lesson, so that nothing in it is taken for its signs."""
    return _SIGNS.sub(r"\\\1", text)


def _when(shown: _Shown) -> str:
    if shown.span is None:
        return ""
    words = shown.when or age_words(shown.span)
    return moment(words, color_of(shown.span), shown.span)


def moment(words: str, color: str, span: AgeRange) -> str:
    """The time of a slide: in words, and as a bar whose letters can be read from the back row."""
    return f'<span class="moment">{chip(words, color)}</span>{time_bar(span, tall=True, width=_BAR_WIDTH)}'


def _shown(connection: Connection, step: Step) -> _Shown:
    if step.kind == "specimen":
        return _specimen(connection, step.of)
    if step.kind == "map":
        return _map(connection, step)
    if step.kind == "clade":
        return _clade(step.of)
    if step.kind == "picture":
        return replace(_picture(step.of), span=_moment(step))
    return _Shown(span=_moment(step))


def _moment(step: Step) -> AgeRange | None:
    return None if step.age_ma is None else AgeRange(step.age_ma, step.age_ma)


def _picture(name: str) -> _Shown:
    drawn = picture_of(name)
    if drawn is None:
        return _missing(message("There is no picture “{name}”.", name=name))
    unread = drawn.replace("<svg ", '<svg aria-hidden="true" ', 1)
    return _Shown(picture=f'<div class="outline">{unread}</div>')


def _missing(what: Message) -> _Shown:
    return _Shown(picture=f'<p class="missing">{escape(say(what))}</p>')


def _specimen(connection: Connection, key: str) -> _Shown:
    found = specimens.get_all(connection, [key])
    if not found:
        return _missing(message("There is no specimen “{key}” in the catalogue.", key=key))
    specimen = found[0]
    photograph = media.first_photographs(connection, [key]).get(key)
    if photograph is not None:
        described = photograph.text("caption", language()) or _("Photograph")
        picture = f'<img src="{photograph_href(photograph, _LARGE)}" alt="{escape(described)}">'
        caption = escape(terms(photograph))
    else:
        picture, caption = (
            f'<div class="outline">{cards.silhouette(specimen)}</div>',
            escape(_("An animal of its group, drawn as an outline")),
        )
    return _Shown(
        picture=f'<div class="specimen" style="--age:{color_of(specimen.span)}">{picture}{_label(specimen)}</div>',
        caption=caption,
        span=specimen.span,
        when=f"{interval_words(specimen)} · {age_words(specimen.span)}",
        where=escape(cards.place_words(specimen)),
        link=navigation.href("specimen", id=key),
    )


def _label(specimen: Specimen) -> str:
    common = cards.common_name(specimen.scientific_name)
    kept = specimen.text("preparations", language())
    lines = [f"<b>{cards.name_html(specimen)}</b>", escape(common), escape(cards.kind_words(specimen)), escape(kept)]
    return f'<p class="museum-label">{"<br>".join(line for line in lines if line)}</p>'


def _map(connection: Connection, step: Step) -> _Shown:
    if step.of not in timescale().intervals:
        return _missing(message("“{interval}” is no interval of the chart.", interval=step.of))
    interval = timescale()[step.of]
    found = specimens.find(connection, Query(span=interval.span, taxon=step.taxon), size=None).specimens
    placed = [specimen for specimen in found if specimen.has_place]
    age, model = step.age_ma or 0.0, built_in_model(BUILT_IN[0])
    carried = ancient.carry(maps.points(placed), model, age)
    told = say(captions.drawn_of(len(found), len(carried.placed)))
    land = _("The Earth today.")
    if age:
        carried_by = _("The Earth {when}: today's coastlines, carried along on the plates ({model}).")
        land = carried_by.format(when=age_words(AgeRange(age, age)), model=model.title)
    color = interval.color or _EVERY_TIME
    countries = len({specimen.country_code for specimen in placed if specimen.country_code})
    parameters = {"earth": "then", "age": f"{age:g}"} if age else {}
    return _Shown(
        picture=draw_world(carried, model, age, color=color, described=f"{told} {land}", larger=_FROM_AFAR),
        caption=escape(f"{told} {land}"),
        span=interval.span,
        when=f"{interval.label(language())} · {age_words(interval.span)}",
        where=escape(several("finds in {n} country", "finds in {n} countries", countries)),
        link=navigation.href("map", interval=step.of, taxon=step.taxon, **parameters),
    )


def _clade(name: str) -> _Shown:
    dated = trees.dated_now()
    node = find_node(dated.tree, name)
    if node is None:
        return _missing(message("“{clade}” is not on the built-in tree.", clade=name))
    tips: Sequence[str] = [str(tip) for tip in node.get_leaf_names()]
    ranges = [dated.ranges[tip] for tip in tips]
    oldest = dated.node_ages.get(name, max(one.first_appearance for one in ranges))
    common = taxonomy().common_name(name, language())
    told = several("{n} genus on the tree", "{n} genera on the tree", len(tips))
    return _Shown(
        picture=_to_look_at(trees.of_clade(name)),
        caption=escape(f"{name}{f' ({common})' if common else ''} · {told}"),
        span=AgeRange(oldest, min(one.last_appearance for one in ranges)),
        where=escape(common or name),
        link=navigation.href("tree", clade=name),
    )


def _to_look_at(drawing: str) -> str:
    """A tree on which nothing is to be pressed: its tips are read out, and are no stops on the way of who goes by key."""
    return drawing.replace(' tabindex="0" role="button"', ' role="img"')
