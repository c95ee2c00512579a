"""What cells say: dates, coordinates, heights and countries as people write them. What is not understood is given back as such, never guessed."""

import re
from dataclasses import dataclass
from functools import lru_cache

from babel.core import get_global

from catalogue import countries
from catalogue.checking import as_number, is_date

_DAY_FIRST = re.compile(r"^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$")
_SLASHED = re.compile(r"^(\d{1,2})[/\-](\d{1,2})[/\-](\d{4})$")
_YEAR_FIRST = re.compile(r"^(\d{4})[/.\-](\d{1,2})(?:[/.\-](\d{1,2}))?$")
_CHINESE_DATE = re.compile(r"^(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?)?$")
_WORDED = re.compile(r"^(?:(\d{1,2})\.?(?:st|nd|rd|th)?\s+(?:de\s+)?)?([^\W\d]+)\.?,?\s+(?:de\s+)?(\d{4})$")
_MONTH_FIRST = re.compile(r"^([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,\s*(\d{4})$")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero ene",
            "feb february februar fevrier février febrero fev fév",
            "mar march märz maerz mars marzo mär",
            "apr april avril abril avr abr",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juillet julio juil",
            "aug august août aout agosto ago",
            "sep sept september septembre septiembre",
            "oct october oktober octobre octubre okt",
            "nov november novembre noviembre",
            "dec december dezember décembre decembre diciembre dez dic déc",
        ),
        start=1,
    )
    for name in names.split()
}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_MONTHS |= {name: number for number, name in enumerate(_ROMAN, start=1)}


@dataclass(frozen=True)
class Date:
    """A date by ISO 8601, or blank with the reason: ``unclear`` when day and month may be swapped, ``unread`` else."""

    iso: str
    why: str = ""


@lru_cache(maxsize=8192)
def read_date(written: str) -> Date:
    """The date that a text states.

    Examples
    --------
    >>> read_date("23/11/1938").iso, read_date("1938年11月").iso, read_date("5 Nov. 1938").iso
    ('1938-11-23', '1938-11', '1938-11-05')
    >>> read_date("03/04/1938")
    Date(iso='', why='unclear')
    """
    text = " ".join(written.split())
    both = [_TIME.sub("", half) for half in text.split("/")] if text.count("/") == 1 else [_TIME.sub("", text)]
    plain = "/".join(dict.fromkeys(both))
    if is_date(plain):
        return Date(plain)
    slashed = _SLASHED.match(plain)
    if slashed:
        one, two, year = (int(part) for part in slashed.groups())
        if one <= 12 and two <= 12 and one != two:
            return Date("", "unclear")
        return _date(year, two, one) if two <= 12 else _date(year, one, two)
    return _worded(plain)


def _worded(text: str) -> Date:
    for pattern, order in ((_DAY_FIRST, (2, 1, 0)), (_YEAR_FIRST, (0, 1, 2)), (_CHINESE_DATE, (0, 1, 2))):
        found = pattern.match(text)
        if found:
            year, month, day = (int(found.groups()[place] or 0) for place in order)
            return _date(year, month, day)
    found = _WORDED.match(text)
    if found and found[2].casefold() in _MONTHS:
        return _date(int(found[3]), _MONTHS[found[2].casefold()], int(found[1] or 0))
    found = _MONTH_FIRST.match(text)
    if found and found[1].casefold() in _MONTHS:
        return _date(int(found[3]), _MONTHS[found[1].casefold()], int(found[2]))
    return Date("", "unread")


def _date(year: int, month: int, day: int) -> Date:
    iso = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    return Date(iso) if is_date(iso) else Date("", "unread")


@lru_cache(maxsize=256)
def read_month(written: str) -> str:
    """The number of a month, of two digits; blank when it is none."""
    text = written.strip(". ").casefold()
    number = _MONTHS.get(text) or (int(text) if text.isascii() and text.isdigit() else 0)
    return f"{number:02}" if 1 <= number <= 12 else ""


_HEMISPHERES = {"n": 1, "s": -1, "e": 1, "w": -1, "o": 1, "北": 1, "南": -1, "东": 1, "西": -1}
_NORTH_SOUTH = frozenset("ns北南")
_NUMBER = r"\d+(?:[.,]\d+)?"
_ANGLE = re.compile(
    rf"^(?P<before>[nsewo]|[北南]纬|[东西]经)?\s*(?P<sign>[-+−])?\s*(?P<degrees>{_NUMBER})\s*(?:[°º˚d度:]|deg\.?)?\s*"
    rf"(?:(?P<minutes>{_NUMBER})\s*(?:['′’´`m分:]|min\.?)?\s*)?"
    rf"(?:(?P<seconds>{_NUMBER})\s*(?:[\"″”“s秒]|''|′′|’’|sec\.?)?\s*)?"
    r"(?P<after>[nsewo]|[北南]纬?|[东西]经?)?\s*$",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"^[-+−]?\d+(?:[.,]\d+)?$")


