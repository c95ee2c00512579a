"""The names of tips: numbers put into names, and names that stand twice told apart."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from catalogue.messages import Message, message
from trees.model import Tree


def named_by(tree: Tree, names: Mapping[str, str], labels: Sequence[str] = ()) -> None:
    """Put names in the place of keys; numbers count the `labels`, where no key fits and every tip has such a number."""
    tips = [node for node in tree.traverse("preorder") if not node.children]
    by_number = {str(number): label for number, label in enumerate(labels, 1)}
    if (
        not names
        and tips
        and all(tip.name in by_number for tip in tips)
        and not all(tip.name in labels for tip in tips)
    ):
        names = by_number
    for tip in tips:
        tip.name = names.get(tip.name, tip.name)


def name_apart(tree: Tree, of: str) -> Iterator[Message]:
    """Give tips of the same name numbers, so that each can be told; says which."""
    tips = [node for node in tree.traverse("preorder") if not node.children]
    counts = Counter(tip.name for tip in tips)
    taken = set(counts)
    for name, count in counts.items():
        if count > 1:
            _number(name, [tip for tip in tips if tip.name == name], taken)
            yield message(
                "Tree “{tree}” has {count} tips named {name}; all but the first got a number.",
                tree=of,
                count=count,
                name=name,
            )


def _number(name: str, tips: Sequence[Tree], taken: set[str]) -> None:
    number = 1
    for tip in tips[1:]:
        number += 1
        while f"{name} ({number})" in taken:
            number += 1
        tip.name = f"{name} ({number})"
        taken.add(tip.name)
