"""The words of a drawn tree, in English. Whoever draws it in another language hands over the same templates translated."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from string import Formatter

from catalogue.messages import message

_TEMPLATES = {
    "ma": message("Ma"),
    "tree": message("Dated tree of {count} tips, {oldest} to {youngest} million years ago"),
    "tip": message("{name}, {state}, {first} to {last} million years ago, from {interval}"),
    "specimen": message("{count} specimen"),
    "specimens": message("{count} specimens"),
    "clade": message("{name}, a clade of {count} tips, at least {age} million years old"),
    "collapsed": message("{name}, a folded clade of {count} tips, at least {age} million years old"),
    "living": message("living"),
    "extinct": message("extinct"),
    "ghost": message("{amount} million years without a known fossil before"),
    "tree_plain": message("Tree of {count} tips, without dates"),
    "clade_plain": message("{name}, a clade of {count} tips"),
    "collapsed_plain": message("{name}, a folded clade of {count} tips"),
    "nameless": message("a group without a name"),
    "legend_spread": message("within what the fork falls, dated many times over"),
    "legend_range": message("known fossils"),
    "legend_ghost": message("lineage without known fossils"),
    "legend_living": message("living"),
    "legend_extinct": message("extinct"),
    "legend_count": message("specimens in the collection"),
    "legend_folded": message("folded clade with the number of its tips"),
    "new": message("new on the branch to it: {names}"),
    "legend_new": message("new feature on this branch"),
    "legend_thread": message("the way to those alive today"),
    "extinction": message("66 Ma: extinction"),
}

WORDS: Mapping[str, str] = {name: words.template for name, words in _TEMPLATES.items()}
"""The templates by what they are for; each is collected for translation."""


def wording(names: Mapping[str, str] | None) -> Mapping[str, str]:
    """`WORDS`, with those of `names` in place of the English ones."""
    return {**WORDS, **names} if names else WORDS


@lru_cache(maxsize=4096)
def figure(amount: float) -> str:
    """A number of million years for a reader: one decimal, or two digits where it is small. ``12.5``, ``2``, ``0.012``."""
    return f"{amount:.2g}" if abs(amount) < 0.1 else f"{round(amount, 1):g}"


@lru_cache(maxsize=256)
def filled(template: str, names: tuple[str, ...]) -> Callable[..., str]:
    """What fills a template in with values in the order of `names`: for a template that is filled in for each tip of a large tree."""
    parts = [(literal.replace("%", "%%"), name) for literal, name, _spec, _kind in Formatter().parse(template)]
    pattern = "".join(literal + ("%s" if name is not None else "") for literal, name in parts)
    used = [names.index(name) for _literal, name in parts if name is not None]
    if used == list(range(len(names))):
        return lambda *values: pattern % values
    return lambda *values: pattern % tuple(values[at] for at in used)