@lru_cache(maxsize=16_384)
def read_angle(written: str) -> tuple[float, str] | None:
    """Degrees, and the axis that a hemisphere names: ``lat``, ``lon`` or blank; None when it is no angle.

    Examples
    --------
    >>> read_angle("25°06'30\\"N"), read_angle("102,1"), read_angle("东经102°6′")
    ((25.108333, 'lat'), (102.1, ''), (102.1, 'lon'))
    """
    text = written.strip()
    if _DECIMAL.match(text):
        return as_number(text.replace(",", ".")), ""
    found = _ANGLE.match(text)
    if found is None:
        return None
    minutes, seconds = (float((found[name] or "0").replace(",", ".")) for name in ("minutes", "seconds"))
    if minutes >= 60 or seconds >= 60 or (found["before"] and found["after"]):
        return None
    degrees = float(found["degrees"].replace(",", ".")) + minutes / 60 + seconds / 3600
    hemisphere = (found["before"] or found["after"] or "").casefold()[:1]
    sign = _HEMISPHERES.get(hemisphere, -1 if found["sign"] in ("-", "−") else 1)
    axis = "" if not hemisphere else "lat" if hemisphere in _NORTH_SOUTH else "lon"
    return round(sign * degrees, 6), axis


_BETWEEN = (
    re.compile(r"\s*[;，、|]\s*"),
    re.compile(r",\s+"),
    re.compile(r"(?<=[nsewo度分秒′″\"'])\s*[,/]?\s+(?=\S)|(?<=[nsew])\s*[,/]?\s*(?=\d)", re.IGNORECASE),
    re.compile(r"\s*[,，/]?\s*(?=[东西]经|[北南]纬)(?<=\S)"),
    re.compile(r"\s*,\s*"),
    re.compile(r"\s+"),
)


@lru_cache(maxsize=16_384)
def read_coordinates(written: str) -> tuple[float, float] | None:
    """Latitude and longitude out of one text; without hemispheres latitude comes first. None when it is no pair."""
    text = written.strip()
    for sign in _BETWEEN:
        for cut in sign.finditer(text):
            one, two = read_angle(text[: cut.start()]), read_angle(text[cut.end() :])
            if one and two and (not one[1] or one[1] != two[1]):
                return (two[0], one[0]) if one[1] == "lon" or two[1] == "lat" else (one[0], two[0])
    return None


_METRES = re.compile(
    r"^(?:ca\.?|c\.|about|约|~|≈)?\s*([-−]?\d[\d,.'’ ]*?)\s*(?:m|metres?|meters?|米|m\s*a\.?s\.?l\.?|m\s*ü\.?\s*nn)?\.?$",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"^[-−]?\d{1,3}(?:[,.'’ ]\d{3})+$")
_SPAN = re.compile(r"^(.*\d)\s*(?:-|–|—|~|～|to|bis|至)\s*(\d.*)$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def read_metres(written: str) -> float | None:
    """A length in metres: "1,200 m", "1650"; None for other units and words."""
    found = _METRES.match(written.strip())
    if found is None:
        return None
    digits = found[1].strip()
    try:
        return as_number(re.sub(r"[,.'’ ]", "", digits) if _THOUSANDS.match(digits) else digits.replace(",", "."))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def read_heights(written: str) -> tuple[float, float] | None:
    """The lowest and the highest of one height or of two: "1600-1650 m"."""
    one = read_metres(written)
    if one is not None:
        return one, one
    found = _SPAN.match(written.strip())
    low, high = (read_metres(found[1]), read_metres(found[2])) if found else (None, None)
    return (low, high) if low is not None and high is not None else None


_OTHER_COUNTRIES = {
    **dict.fromkeys(
        (
            "usa",
            "u.s.a.",
            "u.s.",
            "united states of america",
            "états-unis",
            "vereinigte staaten",
            "estados unidos",
            "ee.uu.",
        ),
        "US",
    ),
    **dict.fromkeys(
        ("prc", "p.r. china", "p. r. china", "pr china", "people's republic of china", "中华人民共和国", "chine"), "CN"
    ),
    **dict.fromkeys(
        (
            "england",
            "scotland",
            "wales",
            "northern ireland",
            "great britain",
            "u.k.",
            "royaume-uni",
            "grossbritannien",
            "reino unido",
        ),
        "GB",
    ),
    **dict.fromkeys(("deutschland", "allemagne", "alemania"), "DE"),
    **dict.fromkeys(("españa", "espagne", "spanien"), "ES"),
    **dict.fromkeys(("frankreich", "francia"), "FR"),
    **dict.fromkeys(("schweiz", "suisse", "suiza"), "CH"),
    **dict.fromkeys(("argentine", "argentinien"), "AR"),
    **dict.fromkeys(("brasil", "brésil", "brasilien"), "BR"),
    **dict.fromkeys(("mongolie", "mongolei"), "MN"),
    **dict.fromkeys(("maroc", "marokko", "marruecos"), "MA"),
    **dict.fromkeys(("russian federation", "russie", "russland", "rusia"), "RU"),
    **dict.fromkeys(("czech republic",), "CZ"),
    **dict.fromkeys(("south korea", "republic of korea", "korea"), "KR"),
    **dict.fromkeys(("afrique du sud", "südafrika", "sudáfrica"), "ZA"),
    **dict.fromkeys(("kanada", "canadá"), "CA"),
    **dict.fromkeys(("österreich", "autriche"), "AT"),
    **dict.fromkeys(("italien", "italie", "italia"), "IT"),
    **dict.fromkeys(("tanzania, united republic of", "tansania", "tanzanie"), "TZ"),
}


@lru_cache(maxsize=4096)
def read_country(written: str) -> str:
    """The ISO code of a country written as code of two or three letters or by name; blank when it is not known."""
    text = written.strip()
    found = countries.country_code(text) or _OTHER_COUNTRIES.get(text.casefold(), "")
    if not found and len(text) == 3 and text.isascii() and text.isupper():
        codes = get_global("territory_aliases").get(text, [])
        found = countries.country_code(codes[0]) if codes else ""
    return found
