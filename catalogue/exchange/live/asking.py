"""What is asked of the Paleobiology Database: a group, a time, countries and a formation, as its service wants to be asked.

References
----------
Paleobiology Database data service, version 1.2: lists of occurrences (``occs/list``) and of specimens (``specs/list``);
https://paleobiodb.org/data1.2/
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from catalogue.countries import country_code
from catalogue.geological_time import timescale
from catalogue.messages import CatalogueError, Message, message
from catalogue.names import UnreadableName, parse_name

Listed: TypeAlias = Literal["occurrences", "specimens"]
LISTED: tuple[Listed, ...] = get_args(Listed)
"""What can be asked for: finds as publications tell of them, or single specimens with the numbers of their museums."""
_PATHS: Mapping[str, str] = {"occurrences": "occs", "specimens": "specs"}
_SHOWN = "class,coords,coll,loc,paleoloc,strat,stratext,methods,ident,ref"
"""The blocks of columns that an import can use."""
_LONGEST = 100
_UNFIT = re.compile(r"[^\w\s.,'’()/?-]")
"""What no name of a taxon, an interval or a formation has; the service would read some of it as a command."""
_THEIR_CODES = {"GB": "UK"}


class InvalidQuestion(CatalogueError):
    """A question that cannot be asked; `field` is what is wrong with it."""

    def __init__(self, field: str, said: Message) -> None:
        super().__init__(said)
        self.field = field


@dataclass(frozen=True)
class Question:
    """What is asked; at least one of the texts is needed.

    Parameters
    ----------
    taxon : str
        A taxon with all that belongs to it: Sauropodomorpha.
    earliest, latest : str
        Intervals of the chart; a blank latest one is the earliest.
    country : str
        ISO 3166 alpha-2, or the name of the country; several parted by commas.
    formation : str
        Or a group or a member.
    listed : str
        One of `LISTED`.
    """

    taxon: str = ""
    earliest: str = ""
    latest: str = ""
    country: str = ""
    formation: str = ""
    listed: Listed = "occurrences"

    @property
    def path(self) -> str:
        """The list that is asked, without its ending: ``occs/list``."""
        return f"{_PATHS[self.listed]}/list"

    @property
    def file_name(self) -> str:
        """What the answer is called in the book of imports: ``pbdb occurrences Sauropodomorpha Hettangian CN.csv``."""
        told = (self.taxon, self.earliest, self.latest, self.country, self.formation)
        return f"pbdb {self.listed} {' '.join(filter(None, told))}.csv".replace("/", "-")


def checked(typed: Question) -> Question:
    """A question that can be asked: spaces tidied, intervals and countries as they are called.

    Raises
    ------
    InvalidQuestion
        When nothing is asked, or the name of a taxon, an interval or a country is none.
    """
    for field in ("taxon", "earliest", "latest", "country", "formation"):
        text = str(getattr(typed, field))
        if len(text) > _LONGEST or _UNFIT.search(text):
            raise InvalidQuestion(field, message("“{text}” has signs that no such name has.", text=text[:_LONGEST]))
    if typed.listed not in LISTED:
        raise InvalidQuestion("listed", message("Ask for occurrences or for specimens."))
    earliest, latest = _intervals(typed)
    asked = Question(
        _taxon(typed.taxon), earliest, latest, _countries(typed.country), _tidy(typed.formation), typed.listed
    )
    if not (asked.taxon or asked.earliest or asked.country or asked.formation):
        raise InvalidQuestion("taxon", message("Say what to ask for: a group, a time, a country or a formation."))
    return asked


def parameters(question: Question) -> dict[str, str]:
    """The parameters of a checked question, as the service calls them."""
    span = "-".join(dict.fromkeys(filter(None, (question.earliest, question.latest))))
    codes = ",".join(_THEIR_CODES.get(code, code) for code in question.country.split(",") if code)
    asked = {
        "base_name": question.taxon,
        "interval": span,
        "cc": codes,
        "strat": question.formation,
        "show": _SHOWN,
    }
    return {name: text for name, text in asked.items() if text}


def _taxon(written: str) -> str:
    name = _tidy(written)
    if not name:
        return ""
    try:
        return parse_name(name).scientific_name
    except UnreadableName as error:
        raise InvalidQuestion("taxon", error.message) from error


def _intervals(typed: Question) -> tuple[str, str]:
    """The first and the last unit of the chart that is meant, older one first; a regional name becomes the units that it spans."""
    chart = timescale()
    spans = []
    for field in ("earliest", "latest"):
        written = _tidy(str(getattr(typed, field)))
        found = chart.find(written) if written else None
        if written and found is None:
            raise InvalidQuestion(field, message("“{text}” is no interval of the chart.", text=written))
        if found is not None:
            spans += [found.earliest, found.latest]
    if not spans:
        return "", ""
    first = max(spans, key=lambda unit: unit.span.max_ma)
    last = min(spans, key=lambda unit: unit.span.min_ma)
    return first.name, "" if last == first else last.name


def _countries(written: str) -> str:
    codes = []
    for one in filter(None, map(_tidy, written.split(","))):
        code = country_code(one)
        if not code:
            raise InvalidQuestion("country", message("“{text}” is no country that we know.", text=one))
        codes.append(code)
    return ",".join(dict.fromkeys(codes))


def _tidy(text: str) -> str:
    return " ".join(text.split())
