"""What publications say apart from finds: rock units with their ages, localities, and names; looked through, and taken along."""

from collections.abc import Callable, Mapping
from functools import partial
from html import escape

import streamlit as st

from catalogue import database
from catalogue.countries import country_name
from catalogue.exchange.out import published as files
from catalogue.geological_time import AgeRange, timescale
from catalogue.published import reading
from catalogue.published.entries import Entry, Kind, Locality, Name, RockUnit
from screens import navigation
from screens.parts import published_words, who
from screens.parts.ages import chip, ma
from screens.words import _, language, several

_SHOWN = 50
_MIME = {"csv": "text/csv", "geojson": "application/geo+json"}


def show() -> None:
    """The page: ``/published?kind=rock_unit&q=Lufeng&page=1``."""
    st.title(_("From publications"))
    lede = _(
        "Rock units, localities and names as the Paleobiology Database has them. They stand beside the catalogue and suggest; no record takes anything from here by itself."
    )
    st.html(f'<p class="lede">{escape(lede)}</p>')
    with database.reading() as connection:
        counts = reading.count(connection)
    if not counts:
        _teach()
        return
    kind, words = _asked(counts)
    page = max(1, int(text)) if (text := st.query_params.get("page", "1")).isdecimal() else 1
    with database.reading() as connection:
        found = reading.find(connection, kind, words, page=page, size=_SHOWN, who=who.who())
    st.caption(several("{n} entry", "{n} entries", found.total))
    if found.entries:
        st.html(_table(kind, found.entries))
        _turn_pages(page, found.total)
        _take_along(kind, words)


def _teach() -> None:
    st.info(
        _(
            "Nothing was taken over yet. Download lists of strata, collections or taxa from the Paleobiology Database and import them as they are."
        )
    )
    if who.may("import"):
        navigation.link("import", _("Import"))


def _asked(counts: Mapping[str, int]) -> tuple[Kind, str]:
    """Kind and words from the address, and from what the person chooses."""
    there = [kind for kind in published_words.KINDS if counts.get(kind)]
    asked = st.query_params.get("kind", "")
    chosen = st.segmented_control(
        _("What to look at"),
        there,
        default=next((kind for kind in there if kind == asked), there[0]),
        format_func=lambda kind: f"{_(published_words.KINDS[kind])} ({counts[kind]:,})",
        key="published_kind",
        label_visibility="collapsed",
    )
    words = st.text_input(_("Name, or a part of it"), st.query_params.get("q", ""), key="published_words")
    kind: Kind = chosen or there[0]
    if (kind, words) != (asked or there[0], st.query_params.get("q", "")):
        st.query_params["kind"], st.query_params["q"] = kind, words
        st.query_params.pop("page", None)
    return kind, words


def _turn_pages(page: int, total: int) -> None:
    last = (total + _SHOWN - 1) // _SHOWN
    if last <= 1:
        return
    asked = {"kind": st.query_params.get("kind", ""), "q": st.query_params.get("q", "")}
    with st.container(horizontal=True, vertical_alignment="center"):
        if page > 1:
            navigation.link("published", _("Back"), **asked, page=str(page - 1))
        st.caption(_("Page {page} of {pages}").format(page=page, pages=last))
        if page < last:
            navigation.link("published", _("Next"), **asked, page=str(page + 1))


def _take_along(kind: Kind, words: str) -> None:
    with st.container(horizontal=True):
        for format in files.FORMATS[kind]:
            st.download_button(
                _("Download as {format}").format(format="GeoJSON" if format == "geojson" else format.upper()),
                partial(_content, kind, format, words),
                file_name=f"{kind}.{format}",
                mime=_MIME[format],
                key=f"published_{format}",
                on_click="ignore",
            )
    st.caption(_("Paleobiology Database, CC BY 4.0. Name it and the publications where you show these data."))


def _content(kind: Kind, format: str, words: str) -> bytes:
    with database.reading() as connection:
        return files.content(connection, kind, format, words, who=who.who()).encode()


def _table(kind: Kind, entries: list[Entry]) -> str:
    heads, cells = _TABLES[kind]
    heading = "".join(f"<th scope='col'>{escape(title)}</th>" for title in heads())
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells(entry.says))}</tr>" for entry in entries)
    return f'<div class="table-frame"><table class="specimens published"><thead><tr>{heading}</tr></thead><tbody>{rows}</tbody></table></div>'


