"""How a tree is to be drawn: what a page, the command line or a worksheet asks of `trees.drawing`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from trees.layout import SMALL_FIRST, Order
from trees.paints import Paints
from trees.sheet import Form
from trees.uncertainty import Spread


@dataclass(frozen=True)
class Look:
    """How a tree is to be drawn.

    Parameters
    ----------
    language : str
        Of the names of intervals: ``en`` or ``zh``.
    labels : mapping of str to str
        A second label for a tip or clade, such as its Chinese or common name.
    link_of : callable
        Gives the address to which a tip or clade leads, or None. Without it groups are buttons for a script to listen to.
    selected : str
        Key of the tip or clade to emphasise together with its path to the root. Inside a folded clade, that clade is emphasised.
    counts : mapping of str to int
        Specimens in the collection, by tip.
    width, row_height : float
        Pixels. Where labels are too long for `width` the picture grows wider; it is never cut.
    collapsed : collection of str or of int
        Clades to fold into a triangle, by key or by number in the survey.
    names : mapping of str to str
        Translations of the templates in `trees.words.WORDS`, by their key.
    order : {"small", "large", "published"}
        Of the branches of each fork.
    form : {"rectangular", "slanted", "circular"}
    ranks : collection of str
        Of the chart, in the header; those in which names have their place when it is empty.
    paints : Paints, optional
        Colours in place of those of the epochs.
    spreads : mapping of int to Spread
        Within what forks fall, by number in the survey.
    pictures : mapping of str to str
        Outlines of animals by tip or clade.
    news : mapping of str to sequence of str
        Names of the new features on the branch to a clade, by its key.
    to_explore : bool
        Whether every clade can be chosen and folded, and chart and ruler are left to the window around the drawing.
    """

    language: str = "en"
    labels: Mapping[str, str] = field(default_factory=dict)
    link_of: Callable[[str], str | None] | None = None
    selected: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    width: float = 1100
    row_height: float = 20
    collapsed: Collection[str] | frozenset[int] = frozenset()
    names: Mapping[str, str] | None = None
    order: Order = SMALL_FIRST
    form: Form = "rectangular"
    ranks: Collection[str] = ()
    paints: Paints | None = None
    spreads: Mapping[int, Spread] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    news: Mapping[str, Sequence[str]] = field(default_factory=dict)
    to_explore: bool = False
