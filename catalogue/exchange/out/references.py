"""The publications behind found records, for programs that keep references: BibTeX, RIS and CSL-JSON.

What Bonebed knows in parts (author, year, title) goes out in parts. A citation that somebody typed as one text stays one text, in an
entry that says so: taking it apart would be guessing.

References
----------
Patashnik, O. 1988. BibTeXing. RIS format specification, Research Information Systems. Citation Style Language 1.0.2, https://citationstyles.org
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from catalogue.exchange.out.found import Found, Portion
from catalogue.exchange.paleobiology_cells import is_entry
from catalogue.facts import references, several

_LISTED = (
    ("citations", "bibliographic_citation"),
    ("identifications", "identification_references"),
    ("statements", "reference"),
    ("absolute_ages", "reference"),
)
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "&%$#_{}"},
}
_OTHERS = ("et al.", "et al")
"""How a list of authors that is cut short ends."""
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Reference:
    """A publication; `text` is all that is known of one that was typed as one text.

    Parameters
    ----------
    key : str
        What it is called in the file; ASCII.
    authors : tuple of str
        ``Barrett, P. M.``
    """

    key: str
    authors: tuple[str, ...] = ()
    year: str = ""
    title: str = ""
    container: str = ""
    volume: str = ""
    pages: str = ""
    doi: str = ""
    text: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """The authors without the words for those that are not named."""
        return tuple(name for name in self.authors if name not in _OTHERS)

    @property
    def note(self) -> str:
        """What stands beside: the text as it was typed, or that there are further authors."""
        return self.text or ("" if len(self.named) == len(self.authors) else "With further authors.")

    @property
    def is_article(self) -> bool:
        """Whether it stands in a journal or a series."""
        return bool(self.container)


_DATABASE = Reference(
    "paleobiology-database", title="The Paleobiology Database", text="https://paleobiodb.org (CC BY 4.0)"
)
"""What the entries of that database go out as, together: a thousand finds are no thousand publications."""


def of_found(found: Found) -> list[Reference]:
    """The publications that found records name, each once, by their keys."""
    texts: dict[str, str] = {}
    for portion in found.portions(lists=True):
        for text, doi in _named(portion):
            known = filter(None, (texts.get(text), doi))  # of several, whichever comes first, the same one
            texts[text] = min(known, default="")
    publications = {text: doi for text, doi in texts.items() if not is_entry(text)}
    made = [_known(text) if text in references() else _typed(text, doi) for text, doi in publications.items()]
    return sorted([*made, *([_DATABASE] if len(publications) < len(texts) else [])], key=lambda one: one.key)


def bibtex(listed: Iterable[Reference]) -> str:
    """BibTeX, UTF-8 as biber and today's BibTeX styles read it; titles keep their capitals."""
    return "\n".join(map(_bibtex, listed))


def ris(listed: Iterable[Reference]) -> str:
    """RIS, with the line ends that its specification wants."""
    return "".join(line + "\r\n" for one in listed for line in [*_ris(one), ""])


def csl(listed: Iterable[Reference]) -> str:
    """CSL-JSON, as Zotero, Pandoc and others read it."""
    return json.dumps([_csl(one) for one in listed], ensure_ascii=False, indent=1) + "\n"


def write_bibtex(found: Found, to: Path) -> None:
    """Write the publications of found records as BibTeX."""
    to.write_text(bibtex(of_found(found)), encoding="utf-8", newline="\n")


def write_ris(found: Found, to: Path) -> None:
    """Write the publications of found records as RIS."""
    to.write_text(ris(of_found(found)), encoding="utf-8", newline="")


def write_csl(found: Found, to: Path) -> None:
    """Write the publications of found records as CSL-JSON."""
    to.write_text(csl(of_found(found)), encoding="utf-8", newline="\n")


def _named(portion: Portion) -> Iterator[tuple[str, str]]:
    """The keys and texts by which records name publications, with a DOI where one stands beside."""
    for column in ("associated_references", "identification_references"):
        for cell in portion.columns[column]:
            yield from ((text, "") for text in several(cell))
    for name, field in _LISTED:
        for parts in portion.parts.get(name, {}).values():
            for part in parts:
                doi = str(getattr(part, "doi", ""))
                yield from ((text, doi) for text in several(str(getattr(part, field))))


def _known(key: str) -> Reference:
    row = references()[key]
    parts = {name: row[name] for name in ("year", "title", "container", "volume", "pages", "doi")}
    return Reference(key, several(row["authors"]), **parts)


def _typed(text: str, doi: str) -> Reference:
    """A citation that is no key: its own words, under a key made of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    year = re.search(r"\b(1[789]|20)\d\d\b", text)
    words = re.findall(r"[A-Za-z]+", plain)
    stem = (words[0].lower() if words else "source") + (year[0] if year else "")
    return Reference(f"{stem}-{_short_digest(text)}", text=_SPACES.sub(" ", text), doi=doi)


def _short_digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:6]


def _bibtex(one: Reference) -> str:
    fields = {
        "author": " and ".join(_authors_in_bibtex(one)),
        "title": f"{{{_escaped(one.title)}}}" if one.title else "",
        "journal" if one.is_article else "howpublished": _escaped(one.container),
        "year": _escaped(one.year),
        "volume": _escaped(one.volume),
        "pages": _escaped(one.pages).replace("-", "--"),
        "doi": one.doi if not one.doi or not set(one.doi) & set("{}") else _escaped(one.doi),
        "note": _escaped(one.text),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{'article' if one.is_article else 'misc'}{{{one.key},\n" + ",\n".join(lines) + "\n}\n"


def _authors_in_bibtex(one: Reference) -> Iterator[str]:
    """Names of one piece, and families with a small word inside, in braces: BibTeX would look for a given name or a *von* in them."""
    for name in one.named:
        family, comma, given = map(_escaped, name.partition(","))
        in_one_piece = " " in family and (not comma or re.search(r"\S \b[a-zà-ÿ]", family))
        yield f"{{{family}}}{comma}{given}" if in_one_piece else f"{family}{comma}{given}"
    if len(one.named) < len(one.authors):
        yield "others"


def _escaped(text: str) -> str:
    return "".join(_BIBTEX.get(letter, letter) for letter in _SPACES.sub(" ", text))


def _ris(one: Reference) -> list[str]:
    first, _, last = one.pages.replace("–", "-").partition("-")
    told = [
        ("TY", "JOUR" if one.is_article else "GEN"),
        ("ID", one.key),
        *(("AU", author) for author in one.named),
        ("PY", one.year),
        ("TI", one.title),
        ("JO", one.container),
        ("VL", one.volume),
        ("SP", first.strip()),
        ("EP", last.strip()),
        ("DO", one.doi),
        ("N1", one.note),
    ]
    return [f"{tag}  - {_SPACES.sub(' ', text)}" for tag, text in told if text] + ["ER  - "]


def _csl(one: Reference) -> dict[str, Any]:
    names = [name.partition(",") for name in one.named]
    year = re.match(r"\d{4}", one.year)
    told: dict[str, Any] = {
        "id": one.key,
        "type": "article-journal" if one.is_article else "document",
        "author": [
            {"family": family.strip(), "given": given.strip()} if given else {"literal": family.strip()}
            for family, _, given in names
        ],
        "issued": {"date-parts": [[int(year[0])]]} if year else ({"literal": one.year} if one.year else {}),
        "title": one.title,
        "container-title": one.container,
        "volume": one.volume,
        "page": one.pages,
        "DOI": one.doi,
        "note": one.note,
    }
    return {name: value for name, value in told.items() if value}