def _unit_heads() -> tuple[str, ...]:
    return _("Rock unit"), _("Age as the source says"), _("Rocks"), _("Countries"), _("Finds")


def _unit_cells(unit: RockUnit) -> tuple[str, ...]:
    countries = (_(", ")).join(country_name(code, language()) for code in unit.country_codes)
    return (
        _unit_name(unit),
        _age(unit.max_ma, unit.min_ma),
        f"<small>{escape(rocks(unit))}</small>",
        escape(countries),
        _number(unit.occurrences),
    )


def _unit_name(unit: RockUnit) -> str:
    """Its narrowest name, and beneath it what it belongs to."""
    names = [(unit.member, _("Member")), (unit.formation, _("Rock formation")), (unit.group, _("Rock group"))]
    (name, rank), *wider = [(name, rank) for name, rank in names if name]
    beneath = _(", ").join([rank, *(other for other, _rank in wider)])
    return f"{escape(name)}<br><small>{escape(beneath)}</small>"


def rocks(unit: RockUnit) -> str:
    """Its rocks as the source has them, without the marks around its own words, and with room after the commas."""
    return ", ".join(part.strip() for part in unit.lithology.replace('"', "").split(",") if part.strip())


def _locality_heads() -> tuple[str, ...]:
    return (
        _("Place"),
        _("Country"),
        _("Rock formation"),
        _("Age as the source says"),
        _("Latitude, longitude"),
        _("Finds"),
        _("Published in"),
    )


def _locality_cells(locality: Locality) -> tuple[str, ...]:
    placed = locality.decimal_latitude is not None and locality.decimal_longitude is not None
    degrees = f"{locality.decimal_latitude:g}, {locality.decimal_longitude:g}" if placed else ""
    country = country_name(locality.country_code, language()) if locality.country_code else ""
    return (
        f"{escape(locality.title)}<br><small>{escape(locality.number)}</small>",
        escape(country),
        escape(locality.formation),
        intervals(locality),
        degrees,
        _number(locality.occurrences),
        f"<small>{escape(locality.reference)}</small>",
    )


def _name_heads() -> tuple[str, ...]:
    return (
        _("Name"),
        _("Rank"),
        _("Name in use"),
        _("Belongs to"),
        _("From the first to the last appearance"),
        _("Finds"),
    )


def _name_cells(name: Name) -> tuple[str, ...]:
    why = f"<br><small>{escape(published_words.difference(name.difference))}</small>" if name.difference else ""
    return (
        f"<i>{escape(name.name)}</i> <small>{escape(name.authorship)}</small>",
        escape(name.rank),
        f"<i>{escape(name.accepted_name)}</i>{why}" if name.accepted_name else "",
        escape(name.parent),
        _age(name.first_max_ma, name.last_min_ma),
        _number(name.occurrences),
    )


_TABLES: Mapping[Kind, tuple[Callable[[], tuple[str, ...]], Callable[..., tuple[str, ...]]]] = {
    "rock_unit": (_unit_heads, _unit_cells),
    "locality": (_locality_heads, _locality_cells),
    "name": (_name_heads, _name_cells),
}


def intervals(locality: Locality) -> str:
    """The intervals of a locality in the reader's language, those that the chart knows as chips; else its ages."""
    chart = timescale()
    named = dict.fromkeys(name for name in (locality.earliest_interval, locality.latest_interval) if name)
    said = []
    for name in named:
        match = chart.find(name)
        unit = match.earliest if match else None
        said.append(chip(unit.label(language()), unit.color) if unit else escape(name))
    return " – ".join(said) or _age(locality.max_ma, locality.min_ma)


def _age(max_ma: float | None, min_ma: float | None) -> str:
    """Ages as the source has them, with the narrowest unit of our chart that holds them."""
    if max_ma is None or min_ma is None or max_ma < min_ma:
        return ""
    unit = timescale().narrowest(AgeRange(max_ma, min_ma))
    named = chip(unit.label(language()), unit.color) if unit else ""
    return f"{ma(max_ma)}–{ma(min_ma)} Ma<br>{named}"


def _number(count: int | None) -> str:
    return "" if count is None else f"{count:,}"
