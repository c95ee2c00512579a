"""When a taxon lived: first and last appearance (FAD, LAD) in Ma, from publications and from the finds of a collection.

A find counts with the whole span of its age, so a range is the widest that the finds allow. That is how ranges are commonly
drawn on dated trees; it is not an estimate of when the taxon arose. A find dated only vaguely ("Early Jurassic"), whose span
holds that of a better dated find or the published range, says nothing new and does not stretch the range.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from catalogue.facts import read_facts
from catalogue.geological_time import Timescale
from catalogue.messages import message
from catalogue.records import DatedFind
from trees.errors import TreeError

PUBLISHED = "published"
CATALOGUE = "catalogue"
BOTH = "both"


@dataclass(frozen=True)
class TaxonRange:
    """First and last appearance of a taxon.

    Parameters
    ----------
    taxon : str
        Name as on the tree.
    first_appearance, last_appearance : float
        In Ma, older first; a living taxon has a last appearance of 0.
    source : str
        ``published``, ``catalogue`` or ``both``: where the range comes from.
    first_finds, last_finds : tuple of str
        Keys of the finds in the collection that set the first and the last appearance; empty where none does.

    Raises
    ------
    TreeError
        When the first appearance is younger than the last one, or an age lies in the future or is not a number.
    """

    taxon: str
    first_appearance: float
    last_appearance: float
    source: str = PUBLISHED
    first_finds: tuple[str, ...] = ()
    last_finds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not inf > self.first_appearance >= self.last_appearance >= 0:
            raise TreeError(
                message(
                    "{taxon}: a range runs from old to young, in million years before today, "
                    "not from {first} to {last} Ma. Swap them?",
                    taxon=self.taxon,
                    first=f"{self.first_appearance:g}",
                    last=f"{self.last_appearance:g}",
                )
            )

    @property
    def living(self) -> bool:
        """Whether the taxon is alive today."""
        return self.last_appearance == 0

    @property
    def duration(self) -> float:
        """From first to last appearance, in Myr."""
        return self.first_appearance - self.last_appearance


def published_ranges(timescale: Timescale) -> dict[str, TaxonRange]:
    """The ranges of `data/trees/ranges.tsv` by taxon, from the base of the first to the top of the last interval."""
    ranges = {}
    for row in read_facts("trees/ranges.tsv"):
        span = timescale.date(row["earliest_interval"], row["latest_interval"]).span
        ranges[row["taxon"]] = TaxonRange(row["taxon"], span.max_ma, span.min_ma, PUBLISHED)
    return ranges


def ranges_of_finds(
    finds: Iterable[DatedFind], published: Mapping[str, TaxonRange] | None = None
) -> dict[str, TaxonRange]:
    """The range of each taxon in a collection: from the oldest to the youngest age of its finds.

    Parameters
    ----------
    finds : iterable of DatedFind
        In any order.
    published : mapping of str to TaxonRange, optional
        What is known beside the collection; a find dated only vaguely is measured against it.

    Returns
    -------
    dict
        By taxon. A taxon of which all finds are too vague to say anything beyond `published` is left out.
    """
    by_taxon: dict[str, list[DatedFind]] = {}
    for find in finds:
        by_taxon.setdefault(find.taxon, []).append(find)
    telling = {taxon: _telling(found, (published or {}).get(taxon)) for taxon, found in by_taxon.items()}
    return {taxon: _range_of(taxon, found) for taxon, found in telling.items() if found}


def _telling(finds: list[DatedFind], published: TaxonRange | None) -> list[DatedFind]:
    """The finds whose span does not hold a narrower one: that of another find, or the published range."""
    spans = {(find.max_ma, find.min_ma) for find in finds}
    if published is not None:
        spans.add((published.first_appearance, published.last_appearance))
    vague = {span for span in spans for other in spans if other != span and span[0] >= other[0] and span[1] <= other[1]}
    return [find for find in finds if (find.max_ma, find.min_ma) not in vague]


def _range_of(taxon: str, finds: list[DatedFind]) -> TaxonRange:
    first = max(find.max_ma for find in finds)
    last = min(find.min_ma for find in finds)
    return TaxonRange(
        taxon,
        first,
        last,
        CATALOGUE,
        first_finds=tuple(find.occurrence_id for find in finds if find.max_ma == first),
        last_finds=tuple(find.occurrence_id for find in finds if find.min_ma == last),
    )


def combine(published: Mapping[str, TaxonRange], found: Mapping[str, TaxonRange]) -> dict[str, TaxonRange]:
    """Published ranges widened by those of a collection.

    Parameters
    ----------
    published, found : mapping of str to TaxonRange
        Ranges by taxon.

    Returns
    -------
    dict
        The older first and the younger last appearance of each taxon that either of them has. A find is named as setting
        an end of the range where it reaches at least as far as the publications do.
    """
    combined = {taxon: known for taxon, known in published.items() if taxon not in found}
    for taxon, ours in found.items():
        combined[taxon] = _wider(published[taxon], ours) if taxon in published else ours
    return combined


def _wider(published: TaxonRange, ours: TaxonRange) -> TaxonRange:
    first = max(published.first_appearance, ours.first_appearance)
    last = min(published.last_appearance, ours.last_appearance)
    return TaxonRange(
        ours.taxon,
        first,
        last,
        BOTH,
        first_finds=ours.first_finds if ours.first_appearance == first else (),
        last_finds=ours.last_finds if ours.last_appearance == last else (),
    )
