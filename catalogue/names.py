"""Scientific names as they stand on labels, parted into the name itself and the doubt about it.

Darwin Core wants the name without "cf.", "aff.", "?" or "indet."; those belong into `identification_qualifier`. What was
written is never lost: it stays in `verbatim_identification`. A "cf." keeps the species (the find is compared with it); an "aff."
leaves it (the find is near it, but something else), as GBIF matches them (gbif/pipelines#496). "A or B" is what both have in
common: their genus, else the narrowest group of `data/taxa` that holds both.

References
----------
Sigovini, M., Keppel, E. and Tagliapietra, D. 2016. Open Nomenclature in the biodiversity era. Methods in Ecology and
Evolution 7: 1217-1225. doi:10.1111/2041-210X.12594
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from catalogue.messages import CatalogueError, message
from catalogue.taxonomy import taxonomy


@dataclass(frozen=True)
class ParsedName:
    """A scientific name, its doubt and its author.

    Parameters
    ----------
    verbatim : str
        What was written.
    scientific_name : str
        The name without doubt and author: "Lufengosaurus huenei", "Theropoda".
    genus : str
        First word of a name of two, or of one written with "sp."; otherwise that one word, which may be any rank.
    qualifier : str
        "cf. huenei", "aff. magnus", "?", "indet."; blank when the name is given without doubt.
    authorship : str
        "Young, 1941"; blank when not written.
    rank : str
        ``species``, ``subspecies``, ``genus`` (only when written with "sp."), or blank: one word alone may be any rank.
    """

    verbatim: str
    scientific_name: str
    genus: str
    qualifier: str
    authorship: str
    rank: str

    @property
    def certain(self) -> bool:
        """Whether the find counts as its genus when genera are dated; see `genus_is_certain`."""
        return genus_is_certain(self.qualifier)


class UnreadableName(CatalogueError):
    """A text in which no scientific name can be found."""


def genus_is_certain(qualifier: str) -> bool:
    """Whether an identification qualifier leaves the genus (or wider group) without doubt.

    It does when blank or "indet.", and when the doubt stands before the species alone: "cf. huenei", "aff. L. magnus".
    """
    return qualifier in {"", "indet."} or bool(_DOUBT_ABOUT_SPECIES.match(qualifier))


LONGEST_NAME = 300
"""Characters that a name may have, with its author."""

_NEW = re.compile(
    r"\b(?:n|nov|gen|sp|ssp|fam)\.\s*(?:gen|sp|ssp|fam|nov|et)\.?(?:\s*(?:et|&)?\s*(?:n\.|nov\.|sp\.)+)*", re.IGNORECASE
)
_AUTHORS_WORD = r"(?:(?:[Dd]['’])?[A-ZÀ-ÖØ-Þ][^\s\d<>?(),]*|&|and|et|al\.|in|ex|d[eu]|des|la|v[ao]n|der|den)"
_AUTHOR = re.compile(rf"\s+(?P<author>\(?{_AUTHORS_WORD}(?:,?\s{_AUTHORS_WORD})*,?\s\d{{4}}[a-z]?\)?)$")
_CAPITALISED = re.compile(r"^[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿœ]+(-[a-zß-öø-ÿœ]+)*$")
_EPITHET = re.compile(r"^[a-zß-öø-ÿœ]+(-[a-zß-öø-ÿœ]+)*$")
_INITIAL = re.compile(r"^[A-Z][a-z]?\.$")
_QUOTES = re.compile(r"(?<!\w)[\"'“”‘’„«»]|[\"'“”‘’„«»](?!\w)")
"""Quotation marks at the edge of a word, as around a genus in which a species does not belong; within one they are part of it."""
_OPEN = {"indet": "indet.", "indeterminate": "indet.", "sp": "sp.", "spp": "sp.", "isp": "sp.", "ichnosp": "sp."}
_DESIGNATION = re.compile(r"^([A-Z]|\d{1,2})$")
_DOUBT_ABOUT_SPECIES = re.compile(r"^(?:(?:cf|aff)\. (?:[A-Z]\. )?[a-z-]+|[a-z-]+(?: or [a-z-]+)+)$")
_EITHER = re.compile(r"\s+or(?:\s+|$)|\s*或\s*")
_DOUBTS = {"cf.": "cf.", "cf": "cf.", "aff.": "aff.", "aff": "aff.", "?": "?", "ex": "ex", "gr.": "gr.", "nr.": "nr."}


@lru_cache(maxsize=16_384)
def parse_name(written: str) -> ParsedName:
    """Part a name as written on a label.

    Parameters
    ----------
    written : str
        "cf. Lufengosaurus", "Lufengosaurus huenei Young, 1941", "?Yunnanosaurus sp.", "Theropoda indet."

    Returns
    -------
    ParsedName

    Raises
    ------
    UnreadableName
        When nothing is written, only doubt ("?") is, or the first word is not a capitalised Latin name.
    """
    verbatim = _without_pair(re.sub(r"\s+", " ", written).strip())
    if not verbatim:
        raise UnreadableName(
            message("A specimen needs a name. Write at least the widest group you are sure of, such as Dinosauria.")
        )
    if len(verbatim) > LONGEST_NAME:
        raise UnreadableName(
            message(
                "A name has at most {most} characters; this one has {count}.", most=LONGEST_NAME, count=len(verbatim)
            )
        )
    either = _EITHER.split(verbatim)
    if len(either) > 1:
        return _either(verbatim, either)
    rest, authorship = _without_author(_QUOTES.sub("", verbatim))
    words = _NEW.sub(" ", rest).replace("?", " ? ").split()
    doubts, names, open_nomenclature = _sorted_words(words)
    if not names:
        raise UnreadableName(
            message(
                "“{written}” says that the name is in doubt, but not which name. Write the widest group you are sure of, such as Dinosauria.",
                written=verbatim,
            )
        )
    _refuse_strange(names, [position for _, position in doubts], verbatim)
    return _assembled(verbatim, names, doubts, open_nomenclature, authorship)


def _without_pair(written: str) -> str:
    """A text without quotation marks around the whole of it; those around a single word of a name stay: "Gyposaurus" sinensis."""
    bare = written.strip("\"'“”‘’").strip()
    return written if _QUOTES.search(bare) else bare


def _either(verbatim: str, written: list[str]) -> ParsedName:
    """ "Lufengosaurus huenei or L. magnus": what the names have in common, with all of them as the doubt."""
    first = parse_name(written[0])
    names = [first, *(parse_name(_in_full(one, first.genus)) for one in written[1:])]
    if {name.genus for name in names} == {first.genus} and all(name.certain for name in names):
        doubt = " or ".join(name.scientific_name.removeprefix(f"{first.genus} ") for name in names)
        return ParsedName(verbatim, first.genus, first.genus, doubt, "", "")
    lines = [taxonomy().lineage(name.scientific_name) for name in names]
    shared = [group for group in lines[0] if all(group in line for line in lines[1:])]
    doubt = " or ".join(_without_author(name.verbatim)[0] for name in names)
    common = shared[-1] if shared else first.scientific_name
    return ParsedName(verbatim, common, common.split(" ")[0], doubt, "", "")


def _in_full(written: str, genus: str) -> str:
    """A second name with its abbreviated genus, or its epithet alone, written in full."""
    head, _, rest = written.partition(" ")
    if _INITIAL.match(head) and rest and genus.startswith(head[:-1]):
        return f"{genus} {rest}"
    return f"{genus} {written}" if _EPITHET.match(written) else written


def _without_author(text: str) -> tuple[str, str]:
    """The author is what ends the text with a year, behind at least one name."""
    found = _AUTHOR.search(text)
    while found and not any(map(_CAPITALISED.match, text[: found.start()].replace("?", " ").split())):
        found = _AUTHOR.search(text, found.start() + 1)
    return (text[: found.start()], found["author"].strip()) if found else (text, "")


def _sorted_words(words: list[str]) -> tuple[list[tuple[str, int]], list[str], str]:
    """Doubts with the position of the name that they stand before, the names, and "sp." or "indet.".

    An abbreviated genus before its species ("cf. L. huenei") stays with the doubt; a letter or number behind "sp." or "indet."
    ("sp. A") is no part of the name.
    """
    doubts: list[tuple[str, int]] = []
    names: list[str] = []
    open_nomenclature = ""
    for word in words:
        lowered = word.casefold()
        if lowered in _DOUBTS:
            doubts.append((_DOUBTS[lowered], len(names)))
        elif lowered.strip("().") in _OPEN:
            open_nomenclature = open_nomenclature or _OPEN[lowered.strip("().")]
        elif _INITIAL.match(word) and names and doubts and doubts[-1][1] == len(names):
            doubts[-1] = (f"{doubts[-1][0]} {word}", len(names))
        elif lowered != "informal" and not (open_nomenclature and _DESIGNATION.match(word)):
            names.append(word)
    return doubts, names, open_nomenclature


def _refuse_strange(names: list[str], doubted: list[int], verbatim: str) -> None:
    """A name is a capitalised word, perhaps a subgenus in brackets, then words in small letters; a doubt may bring in another name."""
    if _INITIAL.match(names[0]):
        raise UnreadableName(
            message(
                "“{written}” has an abbreviated genus. Write it in full, such as Lufengosaurus huenei.",
                written=verbatim,
            )
        )
    readable = len(names) <= 4 and _CAPITALISED.match(names[0])
    for position, word in enumerate(names[1:], start=1):
        subgenus = position == 1 and word.startswith("(") and word.endswith(")")
        capitalised = _CAPITALISED.match(word.strip("()") if subgenus else word)
        readable = readable and (
            capitalised if subgenus or (capitalised and position in doubted) else _EPITHET.match(word)
        )
    if not readable:
        raise UnreadableName(
            message(
                "“{written}” does not read as a scientific name. Write the genus with a capital letter and what follows in small ones, in Latin letters only, such as Lufengosaurus huenei.",
                written=verbatim,
            )
        )


def _assembled(
    verbatim: str, names: list[str], doubts: list[tuple[str, int]], open_nomenclature: str, authorship: str
) -> ParsedName:
    kept = len(names)
    qualifiers = []
    for doubt, position in doubts:
        after = " ".join(names[position:])
        qualifiers.append(f"{doubt} {after}" if after and doubt != "?" else doubt)
        another = 0 < position < len(names) and names[position][0].isupper()
        if 0 < position < kept and (another or doubt.split()[0] in {"aff.", "nr.", "ex", "gr."}):
            kept = position
    if open_nomenclature == "indet.":
        qualifiers.append("indet.")
    whole = kept == len(names)
    names = [word for word in names[:kept] if not word.startswith("(")]
    rank = {2: "species", 3: "subspecies"}.get(len(names), "genus" if open_nomenclature == "sp." and whole else "")
    qualifier = " ".join(dict.fromkeys(qualifiers))
    return ParsedName(verbatim, " ".join(names), names[0], qualifier, authorship, rank)
