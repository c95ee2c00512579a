"""How large a tree and a file of trees may be, and what to say of larger ones."""

from catalogue.messages import Message, message
from trees.errors import TreeError

MOST_NODES = 500_000
"""Forks and tips of a tree; each takes a kilobyte, and four people may read at once. The largest published tree of birds has 22,000."""
MOST_NODES_OF_A_FILE = 2 * MOST_NODES
"""Forks and tips of all trees of a file together: ten thousand trees of fifty tips. They take some 650 MB."""


def too_large() -> TreeError:
    """What to say of a tree that would fill the memory."""
    return TreeError(
        message("The tree has more than {most} forks and tips. Take a part of it.", most=f"{MOST_NODES:,}")
    )


def too_many(others: int) -> Message:
    """What to say of the trees that a file has behind those that fill the memory."""
    return message(
        "{count} more trees were not read: a file may hold up to {most} forks and tips. Take every tenth tree.",
        count=others,
        most=f"{MOST_NODES_OF_A_FILE:,}",
    )
