"""What a new find does to a dated tree, in sentences: ranges that grew, clades that moved, gaps that filled.

This is what a curator reads after an edit. Each sentence is a `Message`, so it can be read in any language.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.messages import Message, message
from trees.congruence import congruence
from trees.dating import DatedTree
from trees.ranges import TaxonRange
from trees.words import figure

NOTICEABLE_MA = 1e-6


@dataclass(frozen=True)
class Change:
    """One difference between two dated trees.

    Parameters
    ----------
    subject : str
        Name of the tip or clade; blank for the tree as a whole.
    kind : str
        ``first appearance``, ``last appearance``, ``tip``, ``clade``, ``ghost lineage`` or ``agreement``.
    amount_ma : float
        How far it moved in Myr: positive is earlier, or, for ghost lineages, longer. 0 for a tip that came or went, and for agreement.
    message : Message
        The change in a sentence.
    """

    subject: str
    kind: str
    amount_ma: float
    message: Message

    def __str__(self) -> str:
        return str(self.message)


def what_changed(before: DatedTree, after: DatedTree) -> list[Change]:
    """The differences between two datings of one tree.

    Parameters
    ----------
    before, after : DatedTree
        Dated by the same method, for the comparison to mean something.

    Returns
    -------
    list of Change
        Tips that came or went, then ranges, then clades, each with the greatest change first, then the total of the ghost
        lineages and the agreement of the tree with the rocks. Empty when nothing changed.
    """
    return [
        *_tips(before, after),
        *_greatest_first(_ranges(before, after)),
        *_greatest_first(_clades(before, after)),
        *_ghosts(before, after),
        *_agreement(before, after),
    ]


def _greatest_first(changes: Iterator[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: -abs(change.amount_ma))


def _tips(before: DatedTree, after: DatedTree) -> Iterator[Change]:
    for taxon, found in after.ranges.items():
        if taxon not in before.ranges:
            age = figure(found.first_appearance)
            yield Change(taxon, "tip", 0.0, message("{taxon} joins the dated tree, at {age} Ma.", taxon=taxon, age=age))
    for taxon in before.ranges:
        if taxon not in after.ranges:
            gone = message("{taxon} has no known age any more and leaves the dated tree.", taxon=taxon)
            yield Change(taxon, "tip", 0.0, gone)


def _ranges(before: DatedTree, after: DatedTree) -> Iterator[Change]:
    for taxon, now in after.ranges.items():
        if taxon in before.ranges:
            yield from _range(before.ranges[taxon], now)


def _range(was: TaxonRange, now: TaxonRange) -> Iterator[Change]:
    earlier = now.first_appearance - was.first_appearance
    if abs(earlier) > NOTICEABLE_MA:
        words = {"taxon": now.taxon, "amount": figure(abs(earlier)), "age": figure(now.first_appearance)}
        yield Change(
            now.taxon,
            "first appearance",
            earlier,
            message("{taxon} now begins {amount} million years earlier, at {age} Ma.", **words)
            if earlier > 0
            else message("{taxon} now begins {amount} million years later, at {age} Ma.", **words),
        )
    earlier = now.last_appearance - was.last_appearance
    if abs(earlier) > NOTICEABLE_MA:
        words = {"taxon": now.taxon, "amount": figure(abs(earlier)), "age": figure(now.last_appearance)}
        yield Change(
            now.taxon,
            "last appearance",
            earlier,
            message("{taxon} now ends {amount} million years earlier, at {age} Ma.", **words)
            if earlier > 0
            else message("{taxon} now lasts {amount} million years longer, to {age} Ma.", **words),
        )


def _clades(before: DatedTree, after: DatedTree) -> Iterator[Change]:
    for clade, age in after.node_ages.items():
        earlier = age - before.node_ages.get(clade, age)
        if abs(earlier) > NOTICEABLE_MA:
            words = {"clade": clade, "amount": figure(abs(earlier)), "age": figure(age)}
            yield Change(
                clade,
                "clade",
                earlier,
                message("{clade} is now at least {amount} million years older: {age} Ma.", **words)
                if earlier > 0
                else message("{clade} now need not be older than {age} Ma, {amount} million years less.", **words),
            )


def _ghosts(before: DatedTree, after: DatedTree) -> Iterator[Change]:
    longer = after.total_ghost_lineage - before.total_ghost_lineage
    if abs(longer) > NOTICEABLE_MA:
        words = {"amount": figure(abs(longer)), "total": figure(after.total_ghost_lineage)}
        yield Change(
            "",
            "ghost lineage",
            longer,
            message("Lineages without known fossils grow by {amount} million years in all, to {total}.", **words)
            if longer > 0
            else message(
                "Lineages without known fossils shrink by {amount} million years in all, to {total}.", **words
            ),
        )


def _agreement(before: DatedTree, after: DatedTree) -> Iterator[Change]:
    """The gap excess ratio, where it moved by what two decimals show."""
    was, now = (f"{congruence(dated.tree, dated.ranges).ger:.2f}" for dated in (before, after))
    if was != now and "nan" not in (was, now):
        said = message("Agreement of the tree with the rocks (GER, 1 is best): {was} → {now}.", was=was, now=now)
        yield Change("", "agreement", 0.0, said)
