"""Which taxon of the catalogue is meant by each tip of a tree, and when did it live?

A tip is matched by its name as it stands, without regard to capitals and underscores, or by the genus of a species
(*Lufengosaurus huenei* is dated by *Lufengosaurus*). What a person said of a tip counts before all else, then a table of ages that came with the
tree, then publications and the finds of the catalogue. What cannot be matched is offered the names nearest to it, and nothing is guessed.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from catalogue.messages import Message, message
from catalogue.names import UnreadableName, parse_name
from trees.ranges import TaxonRange
from trees.reading.ages import AgeTable

How = Literal["same", "spelling", "genus", "said", "left out", "none"]
TABLE, SAID = "table", "said"
"""Sources of a range beside those of `trees.ranges`: a table of ages that came with the tree, and a person."""
_LIKE = 0.75


@dataclass(frozen=True)
class TipRemark:
    """What a person said of a tip.

    Parameters
    ----------
    tip : str
        Its name on the tree.
    taxon : str
        Which taxon of the catalogue it is; blank when that was not said.
    left_out : bool
        Whether it stays out of the dated tree.
    first_ma, last_ma : float or None
        When it lived, in Ma, older first; None when that was not said.
    source : str
        Where that age is from.
    """

    tip: str
    taxon: str = ""
    left_out: bool = False
    first_ma: float | None = None
    last_ma: float | None = None
    source: str = ""


@dataclass(frozen=True)
class TipMatch:
    """A tip and what is known of it.

    Parameters
    ----------
    tip : str
        Its name on the tree.
    taxon : str
        The taxon of the catalogue; blank when none is known.
    how : str
        ``same``, ``spelling`` (capitals, signs), ``genus`` (of the species that is named), ``said`` (by a person), ``left out`` or ``none``.
    range : TaxonRange or None
        When it lived; its `taxon` is the name of the tip, its `source` one of `trees.ranges`, `TABLE` or `SAID`.
    source : str
        What a person gave as the source of an age.
    troubles : tuple of Message
        What is worth a look.
    """

    tip: str
    taxon: str
    how: How
    range: TaxonRange | None
    source: str = ""
    troubles: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Matching:
    """All tips of a tree against the catalogue.

    Parameters
    ----------
    tips : tuple of TipMatch
        In the order of the tree.
    unused : tuple of str
        Taxa of the table of ages that are on no tip.
    """

    tips: tuple[TipMatch, ...]
    unused: tuple[str, ...] = ()

    @property
    def ranges(self) -> dict[str, TaxonRange]:
        """The range of each tip that is dated and not left out."""
        return {one.tip: one.range for one in self.tips if one.range is not None and one.how != "left out"}

    @property
    def taxa(self) -> dict[str, str]:
        """The taxon of each matched tip that is not left out."""
        return {one.tip: one.taxon for one in self.tips if one.taxon and one.how != "left out"}

    def of(self, *how: How) -> list[TipMatch]:
        """The tips that were matched in these ways."""
        return [one for one in self.tips if one.how in how]

    @property
    def troubled(self) -> list[TipMatch]:
        """The tips worth a look."""
        return [one for one in self.tips if one.troubles]


def match_tips(
    tips: Sequence[str],
    known: Mapping[str, TaxonRange],
    names: Collection[str] = (),
    *,
    table: AgeTable | None = None,
    remarks: Iterable[TipRemark] = (),
) -> Matching:
    """Find the taxon and the range of each tip.

    Parameters
    ----------
    tips : sequence of str
        Names on the tree.
    known : mapping of str to TaxonRange
        The ranges of publications and of the catalogue, by taxon.
    names : collection of str
        Further taxa of the catalogue, of which no range is known.
    table : AgeTable, optional
        Ages that came with the tree.
    remarks : iterable of TipRemark
        What a person said.
    """
    said = {remark.tip: remark for remark in remarks}
    taxa = set(known) | set(names)
    folded = {_folded(taxon): taxon for taxon in sorted(taxa, reverse=True)}
    matched = [_taxon(tip, taxa, folded, said.get(tip)) for tip in tips]
    shared = Counter(taxon for taxon, how in matched if taxon and how != "left out")
    rows = {_folded(taxon): found for taxon, found in (table.ranges if table else {}).items()}
    told = _told_by_taxon(table)
    used: set[str] = set()
    found = []
    for tip, (taxon, how) in zip(tips, matched, strict=True):
        key = next((key for key in (_folded(tip), _folded(taxon)) if key and key in rows), "")
        used.add(key)
        # A species is dated by its genus: the finds of a collection are seldom named further.
        dated = known.get(taxon) or known.get(taxon.split(" ")[0])
        range_ = _range(tip, rows.get(key), dated, said.get(tip))
        troubles = [] if how == "left out" else [
            *_troubles(tip, taxon, how, range_, shared[taxon]),
            *_disagreement(rows.get(key), dated),
            *told.get(_folded(tip), ()),
        ]  # fmt: skip
        source = said[tip].source if tip in said else ""
        found.append(TipMatch(tip, taxon, how, range_, source, tuple(troubles)))
    unused = [row.taxon for key, row in rows.items() if key not in used]
    return Matching(tuple(found), tuple(unused))


def nearest(tip: str, names: Collection[str], most: int = 4) -> list[str]:
    """Taxa whose names are like that of a tip, the nearest first: for a person to choose from."""
    wanted = tip.split(" ")[0].strip("'\"?").capitalize()
    near = [
        name
        for name in names
        if abs(len(name) - len(wanted)) <= 3 and (name[:2] == wanted[:2] or name[-4:] == wanted[-4:])
    ]
    return get_close_matches(wanted, near, n=most, cutoff=_LIKE)


def _taxon(tip: str, taxa: set[str], folded: Mapping[str, str], remark: TipRemark | None) -> tuple[str, How]:
    if remark and remark.left_out:
        return remark.taxon, "left out"
    if remark and remark.taxon:
        return remark.taxon, "said"
    if tip in taxa:
        return tip, "same"
    if _folded(tip) in folded:
        return folded[_folded(tip)], "spelling"
    genus = _genus(tip)
    if genus in taxa:
        return genus, "genus"
    return "", "none"


def _genus(tip: str) -> str:
    """The genus of a species, where the name leaves no doubt about it; of a name with a number behind it, its first word."""
    try:
        name = parse_name(tip.replace("_", " "))
    except UnreadableName:
        first, _, rest = tip.partition(" ")
        return first.capitalize() if first.isalpha() and not rest.startswith(("cf", "aff", "?")) else ""
    return name.genus if name.certain else ""


def _folded(name: str) -> str:
    return " ".join(name.replace("_", " ").strip("'\" ").casefold().split())


def _range(tip: str, row: TaxonRange | None, known: TaxonRange | None, remark: TipRemark | None) -> TaxonRange | None:
    if remark and remark.first_ma is not None:
        last = remark.first_ma if remark.last_ma is None else remark.last_ma
        return TaxonRange(tip, remark.first_ma, last, SAID)
    if row is not None:
        return TaxonRange(tip, row.first_appearance, row.last_appearance, TABLE)
    if known is not None:
        return TaxonRange(
            tip, known.first_appearance, known.last_appearance, known.source, known.first_finds, known.last_finds
        )
    return None


def _troubles(tip: str, taxon: str, how: How, range_: TaxonRange | None, sharing: int) -> Iterator[Message]:
    if how == "none" and range_ is None:
        yield message("No taxon of the catalogue has this name, so it has no age.")
    elif how == "none":
        yield message("No taxon of the catalogue has this name.")
    elif range_ is None:
        yield message("No age is known, so it stays out of the dated tree.")
    if sharing > 1:
        yield message("{count} tips are {taxon}; all get its age.", count=sharing, taxon=taxon)
    if tip.endswith(")") and tip.rpartition(" (")[2][:-1].isdigit():
        yield message("This name stands on the tree more than once; a number was put behind it.")


def _disagreement(row: TaxonRange | None, known: TaxonRange | None) -> Iterator[Message]:
    if row is None or known is None:
        return
    if row.first_appearance < known.last_appearance or row.last_appearance > known.first_appearance:
        yield message(
            "The table says {first} to {last} Ma, publications and finds say {older} to {younger} Ma; they do not meet.",
            first=f"{row.first_appearance:g}",
            last=f"{row.last_appearance:g}",
            older=f"{known.first_appearance:g}",
            younger=f"{known.last_appearance:g}",
        )


def _told_by_taxon(table: AgeTable | None) -> dict[str, list[Message]]:
    """What the table of ages contradicts itself in, by taxon."""
    told: dict[str, list[Message]] = {}
    for what in (*table.problems, *table.doubts) if table else ():
        told.setdefault(_folded(str(what.values.get("taxon", ""))), []).append(what)
    return told
