"""The words of a drawn tree, in English. Whoever draws it in another language hands over the same templates translated."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "ma": "Ma",
    "tree": "Dated tree of {count} tips, {oldest} to {youngest} million years ago",
    "tip": "{name}, {state}, {first} to {last} million years ago, from {interval}",
    "specimen": "{count} specimen",
    "specimens": "{count} specimens",
    "clade": "{name}, a clade of {count} tips, at least {age} million years old",
    "collapsed": "{name}, a folded clade of {count} tips, at least {age} million years old",
    "living": "living",
    "extinct": "extinct",
    "ghost": "{amount} million years without a known fossil before",
    "legend_range": "known fossils",
    "legend_ghost": "lineage without known fossils",
    "legend_living": "living",
    "legend_extinct": "extinct",
    "legend_count": "specimens in the collection",
    "legend_folded": "folded clade with the number of its tips",
}


def wording(names: Mapping[str, str] | None) -> Mapping[str, str]:
    """`WORDS`, with those of `names` in place of the English ones."""
    return {**WORDS, **names} if names else WORDS


def figure(amount: float) -> str:
    """A number of million years for a reader: one decimal, or two digits where it is small. ``12.5``, ``2``, ``0.012``."""
    return f"{amount:.2g}" if abs(amount) < 0.1 else f"{round(amount, 1):g}"
