"""Fold a large tree to as many rows as a window holds: the largest clades are opened first, the others stay triangles.

The cost follows what is opened, not the size of the tree.
"""

from collections.abc import Collection, Iterable
from heapq import heappop, heappush

from trees.survey import Survey

ROWS = 90
"""Rows to which a large tree is folded at first."""
LARGE = 500
"""Tips from which on a tree is folded."""
_MORE = 36
_MOST = 420


def fold_to_rows(known: Survey, rows: int = ROWS, opened: Collection[str] = ()) -> frozenset[int]:
    """Which clades to fold.

    Parameters
    ----------
    known : Survey
    rows : int
        How many tips and triangles there may be.
    opened : collection of str
        Keys of clades that somebody opened: they and all above them are open, and each adds some rows of what it holds.

    Returns
    -------
    frozenset of int
        The numbers of the clades that stay triangles.
    """
    wanted = {known.numbers[key] for key in opened if key in known.numbers}
    forced = set(_with_all_above(known, wanted))
    rows = min(rows + _MORE * len(wanted), max(_MOST, rows))
    shut: list[tuple[int, int]] = []
    folded: set[int] = set()
    shown = 1

    def shut_down(node: int) -> None:
        if known.children[node]:
            favoured = node in forced or any(known.within(node, near) for near in wanted)
            heappush(shut, (-known.tips[node] * (len(known.nodes) if favoured else 1), node))
            folded.add(node)

    shut_down(0)
    while shut:
        _, node = heappop(shut)
        more = len(known.children[node]) - 1
        if node != 0 and node not in forced and shown + more > rows:
            continue
        shown += more
        folded.discard(node)
        for child in known.children[node]:
            shut_down(child)
    return frozenset(folded)


def _with_all_above(known: Survey, nodes: Iterable[int]) -> Iterable[int]:
    for node in nodes:
        while node >= 0:
            yield node
            node = known.parents[node]
